//! The lines of each section and where they lead.

use super::Section;
use crate::app::show;
use crate::app::step::keep_in_view;
use crate::query::facet::Facet;
use crate::query::field::Field;
use crate::query::value::Length;
use crate::stats::count::{Count, years};
use crate::stats::measure::Measure;
use crate::stats::summary::{Bin, Summary};
use crate::stats::{BySeverity, Statistics};

/// More months than this are preceded by their years.
const MOST_MONTHS: usize = 24;

/// A line of a section.
#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    /// Nothing.
    Gap,
    /// What the lines below are about.
    Heading(String),
    /// The names of the columns of figures, below what they are about.
    Columns(&'static str),
    /// The figures of one length.
    Figures(String, Summary),
    /// A bar.
    Bar(Bar),
}

/// How many incidents have something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What they have, raw.
    pub name: String,
    /// How many.
    pub count: usize,
    /// How many more are ongoing and have lasted so long.
    pub ongoing: usize,
    /// How many have it by inference only.
    pub inferred: usize,
    /// The most that a bar of its group counts.
    pub most: usize,
}

/// Where a line leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To the incidents with a value of a facet.
    Value(Facet, String),
    /// To the incidents that pass these clauses as well.
    Clauses(Vec<String>),
    /// To a line of the spread.
    Spread(usize),
}

/// The lines of a section and where one is.
#[derive(Debug, Default)]
pub struct Part {
    /// The lines.
    pub lines: Vec<Line>,
    /// The first line on screen.
    pub scroll: usize,
    /// The lines that lead somewhere, and where.
    pub(super) targets: Vec<(usize, Target)>,
    /// Which of those is selected.
    pub(super) selected: usize,
}

impl Part {
    /// The selected line, if any can be.
    pub fn selected(&self) -> Option<usize> {
        self.targets.get(self.selected).map(|(line, _)| *line)
    }

    pub(super) fn keep(&mut self, height: usize) {
        self.selected = self.selected.min(self.targets.len().saturating_sub(1));
        let line = self.selected().unwrap_or(0);
        // With the first of a group its heading is in view as well.
        let heads = self.lines.iter().take(line).rev().take_while(|line| !matches!(line, Line::Bar(_) | Line::Figures(..))).count();
        self.scroll = keep_in_view(self.scroll, line - heads.min(height.saturating_sub(1)), line, height, self.lines.len());
    }

    fn push(&mut self, line: Line, target: Option<Target>) {
        if let Some(target) = target {
            self.targets.push((self.lines.len(), target));
        }
        self.lines.push(line);
    }

    fn counts(&mut self, counts: &[Count], target: impl Fn(&Count) -> Target) {
        let most = counts.iter().map(|count| count.count).max().unwrap_or(0);
        for count in counts {
            let bar = Bar { name: count.name.clone(), count: count.count, ongoing: 0, inferred: count.inferred, most };
            self.push(Line::Bar(bar), (count.count > 0).then(|| target(count)));
        }
    }

    fn bins(&mut self, heading: &str, field: Field, summary: &Summary, also: Option<&str>) {
        if summary.histogram.is_empty() {
            return;
        }
        if !self.lines.is_empty() {
            self.lines.push(Line::Gap);
        }
        self.lines.push(Line::Heading(heading.to_owned()));
        let most = summary.histogram.iter().map(|bin| bin.count + bin.ongoing).max().unwrap_or(0);
        for bin in &summary.histogram {
            let bar = Bar { name: bin.name(show::minutes), count: bin.count, ongoing: bin.ongoing, inferred: 0, most };
            let clauses = || also.map(str::to_owned).into_iter().chain(within(field, bin)).collect();
            self.push(Line::Bar(bar), (bin.count > 0).then(|| Target::Clauses(clauses())));
        }
    }
}

/// The lines of a section.
pub(super) fn lay_out(section: Section, found: &Statistics) -> Part {
    let mut part = Part::default();
    let value = |facet| move |count: &Count| Target::Value(facet, count.name.clone());
    let clause = |field: Field| move |count: &Count| Target::Clauses(vec![format!("{}:{}", field.name(), count.key.to_lowercase())]);
    let when = |part: &mut Part, what: &str| part.lines.push(Line::Heading(format!("{what}, by the start of the impact in UTC")));
    match section {
        _ if found.incidents == 0 => {}
        Section::Lengths => lengths(&mut part, found),
        Section::Spread => spread(&mut part, found),
        Section::Severities => part.counts(&found.severity, value(Facet::Severity)),
        Section::Services => part.counts(&found.service, value(Facet::Service)),
        Section::Organizations => part.counts(&found.organization, value(Facet::Organization)),
        Section::Months => {
            if found.month.len() > MOST_MONTHS {
                when(&mut part, "Years");
                part.counts(&years(&found.month), clause(Field::Start));
                part.lines.push(Line::Gap);
            }
            when(&mut part, "Months");
            part.counts(&found.month, clause(Field::Start));
        }
        Section::Weekdays => {
            when(&mut part, "Weekdays");
            part.counts(&found.weekday, |count| {
                Target::Clauses(vec![format!("weekday:{}", count.key.to_lowercase().get(..3).unwrap_or_default())])
            });
        }
        Section::Hours => {
            when(&mut part, "Hours");
            part.counts(&found.hour, clause(Field::Hour));
        }
    }
    part
}

fn name(measure: Measure) -> String {
    measure.name().replace('_', " ")
}

fn lengths(part: &mut Part, found: &Statistics) {
    let spread = lay_out(Section::Spread, found);
    part.lines.push(Line::Columns("length"));
    for measured in &found.measures {
        let heading = spread.lines.iter().position(|line| matches!(line, Line::Heading(text) if *text == name(measured.measure)));
        part.push(Line::Figures(name(measured.measure), measured.summary.clone()), heading.map(Target::Spread));
    }
    part.lines.push(Line::Gap);
    part.lines.push(Line::Columns("duration by severity"));
    for BySeverity { severity, duration } in &found.duration_by_severity {
        let target = Target::Value(Facet::Severity, (*severity).to_owned());
        part.push(Line::Figures((*severity).to_owned(), duration.clone()), Some(target));
    }
}

fn spread(part: &mut Part, found: &Statistics) {
    for measured in &found.measures {
        part.bins(&name(measured.measure), field(measured.measure), &measured.summary, None);
        if measured.measure == Measure::Duration {
            for by in &found.duration_by_severity {
                let clause = format!("{}:{}", Field::Severity.name(), by.severity);
                part.bins(&format!("duration, severity {}", by.severity), Field::Duration, &by.duration, Some(&clause));
            }
        }
    }
}

fn field(measure: Measure) -> Field {
    match measure {
        Measure::Duration => Field::Duration,
        Measure::Detect => Field::Detect,
        Measure::Acknowledge => Field::Acknowledge,
        Measure::Identify => Field::Identify,
        Measure::Mitigate => Field::Mitigate,
        Measure::Restore => Field::Restore,
        Measure::Resolve => Field::Resolve,
        Measure::PublicationLag => Field::Lag,
    }
}

/// The clauses that let through what a bin counts.
fn within(field: Field, bin: &Bin) -> impl Iterator<Item = String> {
    let bound = move |sign: &'static str| move |minutes: f64| format!("{}{sign}{}", field.name(), Length((minutes * 60.0).round() as i64));
    [bin.from_minutes.map(bound(">=")), bin.to_minutes.map(bound("<"))].into_iter().flatten()
}
