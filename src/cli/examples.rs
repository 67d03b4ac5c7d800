//! What stands below the help of each command. `tests/cli/settings.rs` runs every line that begins with two blanks.

/// Every text.
#[cfg(test)]
pub const ALL: &[&str] = &[LIST, SHOW, TIMELINE, COMPARE, STATS, EXPORT, FORMS, KEYS, CONFIG, COMPLETIONS, MAN];

pub const LIST: &str = "\
Examples:
  sevline list reports/                          a table, newest first
  sevline list --zone local reports/             times on this machine's clock
  sevline list --columns start,title,ack,resolve reports/
  sevline list --sort resolve --limit 10 reports/
  sevline list --filter before:2w reports/
  sevline list --format markdown reports/        a table for a document
  sevline list --format csv reports/ > list.csv  a table for a spreadsheet
  sevline list --format ndjson reports/ | jq -r 'select(.ongoing) | .title'

In CSV, TSV and JSON times are RFC 3339 in UTC and lengths are minutes; `export --format csv` has more columns.";

pub const SHOW: &str = "\
Examples:
  sevline show mail.txt                          one report, from the facts to the timeline
  sevline show --zone reported mail.txt          times on the report's own clock
  pbpaste | sevline show -                       what is piped in";

pub const TIMELINE: &str = "\
Examples:
  sevline timeline mail.txt                      one incident: impact, response, events
  sevline timeline reports/                      all incidents on the calendar, by start
  sevline timeline --compress reports/           the same without the time between them
  sevline timeline --ascii mail.txt              without signs beyond ASCII
  sevline timeline --format svg mail.txt > a.svg
  sevline timeline --format html mail.txt > a.html
  sevline timeline --format markdown mail.txt    a table for a document

The page and the picture need nothing else: no script, no font, no network. In the page, hover over a bar or go to it
with Tab to read the words behind it.";

pub const COMPARE: &str = "\
Examples:
  sevline compare a.txt b.txt                    aligned at impact start
  sevline compare --align detection a.txt b.txt
  sevline compare --base 2 a.txt b.txt c.txt     the differences to the second
  sevline compare --format html a.txt b.txt > compare.html
  sevline compare --format markdown a.txt b.txt

An incident that does not tell the moment of alignment is listed without a bar. `--align mitigation` is the end of the
impact. `~` marks what was inferred, an arrow the largest difference.";

pub const STATS: &str = "\
Examples:
  sevline stats reports/                         counts, medians, quartiles, spread
  sevline stats --zone local reports/            weekdays and hours on this machine's clock
  sevline stats --format json reports/ | jq '.measures[] | [.measure, .n, .median.minutes]'

Maintenance is left out. An ongoing incident counts as at least as long as it has lasted (Kaplan-Meier). A figure that
no report tells stays empty; the 90th percentile needs 20 known lengths.";

pub const EXPORT: &str = "\
Examples:
  sevline export --format json reports/          one array
  sevline export --format ndjson reports/ > incidents.ndjson
  sevline export --format csv reports/ > incidents.csv
  sevline export --format csv --table events reports/ > events.csv
  sevline export --columns --table events        the columns of a table
  sevline export --schema > incident.schema.json
  sevline export --format ndjson reports/ | jq -r 'select(.severity == \"high\") | .title'

A text in CSV that a spreadsheet would run as a formula has an apostrophe before it.";

pub const FORMS: &str = "\
Examples:
  sevline forms                                  every form that is known, yours first
  sevline forms incidents.json                   which form a file has, what was taken and what was left unread
  sevline forms --draft incidents.json > tool.toml

A form of yours stands in the folder `forms` of the settings folder; `sevline config` prints where that is.
Exit status: 0 the form is known, 1 it is not, 2 the command is wrong, 78 a form of yours is.";

pub const KEYS: &str = "\
Examples:
  sevline keys                                   every key with what it does
  sevline keys --no-config                       those that come with sevline
  sevline keys | grep zoom";

pub const CONFIG: &str = "\
Examples:
  sevline config                                 every setting, its value and where it comes from
  sevline config --init                          write a settings file with comments";

pub const COMPLETIONS: &str = "\
Examples:
  sevline completions bash > ~/.local/share/bash-completion/completions/sevline
  sevline completions zsh > ~/.zfunc/_sevline
  sevline completions fish > ~/.config/fish/completions/sevline.fish";

pub const MAN: &str = "\
Examples:
  sevline man | man -l -                         read it
  sevline man > sevline.1
  sevline man stats > sevline-stats.1";
