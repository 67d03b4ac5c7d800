//! In which zone each clock is read: what speaks for a zone, and what the abbreviations of the report mean.
//!
//! Each place that gives a clock a zone is a candidate; the cheapest is taken, and is the `Given` of its basis.
//!
//! | the zone | cost |
//! | --- | --- |
//! | stands with the clock, or in a bracket behind it | 0 |
//! | stands with the other end of its range | 1 |
//! | is that of the column | 2 |
//! | is in the label | 3 |
//! | is in the heading or the caption above, the nearest first | 4 |
//! | is told for all times of the report, in a sentence or a field, wherever it stands | 5 |
//! | is told for all incidents of the page | 6 |
//! | is the only one that the report names | 7 |
//! | is that of the time before, in the same passage or list | 8 |
//! | is that of the stamp of its update | 9 |
//! | is set for the report's folder or publisher | 10, inferred |
//! | is told nowhere: UTC, or what the settings assume | 11, inferred, and a finding |
//!
//! An abbreviation has the meaning that a bracket gives it anywhere in the report, else the one of its meanings that an offset
//! or a place in the report points to, else the likeliest. One that nothing explains tells no zone: its clock is read like one
//! for which none is told, and a finding says so. A clock that is told again in another zone is one moment; where the two
//! contradict each other the first is taken, inferred.

use super::point::{Doubt, Found};
use crate::basis::Given;
use crate::document::Text;
use crate::extract::passage::Passage;
use crate::extract::time::Time;
use crate::extract::words::{Words, list};
use crate::extract::zone::{self, Abbreviation, ZonePiece};
use chrono::{DateTime, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// What a zone costs by the place that gives it, as the table above.
fn cost(given: Given) -> u8 {
    match given {
        Given::ZoneOfRangeEnd | Given::ZoneOfRangeStart => 1,
        Given::ZoneOfColumn => 2,
        Given::ZoneOfLabel => 3,
        Given::ZoneOfHeading => 4,
        Given::ZoneOfReport => 5,
        Given::ZoneOfPage => 6,
        Given::OnlyZone => 7,
        Given::ZoneOfTimeBefore => 8,
        Given::ZoneOfStamp => 9,
        Given::ZoneOfSettings => 10,
        _ => 11,
    }
}

/// `zone` as a candidate that a place gives.
pub(super) fn by(given: Given, zone: Option<ZonePiece>) -> Found<ZonePiece> {
    zone.map(|zone| (zone, given))
}

/// The cheapest of the candidates.
pub(super) fn cheapest(candidates: impl IntoIterator<Item = Found<ZonePiece>>) -> Found<ZonePiece> {
    candidates.into_iter().flatten().min_by_key(|(_, given)| cost(*given))
}

/// Whether the report itself does not tell the zone.
pub(super) fn is_guess(given: Given) -> bool {
    matches!(given, Given::ZoneOfSettings | Given::ZoneAssumed | Given::ZoneUnknown)
}

/// What a report tells of its zones.
#[derive(Debug, Clone)]
pub struct Zones {
    /// The zone of the whole report, and which rule says so.
    scope: Found<ZonePiece>,
    /// What is read where nothing tells.
    assumed: (ZonePiece, Given),
    /// Offsets that the report writes, sorted.
    offsets: Vec<i32>,
    /// What brackets say of abbreviations, in minutes east of UTC.
    defined: Vec<(Abbreviation, i32)>,
    /// What the ambiguous abbreviations of the report mean, in minutes east of UTC.
    meanings: Vec<Meaning>,
}

impl Default for Zones {
    fn default() -> Self {
        Self::assuming(Tz::UTC, None)
    }
}

impl Zones {
    /// Nothing is known but what to assume: what the user settled for such reports, else `zone`.
    pub fn assuming(zone: Tz, settled: Option<ZonePiece>) -> Self {
        let assumed = settled.map_or((ZonePiece::Region(zone), Given::ZoneAssumed), |settled| (settled, Given::ZoneOfSettings));
        Self { scope: None, assumed, offsets: Vec::new(), defined: Vec::new(), meanings: Vec::new() }
    }

    /// Takes in what a report says: `written` are the zones that stand with its times, in their order.
    pub(super) fn gather(&mut self, passages: &[(Passage<'_>, Vec<Time>)], written: &[ZonePiece], text: &str) {
        self.offsets = written.iter().filter_map(|zone| if let ZonePiece::Fixed(minutes) = zone { Some(*minutes) } else { None }).collect();
        self.offsets.sort_unstable();
        self.offsets.dedup();
        for (name, minutes) in zone::definitions(text) {
            // The first explanation holds.
            if self.defined_as(name.name()).is_none() {
                self.defined.push((name, minutes));
            }
        }
        let is_written = |row: &&zone::Ambiguous| memchr::memmem::find(text.as_bytes(), row.name.as_bytes()).is_some();
        let names: Vec<_> = zone::ambiguous().filter(is_written).filter(|row| contains_word(text, row.name)).collect();
        let lower = if names.is_empty() { String::new() } else { text.to_ascii_lowercase() };
        self.meanings = names.into_iter().filter_map(|row| self.meaning(row, &lower)).collect();
        let told = told_of_all(passages);
        let alone = passages.iter().flat_map(|(passage, _)| zone::in_brackets(passage.text.as_str()));
        let mut named = written.iter().copied().chain(over_times(passages)).chain(alone);
        let only = named.next().filter(|first| named.all(|zone| zone == *first));
        self.scope = cheapest([by(Given::ZoneOfReport, told), by(Given::OnlyZone, only)]);
    }

    /// Takes the zone that a line elsewhere on the page gives for all its incidents.
    pub(super) fn on_page(&mut self, line: Option<&Text>) {
        let page = line.and_then(|line| zone::told_of_all(line.as_str()).or_else(|| zone::given_in(line.as_str())));
        self.scope = cheapest([self.scope, by(Given::ZoneOfPage, page)]);
    }

    /// The zone of the whole report.
    pub(super) fn scope(&self) -> Found<ZonePiece> {
        self.scope
    }

    /// The zone where nothing in the report tells.
    pub(super) fn assumed(&self) -> (ZonePiece, Given) {
        self.assumed
    }

    /// What is doubtful about a clock in `zone`, which was given so.
    pub(super) fn doubt(&self, zone: ZonePiece, given: Option<Given>) -> Option<Doubt> {
        match (zone, given) {
            (_, Some(Given::ZoneAssumed)) => Some(Doubt::ZoneAssumed),
            (_, Some(Given::ZoneUnknown)) => Some(Doubt::ZoneUnknown),
            (ZonePiece::Ambiguous(row), _) => self.defined_as(row.name).is_none().then_some(Doubt::ZoneAmbiguous),
            _ => None,
        }
    }

    /// Whether a table or the report itself explains `zone`.
    pub(super) fn is_known(&self, zone: ZonePiece) -> bool {
        !matches!(zone, ZonePiece::Unknown(name) if self.defined_as(name.name()).is_none())
    }

    /// The offset of `zone` at a local time: of an ambiguous abbreviation its likeliest meaning here, of an unknown one what is
    /// assumed.
    pub fn offset(&self, zone: ZonePiece, local: NaiveDateTime) -> Option<FixedOffset> {
        let minutes = match zone {
            ZonePiece::Fixed(minutes) => minutes,
            ZonePiece::Region(region) => return Some(region_offset(region, local)),
            ZonePiece::Ambiguous(row) => {
                self.meaning_of(row.name).map(|meaning| meaning.minutes).or_else(|| row.meanings.first().map(|(minutes, _)| *minutes))?
            }
            ZonePiece::Unknown(name) => match (self.defined_as(name.name()), self.assumed.0) {
                (Some(minutes), _) | (None, ZonePiece::Fixed(minutes)) => minutes,
                (None, ZonePiece::Region(region)) => return Some(region_offset(region, local)),
                (None, _) => 0,
            },
        };
        FixedOffset::east_opt(minutes.checked_mul(60)?)
    }

    /// Whether a clock of `seconds` after midnight in `zone` can be the instant `at`, on whatever day; where `half` is open, in
    /// either half of it.
    pub(super) fn agrees(&self, at: DateTime<Utc>, seconds: u32, zone: ZonePiece, half: bool) -> bool {
        let Some(offset) = self.offset(zone, at.naive_utc()) else { return true };
        let (own, turn) = (at.with_timezone(&offset).time(), if half { 43_200 } else { 86_400 });
        let own = chrono::Timelike::num_seconds_from_midnight(&own);
        let apart = own.abs_diff(seconds) % turn;
        // One of the two may have no seconds.
        apart.min(turn - apart) < 60
    }

    /// What a bracket says of `name`, in minutes east of UTC.
    fn defined_as(&self, name: &str) -> Option<i32> {
        self.defined.iter().find(|(known, _)| known.name() == name).map(|(_, minutes)| *minutes)
    }

    /// What an ambiguous abbreviation was taken to mean, and the next best, in minutes east of UTC; none where the report tells.
    pub(super) fn narrowly(&self, zone: ZonePiece) -> Option<(i32, i32)> {
        let ZonePiece::Ambiguous(row) = zone else { return None };
        self.meaning_of(row.name).and_then(|meaning| Some((meaning.minutes, meaning.next?)))
    }

    fn meaning_of(&self, name: &str) -> Option<&Meaning> {
        self.meanings.iter().find(|meaning| meaning.name == name)
    }

    /// Whether the zone of the settings is so many minutes east of UTC, in winter or in summer.
    fn is_settled(&self, minutes: i32) -> bool {
        let midyear = |month| NaiveDate::from_ymd_opt(2024, month, 1).and_then(|date| date.and_hms_opt(12, 0, 0));
        let at =
            |local| matches!(self.assumed.0, ZonePiece::Region(region) if region_offset(region, local).local_minus_utc() == minutes * 60);
        self.assumed.1 == Given::ZoneOfSettings && [1, 7].into_iter().filter_map(midyear).any(at)
    }

    /// What an ambiguous abbreviation means here: what a bracket says, else an offset written in the report, one of its `words`,
    /// in lower case, or the zone of the settings that points to it.
    fn meaning(&self, row: &zone::Ambiguous, words: &str) -> Option<Meaning> {
        let hinted = |(minutes, hints): &&(i32, Vec<&str>)| {
            self.offsets.contains(minutes) || hints.iter().any(|hint| contains_word(words, hint)) || self.is_settled(*minutes)
        };
        let told = self.defined_as(row.name).or_else(|| row.meanings.iter().find(hinted).map(|(minutes, _)| *minutes));
        let mut likely = row.meanings.iter().map(|(minutes, _)| *minutes);
        let meaning = |minutes, next| Meaning { name: row.name, minutes, next };
        told.map(|minutes| meaning(minutes, None)).or_else(|| Some(meaning(likely.next()?, likely.next())))
    }
}

/// What an ambiguous abbreviation means in a report.
#[derive(Debug, Clone)]
struct Meaning {
    name: &'static str,
    /// In minutes east of UTC.
    minutes: i32,
    /// The next best, where nothing in the report points to one.
    next: Option<i32>,
}

/// What is doubtful about a local time because the clocks of its zone were set around it.
pub(super) fn change_at(zone: ZonePiece, local: NaiveDateTime) -> Option<Doubt> {
    let ZonePiece::Region(region) = zone else { return None };
    match region.offset_from_local_datetime(&local) {
        MappedLocalTime::Single(_) => None,
        MappedLocalTime::Ambiguous(_, second) => Some(Doubt::ClockRepeated(second.fix().local_minus_utc())),
        MappedLocalTime::None => Some(Doubt::ClockSkipped),
    }
}

/// In a gap the clock is read as if it had not been moved; of two times in a fold the first is taken.
fn region_offset(region: Tz, local: NaiveDateTime) -> FixedOffset {
    match region.offset_from_local_datetime(&local) {
        MappedLocalTime::Single(offset) | MappedLocalTime::Ambiguous(offset, _) => offset.fix(),
        MappedLocalTime::None => {
            let earlier = TimeDelta::try_hours(3).and_then(|hours| local.checked_sub_signed(hours)).unwrap_or(local);
            region.offset_from_local_datetime(&earlier).earliest().map_or_else(|| Utc.fix(), |offset| offset.fix())
        }
    }
}

/// The zone that a field ("Time zone: AEDT") or a sentence ("All times are PKT.") gives for all times.
fn told_of_all(passages: &[(Passage<'_>, Vec<Time>)]) -> Option<ZonePiece> {
    let is_scope = |label: &str| list(Words::ZoneScopes).is_in(label) || list(Words::AboutTimes).holds(label.trim());
    let label = |passage: &Passage| passage.label.as_ref().is_some_and(|label| is_scope(label.as_str()));
    let mut labelled = passages.iter().filter(|(passage, times)| times.is_empty() && label(passage));
    let labelled = labelled.find_map(|(passage, _)| zone::named_in(passage.text.as_str()));
    let mut scopes = passages.iter().filter(|(passage, _)| passage.may_hold(Words::ZoneScopes));
    labelled.or_else(|| scopes.find_map(|(passage, _)| zone::told_of_all(passage.text.as_str())))
}

/// The zones that headings and the heads of tables give for what stands under them.
fn over_times(passages: &[(Passage<'_>, Vec<Time>)]) -> impl Iterator<Item = ZonePiece> {
    let mut over = None;
    let headings = passages.iter().filter_map(|(passage, _)| passage.heading.as_ref()).filter(move |heading| {
        let place = Some(heading.text.whole());
        std::mem::replace(&mut over, place) != place
    });
    let mut head = None;
    let columns = passages.iter().map(|(passage, _)| &passage.columns).filter(move |columns| {
        let place = columns.first().map(|column| column.whole());
        place.is_some() && std::mem::replace(&mut head, place) != place
    });
    // A timeline that gives it may stand over headings of its own, a day each.
    let headings = headings.flat_map(|heading| heading.upwards()).filter_map(|heading| zone::given_in(heading.text.as_str()));
    headings.chain(columns.flat_map(|columns| columns.iter()).filter_map(|column| zone::given_in(column.as_str())))
}

fn contains_word(text: &str, word: &str) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(word).any(|(at, _)| {
        edge(text.get(..at).and_then(|t| t.chars().next_back())) && edge(text.get(at + word.len()..).and_then(|t| t.chars().next()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_and_their_evidence() {
        let noon = NaiveDate::from_ymd_opt(2024, 7, 1).and_then(|date| date.and_hms_opt(12, 0, 0)).unwrap_or_default();
        let offset = |text: &str, zone: &str| {
            let mut zones = Zones::default();
            zones.gather(&[], &[], text);
            zones.offset(zone::behind_clock(zone, false).1?, noon).map(|offset| offset.local_minus_utc() / 60)
        };
        assert_eq!(offset("", "IST"), Some(330));
        assert_eq!(offset("our Dublin office, times in IST", "IST"), Some(60));
        assert_eq!(offset("servers in Shanghai (CST)", "CST"), Some(480));
        assert_eq!(offset("our Dallas office, from 20:10 CST (UTC+8)", "CST"), Some(480));
        assert_eq!(offset("from 20:10 XQT (UTC+3)", "XQT"), Some(180));
        assert_eq!(offset("", "XQT"), Some(0), "what is assumed");
        assert_eq!(offset("", "PT"), Some(-420));
        assert_eq!(offset("", "CEST"), Some(120));
    }

    #[test]
    fn the_nearest_place_gives_the_zone() {
        let (one, other) = (ZonePiece::Fixed(60), ZonePiece::Fixed(120));
        let candidates = [by(Given::ZoneOfStamp, Some(one)), by(Given::ZoneOfColumn, None), by(Given::ZoneOfHeading, Some(other))];
        assert_eq!(cheapest(candidates), Some((other, Given::ZoneOfHeading)));
        assert_eq!(cheapest([by(Given::ZoneOfColumn, None)]), None);
    }

    #[test]
    fn a_moment_told_again_agrees_or_not() {
        let at = DateTime::from_timestamp(1_678_853_700, 0).unwrap_or_default(); // 2023-03-15 04:15 UTC
        let zones = Zones::default();
        let pacific = ZonePiece::Region(Tz::America__Los_Angeles);
        assert!(zones.agrees(at, 21 * 3600 + 15 * 60, pacific, false));
        assert!(zones.agrees(at, 9 * 3600 + 15 * 60, pacific, true), "morning or evening is open");
        assert!(!zones.agrees(at, 21 * 3600 + 45 * 60, pacific, false));
    }
}
