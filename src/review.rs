//! A reviewer's own words on an incident: tags, a note, and what the report has wrong. They stand beside the report, which is
//! never written to, and what they correct stays known.

pub mod cuts;
mod key;
mod matching;
mod merge;
mod moments;
mod roles;
mod store;

pub use cuts::Cuts;
pub use key::{Key, digest, whole_path};
pub use matching::{Clues, Known, Matching};
pub use moments::{Moves, moves};
pub use roles::{Narrow, Roles, narrow};
pub use store::{Amended, Amendment, Reviewed, Reviews};

use crate::incident::{Basis, Certainty, Edge, Fact, Impact, Incident, Instant, Lane, Severity, Window};
use crate::role::Role;
use crate::sanitize;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a reviewer says of one incident.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Review {
    /// Words to find it by; in lower case and without blanks, so that `tag:` needs no quotes.
    pub tags: BTreeSet<String>,
    /// Free text of any number of lines.
    pub note: String,
    /// How bad it really was.
    pub severity: Option<Severity>,
    /// When customers were really hurt first.
    pub start: Option<Instant>,
    /// When that really ended.
    pub end: Option<Instant>,
    /// Moments that the report leaves open: from where they were read to where they really were.
    pub moments: Moves,
    /// When the milestones really were, as far as the report has them wrong.
    pub milestones: Roles,
}

/// A change to a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Edit {
    /// Put a tag on, or take it off.
    Tag(String, bool),
    /// Replace the note.
    Note(String),
    /// Correct the severity; none to take the report's again.
    Severity(Option<Severity>),
    /// Correct the start of the impact; none to take the report's again.
    Start(Option<Instant>),
    /// Correct the end of the impact; none to take the report's again.
    End(Option<Instant>),
    /// Correct a moment that the report leaves open; none to have it where it was read.
    Moment(Instant, Option<Instant>),
    /// Correct a milestone; none to take the report's again.
    Milestone(Role, Option<Instant>),
}

/// A tag as it is kept; empty where nothing of `text` can be.
pub fn tag(text: &str) -> String {
    let clean = sanitize::line(text).to_lowercase();
    let words: Vec<_> =
        clean.split(|c: char| c.is_whitespace() || matches!(c, ',' | '"' | '(' | ')')).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

impl Review {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it says that the report is wrong.
    pub fn corrects(&self) -> bool {
        self.severity.is_some() || self.corrects_times()
    }

    /// Whether it says that the report's times are wrong.
    pub fn corrects_times(&self) -> bool {
        self.start.is_some() || self.end.is_some() || !self.moments.is_empty() || !self.milestones.is_empty()
    }

    /// Whether it says that something was at that moment.
    pub fn says(&self, at: Instant) -> bool {
        self.start == Some(at) || self.end == Some(at) || self.moments.values().chain(self.milestones.values()).any(|is| *is == at)
    }

    /// Makes a change and answers with the one that takes it back. What was typed is made safe to show.
    pub fn apply(&mut self, edit: &Edit) -> Edit {
        match edit {
            Edit::Tag(text, on) => {
                let tag = tag(text);
                let had = self.tags.contains(&tag);
                if !*on {
                    self.tags.remove(&tag);
                } else if !tag.is_empty() {
                    self.tags.insert(tag);
                }
                Edit::Tag(text.clone(), had)
            }
            Edit::Note(text) => Edit::Note(std::mem::replace(&mut self.note, sanitize::lines(text.trim()).into_owned())),
            Edit::Severity(severity) => Edit::Severity(std::mem::replace(&mut self.severity, *severity)),
            Edit::Start(at) => Edit::Start(std::mem::replace(&mut self.start, *at)),
            Edit::End(at) => Edit::End(std::mem::replace(&mut self.end, *at)),
            Edit::Moment(at, Some(is)) => Edit::Moment(*at, self.moments.insert(*at, *is)),
            Edit::Moment(at, None) => Edit::Moment(*at, self.moments.remove(at)),
            Edit::Milestone(role, Some(at)) => Edit::Milestone(*role, self.milestones.insert(*role, *at)),
            Edit::Milestone(role, None) => Edit::Milestone(*role, self.milestones.remove(role)),
        }
    }

    /// The changes that add what `other` says: its tags, its note below what is here after an empty line, and of its
    /// corrections those of what is not corrected here.
    pub fn taking_in(&self, other: &Self) -> Vec<Edit> {
        let tags = other.tags.difference(&self.tags).map(|tag| Edit::Tag(tag.clone(), true));
        let note = match (self.note.as_str(), other.note.as_str()) {
            (own, other) if other.is_empty() || own == other => None,
            ("", other) => Some(other.to_owned()),
            (own, other) => Some(format!("{own}\n\n{other}")),
        };
        let severity = other.severity.filter(|_| self.severity.is_none()).map(|severity| Edit::Severity(Some(severity)));
        let start = other.start.filter(|_| self.start.is_none()).map(|at| Edit::Start(Some(at)));
        let end = other.end.filter(|_| self.end.is_none()).map(|at| Edit::End(Some(at)));
        let new = other.moments.iter().filter(|(at, _)| !self.moments.contains_key(at));
        let moments = new.map(|(at, is)| Edit::Moment(*at, Some(*is)));
        let new = other.milestones.iter().filter(|(role, _)| !self.milestones.contains_key(role));
        let milestones = new.map(|(role, at)| Edit::Milestone(*role, Some(*at)));
        tags.chain(note.map(Edit::Note)).chain(severity).chain(start).chain(end).chain(moments).chain(milestones).collect()
    }

    /// The changes after which nothing is said.
    pub fn emptying(&self) -> Vec<Edit> {
        let tags = self.tags.iter().map(|tag| Edit::Tag(tag.clone(), false));
        let note = (!self.note.is_empty()).then(|| Edit::Note(String::new()));
        let severity = self.severity.map(|_| Edit::Severity(None));
        let (start, end) = (self.start.map(|_| Edit::Start(None)), self.end.map(|_| Edit::End(None)));
        let moments = self.moments.keys().map(|at| Edit::Moment(*at, None));
        let milestones = self.milestones.keys().map(|role| Edit::Milestone(*role, None));
        tags.chain(note).chain(severity).chain(start).chain(end).chain(moments).chain(milestones).collect()
    }

    /// The incident as the reviewer says it was. A corrected value cites the words it stands against.
    pub fn corrected(&self, read: &Incident) -> Incident {
        let mut incident = read.clone();
        if let Some(value) = self.severity {
            let cites = read.severity.as_ref().map(|fact| fact.cites.clone()).unwrap_or_default();
            incident.severity = Some(Fact { value, certainty: Certainty::Stated, basis: Basis::Corrected, cites });
        }
        if !self.moments.is_empty() {
            moments::correct(&mut incident, &self.moments);
        }
        roles::correct(&mut incident, &self.milestones);
        if self.start.is_some() || self.end.is_some() {
            self.correct_windows(&mut incident.impact);
            let (start, end) = (incident.impact.start().map(|edge| edge.at), incident.impact.end().map(|edge| edge.at));
            incident.phases.retain_mut(|phase| {
                if phase.lane == Lane::Impact {
                    phase.start = start.map_or(phase.start, |start| phase.start.max(start));
                    phase.end = phase.end.map_or(end.filter(|_| self.end.is_some()), |own| Some(end.map_or(own, |end| own.min(end))));
                    return phase.end.is_none_or(|end| phase.start < end);
                }
                true
            });
        }
        incident
    }

    /// Cuts the windows that reach over a corrected end, drops those beyond it, and widens the outermost up to it.
    fn correct_windows(&self, impact: &mut Impact) {
        let edge = |at, cited: Option<&Edge>| Some(said(at, cited));
        let (first, last) = (impact.start().cloned(), impact.end().cloned());
        if let Some(start) = self.start {
            impact.windows.retain(|window| window.end.as_ref().is_none_or(|end| end.at > start));
            impact.windows.sort_by_key(|window| window.start.as_ref().map(|edge| edge.at));
            for window in impact.windows.iter_mut().filter(|window| window.start.as_ref().is_some_and(|own| own.at < start)) {
                window.start = edge(start, first.as_ref());
            }
            match impact.windows.first_mut() {
                Some(window) => window.start = edge(start, first.as_ref()),
                None => impact.windows.push(Window { start: edge(start, first.as_ref()), end: None, label: None }),
            }
        }
        if let Some(end) = self.end {
            impact.windows.retain(|window| window.start.as_ref().is_none_or(|start| start.at < end));
            for window in impact.windows.iter_mut().filter(|window| window.end.as_ref().is_none_or(|own| own.at > end)) {
                window.end = edge(end, last.as_ref());
            }
            let latest = impact.windows.iter_mut().max_by_key(|window| window.end.as_ref().map(|edge| edge.at));
            match latest {
                Some(window) => window.end = edge(end, last.as_ref()),
                None => {
                    let start = self.start.and_then(|start| edge(start, first.as_ref()));
                    impact.windows.push(Window { start, end: edge(end, last.as_ref()), label: None });
                }
            }
        }
    }
}

/// A moment as a reviewer has it, in the place of what the report has.
fn said(at: Instant, read: Option<&Edge>) -> Edge {
    let cites = read.map(|edge| edge.cites.clone()).unwrap_or_default();
    let (certainty, basis) = (Certainty::Stated, Basis::Corrected);
    Edge { at, certainty, approximate: false, basis, moment: None, alternatives: Vec::new(), cites }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn at(text: &str) -> Option<Instant> {
        Some(text.parse().unwrap())
    }

    fn twice_down() -> Incident {
        fixture::entries()[1].incident()
    }

    fn windows(review: &Review) -> Vec<(String, String)> {
        let time = |edge: &Option<Edge>| edge.as_ref().map_or("–".into(), |edge| edge.at.format("%H:%M").to_string());
        review.corrected(&twice_down()).impact.windows.iter().map(|window| (time(&window.start), time(&window.end))).collect()
    }

    #[test]
    fn corrected_times_cut_widen_and_drop_windows() {
        let of = |start: Option<&str>, end: Option<&str>| {
            let stamp = |time: Option<&str>| time.and_then(|time| at(&format!("2023-10-04T{time}:00Z")));
            let found = windows(&Review { start: stamp(start), end: stamp(end), ..Review::default() });
            found.iter().map(|(start, end)| format!("{start}-{end}")).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(of(None, None), "13:06-13:11 13:29-13:36");
        assert_eq!(of(Some("13:00"), None), "13:00-13:11 13:29-13:36");
        assert_eq!(of(Some("13:08"), Some("13:40")), "13:08-13:11 13:29-13:40");
        assert_eq!(of(Some("13:20"), None), "13:20-13:36");
        assert_eq!(of(None, Some("13:10")), "13:06-13:10");
        assert_eq!(of(None, Some("13:20")), "13:06-13:20");
        assert_eq!(of(Some("14:00"), Some("14:30")), "14:00-14:30");
    }

    #[test]
    fn what_is_corrected_cites_what_it_stands_against() {
        let read = twice_down();
        let review = Review { severity: Some(Severity::Low), start: at("2023-10-04T13:00:00Z"), ..Review::default() };
        let corrected = review.corrected(&read);
        assert_eq!(corrected.severity.as_ref().map(|fact| &fact.cites), read.severity.as_ref().map(|fact| &fact.cites));
        assert_eq!(corrected.impact.start().map(|edge| &edge.cites), read.impact.start().map(|edge| &edge.cites));
        assert_eq!(corrected.severity.map(|fact| (fact.value, fact.certainty)), Some((Severity::Low, Certainty::Stated)));
        assert_eq!(corrected.impact.minutes(), Some(18.0));
        assert_eq!(Review::default().corrected(&read), read);
    }

    #[test]
    fn every_edit_is_taken_back_by_its_answer() {
        let mut review = Review::default();
        let edits = [
            Edit::Tag("Follow up".into(), true),
            Edit::Tag("follow-up".into(), true),
            Edit::Note("two\nlines".into()),
            Edit::Severity(Some(Severity::None)),
            Edit::Start(at("2024-01-01T00:00:00Z")),
            Edit::End(at("2024-01-01T00:01:00Z")),
            Edit::Moment(at("2024-01-01T23:00:00Z").unwrap(), at("2024-01-02T23:00:00Z")),
            Edit::Milestone(Role::Detected, at("2024-01-01T00:02:00Z")),
            Edit::Tag("FOLLOW-UP".into(), false),
        ];
        let mut seen = Vec::new();
        for edit in &edits {
            let before = review.clone();
            seen.push((before, review.apply(edit)));
        }
        assert!(review.tags.is_empty() && review.note == "two\nlines");
        for (before, back) in seen.into_iter().rev() {
            review.apply(&back);
            assert_eq!(review, before);
        }
        assert!(review.is_empty());
    }

    #[test]
    fn what_another_says_is_added_and_what_is_said_is_taken_away() {
        let tags = |tags: &[&str]| tags.iter().map(|&tag| tag.to_owned()).collect();
        let own = Review { tags: tags(&["a", "b"]), note: "Own.".into(), severity: Some(Severity::Low), ..Review::default() };
        let start = at("2024-01-01T00:00:00Z");
        let other = Review { tags: tags(&["b", "c"]), note: "Other.".into(), severity: Some(Severity::High), start, ..Review::default() };
        let mut both = own.clone();
        let back: Vec<_> = own.taking_in(&other).iter().map(|edit| both.apply(edit)).collect();
        assert_eq!(both, Review { tags: tags(&["a", "b", "c"]), note: "Own.\n\nOther.".into(), start, ..own.clone() });
        back.iter().rev().for_each(|edit| drop(both.apply(edit)));
        assert_eq!(both, own);
        assert_eq!(own.taking_in(&own), []);
        let mut empty = other.clone();
        other.emptying().iter().for_each(|edit| drop(empty.apply(edit)));
        assert!(empty.is_empty() && empty.emptying().is_empty());
    }

    #[test]
    fn tags_need_no_quotes() {
        for (typed, kept) in [(" Follow up,  Q3 ", "follow-up-q3"), ("\u{1b}[2J", "␛[2j"), ("\"a\" (b)", "a-b"), (" ,", "")] {
            assert_eq!(tag(typed), kept);
        }
    }
}
