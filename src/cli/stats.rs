//! What a set of incidents amounts to, as text with small bars or as JSON.

use super::terminal::Terminal;
use super::time::Zone;
use crate::app::show::{MISSING, minutes};
use crate::app::text::{fit, pad, pad_left};
use crate::export::escape;
use crate::query::{Index, Indexed};
use crate::stats::Statistics;
use crate::stats::count::{Count, years};
use crate::stats::summary::{LEAST_FOR_P90, Summary};
use crate::stats::survival::Figure;
use clap::ValueEnum;
use serde::Serialize;
use std::io::{Result, Write};

/// The form of printed statistics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Tables and bars
    Text,
    /// One object
    Json,
}

/// As many services and organizations are named; the others are counted.
const NAMED: usize = 12;
/// More months than this are shown as years.
const MOST_MONTHS: usize = 24;
/// The cells of a name, a number and the longest bar.
const NAME: usize = 22;
const NUMBER: usize = 8;
const BAR: usize = 40;
/// The cells of a count in a row of many.
const COUNT: usize = 5;

/// How statistics are printed.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The form.
    pub form: Form,
    /// Whether text is drawn with ASCII only.
    pub ascii: bool,
}

/// Prints the statistics of `incidents`, of doubtful ones only where they are `asked_for`.
pub fn print(out: &mut dyn Write, incidents: &[Indexed], asked_for: bool, zone: Zone, look: Look, terminal: &Terminal) -> Result<()> {
    let Look { form, ascii } = look;
    let clock = zone.clock();
    let wall = |incident: &Index, at| clock.for_offset(incident.offset_seconds).at(at).naive_local();
    let found = Statistics::of(incidents.iter().map(|row| &**row), asked_for, &wall);
    match form {
        Form::Json => {
            found.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, escape::indented()))?;
            writeln!(out)
        }
        Form::Text => {
            let room = terminal.text_width().saturating_sub(NAME + NUMBER + 2).clamp(8, BAR);
            Page { out, terminal, ascii, room }.all(&found, zone)
        }
    }
}

struct Page<'a> {
    out: &'a mut dyn Write,
    terminal: &'a Terminal,
    ascii: bool,
    /// The cells of the longest bar.
    room: usize,
}

impl Page<'_> {
    fn all(&mut self, found: &Statistics, zone: Zone) -> Result<()> {
        self.head(found, zone)?;
        if found.incidents == 0 {
            return Ok(());
        }
        self.lengths(found)?;
        self.spread(found)?;
        if let Some(duration) = found.measures.first().filter(|measured| !measured.summary.histogram.is_empty()) {
            self.histogram("Duration", &duration.summary)?;
        }
        self.counts("Severity", &found.severity, found.severity.len())?;
        self.counts("Services", &found.service, NAMED)?;
        self.counts("Organizations", &found.organization, NAMED)?;
        if found.month.len() > MOST_MONTHS {
            self.counts("Years", &years(&found.month), usize::MAX)?;
        } else {
            self.counts("Months", &found.month, MOST_MONTHS)?;
        }
        self.counts("Weekdays", &found.weekday, 7)?;
        self.hours(&found.hour)
    }

    fn head(&mut self, found: &Statistics, zone: Zone) -> Result<()> {
        let mut said = super::count(found.incidents, "incident", "incidents");
        if let (Some(first), Some(last)) = (found.first_day, found.last_day) {
            said.push_str(&if first == last { format!(" on {first}") } else { format!(" from {first} to {last}") });
        }
        for (count, what) in [(found.ongoing, "ongoing"), (found.undated, "without a date")] {
            if count > 0 {
                said.push_str(&format!(", {count} {what}"));
            }
        }
        writeln!(self.out, "{}.", self.terminal.bold(&said))?;
        if found.maintenance_left_out > 0 {
            writeln!(self.out, "{} left out.", super::count(found.maintenance_left_out, "maintenance is", "maintenances are"))?;
        }
        if found.doubtful_left_out > 0 {
            let counted = super::count(found.doubtful_left_out, "doubtful one is", "doubtful ones are");
            writeln!(self.out, "{counted} left out; is:doubtful in --filter asks for them.")?;
        }
        let zone = match zone {
            Zone::Utc => "UTC",
            Zone::Local => "this machine's",
            Zone::Reported => "each report's own",
        };
        writeln!(self.out, "Months, weekdays and hours are {zone}, by the start of the impact.")
    }

    fn heading(&mut self, name: &str) -> Result<()> {
        writeln!(self.out, "\n{}", self.terminal.bold(name))
    }

    fn lengths(&mut self, found: &Statistics) -> Result<()> {
        let head = ["n", "missing", "ongoing", "q1", "median", "q3", "p90", "longest"];
        let head: String = head.iter().map(|name| pad_left(name, NUMBER)).collect();
        writeln!(self.out, "\n{}", self.terminal.bold(&format!("{}{head}", pad("Lengths", NAME))))?;
        for measured in &found.measures {
            self.length(&measured.measure.name().replace('_', " "), &measured.summary)?;
        }
        writeln!(self.out, "\n{}{head}", pad("duration by severity", NAME))?;
        for by in &found.duration_by_severity {
            self.length(by.severity, &by.duration)?;
        }
        let dash = self.sign(MISSING, "-");
        let at_least = self.sign("≥", ">=");
        writeln!(self.out)?;
        if found.ongoing > 0 {
            writeln!(
                self.out,
                "{at_least} an ongoing incident decides; it counts as at least as long as it had lasted when last told of."
            )?;
        }
        writeln!(self.out, "{dash} no report tells it; p90 needs n = {LEAST_FOR_P90}. Means are left out: lengths are too skewed for them.")
    }

    fn length(&mut self, name: &str, summary: &Summary) -> Result<()> {
        let counts = [summary.n, summary.missing, summary.ongoing].map(|count| pad_left(&count.to_string(), NUMBER));
        let figures = [summary.lower_quartile, summary.median, summary.upper_quartile, summary.p90, summary.maximum];
        let figures = figures.map(|figure| pad_left(&self.figure(figure), NUMBER));
        let line = format!("  {}{}{}", pad(name, NAME - 2), counts.concat(), figures.concat());
        writeln!(self.out, "{}", line.trim_end())
    }

    fn figure(&self, figure: Option<Figure>) -> String {
        let Some(figure) = figure else { return self.sign(MISSING, "-").into() };
        let sign = if figure.at_least { self.sign("≥", ">=") } else { "" };
        format!("{sign}{}", self.length_of(figure.minutes))
    }

    fn length_of(&self, length: f64) -> String {
        let text = minutes(length);
        if self.ascii { text.replace('−', "-") } else { text }
    }

    /// All histograms on one scale: under each length, how many are as long, up to the next.
    fn spread(&mut self, found: &Statistics) -> Result<()> {
        let bins = || found.measures.iter().flat_map(|measured| &measured.summary.histogram);
        let mut starts: Vec<_> = bins().map(|bin| bin.from_minutes).collect();
        starts.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
        starts.dedup();
        let name = |start: &Option<f64>| start.map_or("<0".into(), |start| self.length_of(start));
        let head: String = starts.iter().map(|start| pad_left(&name(start), COUNT)).collect();
        writeln!(self.out, "\n{}", self.terminal.bold(&format!("{}{head}", pad("Spread, from", NAME))))?;
        for measured in &found.measures {
            let count = |start: &Option<f64>| {
                let bin = measured.summary.histogram.iter().find(|bin| bin.from_minutes == *start);
                let count = bin.map_or(0, |bin| bin.count + bin.ongoing);
                pad_left(&if count == 0 { self.sign("·", ".").into() } else { count.to_string() }, COUNT)
            };
            let counts: String = starts.iter().map(count).collect();
            writeln!(self.out, "  {}{counts}", pad(&measured.measure.name().replace('_', " "), NAME - 2))?;
        }
        Ok(())
    }

    /// All hours in three lines.
    fn hours(&mut self, hours: &[Count]) -> Result<()> {
        let most = hours.iter().map(|hour| hour.count).max().unwrap_or(0).max(1);
        let line = |cell: &dyn Fn(&Count) -> String| hours.iter().map(|hour| pad_left(&cell(hour), 3)).collect::<String>();
        let level = |count: usize| ["", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"].get((count * 8).div_ceil(most)).copied().unwrap_or("█");
        let none = self.sign("·", ".");
        writeln!(self.out, "\n{}{}", self.terminal.bold(&pad("Hours", 8)), line(&|hour| hour.name.clone()))?;
        if !self.ascii {
            writeln!(self.out, "{}", format!("{:8}{}", "", line(&|hour| level(hour.count).into())).trim_end())?;
        }
        writeln!(self.out, "{:8}{}", "", line(&|hour| if hour.count == 0 { none.into() } else { hour.count.to_string() }))
    }

    fn histogram(&mut self, name: &str, summary: &Summary) -> Result<()> {
        self.heading(name)?;
        let most = summary.histogram.iter().map(|bin| bin.count + bin.ongoing).max().unwrap_or(0);
        for bin in &summary.histogram {
            let ongoing = if bin.ongoing > 0 { format!("  {} ongoing", bin.ongoing) } else { String::new() };
            let total = bin.count + bin.ongoing;
            let label = bin.name(|length| self.length_of(length));
            self.bar(&label, total, most, &ongoing)?;
        }
        Ok(())
    }

    fn counts(&mut self, name: &str, counts: &[Count], most_shown: usize) -> Result<()> {
        if counts.is_empty() {
            return Ok(());
        }
        self.heading(name)?;
        let most = counts.iter().map(|count| count.count).max().unwrap_or(0);
        for count in counts.iter().take(most_shown) {
            let inferred = if count.inferred > 0 { format!("  {} inferred", count.inferred) } else { String::new() };
            self.bar(&count.name, count.count, most, &inferred)?;
        }
        match counts.len().saturating_sub(most_shown) {
            0 => Ok(()),
            more => writeln!(self.out, "  {} {more} more; --format json has all", self.sign("…", "...")),
        }
    }

    fn bar(&mut self, name: &str, count: usize, most: usize, note: &str) -> Result<()> {
        let name = if self.ascii { pad(&super::text::ascii(&fit(name, NAME - 4)), NAME - 2) } else { pad(name, NAME - 2) };
        let eighths = if most == 0 { 0 } else { (count * self.room * 8).div_ceil(most) };
        let line = format!("  {name}{} {}{note}", pad_left(&count.to_string(), NUMBER), self.blocks(eighths));
        writeln!(self.out, "{}", line.trim_end())
    }

    fn blocks(&self, eighths: usize) -> String {
        if self.ascii {
            return "#".repeat(eighths.div_ceil(8));
        }
        let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
        format!("{}{}", "█".repeat(eighths / 8), rest.get(eighths % 8).copied().unwrap_or_default())
    }

    fn sign(&self, sign: &'static str, ascii: &'static str) -> &'static str {
        if self.ascii { ascii } else { sign }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn printed(form: Form, ascii: bool) -> String {
        let incidents: Vec<_> = fixture::entries().into_iter().map(Indexed::new).collect();
        printed_of(&incidents, false, Look { form, ascii })
    }

    fn printed_of(incidents: &[Indexed], asked_for: bool, look: Look) -> String {
        let terminal = Terminal { interactive: false, columns: None, colour: false };
        let mut out = Vec::new();
        print(&mut out, incidents, asked_for, Zone::Utc, look, &terminal).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_figure_stands_with_what_it_rests_on() {
        insta::assert_snapshot!(printed(Form::Text, false));
    }

    #[test]
    fn what_is_doubtful_is_told_of_and_counted_when_it_is_asked_for() {
        let look = |form| Look { form, ascii: false };
        let mut incidents: Vec<_> = fixture::entries().into_iter().chain([fixture::doubtful()]).map(Indexed::new).collect();
        let text = printed_of(&incidents, false, look(Form::Text));
        let without: Vec<_> = text.lines().filter(|line| !line.contains("doubtful")).collect();
        assert!(text.contains("\n1 doubtful one is left out; is:doubtful in --filter asks for them.\n"), "{text}");
        assert_eq!(without, printed(Form::Text, false).lines().collect::<Vec<_>>());
        let found: serde_json::Value = serde_json::from_str(&printed_of(&incidents, false, look(Form::Json))).unwrap();
        assert_eq!((&found["incidents"], &found["doubtful_left_out"]), (&5.into(), &1.into()));
        let text = printed_of(&incidents, true, look(Form::Text));
        assert!(text.starts_with("6 incidents ") && !text.contains("doubtful"), "{text}");
        incidents.drain(..5);
        assert!(printed_of(&incidents, false, look(Form::Text)).starts_with("0 incidents.\n1 doubtful one"), "{text}");
    }

    #[test]
    fn ascii_is_ascii() {
        let text = printed(Form::Text, true);
        assert!(text.is_ascii(), "{text}");
    }

    #[test]
    fn json_has_the_same() {
        let found: serde_json::Value = serde_json::from_str(&printed(Form::Json, false)).unwrap();
        assert_eq!((&found["schema"], &found["incidents"]), (&"sevline/stats/v1".into(), &5.into()));
        assert_eq!(found["measures"][0]["measure"], "duration");
        assert_eq!(found["measures"][0]["median"]["minutes"], 47.0);
    }
}
