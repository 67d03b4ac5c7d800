//! Where bad inputs are made: a folder, the program in it, and what holds whatever the input is.

#![allow(dead_code)]

use crate::common::terminal::Session;
use crate::wire;
use portable_pty::CommandBuilder;
use sevline::incident::Incident;
use sevline::library::{self, Input, Library};
use sevline::resolve::Policy;
use sevline::sanitize;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A row of the table.
pub struct Case {
    /// Its number.
    pub number: u32,
    /// What is bad.
    pub what: &'static str,
    /// What should come of it, and why if that surprises.
    pub then: &'static str,
    /// Makes it and looks.
    pub test: fn(&Lab),
}

/// A row.
pub const fn case(number: u32, what: &'static str, then: &'static str, test: fn(&Lab)) -> Case {
    Case { number, what, then, test }
}

/// Runs every row and tells all that fail; then every command prints every report that was made.
pub fn check(cases: &[Case]) {
    let shelf = tempfile::tempdir().unwrap();
    let failed = |case: &&Case| catch_unwind(AssertUnwindSafe(|| (case.test)(&Lab::on(shelf.path().into())))).is_err();
    let failed: Vec<_> =
        cases.iter().filter(failed).map(|case| format!("{} {}: should be: {}", case.number, case.what, case.then)).collect();
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
    let all = Lab::new();
    for command in COMMANDS {
        all.told(all.program().args(*command).arg(shelf.path()));
    }
}

/// The commands that print what a report says.
pub const COMMANDS: &[&[&str]] = &[
    &["show"],
    &["list"],
    &["check"],
    &["explain"],
    &["timeline"],
    &["timeline", "--format", "svg"],
    &["timeline", "--format", "html"],
    &["timeline", "--format", "markdown"],
    &["list", "--format", "markdown"],
    &["list", "--format", "csv"],
    &["export", "--format", "csv"],
    &["export", "--format", "csv", "--table", "events"],
    &["export", "--format", "ndjson"],
    &["check", "--format", "json"],
    &["check", "--format", "github"],
];

/// When it was.
pub const TIME: &str = "Between 14:04 and 14:57 UTC on 3 May 2024";

/// A report as people mail it, on one line more than it needs.
pub fn mail(title: &str) -> String {
    mail_at(title, TIME)
}

/// The same with the words about its time.
pub fn mail_at(title: &str, when: &str) -> String {
    format!(
        "Subject: {title}\n\nSeverity: SEV2\nAffected services: Checkout, Payments\n\n{when} customers could not pay.\n\nRoot cause: an \
         expired certificate.\n"
    )
}

/// A Statuspage export of one incident, with JSON that stands between the quotes of its name and its body.
pub fn api(name: &str, body: &str) -> String {
    format!(
        r#"{{"page":{{"name":"Acme"}},"incidents":[{{"id":"a1","name":"{name}","impact":"major","status":"resolved","created_at":"2024-05-03T14:04:00Z","incident_updates":[{{"status":"resolved","body":"{body}","created_at":"2024-05-03T15:04:00Z"}}]}}]}}"#
    )
}

/// What a run of the program said.
#[derive(Debug)]
pub struct Told {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// A folder for bad inputs, with another as home.
pub struct Lab {
    folder: TempDir,
    home: TempDir,
    /// Where reports are kept for all commands to read.
    shelf: Option<PathBuf>,
}

impl Lab {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), home: tempfile::tempdir().unwrap(), shelf: None }
    }

    fn on(shelf: PathBuf) -> Self {
        Self { shelf: Some(shelf), ..Self::new() }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Writes a file into the folder.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// The program in the folder, with no settings of the user who tests.
    pub fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sevline"));
        command.current_dir(self.path()).env("HOME", self.home()).stdin(Stdio::null());
        for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "NO_COLOR", "CLICOLOR_FORCE", "COLUMNS"] {
            command.env_remove(name);
        }
        command
    }

    /// Runs the program. It ends with a status that it documents, and steers no terminal.
    pub fn run(&self, args: &[&str]) -> Told {
        self.told(self.program().args(args))
    }

    /// Runs a command that is the program.
    pub fn told(&self, command: &mut Command) -> Told {
        let output = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8");
        let (out, err) = (text(output.stdout), text(output.stderr));
        let status = output.status.code().unwrap_or_else(|| panic!("{command:?} was ended by a signal: {err}"));
        assert!([0, 1, 2, 78].contains(&status), "{command:?}: {status}: {err}");
        assert!(!err.contains("inside sevline") && !err.contains("internal error"), "{command:?}: {err}");
        let hostile = |text: &str| text.lines().flat_map(str::chars).find(|&c| sanitize::is_hostile(c) && !is_picture(c) && c != '\t');
        assert_eq!((hostile(&out), hostile(&err)), (None, None), "{command:?}\n{out}{err}");
        Told { status, out, err }
    }

    /// Reads the folder as the library does.
    pub fn library(&self) -> Library {
        library::load(&[Input::Path(self.path().into())], &Policy::default())
    }

    /// Writes a report beside a good one, for every command to print, and answers with what `show` and `check` say of it.
    /// The good report is always read.
    pub fn report(&self, name: &str, bytes: impl AsRef<[u8]>) -> Told {
        let path = self.write(name, bytes);
        if let Some(shelf) = &self.shelf {
            let count = fs::read_dir(shelf).unwrap().count();
            fs::copy(path, shelf.join(format!("{count:04} {name}"))).unwrap();
        }
        self.beside(name)
    }

    /// Writes a report and reads it beside a good one, which is what can be asked of input that takes long.
    pub fn heavy(&self, name: &str, bytes: impl AsRef<[u8]>) -> Told {
        self.write(name, bytes);
        self.beside(name)
    }

    fn beside(&self, name: &str) -> Told {
        self.write("good.txt", mail("Good news"));
        let told = self.run(&["check", "good.txt", name]);
        let shown = self.run(&["show", "good.txt", name]);
        assert!(shown.out.contains("Good news"), "the other report is hidden: {shown:?}");
        Told { status: told.status, out: shown.out + &told.out, err: told.err }
    }

    /// The one incident of a file.
    pub fn incident(&self, name: &str) -> Incident {
        let mut library = library::load(&[Input::Path(self.path().join(name))], &Policy::default());
        assert_eq!(library.entries.len(), 1, "{:?}", library.problems);
        library.entries.remove(0).incident()
    }

    /// The exported record of the one incident of a file.
    pub fn record(&self, name: &str) -> serde_json::Value {
        let told = self.run(&["export", "--format", "ndjson", name]);
        serde_json::from_str(&told.out).unwrap_or_else(|error| panic!("{error}: {told:?}"))
    }

    /// The explorer in the folder.
    pub fn explorer(&self, args: &[&str]) -> CommandBuilder {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sevline"));
        for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "NO_COLOR", "CLICOLOR_FORCE", "COLORFGBG"] {
            command.env_remove(name);
        }
        command.env("HOME", self.home());
        command.cwd(self.path());
        command.args(args);
        command
    }

    /// Opens the explorer on what `args` say and waits until the screen has `text`.
    pub fn open(&self, args: &[&str], text: &str) -> Session {
        let mut session = Session::start(self.explorer(args));
        session.wait_for(text);
        session
    }

    /// Shows a file in the explorer: in the list, the detail and the source. The screen is whole, the bytes on the wire are
    /// ours, and the terminal is given back. Answers with all that was on the screen.
    pub fn show(&self, name: &str, text: &str) -> String {
        let mut session = self.open(&["--no-config", name], text);
        let mut seen = session.contents();
        session.send("\r");
        session.wait_for("Enter words");
        session.send("\r");
        session.wait_for("[ words");
        seen += &session.contents();
        session.send("?");
        session.wait_for("Keys");
        leave(session);
        seen
    }
}

/// Leaves the explorer, from wherever it is, and looks at what it wrote.
pub fn leave(mut session: Session) {
    session.send("\x03");
    assert_eq!(session.end(), 130, "{}", session.screen().contents());
    assert!(session.is_restored());
    wire::check(session.bytes());
}

/// What the sanitiser leaves as part of an emoji.
pub fn is_picture(c: char) -> bool {
    matches!(c, '\u{200d}' | '\u{fe0f}')
}

/// Says past the harness that something was not tried.
pub fn skipped(why: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}

/// A test in another file that proves a row; it must be there under that name.
pub fn proven_by(file: &str, test: &str) {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    assert!(text.contains(&format!("fn {test}(")), "{file} has no test {test}");
}

/// Lets a shell start the program, as `$0` of `script`.
pub fn through_shell(command: &mut CommandBuilder, script: &str) {
    let program = command.get_argv().first().cloned().unwrap_or_default();
    *command.get_argv_mut() = vec!["sh".into(), "-c".into(), script.into(), program];
}
