//! The command line: what is typed becomes what is read, printed or opened, and an exit status.
//!
//! Data goes to standard output; progress, notices and problems go to standard error.

mod args;
mod check;
mod explain;
mod inputs;
mod list;
mod look;
mod reading;
mod select;
mod show;
mod terminal;
mod text;
mod time;

use crate::config::{self, Config};
use crate::incident::Incident;
use crate::resolve::Policy;
use crate::ui::Skin;
use crate::{export, sanitize, state, tui};
use args::{Args, Command, Common, Format};
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use inputs::Chosen;
use reading::{Tally, read, read_in_order};
use std::ffi::OsString;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use terminal::Terminal;

/// All was read.
const FINE: u8 = 0;
/// Some inputs could not be read.
const SOME_FAILED: u8 = 1;
/// The command is wrong.
const USAGE: u8 = 2;
/// A file of settings is wrong (`EX_CONFIG` of sysexits.h).
const BAD_CONFIG: u8 = 78;

/// Runs the program with its arguments, the first of which is its name, and returns the exit status.
pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    // A panic's message may quote a report, so it goes through the same door as everything else.
    std::panic::set_hook(Box::new(|info| complain(&format!("internal error: {info}"))));
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => return refuse(&error),
    };
    match dispatch(args) {
        Err(Failure::Theme(why)) => refuse(&Args::command().error(ErrorKind::ValueValidation, why)),
        Ok(status) => status,
        // Whoever reads the output has enough of it.
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => FINE,
        Err(failure) => {
            complain(&failure.to_string());
            if matches!(failure, Failure::Config(_)) { BAD_CONFIG } else { SOME_FAILED }
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Config(#[from] config::Error),
    #[error("standard output: {0}; check that there is room where it goes")]
    Output(#[from] std::io::Error),
    #[error(transparent)]
    Explorer(#[from] tui::Error),
    #[error("{0}")]
    Theme(String),
    #[error("a file that comes with sevline is wrong: {0}")]
    Shipped(String),
}

fn dispatch(args: Args) -> Result<u8, Failure> {
    let (common, terminal) = (&args.common, Terminal::detect(args.common.color));
    if let Some(Command::Check { codes: true, .. }) = &args.command {
        return Ok(check::codes(&terminal)?);
    }
    let settings = config::folder();
    let folder = settings.as_deref().filter(|_| !common.no_config);
    let config = folder.map_or(Ok(Config::default()), |folder| config::load(&config::path_in(folder)))?;
    if let Some(name) = &common.theme {
        config::theme(name, folder).map_err(|why| Failure::Theme(format!("--theme: {why}")))?;
    }
    let policy = Policy { assumed_zone: common.assume_tz.or(config.times.assume_tz).unwrap_or(Policy::default().assumed_zone) };
    let paths = args.command.as_ref().map_or(args.paths.paths.as_slice(), Command::paths);
    let mut chosen = inputs::choose(paths, &config, settings.as_deref().map(config::path_in).as_deref());
    chosen.select = args.select.clone();
    if args.command.is_none() && terminal.interactive {
        if args.select.limit.is_some() {
            let why = "--limit is for what is printed; the explorer shows all that pass --filter";
            return Ok(refuse(&Args::command().error(ErrorKind::ArgumentConflict, why)));
        }
        let state = state::folder().filter(|_| !common.no_config);
        let skin = look::skin(common.theme.as_ref().or(config.theme.as_ref()), terminal.colour, folder)?;
        return explore(chosen, policy, skin, terminal.colour, state);
    }
    chosen.announce();
    match &args.command {
        Some(Command::Export { format, .. }) => export(&chosen, &policy, *format),
        Some(Command::Check { format, deny, .. }) => check::run(&chosen, &policy, *format, *deny, &terminal),
        Some(Command::Explain { format, facts_only, .. }) => explain::run(&chosen, &policy, *format, *facts_only, common.zone, &terminal),
        Some(Command::Show { .. }) => show(&chosen, &policy, common, &terminal),
        None if shows(paths) => show(&chosen, &policy, common, &terminal),
        Some(Command::List { .. }) | None => list(&chosen, &policy, common, &terminal),
    }
}

/// Whether a call without a terminal asks for reports to read, not for an overview.
fn shows(paths: &[PathBuf]) -> bool {
    !paths.is_empty() && !paths.iter().any(|path| path.is_dir())
}

fn explore(chosen: Chosen, policy: Policy, skin: Skin, colour: bool, state: Option<PathBuf>) -> Result<u8, Failure> {
    if chosen.nothing_to_open() {
        chosen.announce();
        return Ok(read(&chosen, &policy, &mut |_| Ok(()))?.finish());
    }
    let Chosen { inputs, title, notice, select } = chosen;
    let (filter, order) = (select.filter.unwrap_or_default(), select.sort.unwrap_or_default());
    Ok(tui::run(tui::Start { inputs, policy, notice, skin, colour, title, filter, order, state })?)
}

fn list(chosen: &Chosen, policy: &Policy, common: &Common, terminal: &Terminal) -> Result<u8, Failure> {
    let mut entries = Vec::new();
    let tally = read_in_order(chosen, policy, chosen.select.sort.unwrap_or_default(), &mut |entry| {
        entries.push(entry);
        Ok(())
    })?;
    let incidents: Vec<&Incident> = entries.iter().map(|entry| &entry.incident).collect();
    let mut out = stdout();
    list::print(&mut out, &incidents, common.zone, terminal)?;
    done(out, tally)
}

fn show(chosen: &Chosen, policy: &Policy, common: &Common, terminal: &Terminal) -> Result<u8, Failure> {
    let mut out = stdout();
    let mut first = true;
    let tally = read(chosen, policy, &mut |entry| {
        if !std::mem::take(&mut first) {
            writeln!(out, "\n")?;
        }
        show::print(&mut out, &entry.incident, common.zone, terminal)
    })?;
    done(out, tally)
}

fn export(chosen: &Chosen, policy: &Policy, format: Format) -> Result<u8, Failure> {
    let mut out = stdout();
    let tally = match format {
        Format::Ndjson => read(chosen, policy, &mut |entry| export::ndjson(&mut out, &entry.incident))?,
        Format::Json => {
            let mut entries = Vec::new();
            let tally = read(chosen, policy, &mut |entry| {
                entries.push(entry);
                Ok(())
            })?;
            export::json(&mut out, entries.iter().map(|entry| &entry.incident))?;
            tally
        }
    };
    done(out, tally)
}

fn stdout() -> BufWriter<std::io::Stdout> {
    BufWriter::new(std::io::stdout())
}

/// Flushes what was printed, then says what was not read.
fn done(mut out: impl Write, tally: Tally) -> Result<u8, Failure> {
    out.flush()?;
    Ok(tally.finish())
}

/// Prints help and versions to standard output, mistakes to standard error.
fn refuse(error: &clap::Error) -> u8 {
    if error.use_stderr() {
        let _ = write!(std::io::stderr(), "{}", sanitize::lines(&error.render().to_string()));
        return USAGE;
    }
    let _ = error.print();
    FINE
}

/// Says `message` on standard error, in one line that steers no terminal.
fn complain(message: &str) {
    let _ = writeln!(std::io::stderr(), "sevline: {}", sanitize::line(message));
}

/// `count` things in words.
fn count(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// A path as a person reads it.
fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::time::Zone;
    use super::*;
    use crate::fixture::record as fixture;
    use proptest::prelude::*;

    /// All three printed forms of an incident.
    fn printed(incident: &Incident, columns: Option<usize>) -> String {
        let terminal = Terminal { interactive: false, columns, colour: false };
        let mut out = Vec::new();
        list::print(&mut out, &[incident, incident], Zone::Reported, &terminal).unwrap();
        show::print(&mut out, incident, Zone::Reported, &terminal).unwrap();
        export::ndjson(&mut out, incident).unwrap();
        String::from_utf8(out).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn nothing_that_steers_a_terminal_is_printed(text in "(?s:.){0,40}", columns in proptest::option::of(0_usize..200)) {
            let printed = printed(&fixture::saying(&text), columns);
            let hostile = printed.lines().flat_map(str::chars).find(|&c| sanitize::is_hostile(c));
            // What the sanitiser leaves, a joiner inside an emoji, is part of a picture.
            prop_assert!(hostile.is_none() || sanitize::line(&text).contains(sanitize::is_hostile), "{:?}", hostile);
        }
    }

    #[test]
    fn nothing_known_to_steer_a_terminal_is_printed() {
        for text in ["\u{1b}[2J", "\u{1b}]0;x\u{7}", "\u{9b}31m", "a\rb", "\u{202e}x", "\u{200b}", "\u{e0041}", "a\u{2028}b", "\u{7f}\0"] {
            for columns in [None, Some(0), Some(1), Some(40)] {
                let printed = printed(&fixture::saying(text), columns);
                assert_eq!(printed.lines().flat_map(str::chars).find(|&c| sanitize::is_hostile(c)), None, "{text:?}");
            }
        }
    }
}
