//! Half of what a terminal reports: the next key is heard all the same.

use super::*;

/// What no screen shows by itself.
const SIGN: &str = "¤";

#[test]
fn half_a_sequence_makes_it_deaf_to_nothing() {
    let explorer = Explorer::new();
    let mut session = explorer.start();
    session.send("/");
    session.wait_for("Tab complete");
    let halves = ["\x1b[", "\x1bO", "\x1b]", "\x1b]0;title", "\x1bP", "\x1b_", "\x1b[<0;1;1", "\x1b[1;5", "\x1b[M", "\x1b[["];
    let cut = "é".as_bytes().split_at(1).0;
    for half in halves.map(str::as_bytes).into_iter().chain([cut]) {
        session.send(half);
        session.type_until_shown(SIGN);
        session.send("\x15");
        session.wait("an empty line", |screen| !screen.contents().contains(SIGN));
    }
    session.send("\x1b[200~half");
    session.wait_for("/ half");
    session.send(SIGN);
    session.wait_for("/ half¤");
    session.send("\x1b");
    session.wait_for("Enter open");
    session.send("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn what_arrives_in_pieces_is_one() {
    let explorer = Explorer::new();
    let mut session = explorer.start();
    session.send("/");
    session.wait_for("Tab complete");
    let pasted = format!("\x1b[200~{}{SIGN}\x1b[201~", "checkout ".repeat(300));
    for piece in pasted.as_bytes().chunks(7) {
        session.send(piece);
    }
    session.wait_for(SIGN);
    session.send("\x15é");
    for piece in "日\x1b[D\x1b[D".as_bytes().chunks(1) {
        session.send(piece);
    }
    session.send("à");
    session.wait_for("/ àé日");
    session.send("\x03");
    assert_eq!(session.end(), 130);
}

#[test]
fn keys_come_from_the_terminal_where_a_report_is_piped_in() {
    let explorer = Explorer::new();
    let mut command = CommandBuilder::new("sh");
    let report = explorer.folder.path().join("a.txt");
    command.args(["-c", "exec \"$0\" --no-config - <\"$1\"", env!("CARGO_BIN_EXE_sevline"), report.to_str().unwrap()]);
    let mut session = Session::start(command);
    session.wait_for("· 1 incident");
    session.send("/checkout");
    session.wait_for("1 of 1");
    session.send("\x1b[<0;1;1");
    session.send("\x03");
    assert_eq!(session.end(), 130);
    assert!(session.is_restored());
}
