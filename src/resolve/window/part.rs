//! Stretches inside an incident: a service's own window, an earlier start for some, a second outage, what was switched off
//! for a while. They stand beside the window of the whole, or in its place where they tell all of it.

use super::{Evidence, InRange, Window};
use crate::basis::Rule;
use crate::extract::lexicon::Cue;
use crate::extract::passage::Form;
use crate::extract::words::{Words, list};
use crate::incident::{EventKind, Instant};
use crate::resolve::mention::Mention;

/// Windows whose edges are closer than this, in minutes, are the same told twice.
const SAME: i64 = 2;
/// The most stretches of one incident.
const MOST: usize = 16;

impl Evidence<'_, '_> {
    /// Adds the stretches that the text tells of to the window of the whole. `labelled` says that fields gave it: then it
    /// only frames the stretches, and gives way to them where they begin with it.
    pub(super) fn with_parts(&self, windows: Vec<Window>, labelled: bool) -> Vec<Window> {
        if self.maintenance || windows.len() != 1 {
            return windows;
        }
        let mut parts: Vec<Window> = Vec::new();
        let Some(whole) = windows.first() else { return windows };
        let told = self.by_clauses().chain(self.by_arcs(whole)).chain(self.by_until()).chain(self.by_switches());
        for part in told.chain(self.by_earlier_starts(whole)) {
            if !parts.iter().any(|known| is_same(known, &part)) {
                parts.push(part);
            }
            if parts.len() == MOST {
                break;
            }
        }
        let retold = parts.iter().any(|part| is_same(part, whole));
        let begun = parts.iter().any(|part| near(start(part), start(whole)));
        parts.retain(|part| !is_same(part, whole));
        let parts = without_phases(parts);
        if parts.len() >= 2 && ((labelled && begun && !retold) || make_up(&parts, whole)) {
            return parts;
        }
        windows.into_iter().chain(parts).collect()
    }

    /// "Mail: 09.10 to 13.35" in a list or table of nothing but such lines: each is a window of what stands in front.
    pub(super) fn by_listed(&self) -> Option<Vec<Window>> {
        let mut found: Vec<(usize, Window)> = Vec::new();
        for (from, to) in self.ranges().filter(|(from, _)| from.update.is_none()) {
            let Some((passage, _)) = self.passages.get(from.passage) else { continue };
            let text = from.text.as_str();
            let lead = text.get(from.before.clone()).unwrap_or_default().trim();
            let behind = text.get(to.after.clone()).unwrap_or_default();
            let named = lead.len() <= 80 && lead.strip_suffix([':', '–', '-', '—']).is_some_and(|name| name.contains(char::is_alphabetic));
            let bare = |part: &str| !part.contains(char::is_alphanumeric);
            let only = text.len() <= from.written.len() + to.written.len() + 8;
            let fits = match passage.form {
                Form::Item { .. } if from.entry => from.dated && only,
                // Behind a date of its own.
                Form::Item { .. } => only || (named || (from.dated && bare(lead))) && bare(behind),
                Form::Row => !from.entry || from.dated && from.impact,
                _ => false,
            };
            if fits {
                found.push((passage.list, self.window(from, to, Rule::Listed)));
            }
        }
        let list = found.first().map(|(list, _)| *list)?;
        let windows: Vec<Window> = found.into_iter().filter(|(own, _)| *own == list).map(|(_, window)| window).take(MOST).collect();
        (windows.len() >= 2).then_some(windows)
    }

    /// "Mail saw errors from A until B": a range whose own clause says what was hurt.
    fn by_clauses(&self) -> impl Iterator<Item = Window> {
        self.ranges().filter_map(|(from, to)| {
            let prose = !from.entry && !from.field && from.update.is_none() && from.impact;
            let says = |cue: fn(&Cue) -> bool| from.cues_before().any(|(found, _)| cue(found));
            let hurt = says(|cue| matches!(cue, Cue::StrongImpact | Cue::InferHigh | Cue::InferMedium | Cue::Onset | Cue::Impact));
            let other = says(|cue| matches!(cue, Cue::NoImpact | Cue::Habit));
            // "First, between A and B …"
            let before = from.text.as_str().get(from.before.clone())?;
            let counted = list(Words::StretchNumbers).strip_start(before).is_some_and(|rest| rest.starts_with(','));
            (prose && (hurt || counted) && !other).then(|| self.window(from, to, Rule::Clause))
        })
    }

    /// "Mail saw errors from A, with these resolved by B", and a paragraph that tells how it began and that it was resolved
    /// before the end of the whole.
    fn by_arcs(&self, whole: &Window) -> impl Iterator<Item = Window> {
        let last = end(whole);
        let alone = |mention: &Mention| mention.in_range == InRange::Alone && !mention.entry && !mention.field && mention.update.is_none();
        self.placed().filter(move |(_, from)| alone(from) && from.kind == EventKind::Onset && from.impact).filter_map(
            move |(index, from)| {
                let behind = self.mentions.iter().skip(index + 1).take_while(|mention| mention.passage == from.passage);
                let to = behind.clone().find(|to| to.counts && alone(to) && to.kind == EventKind::Resolved)?;
                // A new start in between begins an arc of its own.
                let begun =
                    behind.take_while(|mention| mention.span != to.span).any(|mention| mention.kind == EventKind::Onset && mention.counts);
                if begun || to.point.at > last { None } else { self.stretch(from, to, Rule::Clause) }
            },
        )
    }

    /// "The incident began at A. This disruption lasted until B."
    fn by_until(&self) -> impl Iterator<Item = Window> {
        self.placed().filter_map(|(index, to)| {
            let before = to.text.as_str().get(to.before.clone())?;
            let refers = list(Words::RefersBack).strip_start(before.trim_start()).is_some() && list(Words::OutageNouns).is_in(before);
            let lasted = before.trim_end().ends_with("until") && to.in_range == InRange::Alone && !to.entry && refers;
            if !lasted {
                return None;
            }
            let mut earlier = self.mentions.iter().take(index).rev().take_while(|mention| mention.passage == to.passage);
            let from = earlier.find(|mention| mention.kind == EventKind::Onset && mention.counts)?;
            self.stretch(from, to, Rule::LastedUntil)
        })
    }

    /// "Export switched off" and later "Export switched back on" in a timeline: what stands in front of both is one name.
    fn by_switches(&self) -> impl Iterator<Item = Window> {
        let entries = |words: Words| {
            self.counted().filter(|mention| mention.entry).filter_map(move |mention| {
                let text = mention.text.as_str();
                let name = text.get(..list(words).first(text)?.start)?.trim();
                let named = name.starts_with(|c: char| c.is_uppercase()) && name.split_whitespace().count() <= 4;
                named.then_some((mention, name))
            })
        };
        let on: Vec<_> = entries(Words::SwitchedOn).collect();
        entries(Words::SwitchedOff).filter_map(move |(from, name)| {
            let (to, _) = on.iter().find(|(to, back)| to.point.at > from.point.at && back.eq_ignore_ascii_case(name))?;
            let mut part = self.stretch(from, to, Rule::Switched)?;
            part.label = Some(name.to_owned());
            Some(part)
        })
    }

    /// "It began earlier for Mail, at A": another start of the same end.
    /// Or the first entry of a timeline that later goes "fully down".
    fn by_earlier_starts(&self, whole: &Window) -> impl Iterator<Item = Window> {
        let (start, end) = (start(whole), whole.end.clone());
        // "Fully down": a deployment that is complete hurts nobody.
        let down = |text: &str| {
            let behind = list(Words::Entirely).first(text).and_then(|at| text.get(at.end..)?.split_once(' '));
            behind.is_some_and(|(_, state)| list(Words::Struck).strip_start(state).is_some())
        };
        let wholly = |mention: &Mention| mention.entry && mention.point.at == start && down(mention.text.as_str());
        let worse = self.counted().any(wholly);
        self.counted().filter_map(move |from| {
            let (start, end, at) = (start?, end.clone()?, from.point.at?);
            let before = from.text.as_str().get(from.before.clone())?;
            let began = from.kind == EventKind::Onset && from.in_range == InRange::Alone && !from.field && at < start;
            let early = list(Words::Earlier).is_in(before) && (start - at).num_hours() < 24;
            // That work begins hurts nobody yet.
            let hurts = || {
                from.cues
                    .iter()
                    .any(|(cue, at)| *cue == Cue::Onset && !from.text.as_str().get(at.clone()).is_some_and(|word| word.starts_with("beg")))
            };
            (began && (early || (worse && from.entry && hurts()))).then(|| Window {
                start: self.edge(from, Rule::Earlier),
                end: Some(end),
                label: None,
            })
        })
    }

    fn stretch(&self, from: &Mention, to: &Mention, rule: Rule) -> Option<Window> {
        (from.point.at? < to.point.at?).then(|| self.window(from, to, rule))
    }
}

fn start(window: &Window) -> Option<Instant> {
    window.start.as_ref().map(|edge| edge.at)
}

fn end(window: &Window) -> Option<Instant> {
    window.end.as_ref().map(|edge| edge.at)
}

fn is_same(a: &Window, b: &Window) -> bool {
    near(start(a), start(b)) && near(end(a), end(b))
}

/// The stretches but for the phases of one outage, each of which begins as another ends.
fn without_phases(parts: Vec<Window>) -> Vec<Window> {
    let touch = |one: &Window, next: &Window| start(one) < start(next) && near(end(one), start(next));
    let phase = |part: &Window| parts.iter().any(|other| touch(part, other) || touch(other, part));
    parts.iter().filter(|part| !phase(part)).cloned().collect()
}

/// Whether stretches reach from the start of the whole to its end, each of them only a part of it.
fn make_up(parts: &[Window], whole: &Window) -> bool {
    parts.iter().any(|part| near(start(part), start(whole))) && parts.iter().any(|part| near(end(part), end(whole)))
}

fn near(a: Option<Instant>, b: Option<Instant>) -> bool {
    a.zip(b).is_some_and(|(a, b)| (a - b).num_minutes().abs() <= SAME)
}

#[cfg(test)]
mod tests {
    use crate::resolve::{self, Policy};
    use crate::source::Source;

    /// The windows of a report, as `start end` on its day in UTC.
    fn windows(text: &str) -> Vec<String> {
        let source = Source::decode("report.md", text.as_bytes().to_vec());
        let reading = resolve::read(&source, &Policy::default());
        let windows = &reading.incidents.first().expect("one incident").impact.windows;
        let clock = |edge: &Option<crate::incident::Edge>| edge.as_ref().map_or("?".into(), |edge| edge.at.format("%H:%M").to_string());
        windows.iter().map(|window| format!("{} {}", clock(&window.start), clock(&window.end))).collect()
    }

    #[test]
    fn a_service_may_have_a_window_of_its_own() {
        for (told, want) in [
            ("Mail delivery was unavailable from 10:10 until 10:40 UTC.", ["10:00 12:00", "10:10 10:40"]),
            ("Mail saw elevated error rates between 10:20 and 11:00 UTC, caused by the same fault.", ["10:00 12:00", "10:20 11:00"]),
            ("Mail experienced elevated latency from 11:10 UTC, with these delays resolved by 11:30 UTC.", ["10:00 12:00", "11:10 11:30"]),
        ] {
            let text = format!(
                "# Outage\n\nOn 4 May 2024, between 10:00 and 12:00 UTC, customers were unable to sign in.\n\nA second paragraph. {told}\n"
            );
            assert_eq!(windows(&text), want, "{told}");
        }
        for told in [
            "The error rate peaked between 10:20 and 10:30 UTC.",
            "Our on-call hours run from 10:10 until 11:40 UTC.",
            "Between 10:00 and 12:00 UTC the sign-in page was down.",
        ] {
            let text = format!(
                "# Outage\n\nOn 4 May 2024, between 10:00 and 12:00 UTC, customers were unable to sign in.\n\nA second paragraph. {told}\n"
            );
            assert_eq!(windows(&text), ["10:00 12:00"], "{told}");
        }
    }

    #[test]
    fn two_periods_make_up_the_whole() {
        let text = "# Event\n\nThe event began at 10:00 UTC and ended at 15:00 UTC on 4 May 2024. First, between 10:00 and 11:00 UTC, uploads failed. Second, between 14:00 and 15:00 UTC, downloads were unavailable.\n";
        assert_eq!(windows(text), ["10:00 11:00", "14:00 15:00"]);
    }

    #[test]
    fn parts_that_are_all_of_it_take_its_place() {
        let told = |parts: &str| {
            windows(&format!(
                "# Outage\n\nBetween 10:00 and 15:00 UTC on 4 May 2024, customers were unable to sign in.\n\nA second paragraph. {parts}\n"
            ))
        };
        let overlap =
            "Mail in the north was unavailable from 10:00 to 12:30 UTC. Mail in the south was unavailable from 12:10 to 15:00 UTC.";
        assert_eq!(told(overlap), ["10:00 12:30", "12:10 15:00"]);
        let phases =
            "Mail in the north was unavailable from 10:00 to 12:30 UTC. Mail in the south was unavailable from 12:30 to 15:00 UTC.";
        assert_eq!(told(phases), ["10:00 15:00"], "each begins as another ends");
        let inside =
            "Mail in the north was unavailable from 10:00 to 12:30 UTC. Mail in the south was unavailable from 12:10 to 14:00 UTC.";
        assert_eq!(told(inside), ["10:00 15:00", "10:00 12:30", "12:10 14:00"], "they do not reach its end");
    }

    #[test]
    fn a_deployment_that_is_complete_is_no_worse_trouble() {
        let timeline = |worse: &str| {
            let head = "# Saves failing\n\nStart: 2024-05-04 10:20 UTC\nEnd: 2024-05-04 11:00 UTC\n\n## Timeline (UTC)\n\n";
            format!("{head}- 10:00 some saves started failing\n- 10:20 {worse}\n- 10:40 cause found\n- 11:00 saves recovered\n")
        };
        assert_eq!(windows(&timeline("deployment of saves complete, proceeding")).len(), 1);
        assert_eq!(windows(&timeline("saves fully down")).len(), 2);
    }

    #[test]
    fn trouble_comes_back() {
        let timeline = |last: &str| {
            format!(
                "# Uploads down\n\nDate: 2024-05-04\n\n## Timeline (UTC)\n\n- 10:00 uploads fail\n- 10:10 on-call paged\n- 10:30 uploads recovered\n{last}"
            )
        };
        for again in [
            "- 11:00 uploads fail again\n- 11:20 uploads recovered\n",
            "- 11:00 another outage of uploads starts\n- 11:20 service restored\n",
            "- 11:00 the errors returned, uploads failing\n- 11:20 uploads back to normal\n",
        ] {
            assert_eq!(windows(&timeline(again)), ["10:00 10:30", "11:00 11:20"], "{again}");
        }
        for other in ["- 11:00 uploads checked again, all healthy\n", "- 11:00 another engineer joins the call\n"] {
            assert_eq!(windows(&timeline(other)).len(), 1, "{other}");
        }
    }

    #[test]
    fn what_was_switched_off_for_a_while() {
        let timeline = |off: &str, on: &str| {
            format!(
                "# Saves failing\n\nDate: 2024-05-04\n\n## Timeline (UTC)\n\n- 10:00 first saves fail\n- 10:10 {off}\n- 10:30 saves recovered\n- 11:00 {on}\n"
            )
        };
        for (off, on) in [
            ("Export Service switched off to shed load", "Export Service switched back on"),
            ("Search disabled", "Search re-enabled, incident closed"),
            ("Mail paused by hand", "Mail turned back on"),
        ] {
            assert_eq!(windows(&timeline(off, on)), ["10:00 10:30", "10:10 11:00"], "{off}");
        }
        for (off, on) in [("Export Service switched off", "Mail switched back on"), ("a flag was disabled", "the flag was enabled")] {
            assert_eq!(windows(&timeline(off, on)).len(), 1, "{off}");
        }
    }

    #[test]
    fn it_may_begin_earlier_for_some() {
        let text = |told: &str| format!("# Loss\n\nOn 4 May 2024 all regions lost connectivity from 19:09 to 19:27 UTC. {told}\n");
        for told in ["The incident began earlier for the north, at 18:14 UTC.", "VPN tunnels had already started failing at 18:14 UTC."] {
            assert_eq!(windows(&text(told)), ["18:14 19:27", "19:09 19:27"], "{told}");
        }
        assert_eq!(windows(&text("An earlier deployment was finished at 18:14 UTC.")), ["19:09 19:27"]);
    }
}
