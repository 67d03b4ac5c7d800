//! The command line: what is typed becomes what is read, printed or opened, and an exit status.
//!
//! Data goes to standard output; progress, notices and problems go to standard error.

mod args;
mod check;
mod examples;
mod explain;
mod filter;
mod forms;
mod inputs;
mod keys;
mod list;
mod look;
mod picture;
mod reading;
mod select;
mod settings;
mod shell;
mod show;
mod stats;
mod terminal;
mod text;
mod time;

use crate::app::command::Typed;
use crate::cache::Cache;
use crate::config::{self, Config};
use crate::export::record::Record;
use crate::export::separated::Sheet;
use crate::export::table::Table;
use crate::format::form::Forms;
use crate::library::{Entry, Input};
use crate::query::Indexed;
use crate::query::column::Columns;
use crate::resolve::Policy;
use crate::review::Reviews;
use crate::state::Said;
use crate::theme::Depth;
use crate::{export, sanitize, state, tui};
use args::{Args, Command, Common, Format};
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
pub use inputs::ABOVE_SAMPLES;
use inputs::Chosen;
use reading::{Tally, read, read_all, read_in_order};
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
    // Where files may not grow, a write that fails tells so; the signal beside it would end us without a word.
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => return refuse(&error),
    };
    match dispatch(args) {
        Err(Failure::Usage(why)) => refuse(&Args::command().error(ErrorKind::ValueValidation, why)),
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
    Usage(String),
    #[error("a file that comes with sevline is wrong: {0}")]
    Shipped(String),
}

fn dispatch(args: Args) -> Result<u8, Failure> {
    let (common, terminal) = (&args.common, Terminal::detect(args.common.color));
    // What tells of the program itself needs no settings, and so works also when they are wrong.
    match &args.command {
        Some(Command::Check { codes: true, .. }) => return Ok(check::codes(&terminal)?),
        Some(Command::Export { schema: true, .. }) => return written(export::RECORD_SCHEMA),
        Some(Command::Export { columns: true, table, .. }) => return written(&columns(table.unwrap_or(Table::Incidents))),
        Some(Command::Filter) => return written(&filter::text()),
        Some(Command::Completions { shell }) => return written(&shell::completions(*shell)),
        Some(Command::Man { command }) => return written(&shell::man(command.as_deref()).map_err(Failure::Usage)?),
        _ => {}
    }
    let settings = config::folder();
    let folder = settings.as_deref().filter(|_| !common.no_config);
    match &args.command {
        Some(Command::Config { init: true }) => return settings::init(settings.as_deref()),
        Some(Command::Config { init: false }) => return written(&settings::effective(common, folder, &terminal)?),
        Some(Command::Keys) => return written(&keys::print(&look::keymap(folder)?, &terminal)),
        _ => {}
    }
    let config = folder.map_or(Ok(Config::default()), |folder| config::load(&config::path_in(folder)))?;
    if let Some(name) = &common.theme {
        config::theme(name, folder).map_err(|why| Failure::Usage(format!("--theme: {why}")))?;
    }
    let usual = Policy::default();
    let assumed_zone = common.assume_tz.or(config.times.assume_tz).unwrap_or(usual.assumed_zone);
    let forms = Forms::with(folder.map_or(Ok(Vec::new()), config::forms_in)?);
    let policy = Policy { assumed_zone, settled: config.settled(), limits: config.limits(), forms, ..usual };
    if let Some(Command::Forms { draft, file }) = &args.command {
        return forms::run(file.as_deref(), *draft, folder, &policy, &terminal);
    }
    let paths = args.command.as_ref().map_or(args.paths.paths.as_slice(), Command::paths);
    if args.command.is_none() {
        let known = Args::command();
        let commands: Vec<_> = known.get_subcommands().map(clap::Command::get_name).collect();
        inputs::meant_as_command(paths, &commands).map_or(Ok(()), |why| Err(Failure::Usage(why)))?;
    }
    let piped = if paths.is_empty() { inputs::piped(&config) } else { None };
    let mut chosen = inputs::choose(paths, piped, &config, settings.as_deref().map(config::path_in).as_deref());
    chosen.select = args.select.clone();
    // What is named is drawn as it is marked by hand; statistics leave out what is doubtful themselves, and say so.
    chosen.sure = matches!(args.command, Some(Command::Timeline { .. } | Command::Compare { .. }));
    // Single files are read faster than they are looked up.
    if chosen.inputs.iter().any(|input| matches!(input, Input::Path(path) if path.is_dir())) {
        chosen.cache = cache(common, &config);
    }
    if args.command.is_none() && terminal.interactive {
        return explore(&args, &config, folder, chosen, policy);
    }
    // The explorer has a terminal to give back first. Without it the program ends as it would.
    #[cfg(unix)]
    let _ = crate::abort::tell();
    chosen.announce();
    if let Some(folder) = state::folder().filter(|_| !common.no_config) {
        let said = state::said(&folder).unwrap_or_else(|error| {
            complain(&error.to_string());
            Said::default()
        });
        // What is marked in a report's own text is what stands there.
        let reviews = if matches!(args.command, Some(Command::Explain { .. })) { Reviews::default() } else { said.reviews };
        (chosen.reviews, chosen.cuts) = (reviews, said.cuts);
    }
    match &args.command {
        Some(Command::Export { format, table, .. }) => export(&chosen, &policy, format.unwrap_or(Format::Json), *table),
        Some(Command::Check { format, deny, .. }) => check::run(&chosen, &policy, *format, *deny, &terminal),
        Some(Command::Explain { format, facts_only, .. }) => explain::run(&chosen, &policy, *format, *facts_only, common.zone, &terminal),
        Some(Command::Timeline { picture, compress, .. }) => {
            let draw =
                |out: &mut dyn Write, rows: &[Indexed]| picture::timeline(out, &entries(rows), *compress, common.zone, picture, &terminal);
            printed(&chosen, &policy, false, &draw)
        }
        Some(Command::Compare { align, base, picture, .. }) => compare(&chosen, &policy, common, (*align, *base), picture, &terminal),
        Some(Command::Stats { format, ascii, .. }) => {
            let (look, asked_for) = (stats::Look { form: *format, ascii: *ascii }, chosen.asks_for_doubtful());
            printed(&chosen, &policy, *format == stats::Form::Json, &|out, rows| {
                stats::print(out, rows, asked_for, common.zone, look, &terminal)
            })
        }
        Some(Command::Show { .. }) => show(&chosen, &policy, common, &terminal),
        None if shows(paths) => show(&chosen, &policy, common, &terminal),
        Some(Command::List { format, columns, .. }) => list(&chosen, &policy, common, (*format, columns.as_ref()), &terminal),
        _ => list(&chosen, &policy, common, (list::Form::Text, None), &terminal),
    }
}

/// What a command needs to read what the explorer was opened on.
fn typed(common: &Common, paths: &[PathBuf]) -> Typed {
    let zone = common.assume_tz.map(|zone| ["--assume-tz".to_owned(), zone.to_string()]);
    let options = zone.into_iter().flatten().chain(common.no_config.then(|| "--no-config".to_owned()));
    Typed { options: options.collect(), paths: paths.to_vec() }
}

/// What was read before, unless nothing is to be kept.
fn cache(common: &Common, config: &Config) -> Option<Cache> {
    let limit = u64::from(config.cache.limit_mib) << 20;
    let folder = config::cache_folder().filter(|_| !common.no_cache && !common.no_config && limit > 0)?;
    Some(Cache::new(folder, limit))
}

/// Whether a call without a terminal asks for reports to read, not for an overview.
fn shows(paths: &[PathBuf]) -> bool {
    !paths.is_empty() && !paths.iter().any(|path| path.is_dir())
}

fn explore(args: &Args, config: &Config, folder: Option<&Path>, chosen: Chosen, policy: Policy) -> Result<u8, Failure> {
    if args.select.limit.is_some() {
        let why = "--limit is for what is printed; the explorer shows all that pass --filter";
        return Ok(refuse(&Args::command().error(ErrorKind::ArgumentConflict, why)));
    }
    if chosen.nothing_to_open() {
        chosen.announce();
        return Ok(read(&chosen, &policy, &mut |_| Ok(()))?.finish());
    }
    let common = &args.common;
    let look = look::look(Terminal::detect(common.color).colour, args.ascii.then_some(true).or(config.ascii), folder);
    let theme = look::name(common.theme.as_ref().or(config.theme.as_ref()));
    let (skin, colour) = (look::skin(&look, &theme)?, look.depth > Depth::Mono);
    let state = state::folder().filter(|_| !common.no_config);
    let (typed, fresh) = (typed(common, &args.paths.paths), args.fresh);
    let Chosen { inputs, title, notice, select, cache, .. } = chosen;
    let (filter, order) = (select.filter, select.sort);
    Ok(tui::run(tui::Start { inputs, policy, cache, notice, skin, look, theme, colour, title, typed, filter, order, fresh, state })?)
}

fn list(
    chosen: &Chosen,
    policy: &Policy,
    common: &Common,
    (form, columns): (list::Form, Option<&Columns>),
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let mut incidents = Vec::new();
    let tally = read_in_order(chosen, policy, chosen.select.sort.unwrap_or_default(), &mut |row| {
        incidents.push((row.entry.incident(), row.entry.review().cloned()));
        Ok(())
    })?;
    let mut out = stdout();
    list::print(&mut out, &incidents, columns, common.zone, form, terminal)?;
    done(out, tally)
}

/// Prints everything that was read.
type Print<'a> = &'a dyn Fn(&mut dyn Write, &[Indexed]) -> std::io::Result<()>;

/// Reads everything, then prints it; nothing at all only where `empty` lists are worth printing.
fn printed(chosen: &Chosen, policy: &Policy, empty: bool, print: Print) -> Result<u8, Failure> {
    let (rows, tally) = read_all(chosen, policy)?;
    let mut out = stdout();
    // Of nothing there is no picture; the tally says why.
    if !rows.is_empty() || empty && tally.reports() > 0 {
        print(&mut out, &rows)?;
    }
    done(out, tally)
}

fn entries(rows: &[Indexed]) -> Vec<&Entry> {
    rows.iter().map(|row| row.entry.as_ref()).collect()
}

fn compare(
    chosen: &Chosen,
    policy: &Policy,
    common: &Common,
    (align, base): (picture::Align, Option<u8>),
    look: &picture::Look,
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let (rows, tally) = read_all(chosen, policy)?;
    let (count, base) = (rows.len(), base.map(|base| usize::from(base) - 1));
    if count > 0 && !(2..=picture::MOST_COMPARED).contains(&count) {
        tally.finish();
        let most = picture::MOST_COMPARED;
        let here = if count == 1 { "here is 1".into() } else { format!("here are {count}") };
        return Err(Failure::Usage(format!("2 to {most} incidents can be compared; {here}: name the reports to compare")));
    }
    if let Some(base) = base.filter(|base| *base >= count && count > 0) {
        return Err(Failure::Usage(format!("--base: there is no incident {}; here are {count}", base + 1)));
    }
    let mut out = stdout();
    if !rows.is_empty() {
        picture::compare(&mut out, &entries(&rows), (align, base), common.zone, look, terminal)?;
    }
    done(out, tally)
}

fn show(chosen: &Chosen, policy: &Policy, common: &Common, terminal: &Terminal) -> Result<u8, Failure> {
    let mut out = stdout();
    let mut first = true;
    let tally = read(chosen, policy, &mut |row| {
        if !std::mem::take(&mut first) {
            writeln!(out, "\n")?;
        }
        show::print(&mut out, &row.entry.incident(), common.zone, terminal)
    })?;
    done(out, tally)
}

fn export(chosen: &Chosen, policy: &Policy, format: Format, table: Option<Table>) -> Result<u8, Failure> {
    if table.is_some() && format != Format::Csv {
        return Err(Failure::Usage("--table needs --format csv; JSON has all parts of an incident in one object".into()));
    }
    let mut out = stdout();
    let tally = match format {
        Format::Ndjson => read(chosen, policy, &mut |row| export::ndjson(&mut out, &row.entry))?,
        Format::Json => {
            let (rows, tally) = read_all(chosen, policy)?;
            export::json(&mut out, rows.iter().map(|row| row.entry.as_ref()))?;
            tally
        }
        Format::Csv => {
            let table = table.unwrap_or(Table::Incidents);
            let mut sheet = Sheet::new(&mut out, b',', table.columns())?;
            let tally = read(chosen, policy, &mut |row| {
                let read = row.entry.read();
                let record = Record::of(&read, row.entry.review());
                table.rows(&record, &read).try_for_each(|row| sheet.row(&row, true))
            })?;
            sheet.finish()?;
            tally
        }
    };
    done(out, tally)
}

/// Name, type and meaning of the columns of a table.
fn columns(table: Table) -> String {
    let columns = table.columns();
    let room = columns.iter().map(|column| column.name.len()).max().unwrap_or(0);
    columns.iter().map(|column| format!("{:room$}  {:8} {}\n", column.name, column.kind.name(), column.meaning)).collect()
}

/// Prints a text that is at hand.
fn written(text: &str) -> Result<u8, Failure> {
    let mut out = stdout();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(FINE)
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

/// A path as a person reads it; the names of folders are text from outside like any other.
fn shown(path: &Path) -> String {
    sanitize::line(&path.to_string_lossy()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::time::Zone;
    use super::*;
    use crate::fixture::record as fixture;
    use crate::incident::Incident;
    use crate::library::Origin;
    use clap::ValueEnum;
    use proptest::prelude::*;

    /// All three printed forms of an incident.
    fn printed(incident: &Incident, columns: Option<usize>) -> String {
        let entry = Entry::new(incident.clone(), Origin::Memory(b"".as_slice().into()));
        let terminal = Terminal { interactive: false, columns, colour: false };
        let mut out = Vec::new();
        // Tabs are what stands between the cells of that form.
        for form in list::Form::value_variants().iter().filter(|form| **form != list::Form::Tsv) {
            let listed = [(incident.clone(), None), (incident.clone(), None)];
            list::print(&mut out, &listed, None, Zone::Reported, *form, &terminal).unwrap();
        }
        show::print(&mut out, incident, Zone::Reported, &terminal).unwrap();
        export::ndjson(&mut out, &entry).unwrap();
        for &format in picture::Form::value_variants() {
            let look = picture::Look { format, ascii: false, width: columns.and_then(|columns| u16::try_from(columns).ok()) };
            picture::timeline(&mut out, &[&entry], false, Zone::Utc, &look, &terminal).unwrap();
            picture::timeline(&mut out, &[&entry, &entry], true, Zone::Utc, &look, &terminal).unwrap();
            picture::compare(&mut out, &[&entry, &entry], (picture::Align::Start, None), Zone::Reported, &look, &terminal).unwrap();
        }
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
