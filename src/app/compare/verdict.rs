//! How incidents differ from the one they are measured against, and which difference is the largest, in words.

use super::{Comparison, Side};
use crate::app::measures::Kind;
use crate::app::parts::{Length, Part, Point};
use crate::app::show;
use crate::incident::Certainty;

/// The lengths whose differences are ranked, of equal ones the first: the impact's own length is asked about before its parts.
/// How soon something was published is another question, and to go on watching for long is no loss: the time to being
/// declared over counts where the end of the impact cannot be compared.
const RANKED: [Kind; 6] = [Kind::Impact, Kind::Detect, Kind::Acknowledge, Kind::Mitigate, Kind::Restore, Kind::Resolve];

/// What is shorter is no difference, in minutes.
const LEAST: f64 = 0.5 / 60.0;

/// How one length differs from the base's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// By how much, positive where it is longer.
    pub minutes: f64,
    /// The same in percent of the base's; none where that has no length.
    pub percent: Option<f64>,
    /// Worked out as soon as one of the two is.
    pub certainty: Certainty,
}

impl Difference {
    fn of((this, base): (f64, f64), certainty: Certainty) -> Self {
        let minutes = this - base;
        let percent = (base.abs() >= 1.0 / 60.0).then(|| minutes / base * 100.0);
        Self { minutes, percent, certainty }
    }

    /// Sign, minutes and percent.
    pub fn text(self) -> String {
        let percent = self.percent.map(|percent| format!(" {}", show::percent(percent))).unwrap_or_default();
        format!("{}{}{percent}", show::marks(self.certainty, false), show::difference(self.minutes))
    }

    /// By how much without a sign, and whether that is more.
    fn apart(self) -> String {
        let more = if self.minutes > 0.0 { "longer" } else { "less" };
        format!("{}{} {more}", show::marks(self.certainty, false), show::minutes(self.minutes.abs()))
    }

    /// How many times as long it is, where percents would be too many to grasp.
    fn times(self) -> String {
        self.percent
            .filter(|percent| *percent >= show::MOST_PERCENT)
            .map(|percent| format!(", {}", show::percent(percent)))
            .unwrap_or_default()
    }
}

/// The largest difference of all: one of the two is the base.
#[derive(Debug, Clone, Copy)]
pub struct Verdict<'a> {
    /// The side that took longer.
    pub long: &'a Side,
    /// The side that took less.
    pub short: &'a Side,
    /// The length that differs.
    pub kind: Kind,
    /// The stretch in which most of that came about, where it is not all of the length.
    pub span: Option<(Point, Point)>,
}

impl Comparison {
    /// The difference of a side to the base; none where one of the two is unknown.
    pub fn difference(&self, side: &Side, kind: Kind) -> Option<Difference> {
        let base = self.sides.get(self.base)?.measures.get(kind)?;
        let this = side.measures.get(kind)?;
        Some(Difference::of((this.minutes, base.minutes), this.certainty.min(base.certainty)))
    }

    /// A difference as it is written in a cell.
    pub fn cell(&self, side: &Side, kind: Kind) -> String {
        show::or_missing(self.difference(side, kind).map(Difference::text))
    }

    /// The sides that are measured against the base.
    pub fn others(&self) -> impl Iterator<Item = &Side> {
        self.sides.iter().enumerate().filter(|(at, _)| *at != self.base).map(|(_, side)| side)
    }

    /// The largest difference of a side.
    pub fn largest(&self, side: &Side) -> Option<(Kind, Difference)> {
        let ends = [Kind::Impact, Kind::Restore].into_iter().any(|kind| self.difference(side, kind).is_some());
        let ranked = RANKED.into_iter().filter(|kind| *kind != Kind::Resolve || !ends);
        let known = ranked.filter_map(|kind| Some((kind, self.difference(side, kind)?)));
        let apart = known.filter(|(_, by)| by.minutes.abs() >= LEAST);
        apart.fold(None, |most: Option<(Kind, Difference)>, (kind, by)| match most {
            Some((_, known)) if known.minutes.abs() >= by.minutes.abs() => most,
            _ => Some((kind, by)),
        })
    }

    /// The side that differs most from the base, and in what.
    pub fn verdict(&self) -> Option<Verdict<'_>> {
        let base = self.sides.get(self.base)?;
        let most = self.others().filter_map(|side| self.largest(side).map(|(kind, by)| (side, kind, by)));
        let (side, kind, by) = most.max_by(|a, b| a.2.minutes.abs().total_cmp(&b.2.minutes.abs()))?;
        let (long, short) = if by.minutes > 0.0 { (side, base) } else { (base, side) };
        Some(Verdict { long, short, kind, span: span(long, short, kind) })
    }

    /// The largest difference of all in one sentence, which is what a reviewer asks about first; none where nothing can be
    /// compared.
    pub fn sentence(&self) -> Option<String> {
        let Some(Verdict { long, short, kind, span }) = self.verdict() else {
            let any = self.others().any(|side| RANKED.into_iter().any(|kind| self.difference(side, kind).is_some()));
            return any.then(|| "All lengths that are told are as long as those of the base".to_owned());
        };
        match span {
            // What begins with the impact has a name of its own.
            Some((Point::Start, to)) => in_words(long, short, to.measure().unwrap_or(kind)),
            Some((from, to)) => {
                let (this, other) = (long.parts.between(from, to)?, short.parts.between(from, to)?);
                let by = Difference::of((this.minutes(), other.minutes()), this.certainty.min(other.certainty));
                let lengths = format!("{} against {}{}", this.length(), other.length(), by.times());
                let (from, to) = (from.name(), to.name());
                Some(format!("{} took {} from {from} to {to} than {} ({lengths})", long.letter, by.apart(), short.letter))
            }
            None => {
                let most = most(long, short, kind).map(|part| format!("; {part}")).unwrap_or_default();
                Some(in_words(long, short, kind)? + &most)
            }
        }
    }

    /// A difference to the base in words.
    fn in_words(&self, side: &Side, kind: Kind) -> Option<String> {
        in_words(side, self.sides.get(self.base)?, kind)
    }

    /// What the selected cell says, in words; none on an incident's name.
    pub fn told(&self) -> Option<String> {
        let (side, kind) = (self.side()?, self.kind()?);
        let (name, length) = (side.letter, side.measures.cell(kind));
        let known = |more: &str| format!("{} of {name} is {length}; {more}", kind.meaning());
        let told = match side.measures.get(kind) {
            None if side.measures.is_open(kind) => format!("{} of {name} has no known end", kind.meaning()),
            None => format!("the report of {name} does not tell {}", kind.meaning()),
            Some(_) if self.selected == self.base => known("the others are measured against it"),
            Some(_) => match self.in_words(side, kind) {
                // It begins with a letter, which is written as it is.
                Some(words) => return Some(words),
                None => known("the base has none to compare it with"),
            },
        };
        let first = told.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        Some(first + told.get(1..).unwrap_or_default())
    }
}

/// How two incidents differ in one length.
fn in_words(side: &Side, base: &Side, kind: Kind) -> Option<String> {
    let (this, other) = (side.measures.get(kind)?, base.measures.get(kind)?);
    let by = Difference::of((this.minutes, other.minutes), this.certainty.min(other.certainty));
    let (name, base, length) = (side.letter, base.letter, this.text());
    let (deed, aim) = kind.deed();
    if by.minutes.abs() < LEAST {
        return Some(format!("{name} {deed} as long{aim} as {base} ({length})"));
    }
    Some(format!("{name} {deed} {}{aim} than {base} ({length} against {}{})", by.apart(), other.text(), by.times()))
}

/// The part, not all of the length, that both tell in which at least half of what one took longer came about, in words.
fn most(long: &Side, short: &Side, kind: Kind) -> Option<String> {
    let whole = long.measures.get(kind)?.minutes;
    let by = whole - short.measures.get(kind)?.minutes;
    let told = |part: Part| Some((part, long.parts.length(part)?, short.parts.length(part)?));
    let more = |(_, this, other): &(Part, Length, Length)| this.minutes - other.minutes;
    // What is done after the end is no part of the length, unless updates alone tell how long both were.
    let end = end(kind)?;
    let posted = long.parts.is_posted() && short.parts.is_posted();
    let within = Part::ALL.into_iter().filter(|part| posted || part.to() <= end);
    let most = within.filter_map(told).max_by(|a, b| more(a).total_cmp(&more(b)))?;
    let (part, this, other) = &most;
    (more(&most) >= by / 2.0 && this.minutes < whole)
        .then(|| format!("{} {} against {} makes most of it", this.text(), part.name(), other.text()))
}

/// The moment at which a length ends; none for those that end at several.
fn end(kind: Kind) -> Option<Point> {
    match kind {
        Kind::Impact => Some(Point::Restored),
        kind => Point::ALL.into_iter().find(|point| point.measure() == Some(kind)),
    }
}

/// The stretch between two moments that both reports tell in which at least half of what one took longer came about.
fn span(long: &Side, short: &Side, kind: Kind) -> Option<(Point, Point)> {
    let end = end(kind)?;
    let by = long.measures.get(kind)?.minutes - short.measures.get(kind)?.minutes;
    let shared: Vec<_> = long.parts.points().filter(|point| *point <= end && short.parts.points().any(|other| other == *point)).collect();
    let grown = |from: Point, to: Point| {
        let more = long.parts.between(from, to)?.minutes() - short.parts.between(from, to)?.minutes();
        Some(((from, to), more))
    };
    let spans = shared.windows(2).filter_map(|pair| if let [from, to] = pair { grown(*from, *to) } else { None });
    let (span, more) = spans.max_by(|a, b| a.1.total_cmp(&b.1))?;
    (shared.len() > 2 && more >= by / 2.0).then_some(span)
}
