//! A file that is read as one incident or several, in a real terminal and in the next run.

use super::*;

const REVIEW: &str = "# Incidents of May\n\nBetween 09:00 UTC and 10:00 UTC on 2 May 2024 customers saw errors.\n\n\
    ## Logins down\n\nFrom 11:05 UTC to 11:45 UTC on 3 May 2024 customers could not log in.\n\n\
    ## Search slow\n\nFrom 12:05 UTC to 12:45 UTC on 9 May 2024 searches timed out.\n";

#[test]
fn a_file_is_cut_in_one_run_and_so_in_the_next() {
    let (home, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::write(folder.path().join("may.md"), REVIEW).unwrap();
    let start = |shown: &str| {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sevline"));
        for name in ["NO_COLOR", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
            command.env_remove(name);
        }
        command.env("HOME", home.path());
        command.arg(folder.path());
        let mut session = Session::start(command);
        session.wait_for(shown);
        session
    };
    let mut session = start("· 1 incident");
    session.send("atwhole\r");
    session.wait_for("#whole");
    session.send("ai");
    session.wait_for("each heading of level 2 (2)");
    session.send("2");
    session.wait_for("· 2 incidents");
    session.send("u");
    session.wait("the whole with its tag", |screen| {
        let text = screen.contents();
        text.contains("· 1 incident") && !text.contains("· 2 incidents") && text.contains("#whole")
    });
    session.send("U");
    session.wait_for("· 2 incidents");
    session.send("a");
    session.wait_for("orphaned reviews (1)…");
    session.send("o");
    session.wait_for("Enter gives to");
    session.send("\r");
    session.wait_for("#whole");
    session.send("q");
    assert_eq!(session.end(), 0);
    let mut session = start("· 2 incidents");
    session.wait_for("#whole");
    session.send("q");
    assert_eq!(session.end(), 0);
    assert!(session.is_restored());
}
