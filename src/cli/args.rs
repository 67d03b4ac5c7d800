//! What may be typed on the command line.

use super::select::Select;
use super::time::Zone;
use super::{check, examples, explain, filter, list, picture, stats};
use crate::config;
use crate::export::table::Table;
use crate::query::column::Columns;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  sevline                               open your library, or the samples that come with sevline
  sevline reports/ mail.txt             open a folder and a file
  pbpaste | sevline -                   open what is piped in
  sevline show mail.txt                 print one report as text
  sevline list reports/ --zone local    print a table, newest first
  sevline reports/ --filter sev:high    open it with a filter; list, show, export and check take one too
  sevline explain mail.txt              print a report with every fact marked in its text
  sevline check reports/                print what does not add up, with the lines it is about
  sevline timeline mail.txt             print one report on a time axis
  sevline compare a.txt b.txt           lay reports side by side
  sevline stats reports/                count them and summarise how long they lasted
  sevline export --format ndjson reports/ | jq .impact.duration_minutes

Without a terminal to draw on, `sevline FILE` does what `show` does and `sevline FOLDER` what `list` does.
Exit status: 0 all was read, 1 some of it was not, 2 the command is wrong, 78 a file of settings is.";

const CHECK: &str = "\
Examples:
  sevline check reports/                         every finding, with the line it is about
  sevline check --deny warning mail.txt          fail when the report contradicts itself
  sevline check --format github reports/         annotate a pull request
  sevline check --format json reports/ | jq -r .code | sort | uniq -c
  sevline check --codes                          what can be found

Exit status: 0 no finding is an error, 1 one is or a report could not be read, 2 the command is wrong, 78 a file of
settings is. Columns count characters from 1; `end_column` is the one after the words, on the line they begin on.";

const EXPLAIN: &str = "\
Examples:
  sevline explain mail.txt                       the mail with its facts marked
  sevline explain --facts-only mail.txt | less   only the lines that hold facts
  pbpaste | sevline explain -                    what is piped in
  sevline explain --format json mail.txt | jq -r '.[] | [.line, .pointer, .value] | @tsv'

`^` underlines words that a fact is stated in, `~` those that it was inferred from. A bar stands beside a fact of several
lines. In JSON each stretch of words is an object of its own; a fact without words has null for `start`, `end` and `line`.";

/// Read incident reports, see what happened when, compare them on a time axis.
#[derive(Debug, Parser)]
#[command(version, after_help = EXAMPLES, disable_help_subcommand = true)]
pub struct Args {
    /// What to print instead of opening the explorer.
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub paths: Paths,
    #[command(flatten)]
    pub select: Select,
    /// Draw the explorer without signs beyond ASCII
    #[arg(long)]
    pub ascii: bool,
    /// Open the library without the filter, marks and layout that it was left with
    #[arg(long)]
    pub fresh: bool,
    #[command(flatten)]
    pub common: Common,
}

/// What to read.
#[derive(Debug, Default, clap::Args)]
pub struct Paths {
    /// Files and folders, or `-` for standard input [default: the library in the settings, else samples]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// What to print instead of opening the explorer.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print a table of incidents, newest first
    #[command(after_help = examples::LIST)]
    List {
        /// Format of the table
        #[arg(long, value_enum, value_name = "text|csv|tsv|markdown|json|ndjson", hide_possible_values = true, default_value_t = list::Form::Text)]
        format: list::Form,
        /// Columns in their order, of severity, start, end, duration, organization, title, services, status, detect, ack,
        /// identify, mitigate, restore, resolve, lag, tags, format and file
        #[arg(long, value_name = "NAME,…", value_parser = clap::value_parser!(Columns))]
        columns: Option<Columns>,
        #[command(flatten)]
        paths: Paths,
    },
    /// Print reports as text, from the facts to the timeline
    #[command(after_help = examples::SHOW)]
    Show {
        #[command(flatten)]
        paths: Paths,
    },
    /// Print one incident on a time axis, or several on the calendar
    #[command(after_help = examples::TIMELINE)]
    Timeline {
        /// Leave out time in which nothing happens
        #[arg(long)]
        compress: bool,
        #[command(flatten)]
        picture: picture::Look,
        #[command(flatten)]
        paths: Paths,
    },
    /// Print two to eight incidents side by side, with the differences of their lengths
    #[command(after_help = examples::COMPARE)]
    Compare {
        /// The moment at which they are laid over each other
        #[arg(long, value_enum, value_name = "start|detection|mitigation|calendar|stretched", hide_possible_values = true, default_value_t = picture::Align::Start)]
        align: picture::Align,
        /// The incident that the others are measured against, by its place from 1 [default: the one that began first]
        #[arg(long, value_name = "N", value_parser = base)]
        base: Option<u8>,
        #[command(flatten)]
        picture: picture::Look,
        #[command(flatten)]
        paths: Paths,
    },
    /// Count incidents and summarise their lengths
    #[command(after_help = examples::STATS)]
    Stats {
        /// Format of the statistics
        #[arg(long, value_enum, value_name = "text|json", hide_possible_values = true, default_value_t = stats::Form::Text)]
        format: stats::Form,
        /// Draw with ASCII only
        #[arg(long)]
        ascii: bool,
        #[command(flatten)]
        paths: Paths,
    },
    /// Print the text of reports with every fact that was read marked in it
    #[command(after_help = EXPLAIN)]
    Explain {
        /// Format of the facts
        #[arg(long, value_enum, value_name = "text|json", hide_possible_values = true, default_value_t = explain::Form::Text)]
        format: explain::Form,
        /// Leave out lines without facts
        #[arg(long, conflicts_with = "format")]
        facts_only: bool,
        #[command(flatten)]
        paths: Paths,
    },
    /// Print what does not add up in reports, as compilers do
    #[command(after_help = CHECK)]
    Check {
        /// Format of the findings
        #[arg(long, value_enum, value_name = "text|json|github", hide_possible_values = true, default_value_t = check::Form::Text)]
        format: check::Form,
        /// Fail also on findings of this level and worse
        #[arg(long, value_enum, value_name = "warning|note", hide_possible_values = true)]
        deny: Option<check::Deny>,
        /// List every code with its level and its meaning, and check nothing
        #[arg(long, conflicts_with_all = ["format", "deny", "paths"])]
        codes: bool,
        #[command(flatten)]
        paths: Paths,
    },
    /// Print incidents as data for other programs
    #[command(after_help = examples::EXPORT)]
    Export {
        /// One JSON array, one object a line, or a table of comma-separated values
        #[arg(long, value_enum, value_name = "json|ndjson|csv", hide_possible_values = true, required_unless_present_any = ["schema", "columns"])]
        format: Option<Format>,
        /// What a row of the table is [default: incidents]
        #[arg(
            long,
            value_name = "incidents|events|phases|actions|diagnostics",
            hide_possible_values = true,
            value_parser = table()
        )]
        table: Option<Table>,
        /// Print the JSON Schema of an exported object, and read nothing
        #[arg(long, conflicts_with_all = ["format", "table", "columns", "paths"])]
        schema: bool,
        /// Print name, type and meaning of the columns of a table, and read nothing
        #[arg(long, conflicts_with_all = ["format", "paths"])]
        columns: bool,
        #[command(flatten)]
        paths: Paths,
    },
    /// Print the forms of records that are known, or what one of them makes of a file
    #[command(after_help = examples::FORMS)]
    Forms {
        /// Print a form for the file to start from
        #[arg(long, requires = "file")]
        draft: bool,
        /// A file of records, as JSON, YAML, TOML or separated values; `-` is what is piped in
        file: Option<PathBuf>,
    },
    /// Print how filters are written and what they can ask for
    #[command(after_help = filter::text())]
    Filter,
    /// Print the keys of the explorer as they are in effect, also those of your own
    #[command(after_help = examples::KEYS)]
    Keys,
    /// Print the settings in effect and where each comes from
    #[command(after_help = examples::CONFIG)]
    Config {
        /// Write a settings file that explains every setting; one that is there stays as it is
        #[arg(long)]
        init: bool,
    },
    /// Print what completes commands and options in a shell
    #[command(after_help = examples::COMPLETIONS)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page of sevline or of one of its commands
    #[command(after_help = examples::MAN)]
    Man {
        /// The command
        command: Option<String>,
    },
}

impl Command {
    /// What it is to read.
    pub fn paths(&self) -> &[PathBuf] {
        match self {
            Command::List { paths, .. }
            | Command::Show { paths }
            | Command::Timeline { paths, .. }
            | Command::Compare { paths, .. }
            | Command::Stats { paths, .. }
            | Command::Check { paths, .. }
            | Command::Explain { paths, .. }
            | Command::Export { paths, .. } => &paths.paths,
            Command::Forms { .. }
            | Command::Filter
            | Command::Keys
            | Command::Config { .. }
            | Command::Completions { .. }
            | Command::Man { .. } => &[],
        }
    }
}

/// What every command takes.
#[derive(Debug, clap::Args)]
pub struct Common {
    /// Zone of reports that name none, as in `Europe/Berlin` [default: UTC]
    #[arg(long, global = true, value_name = "ZONE", value_parser = config::zone)]
    pub assume_tz: Option<chrono_tz::Tz>,
    /// Zone that printed times are shown in
    #[arg(long, global = true, value_enum, value_name = "utc|local|reported", hide_possible_values = true, default_value_t = Zone::Utc)]
    pub zone: Zone,
    /// Colours of the explorer: dark, light, okabe-ito, greyscale, ascii or a theme of your own
    #[arg(long, global = true, value_name = "NAME")]
    pub theme: Option<String>,
    /// Whether text is coloured; outranks NO_COLOR and CLICOLOR_FORCE
    #[arg(long, global = true, value_enum, value_name = "auto|always|never", hide_possible_values = true, default_value_t = Colour::Auto)]
    pub color: Colour,
    /// Go without the settings, keys and themes of your own, and without what was typed, saved and read before
    #[arg(long, global = true)]
    pub no_config: bool,
    /// Read every report anew, and keep nothing of it for the next time
    #[arg(long, global = true)]
    pub no_cache: bool,
}

/// Format of exported data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One array
    Json,
    /// One object a line
    Ndjson,
    /// Comma-separated values
    Csv,
}

/// A table by its name.
fn table() -> impl TypedValueParser<Value = Table> {
    let names = PossibleValuesParser::new(Table::ALL.iter().map(|table| table.name()));
    names.try_map(|name| Table::from_name(&name).ok_or("no table has this name"))
}

/// When printed text is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal
    Auto,
    /// Also in a pipe
    Always,
    /// Not at all
    Never,
}

/// Reads the place of an incident that is compared.
fn base(text: &str) -> Result<u8, String> {
    let most = picture::MOST_COMPARED;
    let place = text.parse().ok().filter(|place| (1..=most).contains(&usize::from(*place)));
    place.ok_or_else(|| format!("write the place of an incident among those compared, from 1 to {most} at most"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn is_a_sound_command() {
        Args::command().debug_assert();
    }

    #[test]
    fn every_example_in_the_help_is_a_sound_command() {
        let lines: Vec<_> = [EXAMPLES, CHECK, EXPLAIN]
            .iter()
            .chain(examples::ALL)
            .flat_map(|text| text.lines().filter(|line| line.starts_with("  ")))
            .collect();
        assert!(lines.len() > 40);
        for line in lines {
            // What comes after a wide gap is a comment, what stands around the pipes are other programs.
            let command = line.trim().split("  ").next().unwrap();
            let own = command.split(" > ").next().unwrap().split(" | ").find(|part| part.starts_with("sevline")).unwrap();
            assert!(Args::try_parse_from(own.split(' ')).is_ok(), "{line}");
        }
    }

    #[test]
    fn takes_shared_flags_on_either_side() {
        for line in ["sevline --no-config list a", "sevline list --no-config a", "sevline list a --no-config"] {
            assert!(Args::try_parse_from(line.split(' ')).unwrap().common.no_config, "{line}");
        }
        assert!(Args::try_parse_from(["sevline", "--assume-tz", "Mars/Olympus"]).is_err());
    }
}
