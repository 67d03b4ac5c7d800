//! What stands beside the explorer: files that change, the editor, the clipboard, the mouse, and what it was like before.

use super::*;

/// A report is written anew, another appears and one goes, while a filter, a mark and the selection are in place.
#[test]
fn files_that_change_are_read_again() {
    let explorer = Explorer::new();
    let mut session = explorer.start();
    session.send("/slow\rj km");
    session.wait("a mark on the whole screen", |screen| {
        let text = screen.contents();
        text.contains("1 marked") && !text.contains("Timeline")
    });
    let path = |name: &str| explorer.folder.path().join(name);
    let report = std::fs::read_to_string(path("b.txt")).unwrap();
    std::fs::write(path("b.txt"), report.replace("Checkout was slow", "Checkout was so slow")).unwrap();
    session.wait_for("1 report read again");
    session.wait("the mark on the new title", |screen| {
        let text = screen.contents();
        text.contains("Checkout was so slow") && text.contains("✚") && text.contains("2/3") && text.contains("filter ▸ slow")
    });
    std::fs::write(path("d.txt"), report.replace("Checkout", "Parcels")).unwrap();
    std::fs::remove_file(path("c.txt")).unwrap();
    session.wait_for("1 new, 1 gone");
    session.send("R");
    session.wait_for("3 reports read again");
    session.send("qq");
    assert_eq!(session.end(), 0);
}

/// The editor has the terminal and its keys to itself, and what it wrote is read again.
#[test]
fn a_report_is_opened_in_the_editor_where_a_fact_stands() {
    let mut explorer = Explorer::new();
    let told = explorer.folder.path().join(".told");
    // Hidden, so that it is no report.
    let script = explorer.folder.path().join(".editor");
    let lines = format!(
        "printf '%s\\n' \"$@\" > '{0}'\nprintf 'the editor is here'\nread typed\nprintf '%s\\n' \"$typed\" >> '{0}'\n\
         for file; do :; done\nsed -i.bak 's/was slow/was mended/' \"$file\" && rm \"$file.bak\"\n",
        told.display()
    );
    std::fs::write(&script, lines).unwrap();
    explorer.command.env("VISUAL", format!("sh '{}' -x", script.display()));
    let mut session = explorer.start();
    session.send("/search\r\rl");
    session.wait("the events", |screen| screen.contents().contains("onset"));
    session.send("e");
    session.wait("the editor", |screen| screen.contents().contains("the editor is here") && !screen.alternate_screen());
    assert!(session.is_restored());
    session.send("q is no key here\r");
    session.wait("the explorer", |screen| screen.alternate_screen() && screen.contents().contains("Search was mended"));
    session.wait_for("1 report read again");
    let path = explorer.folder.path().join("c.txt");
    assert_eq!(std::fs::read_to_string(told).unwrap(), format!("-x\n{}\nq is no key here\n", path.display()));
    session.send("qq");
    assert_eq!(session.end(), 0);
    assert!(session.is_restored());
}

#[test]
fn an_editor_that_is_interrupted_or_missing_leaves_the_explorer_in_place() {
    let mut explorer = Explorer::new();
    explorer.command.env("VISUAL", "sh -c 'printf waiting; read line' nano");
    let mut session = explorer.start();
    session.send("e");
    session.wait_for("waiting");
    session.send("\x03");
    session.wait_for("sh ended with an error");
    session.send("q");
    assert_eq!(session.end(), 0);
    explorer.command.env("VISUAL", "no-such-editor-of-ours");
    let mut session = explorer.start();
    session.send("e");
    session.wait_for("no-such-editor-of-ours cannot be started");
    session.send("q");
    assert_eq!(session.end(), 0);
    assert!(session.is_restored());
}

#[test]
fn a_fact_is_handed_to_the_clipboard() {
    let explorer = Explorer::new();
    let mut session = explorer.start();
    session.send("yt");
    session.wait_for("copied the title: Search was slow");
    // The title in base64.
    let handed = b"\x1b]52;c;U2VhcmNoIHdhcyBzbG93\x1b\\";
    assert!(session.bytes().windows(handed.len()).any(|bytes| bytes == handed));
    session.send("yp");
    session.wait_for("c.txt:1");
    session.send("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn the_mouse_is_the_terminals_until_it_is_switched_on() {
    let reports_mouse = |screen: &vt100::Screen| screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None;
    let explorer = Explorer::new();
    let mut session = explorer.start();
    assert!(!reports_mouse(session.screen()));
    session.send("\x1bOQ");
    session.wait("mouse reports", reports_mouse);
    session.wait_for("the mouse selects and scrolls");
    // On the second incident, with the numbers of rows and columns beginning at 1.
    session.send("\x1b[<0;10;6M\x1b[<0;10;6m");
    session.wait_for("2/3");
    session.wait_for("mouse on  F2 off");
    session.send("\x1b[<65;10;6M");
    session.wait_for("3/3");
    session.send("\x1a");
    session.wait("the shell's screen", |screen| !screen.alternate_screen());
    assert!(session.is_restored());
    session.wait_stopped();
    session.signal("CONT");
    session.wait("the explorer's screen", |screen| screen.alternate_screen() && reports_mouse(screen));
    session.send("\x1bOQ");
    session.wait("no mouse reports", |screen| !reports_mouse(screen));
    session.send("\x1bOQ");
    session.wait("mouse reports", reports_mouse);
    session.send("q");
    assert_eq!(session.end(), 0);
    assert!(session.is_restored());
}

#[test]
fn a_library_is_opened_as_it_was_left_unless_it_is_to_be_fresh() {
    let home = tempfile::tempdir().unwrap();
    let reports = Explorer::new();
    let start = |arguments: &[&str], folder: &std::path::Path, shown: &str| {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sevline"));
        for name in ["NO_COLOR", "XDG_STATE_HOME", "XDG_CONFIG_HOME"] {
            command.env_remove(name);
        }
        command.env("HOME", home.path());
        command.args(arguments);
        command.arg(folder);
        let mut session = Session::start(command);
        session.wait_for(shown);
        session
    };
    let folder = reports.folder.path();
    let mut session = start(&[], folder, LOADED);
    session.send("  /checkout\rOz");
    session.wait_for("start ↑");
    session.send("m");
    session.wait("the whole screen", |screen| !screen.contents().contains("Timeline"));
    session.signal("TERM");
    assert_eq!(session.end(), 143);

    // The same folder by another name.
    let mut session = start(&[], &folder.join("..").join(folder.file_name().unwrap()), LOADED);
    session.wait_for("as you left it: filtered, 2 marked; --fresh begins without");
    session.wait("all as it was left", |screen| {
        let text = screen.contents();
        ["filter ▸ checkout", "2 of 3", "2 marked", "start ↑", "local time"].iter().all(|words| text.contains(words))
            && !text.contains("Timeline")
    });
    session.send("qq");
    assert_eq!(session.end(), 0);

    let mut session = start(&["--fresh"], folder, "start ↓");
    session.wait("nothing of it", |screen| !screen.contents().contains("filter ▸") && !screen.contents().contains("marked"));
    session.send("/search\r");
    session.wait_for("1 of 3");
    session.send("q");
    assert_eq!(session.end(), 0);

    // Another library knows nothing of it, and samples begin as they always do.
    let other = Explorer::new();
    let mut session = start(&[], other.folder.path(), LOADED);
    session.wait("no filter", |screen| !screen.contents().contains("filter ▸"));
    session.send("q");
    assert_eq!(session.end(), 0);
    let mut session = start(&["--filter", "mail"], folder, "filter ▸ mail");
    session.send("q");
    assert_eq!(session.end(), 0);
}
