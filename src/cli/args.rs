//! What may be typed on the command line.

use super::time::Zone;
use crate::config;
use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  sevline                               open your library, or the samples that come with sevline
  sevline reports/ mail.txt             open a folder and a file
  pbpaste | sevline -                   open what is piped in
  sevline show mail.txt                 print one report as text
  sevline list reports/ --zone local    print a table, newest first
  sevline export --format ndjson reports/ | jq .impact.duration_minutes

Without a terminal to draw on, `sevline FILE` does what `show` does and `sevline FOLDER` what `list` does.
Exit status: 0 all was read, 1 some of it was not, 2 the command is wrong, 78 a file of settings is.";

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
    List {
        #[command(flatten)]
        paths: Paths,
    },
    /// Print reports as text, from the facts to the timeline
    Show {
        #[command(flatten)]
        paths: Paths,
    },
    /// Print incidents as data for other programs
    Export {
        /// One JSON array, or one object a line
        #[arg(long, value_enum, value_name = "json|ndjson", hide_possible_values = true)]
        format: Format,
        #[command(flatten)]
        paths: Paths,
    },
}

impl Command {
    /// What it is to read.
    pub fn paths(&self) -> &[PathBuf] {
        match self {
            Command::List { paths } | Command::Show { paths } | Command::Export { paths, .. } => &paths.paths,
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
    /// Colours of the explorer: dark, light, okabe-ito, greyscale or a theme of your own
    #[arg(long, global = true, value_name = "NAME")]
    pub theme: Option<String>,
    /// Whether text is coloured; outranks NO_COLOR and CLICOLOR_FORCE
    #[arg(long, global = true, value_enum, value_name = "auto|always|never", hide_possible_values = true, default_value_t = Colour::Auto)]
    pub color: Colour,
    /// Go without the settings, keys and themes of your own
    #[arg(long, global = true)]
    pub no_config: bool,
}

/// Form of exported data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One array
    Json,
    /// One object a line
    Ndjson,
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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn is_a_sound_command() {
        Args::command().debug_assert();
    }

    #[test]
    fn takes_shared_flags_on_either_side() {
        for line in ["sevline --no-config list a", "sevline list --no-config a", "sevline list a --no-config"] {
            assert!(Args::try_parse_from(line.split(' ')).unwrap().common.no_config, "{line}");
        }
        assert!(Args::try_parse_from(["sevline", "--assume-tz", "Mars/Olympus"]).is_err());
    }
}
