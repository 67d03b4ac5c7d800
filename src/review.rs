//! A reviewer's own words on an incident: tags, a note, and what the report has wrong. They stand beside the report, which is
//! never written to, and what they correct stays known.

use crate::incident::{Basis, Certainty, Edge, Fact, Impact, Incident, Instant, Lane, Severity, Window};
use crate::sanitize;
use std::collections::{BTreeSet, HashMap};

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
}

/// A change to a review.
#[derive(Debug, Clone, PartialEq, Eq)]
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
        self.start.is_some() || self.end.is_some()
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
        }
    }

    /// The incident as the reviewer says it was. A corrected value cites the words it stands against.
    pub fn corrected(&self, read: &Incident) -> Incident {
        let mut incident = read.clone();
        if let Some(value) = self.severity {
            let cites = read.severity.as_ref().map(|fact| fact.cites.clone()).unwrap_or_default();
            incident.severity = Some(Fact { value, certainty: Certainty::Stated, basis: Basis::Corrected, cites });
        }
        if self.corrects_times() {
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
        let edge = |at, cited: Option<&Edge>| {
            let cites = cited.map(|edge| edge.cites.clone()).unwrap_or_default();
            Some(Edge { at, certainty: Certainty::Stated, approximate: false, basis: Basis::Corrected, moment: None, cites })
        };
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

/// What an incident is known by between runs: its id, its place (the name of its file without folders, and its number in
/// it) and a digest of its title and start. An incident is the same as long as two of the three are, so that a review
/// survives a file that is moved or renamed, a feed in which others come first, and a report that is corrected in either
/// its title or its times. Of several that fit, the one that fits best is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Key {
    /// The incident's id.
    pub id: String,
    /// `mail.txt`, or `feed.xml#3` for the fourth incident of a file.
    pub place: String,
    /// Sixteen digits; empty for an incident without title and start.
    pub digest: String,
}

impl Key {
    /// The key of an incident as it was read.
    pub fn of(read: &Incident) -> Self {
        let clean = |text: &str| sanitize::line(text).into_owned();
        let name = read.source.path.rsplit(['/', '\\']).next().unwrap_or_default();
        let place = if read.source.index == 0 { clean(name) } else { format!("{}#{}", clean(name), read.source.index) };
        let title = read.title.as_ref().map(|title| title.value.as_str());
        let start = read.start().map(|start| start.timestamp().to_string());
        let told = title.is_some() || start.is_some();
        let digest = if told { digest(&format!("{}\n{}", title.unwrap_or_default(), start.unwrap_or_default())) } else { String::new() };
        Self { id: clean(&read.id), place, digest }
    }

    /// How many of the three are the same.
    fn agreement(&self, other: &Self) -> usize {
        let pairs = [(&self.id, &other.id), (&self.place, &other.place), (&self.digest, &other.digest)];
        pairs.into_iter().filter(|(own, other)| own == other && !own.is_empty()).count()
    }

    /// Whether both are of one incident.
    pub fn is_of(&self, other: &Self) -> bool {
        self.agreement(other) >= ENOUGH
    }
}

/// So many of the parts of a key have to be the same.
const ENOUGH: usize = 2;

/// FNV-1a with 64 bits: the same on every machine and in every version, which the standard library's hashes do not promise.
pub fn digest(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

/// The reviews of all incidents.
#[derive(Debug, Clone, Default)]
pub struct Reviews {
    all: Vec<Reviewed>,
    /// Where each id and each place stands.
    places: HashMap<String, Vec<usize>>,
}

/// A review and what it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// Which incident.
    pub key: Key,
    /// What a person knows it by.
    pub title: String,
    /// What is said.
    pub review: Review,
}

impl FromIterator<Reviewed> for Reviews {
    fn from_iter<T: IntoIterator<Item = Reviewed>>(reviewed: T) -> Self {
        let mut reviews = Self::default();
        for one in reviewed {
            reviews.push(one);
        }
        reviews
    }
}

impl Reviews {
    /// Each review that says something, in the order in which they were begun.
    pub fn iter(&self) -> impl Iterator<Item = &Reviewed> {
        self.all.iter().filter(|reviewed| !reviewed.review.is_empty())
    }

    /// Whether nothing is said of any incident.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// The review of an incident.
    pub fn of(&self, key: &Key) -> Option<&Review> {
        self.all.get(self.find(key)?).map(|reviewed| &reviewed.review).filter(|review| !review.is_empty())
    }

    /// Makes a change to the review of an incident and answers with the one that takes it back.
    pub fn apply(&mut self, key: &Key, title: &str, edit: &Edit) -> Edit {
        let at =
            self.find(key).unwrap_or_else(|| self.push(Reviewed { key: key.clone(), title: String::new(), review: Review::default() }));
        // A file that was moved, or a report that was corrected, is known by what it is now.
        self.index(at, key);
        let Some(reviewed) = self.all.get_mut(at) else { return edit.clone() };
        (reviewed.key, reviewed.title) = (key.clone(), sanitize::line(title).into_owned());
        reviewed.review.apply(edit)
    }

    /// Every tag in use, in alphabetical order.
    pub fn tags(&self) -> BTreeSet<&str> {
        self.iter().flat_map(|reviewed| &reviewed.review.tags).map(String::as_str).collect()
    }

    fn find(&self, key: &Key) -> Option<usize> {
        let candidates = [&key.id, &key.place].into_iter().filter_map(|name| self.places.get(name)).flatten();
        let fitting = candidates.filter_map(|&at| Some((self.all.get(at)?.key.agreement(key), at)));
        fitting
            .filter(|(agreement, _)| *agreement >= ENOUGH)
            .max_by_key(|&(agreement, at)| (agreement, std::cmp::Reverse(at)))
            .map(|(_, at)| at)
    }

    fn push(&mut self, reviewed: Reviewed) -> usize {
        let at = self.all.len();
        self.index(at, &reviewed.key);
        self.all.push(reviewed);
        at
    }

    fn index(&mut self, at: usize, key: &Key) {
        for name in [&key.id, &key.place] {
            let places = self.places.entry(name.clone()).or_default();
            if !places.contains(&at) {
                places.push(at);
            }
        }
    }
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
    fn two_of_three_are_enough_and_the_best_is_meant() {
        let key = |id: &str, place: &str, digest: &str| Key { id: id.into(), place: place.into(), digest: digest.into() };
        let mut reviews = Reviews::default();
        let tagged = |reviews: &mut Reviews, key: Key, tag: &str| drop(reviews.apply(&key, "t", &Edit::Tag(tag.into(), true)));
        tagged(&mut reviews, key("a", "a.txt", "1"), "first");
        tagged(&mut reviews, key("b", "b.txt", "2"), "second");
        let tags = |key: Key| reviews.of(&key).map(|review| review.tags.iter().cloned().collect::<Vec<_>>().join(" "));
        assert_eq!(tags(key("a", "moved.txt", "1")).as_deref(), Some("first"));
        assert_eq!(tags(key("a", "a.txt", "rewritten")).as_deref(), Some("first"));
        assert_eq!(tags(key("renamed", "b.txt", "2")).as_deref(), Some("second"));
        assert_eq!(tags(key("a", "b.txt", "3")), None);
        assert_eq!(tags(key("a", "b.txt", "2")).as_deref(), Some("second"));
        assert_eq!(tags(key("", "", "")), None);
        tagged(&mut reviews, key("a", "moved.txt", "1"), "later");
        assert_eq!(reviews.of(&key("a", "moved.txt", "9")).map(|review| review.tags.len()), Some(2));
        assert_eq!(reviews.iter().count(), 2);
    }

    #[test]
    fn the_incidents_of_a_file_have_keys_of_their_own() {
        let mut incident = twice_down();
        let first = Key::of(&incident);
        assert_eq!((first.place.as_str(), first.digest.len()), ("2023-10-04.txt", 16));
        incident.source.index = 3;
        assert_eq!(Key::of(&incident).place, "2023-10-04.txt#3");
        assert!(Key::of(&incident).is_of(&first));
        assert_eq!(Key::of(&fixture::record::bare()).digest, "");
        assert_eq!(digest("sevline"), "d695458defa387d3");
        assert_eq!(digest(""), "cbf29ce484222325");
    }

    #[test]
    fn tags_need_no_quotes() {
        for (typed, kept) in [(" Follow up,  Q3 ", "follow-up-q3"), ("\u{1b}[2J", "␛[2j"), ("\"a\" (b)", "a-b"), (" ,", "")] {
            assert_eq!(tag(typed), kept);
        }
    }
}
