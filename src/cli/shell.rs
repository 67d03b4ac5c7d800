//! What shells and `man` want to know, from the same definitions as the help.

use super::args::Args;
use super::filter;
use crate::names;
use clap::{Command, CommandFactory};
use clap_complete::Shell;

/// What completes commands and options in `shell`.
pub fn completions(shell: Shell) -> String {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "sevline", &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// The manual page of the program, or of one of its commands; the error says which there are.
pub fn man(name: Option<&str>) -> Result<String, String> {
    let mut all = Args::command();
    all.build();
    let command = match name {
        None => {
            let help = all.get_after_help().map(ToString::to_string).unwrap_or_default();
            all.after_help(format!("{help}\n\nFilters:\n{}", filter::text()))
        }
        Some(name) => {
            let commands: Vec<String> = all.get_subcommands().map(|command| command.get_name().to_owned()).collect();
            let near = || names::suggestion(name, commands.iter().map(String::as_str));
            let found = all.find_subcommand(name).cloned();
            let found = found.ok_or_else(|| format!("no command is called `{name}`{}; there are {}", near(), commands.join(", ")))?;
            found.version(env!("CARGO_PKG_VERSION"))
        }
    };
    let mut out = Vec::new();
    page(command).render(&mut out).map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn page(command: Command) -> clap_mangen::Man {
    clap_mangen::Man::new(command).manual("sevline")
}
