//! The tour, and that the first start tells of it.

use super::*;

#[test]
fn the_first_start_tells_of_the_tour_and_no_other_does() {
    let home = tempfile::tempdir().unwrap();
    let start = || {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sevline"));
        for name in ["NO_COLOR", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
            command.env_remove(name);
        }
        command.env("HOME", home.path());
        let mut session = Session::start(command);
        session.wait_for("sevline FOLDER");
        session
    };
    let mut session = start();
    session.wait_for(":tour shows");
    session.wait_for("Enter open");
    session.send(":tour\r");
    session.wait_for("tour 1/6");
    session.send("\r");
    session.wait_for("tour 2/6");
    session.send("\r");
    session.wait_for("tour 3/6");
    session.send("q+q");
    session.wait_for("tour 4/6");
    session.send("  c");
    session.wait_for("tour 5/6");
    session.send("q/checkout\r");
    session.wait_for("tour 6/6");
    session.send("q");
    assert_eq!(session.end(), 0);
    let mut session = start();
    assert!(!session.screen().contents().contains("tour"));
    session.send("q");
    assert_eq!(session.end(), 0);
}
