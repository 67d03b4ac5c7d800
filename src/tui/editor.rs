//! A person's own editor, opened at a line.

use super::guard::PATIENCE;
use crate::lock;
use std::path::Path;
use std::process::{Command, Stdio};

/// What is opened where nobody says otherwise.
const DEFAULT: &str = if cfg!(windows) { "notepad" } else { "vi" };

/// Editors that take the line as `+N` before the file.
const PLUS: &[&str] = &[
    "vi",
    "vim",
    "nvim",
    "view",
    "vise",
    "gvim",
    "elvis",
    "nvi",
    "nano",
    "pico",
    "rnano",
    "emacs",
    "emacsclient",
    "mg",
    "jed",
    "joe",
    "jmacs",
    "jstar",
    "ne",
    "micro",
    "kak",
    "mcedit",
    "gedit",
    "less",
    "ex",
];

/// Editors that take it after the file and a colon.
const COLON: &[&str] = &["hx", "helix", "zed", "zeditor", "subl", "sublime_text", "lapce", "edit"];

/// Editors like those, which take it only after `-g`.
const GOTO: &[&str] = &["code", "code-insiders", "codium", "vscodium", "code-oss", "cursor", "windsurf"];

/// The program and its arguments that open `path` at a 1-based line; `get` tells variables of the environment.
fn arguments(path: &Path, line: u32, get: &dyn Fn(&str) -> Option<String>) -> Result<Vec<String>, String> {
    let set =
        ["VISUAL", "EDITOR"].into_iter().find_map(|name| get(name).filter(|value| !value.trim().is_empty()).map(|value| (name, value)));
    let (name, value) = set.unwrap_or(("", DEFAULT.to_owned()));
    // Split as a shell would, but no shell ever sees it.
    let mut words = shell_words::split(&value).map_err(|error| format!("${name} cannot be read: {error}"))?;
    let program = words.first().map(Path::new).and_then(Path::file_stem).map(|name| name.to_string_lossy().into_owned());
    let program = program.ok_or_else(|| format!("${name} names no program"))?;
    let file = path.to_str().ok_or("the editor is not given a file name that is no Unicode; rename the file")?.to_owned();
    let is = |names: &[&str]| names.contains(&program.as_str());
    match () {
        () if is(PLUS) => words.extend([format!("+{line}"), file]),
        () if is(COLON) => words.push(format!("{file}:{line}")),
        () if is(GOTO) => words.extend(["-g".to_owned(), format!("{file}:{line}")]),
        // An editor that is not known might take a line for a file.
        () => words.push(file),
    }
    Ok(words)
}

/// Opens a file in the editor and waits until that is left; the error says why it could not be, or how it ended.
pub fn edit(path: &Path, line: u32, get: &dyn Fn(&str) -> Option<String>) -> Result<(), String> {
    // Whatever its name begins with, it is no option.
    let path = std::path::absolute(path).map_err(|error| error.to_string())?;
    let words = arguments(&path, line, get)?;
    let Some((program, arguments)) = words.split_first() else { return Err("no editor is named".into()) };
    let mut command = Command::new(program);
    command.args(arguments).stdin(keyboard());
    match run(&mut command) {
        Ok(true) => Ok(()),
        Ok(false) => Err(format!("{program} ended with an error")),
        Err(error) => Err(format!("{program} cannot be started: {error}; set $VISUAL or $EDITOR to another editor")),
    }
}

/// The terminal, also where a report was piped in.
fn keyboard() -> Stdio {
    use std::io::IsTerminal;
    let terminal = || std::fs::File::open("/dev/tty").ok();
    if std::io::stdin().is_terminal() { Stdio::inherit() } else { terminal().map_or_else(Stdio::inherit, Stdio::from) }
}

/// Runs a program to its end; tells whether that was a good one. Where a person suspends it the explorer is suspended, too,
/// and both go on together.
#[cfg(unix)]
fn run(command: &mut Command) -> std::io::Result<bool> {
    use rustix::process::{Pid, WaitOptions, waitpid};
    let child = command.spawn()?;
    let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) else { return Ok(false) };
    loop {
        match waitpid(Some(pid), WaitOptions::UNTRACED) {
            Ok(Some((_, status))) if status.stopped() => {
                if let Some(_free) = lock::none_held(PATIENCE) {
                    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
                }
                // A shell continues all of a job, another program maybe only the explorer.
                let _ = rustix::process::kill_process(pid, rustix::process::Signal::CONT);
            }
            Ok(Some((_, status))) => return Ok(status.exit_status() == Some(0)),
            Ok(None) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Runs a program to its end; tells whether that was a good one.
#[cfg(not(unix))]
fn run(command: &mut Command) -> std::io::Result<bool> {
    command.status().map(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(visual: &str, editor: &str) -> String {
        let get = |name: &str| Some(if name == "VISUAL" { visual } else { editor }.to_owned());
        arguments(Path::new("/r/a b.md"), 12, &get).map_or_else(|why| why, |words| words.join("|"))
    }

    #[test]
    fn each_editor_has_the_line_as_it_wants_it() {
        for (editor, expected) in [
            ("vim", "vim|+12|/r/a b.md"),
            ("/usr/bin/nvim -u NONE", "/usr/bin/nvim|-u|NONE|+12|/r/a b.md"),
            ("emacsclient -t", "emacsclient|-t|+12|/r/a b.md"),
            ("hx", "hx|/r/a b.md:12"),
            ("code --wait", "code|--wait|-g|/r/a b.md:12"),
            ("'/opt/my editor/nano' -w", "/opt/my editor/nano|-w|+12|/r/a b.md"),
            ("ours; rm -rf /", "ours;|rm|-rf|/|/r/a b.md"),
        ] {
            assert_eq!(opened("", editor), expected);
            assert_eq!(opened(editor, "ed"), expected);
        }
        assert_eq!(opened("", " "), format!("{DEFAULT}|+12|/r/a b.md"));
        assert!(opened("", "vim 'x").contains("$EDITOR cannot be read"));
        assert_eq!(opened("''", ""), "$VISUAL names no program");
    }

    #[test]
    fn an_editor_that_is_not_there_is_told() {
        let get = |_: &str| Some("no-such-editor-of-ours".to_owned());
        let why = edit(Path::new("a.md"), 1, &get).unwrap_err();
        assert!(why.contains("no-such-editor-of-ours cannot be started") && why.contains("$EDITOR"), "{why}");
    }
}
