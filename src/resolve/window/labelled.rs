//! Windows that labels tell: "Start of outage: …", "End of outage: …".

use super::{Evidence, WINDOWS, duration};
use crate::basis::{Basis, Rule};
use crate::extract::lexicon::Topic;
use crate::extract::passage::Form;
use crate::extract::segment;
use crate::extract::words::{Words, list};
use crate::incident::{Window, minutes_between};
use crate::resolve::event;
use crate::resolve::mention::Mention;

/// The longest label of several ranges, in bytes.
const LABEL: usize = 60;

impl Evidence<'_, '_> {
    /// "Start of outage: …", "End of outage: …".
    pub(super) fn by_fields(&self) -> Option<Vec<Window>> {
        let fields = |topics: &'static [Topic]| {
            let fields = self.counted().filter(|mention| mention.field);
            fields.filter(move |mention| mention.topic.is_some_and(|topic| topics.contains(&topic)))
        };
        let field = |topics: &'static [Topic]| fields(topics).next();
        // Front matter may date its start with no more than "date", where it tells the end too.
        let dated = || field(&[Topic::Date]).filter(|_| field(&[Topic::End]).is_some() && !self.is_mail);
        if let Some(windows) = self.by_pairs().or_else(|| self.by_phases()).or_else(|| self.by_outages()) {
            return Some(windows);
        }
        // A ticket is opened when it has begun already.
        let start = fields(&[Topic::Start]).min_by_key(|mention| (mention.point.at.is_none(), mention.point.at)).or_else(dated)?;
        if self.was_noticed_before(start) {
            return None;
        }
        let end = field(&[Topic::End]).or_else(|| field(&[Topic::Mitigated])).or_else(|| field(&[Topic::Resolved]));
        if let Some(windows) = end.and_then(|end| self.by_ends(start, end)) {
            return Some(windows);
        }
        let end = end.and_then(|end| self.edge(end, Rule::Labelled)).filter(|end| Some(end.at) > start.point.at);
        let told = || self.by_events().into_iter().flatten().filter_map(|window| window.end).rfind(|end| Some(end.at) > start.point.at);
        // "Ended: not yet"
        let open = self
            .passages
            .iter()
            .any(|(passage, found)| passage.form == Form::Field && passage.topic == Some(Topic::End) && found.is_empty());
        let stated = || {
            let minutes = duration::stated(self.source, self.passages, self.mentions)?.value;
            let at = |mention: &Mention| start.point.at.zip(mention.point.at).map(|(from, to)| minutes_between(from, to));
            let mention = self.counted().find(|mention| at(mention).is_some_and(|length| (length - minutes).abs() <= 1.0))?;
            self.edge_by(mention, Basis::Ruled(Rule::AsLongAs))
        };
        let end = end.or_else(|| told().or_else(stated).filter(|_| !open));
        Some(vec![Window { start: self.edge(start, Rule::Labelled), end, label: None }])
    }

    /// Whether `start` is when a ticket was opened, and a label says that the trouble had been noticed by then.
    fn was_noticed_before(&self, start: &Mention) -> bool {
        let label = self.passages.get(start.passage).and_then(|(passage, _)| passage.label.as_ref());
        let noticed =
            |mention: &Mention| matches!(mention.topic, Some(Topic::Detected | Topic::Acknowledged)) && mention.point.at < start.point.at;
        let fields = || self.counted().filter(|mention| mention.field && mention.point.at.is_some());
        label.is_some_and(|label| label.as_str().to_ascii_lowercase().ends_with("opened")) && fields().any(noticed)
    }

    /// "Restored: north hall 10:15 / south hall 10:40": one start, and an end for each part that is named.
    fn by_ends(&self, start: &Mention, end: &Mention) -> Option<Vec<Window>> {
        let ends = self.counted().filter(|mention| mention.field && mention.passage == end.passage);
        let window = |end: &Mention| {
            let name = end.text.part(end.before.clone());
            let name = name.as_str().trim_matches(|c: char| !c.is_alphanumeric());
            let is_name = name.starts_with(char::is_uppercase) && name.len() <= 40 && end.point.at > start.point.at;
            is_name.then(|| Window { label: Some(event::collapse(name)), ..self.window(start, end, Rule::Labelled) })
        };
        let windows: Vec<Window> = ends.take(WINDOWS + 1).map(window).collect::<Option<_>>()?;
        (2..=WINDOWS).contains(&windows.len()).then_some(windows)
    }

    /// Several outages with a "Start: …" and an "End: …" each.
    fn by_pairs(&self) -> Option<Vec<Window>> {
        let labelled = |mention: &Mention, topic: Topic| mention.field && mention.topic == Some(topic) && mention.update.is_none();
        let ends = self.counted().filter(|mention| labelled(mention, Topic::Start) || labelled(mention, Topic::End));
        let ends: Vec<&Mention> = ends.take(2 * WINDOWS).collect();
        let pair = |pair: &[&Mention]| match pair {
            [from, to] if labelled(from, Topic::Start) && labelled(to, Topic::End) && from.point.at < to.point.at => {
                Some(self.window(from, to, Rule::Labelled))
            }
            _ => None,
        };
        let windows: Vec<Window> = ends.chunks(2).map(pair).collect::<Option<_>>()?;
        (windows.len() >= 2 && are_apart(&windows)).then_some(windows)
    }

    /// "Outages on Sunday: A to B, C to D": ranges apart behind a label of outages.
    fn by_outages(&self) -> Option<Vec<Window>> {
        let outage = |word: &str| list(Words::OutageNouns).holds(word.trim_end_matches('s')) && !word.starts_with("impact");
        let labelled = |mention: &Mention| {
            let head = mention.text.as_str().split_once(": ").map(|(head, _)| head).filter(|head| head.len() <= LABEL);
            let behind = |head: &&str| mention.before.end > head.len() && mention.update.is_none() && !mention.entry;
            head.filter(behind).is_some_and(|head| head.split_whitespace().any(|word| outage(&word.to_lowercase())))
        };
        let ranges = self.ranges().filter(|(from, _)| labelled(from)).take(WINDOWS);
        let windows: Vec<Window> = ranges.map(|(from, to)| self.window_by(from, to, Rule::Labelled)).collect();
        (windows.len() >= 2 && are_apart(&windows)).then_some(windows)
    }

    /// "First phase: A to B", "Second phase (C to D)": labelled ranges that are counted.
    fn by_phases(&self) -> Option<Vec<Window>> {
        let counted = |mention: &Mention| {
            let label = self.passages.get(mention.passage).and_then(|(passage, _)| passage.label.as_ref()).map(|label| label.as_str());
            let lead = mention.text.as_str().get(mention.before.clone()).and_then(|lead| lead.trim().strip_suffix([':', '(']));
            let lead = lead.map(str::trim_end);
            let told = mention.update.is_none_or(|update| self.is_last_word(update));
            told && label.or(lead).is_some_and(|label| label.len() <= 40 && segment::is_stretch(label))
        };
        let ranges = self.ranges().filter(|(from, _)| counted(from)).take(WINDOWS);
        let windows: Vec<Window> = ranges.map(|(from, to)| self.window_by(from, to, Rule::CountedStretch)).collect();
        (windows.len() >= 2).then_some(windows)
    }
}

/// Whether each window ends before the next begins.
fn are_apart(windows: &[Window]) -> bool {
    let ends = |one: &Window, next: &Window| one.end.as_ref().map(|edge| edge.at) < next.start.as_ref().map(|edge| edge.at);
    windows.windows(2).all(|pair| matches!(pair, [one, next] if ends(one, next)))
}

#[cfg(test)]
pub(super) mod tests {
    use crate::incident::Edge;
    use crate::resolve::{self, Policy};
    use crate::source::Source;

    /// The windows of a report, each `start end label`, in UTC.
    pub fn windows(text: &str) -> Vec<String> {
        let source = Source::decode("report.txt", text.as_bytes().to_vec());
        let incidents = resolve::read(&source, &Policy::default()).incidents;
        let windows = incidents.iter().flat_map(|incident| &incident.impact.windows);
        let clock = |edge: &Option<Edge>| edge.as_ref().map_or("?".into(), |edge| edge.at.format("%H:%M").to_string());
        let label = |label: &Option<String>| label.clone().unwrap_or_else(|| "-".into());
        windows.map(|window| format!("{} {} {}", clock(&window.start), clock(&window.end), label(&window.label))).collect()
    }

    #[test]
    fn a_start_and_an_end() {
        assert_eq!(windows("Start: 4 May 2024 10:00 UTC\nEnd: 4 May 2024 10:40 UTC\n"), ["10:00 10:40 -"]);
        assert_eq!(
            windows("Opened: 4 May 2024 10:05 UTC\nStart of impact: 4 May 2024 10:00 UTC\nEnd: 4 May 2024 10:40 UTC\n"),
            ["10:00 10:40 -"]
        );
        assert_eq!(
            windows("Opened: 4 May 2024 10:05 UTC\nDetected: 4 May 2024 10:02 UTC\nClosed: 4 May 2024 11:00 UTC\n"),
            ["10:02 11:00 -"]
        );
        assert_eq!(windows("Beginning of the fault: 4 May 2024 10:00 UTC\nEnd: not yet\n"), ["10:00 ? -"]);
    }

    #[test]
    fn each_part_that_is_named_has_its_end() {
        let told = |end: &str| windows(&format!("Start: 4 May 2024 10:00 UTC\nTime restored: {end}\n"));
        assert_eq!(told("North hall 10:15 UTC / South hall 10:40 UTC"), ["10:00 10:15 North hall", "10:00 10:40 South hall"]);
        assert_eq!(told("10:40 UTC (06:40 EDT)"), ["10:00 10:40 -"]);
        assert_eq!(told("10:40 UTC, all clear at 11:00 UTC"), ["10:00 10:40 -"]);
    }

    #[test]
    fn counted_stretches() {
        for (first, second) in [
            ("First period: 10:00 to 10:40 UTC", "Second period: 12:00 to 12:10 UTC"),
            ("First period (10:00 - 10:40 UTC): uploads failed.", "Second period (12:00 - 12:10 UTC): they failed again."),
        ] {
            let told = windows(&format!("Uploads failing\n\nOn 4 May 2024 uploads failed twice.\n\n{first}\n\n{second}\n"));
            let told: Vec<&str> = told.iter().filter_map(|window| window.get(..11)).collect();
            assert_eq!(told, ["10:00 10:40", "12:00 12:10"], "{first}");
        }
        let other = "Uploads failed (10:00 - 10:40 UTC) on 4 May 2024.\n\nA second engineer joined (10:20 - 10:40 UTC).\n";
        assert_eq!(windows(other), ["10:00 10:40 -"]);
    }

    #[test]
    fn a_title_may_tell_from_when_until_when() {
        for title in ["Outage 09:10-10:40 UTC on 4 May 2026", "Mail outage, 4 May 2026, 09:10 to 10:40 UTC"] {
            assert_eq!(windows(&format!("# {title}\n\nMail was not delivered, for a disk was full.\n")), ["09:10 10:40 -"], "{title}");
        }
        let shift = "# Night shift 21:00-23:00: mail outage on 4 May 2026\n\nMail failed at 21:20 UTC and recovered at 21:50 UTC.\n";
        assert_eq!(windows(shift), ["21:20 21:50 -"]);
    }

    #[test]
    fn ranges_behind_a_label_of_outages() {
        let told = |rest: &str| windows(&format!("# Mail down\n\nAll times are UTC. {rest}\n"));
        let days = "Outages on Saturday 6 March 2021: 05:10 to 06:00 (50 minutes). Outages on Sunday 7 March 2021: 13:20 to 14:20 (60 minutes), 18:00 to 19:40.";
        assert_eq!(told(days).len(), 3);
        let other = "Mail failed on 6 March 2021 from 05:10 to 06:00. Ada looked at it from 05:20 to 05:40, and Bob from 05:40 to 05:50.";
        assert_eq!(told(other).len(), 1);
    }

    #[test]
    fn a_window_has_the_words_of_its_row() {
        let told = windows("# Outage on 4 May 2024\n\nAll times in UTC.\n\n- Mail: 10:00 to 10:40\n- Search: 10:10 to 11:00\n");
        assert_eq!(told, ["10:00 10:40 Mail", "10:10 11:00 Search"]);
    }

    #[test]
    fn starts_and_ends_in_pairs() {
        let pairs = "Start: 4 May 2024 10:00 UTC\nEnd: 4 May 2024 10:40 UTC\n\nStart: 4 May 2024 12:00 UTC\nEnd: 4 May 2024 12:10 UTC\n";
        assert_eq!(windows(pairs), ["10:00 10:40 -", "12:00 12:10 -"]);
    }
}
