//! When customers were hurt: the stretches of impact a report states, or the best that its events and updates tell.

mod labelled;
mod length;
mod part;
mod posts;
mod series;
mod total;

use super::duration;
use super::event;
use super::mention::{InRange, Mention};
use super::update::Post;
use crate::basis::{Basis, Derivation, FormPart, Rule};
use crate::extract::lexicon::{self, Cue, Topic};
use crate::extract::passage::{Form, Passage};
use crate::extract::time::{Lead, Time};
use crate::extract::words::{Words, list};
use crate::incident::{Certainty, Edge, EventKind, Fact, Impact, Instant, Window, minutes_between};
use crate::source::Source;
pub use posts::courses;

/// The most separate windows of one incident.
const WINDOWS: usize = 64;

/// So many times of a report are looked at, from its start on: what goes with what is asked of pairs of them.
pub const MENTIONS: usize = 10_000;

/// The longest words in front of a window that name it, in bytes.
const LABEL: usize = 60;

/// The score of a range that is clearly about what customers felt.
const SURE: i32 = 60;
/// The score of one that probably is.
const LIKELY: i32 = 45;

/// A status update as far as windows care.
#[derive(Debug, Clone)]
pub struct Posted {
    /// When.
    pub at: Instant,
    /// What its label says.
    pub kind: EventKind,
    /// Whether it says that planned work is running.
    pub running: bool,
    /// The stamp.
    pub edge: Edge,
}

/// What the windows are worked out from.
pub struct Evidence<'c, 'a> {
    /// Whether it is planned work.
    pub maintenance: bool,
    /// Whether it is told in a mail.
    pub is_mail: bool,
    /// Whether its words are of a language that is not read: only labels and stamps tell of the window.
    pub unread: bool,
    /// The text.
    pub source: &'c Source,
    /// The passages, for their headings.
    pub passages: &'c [(Passage<'a>, Vec<Time>)],
    /// The times in the report, as far as [`MENTIONS`].
    pub mentions: &'c [Mention<'a>],
    /// The live updates, in time order.
    pub posted: &'c [Posted],
    /// The updates.
    pub posts: &'c [Post],
}

/// The impact, and whether it had to be taken from the updates.
pub fn impact(evidence: &Evidence) -> (Impact, bool) {
    let labelled = evidence.by_fields();
    let by_fields = labelled.is_some();
    if evidence.unread && !by_fields {
        let windows = evidence.by_updates();
        let inferred = !windows.is_empty();
        return (Impact { windows, stated_minutes: None }, inferred);
    }
    let marked = evidence.by_marks().filter(|_| !by_fields);
    let by_marks = marked.is_some();
    let stated_minutes = duration::stated(evidence.source, evidence.passages, evidence.mentions);
    if let Some((windows, total)) = evidence.by_total(stated_minutes.as_ref()).filter(|_| !by_fields && !by_marks) {
        return (Impact { windows, stated_minutes: Some(total) }, false);
    }
    let found = labelled
        .or(marked)
        .or_else(|| evidence.by_listed())
        .or_else(|| evidence.by_ranges())
        .or_else(|| evidence.by_length(stated_minutes.as_ref()))
        .or_else(|| evidence.by_events())
        .or_else(|| evidence.by_timeline())
        .or_else(|| evidence.start_by_length(stated_minutes.as_ref()));
    if let Some(mut windows) = found {
        evidence.end_when_completed(&mut windows);
        evidence.end_at_recovery(&mut windows);
        evidence.end_by_length(&mut windows, stated_minutes.as_ref());
        evidence.close_by_updates(&mut windows);
        // What the report marks as the whole outage has no further parts.
        let mut windows = if by_marks { windows } else { evidence.with_parts(windows, by_fields) };
        windows.sort_by_key(|window| window.start.as_ref().map(|edge| edge.at));
        let mut impact = Impact { windows, stated_minutes };
        if let (None, Some(minutes)) = (&impact.stated_minutes, impact.minutes()) {
            let begins = impact.start().and_then(|edge| edge.cites.first()).map(|cite| evidence.source.start_of(cite));
            impact.stated_minutes = duration::borne_out(evidence.source, evidence.passages, minutes, begins);
        }
        return (impact, false);
    }
    let windows = evidence.by_updates();
    let inferred = !windows.is_empty();
    (Impact { windows, stated_minutes }, inferred)
}

impl Evidence<'_, '_> {
    fn counted(&self) -> impl Iterator<Item = (usize, &Mention<'_>)> {
        self.mentions.iter().enumerate().filter(|(_, mention)| mention.counts && mention.point.at.is_some() && !mention.restates)
    }

    /// Whether an update is the resolution or the post-mortem.
    pub fn is_last_word(&self, update: usize) -> bool {
        self.posts.get(update).is_some_and(|post| post.conclusive)
    }

    /// A moment as one end of a window, which a label says or `rule` found.
    fn edge(&self, mention: &Mention, rule: Rule) -> Option<Edge> {
        let labelled = mention.topic.filter(|topic| mention.field && *topic != Topic::Other);
        self.edge_by(mention, labelled.map_or(Basis::Ruled(rule), Basis::Labelled))
    }

    fn edge_by(&self, mention: &Mention, basis: Basis) -> Option<Edge> {
        let at = mention.point.at?;
        Some(Edge {
            at,
            certainty: mention.point.certainty,
            approximate: mention.point.approximate,
            basis,
            moment: Some(mention.point.basis),
            alternatives: mention.point.alternatives.clone(),
            cites: mention.cites(self.source),
        })
    }

    /// "OUTAGE BEGINS" and "OUTAGE ENDS" in the entries of a timeline.
    fn by_marks(&self) -> Option<Vec<Window>> {
        let marked = |cue: Cue| self.counted().filter(move |(_, mention)| mention.entry && mention.says(cue)).map(|(_, mention)| mention);
        let mut windows: Vec<Window> = Vec::new();
        for start in marked(Cue::BeginMark) {
            let fresh = windows.last().is_none_or(|last| last.end.as_ref().is_some_and(|edge| Some(edge.at) <= start.point.at));
            if fresh && windows.len() < WINDOWS {
                let end = marked(Cue::EndMark).find(|end| end.point.at > start.point.at);
                let end = end.and_then(|end| self.edge_by(end, Basis::Ruled(Rule::Marks)));
                windows.push(Window { start: self.edge_by(start, Basis::Ruled(Rule::Marks)), end, label: None });
            }
        }
        // Without a mark for the end, the sentences may tell more.
        windows.iter().any(|window| window.end.is_some()).then_some(windows)
    }

    /// Ranges that are about what customers felt. The best one decides where to look; others beside it that do not
    /// overlap are further windows.
    fn by_ranges(&self) -> Option<Vec<Window>> {
        let mut ranges: Vec<(i32, &Mention, &Mention)> = Vec::new();
        for (index, start) in self.counted() {
            let InRange::Start(lead) = start.in_range else { continue };
            let Some(end) = self.mentions.get(index + 1).filter(|end| end.point.at > start.point.at) else { continue };
            let score = self.range_score(start, lead);
            if score > 0 {
                ranges.push((score, start, end));
            }
        }
        // A story that goes on to tell of recoveries puts weaker ranges aside: they were of something else.
        let last = ranges.iter().filter_map(|(.., end)| end.point.at).max();
        let recovers = |mention: &Mention| mention.point.at > last && !mention.field && mention.kind == EventKind::Recovered;
        if self.counted().filter(|(_, mention)| recovers(mention)).count() >= 2 {
            ranges.retain(|(score, start, _)| *score >= SURE || start.field);
        }
        let &(best, first, last) = ranges.iter().max_by_key(|(score, start, _)| (*score, std::cmp::Reverse(start.span.start)))?;
        // A range nearly as clear that holds the best one is of the whole, the other of a part.
        let holds = |(score, start, end): &&(i32, &Mention, &Mention)| {
            *score >= LIKELY && start.point.at <= first.point.at && end.point.at >= last.point.at && start.update == first.update
        };
        let longest = |(_, start, end): &&(i32, &Mention, &Mention)| end.point.at.zip(start.point.at).map(|(end, start)| end - start);
        let &(best, first, _) = ranges.iter().filter(holds).max_by_key(longest).unwrap_or(&(best, first, last));
        let mut windows: Vec<(Instant, Instant, Window)> = Vec::new();
        let beside = |start: &Mention| start.update == first.update && start.field == first.field;
        // "From 10:07 to 10:26 …", "From 11:42 to 12:03 …": paragraphs that each begin with their range.
        let leads = |start: &Mention| start.before.len() <= 8 && !start.entry && start.impact;
        ranges.sort_by_key(|(score, start, _)| (!std::ptr::eq(*start, first), std::cmp::Reverse(*score), start.span.start));
        for (score, start, end) in ranges {
            if windows.len() >= WINDOWS {
                break;
            }
            let Some((from, to)) = start.point.at.zip(end.point.at) else { continue };
            let apart = windows.iter().all(|(a, b, _)| to < *a || from > *b);
            // One paragraph may tell of a bad week.
            let reach = if start.passage == first.passage { 240 } else { 48 };
            let close = windows.iter().all(|(a, b, _)| (*a - to).num_hours().max((from - *b).num_hours()) < reach);
            let rule = match (self.maintenance, windows.is_empty()) {
                (true, _) => Rule::RangeOfWork,
                (false, true) => Rule::Range,
                (false, false) => Rule::FurtherRange,
            };
            if windows.is_empty() && std::ptr::eq(start, first)
                || (apart
                    && close
                    && beside(start)
                    && score >= if start.passage == first.passage || (leads(start) && leads(first)) { 30 } else { SURE.min(best) })
            {
                windows.push((from, to, Window { start: self.edge(start, rule), end: self.edge(end, rule), label: None }));
            }
        }
        let mut windows: Vec<Window> = windows.into_iter().map(|(.., window)| window).collect();
        self.persist(&mut windows, first);
        if best < SURE
            && let Some(whole) = self.around(&windows, first)
        {
            windows.insert(0, whole);
        }
        Some(windows)
    }

    /// "Cards were refused from 17:35 … closed at 22:55. Callers could not be identified between 18:00 and 19:30": the story
    /// of the whole, where it is told before a range that is of a part.
    fn around(&self, windows: &[Window], first: &Mention) -> Option<Window> {
        let [Window { start: Some(from), end: Some(to), .. }] = windows else { return None };
        if first.field || first.entry || first.update.is_some() || !self.posted.is_empty() {
            return None;
        }
        let whole = self.by_events()?.pop()?;
        let (start, end) = (whole.start.as_ref()?, whole.end.as_ref()?);
        let encloses = minutes_between(start.at, from.at) >= 5.0 && minutes_between(to.at, end.at) >= 5.0;
        let told_before = start.cites.first().is_some_and(|cite| self.source.start_of(cite) < first.span.start);
        (encloses && told_before && (end.at - start.at).num_hours() < 48).then_some(whole)
    }

    /// "The impact persisted until 2:10": an end of the whole, later than the range that was found.
    fn persist(&self, windows: &mut [Window], first: &Mention) {
        let [window] = windows else { return };
        let until = self.counted().map(|(_, mention)| mention).find(|mention| {
            let before = mention.text.as_str().get(mention.before.clone()).unwrap_or_default();
            let whole = list(Words::OutageNouns).is_in(before);
            mention.update == first.update && mention.in_range == InRange::Alone && whole && before.trim_end().ends_with("until")
        });
        if let Some(edge) = until.and_then(|mention| self.edge(mention, Rule::LastedUntil))
            && window.end.as_ref().is_some_and(|end| end.at < edge.at && (edge.at - end.at).num_hours() < 24)
        {
            window.end = Some(edge);
        }
    }

    /// How clearly a range is about what customers felt; 0 where it is not.
    pub(super) fn range_score(&self, start: &Mention, lead: Lead) -> i32 {
        if start.field {
            return match start.topic {
                Some(Topic::Window) => 100,
                Some(Topic::Duration | Topic::Impact) => 95,
                Some(Topic::Date) => 60,
                _ => 0,
            };
        }
        if self.maintenance {
            return if start.update.is_some() || start.topic == Some(Topic::Window) { 50 } else { 20 };
        }
        let mut score = 0;
        for (cue, _) in start.cues.iter() {
            score += match cue {
                Cue::StrongImpact => 25,
                Cue::Impact => 8,
                Cue::NoImpact => -40,
                _ => 0,
            };
        }
        let mut score = score.min(50);
        score += match start.topic {
            Some(Topic::Summary | Topic::Impact) => 20,
            Some(Topic::Window | Topic::Duration) => 40,
            Some(Topic::Timeline) => -10,
            Some(Topic::Resolution | Topic::Detection) => -20,
            _ => 5,
        };
        score += match lead {
            Lead::Between | Lead::From => 15,
            Lead::Bare => 0,
        };
        if start.entry {
            score -= 15;
        }
        // "08:40 - 09:26. The clock had drifted …": a sentence of nothing but when.
        let text = start.text.as_str();
        let lone = |part: Option<&str>| part.is_none_or(|part| !part.contains(char::is_alphanumeric));
        if !start.entry && text.len() <= 60 && lone(text.get(start.before.clone())) && lone(text.get(start.after.clone())) {
            score += 30;
        }
        if let Some(update) = start.update {
            score += if self.is_last_word(update) { 20 } else { -5 };
        }
        if score >= 20 { score } else { 0 }
    }

    /// From the first sign of trouble to the last of recovery.
    fn by_events(&self) -> Option<Vec<Window>> {
        if self.maintenance {
            return None;
        }
        let told: Vec<(&Mention, EventKind)> =
            self.counted().filter(|(_, mention)| self.tells(mention)).map(|(_, mention)| (mention, mention.kind)).collect();
        let entries = told.iter().filter(|(mention, _)| mention.entry).count() >= 3;
        let of = |kinds: &[EventKind]| {
            let mut found: Vec<&Mention> = told
                .iter()
                .filter(|(mention, kind)| kinds.contains(kind) && (!entries || mention.entry || mention.impact))
                .map(|(mention, _)| *mention)
                .collect();
            found.sort_by_key(|mention| mention.point.at);
            found
        };
        let starts = of(&[EventKind::Onset, EventKind::Detected]);
        // "From 9.35 customers could not sign in" tells more than when, as is told behind it, something broke.
        let felt = |mention: &&Mention| {
            let before = mention.text.as_str().get(mention.before.clone()).unwrap_or_default().trim_end();
            let led = ["From", "from", "Since", "since"].iter().any(|lead| before.rsplit(' ').next() == Some(lead));
            led && mention.impact && mention.kind == EventKind::Onset && !mention.entry
        };
        let first = starts.first().copied();
        let start =
            starts.iter().copied().find(|start| felt(start) && first.is_some_and(|first| start.span.start < first.span.start)).or(first);
        let after = |mention: &&&Mention| start.is_none_or(|start| mention.point.at > start.point.at);
        // A live update knows when it began, not when it will have ended.
        let ends = |kinds: &[EventKind]| {
            let mut found = of(kinds);
            found.retain(|mention| mention.update.is_none_or(|update| self.is_last_word(update)));
            found
        };
        let recovered = ends(&[EventKind::Recovered]);
        let mitigated = ends(&[EventKind::Mitigated]);
        let resolved = ends(&[EventKind::Resolved]);
        let ended = [(&recovered, Rule::LastRecovery), (&mitigated, Rule::LastMitigation), (&resolved, Rule::LastDeclaration)];
        let end = ended.into_iter().find_map(|(found, rule)| found.iter().rfind(after).map(|end| (*end, rule)));
        if start.is_none() && entries && recovered.is_empty() {
            return None;
        }
        if start.is_none() && (end.is_none() || (self.posted.is_empty() && told.len() < 2)) {
            return None;
        }
        // A story that only says how it ended began, as far as it tells, with its first moment.
        let first_told = || {
            let first = told.iter().map(|(mention, _)| *mention).min_by_key(|mention| mention.point.at)?;
            self.edge(first, Rule::FirstTold)
                .filter(|edge| end.is_some_and(|(end, _)| Some(edge.at) < end.point.at))
                .map(|edge| inferred(&edge))
        };
        let first_post = || self.posted.first().map(|posted| derived(&posted.edge, Derivation::Updates)).or_else(first_told);
        let sign = |start: &Mention| if felt(&start) { Rule::FirstFelt } else { Rule::FirstSign };
        // Somebody was called and somebody closed it, in a timeline that has more before: neither is told as an end of the trouble.
        let called = start.filter(|start| start.kind == EventKind::Detected && start.entry);
        let called = called.is_some_and(|start| told.iter().any(|(other, _)| other.entry && other.point.at < start.point.at));
        // Labels that tell when it was noticed and closed tell of no customer.
        let noticed = start.is_some_and(|start| start.field && start.kind == EventKind::Detected);
        let sure = |edge: Edge, doubtful: bool| if doubtful { inferred(&edge) } else { edge };
        let start =
            start.and_then(|start| self.edge(start, sign(start))).map(|start| sure(start, called || noticed)).or_else(first_post)?;
        let declared = |rule: Rule| (called || noticed) && rule == Rule::LastDeclaration;
        let end = end
            .and_then(|(end, rule)| Some(sure(self.edge(end, rule)?, declared(rule) || noticed && !end.field)))
            .filter(|end| end.at > start.at);
        Some(vec![Window { start: Some(start), end, label: None }])
    }

    /// A timeline that never says what began or ended: its first and last entries, as the best guess there is.
    fn by_timeline(&self) -> Option<Vec<Window>> {
        let mut entries: Vec<&Mention> =
            self.counted().filter(|(_, mention)| mention.entry && mention.update.is_none()).map(|(_, mention)| mention).collect();
        if entries.len() < 3 || self.maintenance {
            return None;
        }
        entries.sort_by_key(|mention| mention.point.at);
        let edge = |mention: &&Mention, rule| self.edge(mention, rule).map(|edge| inferred(&edge));
        let start = entries.first().and_then(|first| edge(first, Rule::FirstEntry));
        Some(vec![Window { start, end: entries.last().and_then(|last| edge(last, Rule::LastEntry)), label: None }])
    }

    /// Whether a moment is of the story: in the text, the resolution, or an update that says when it began.
    fn tells(&self, mention: &Mention) -> bool {
        match mention.update {
            Some(update) => self.is_last_word(update) || mention.impact,
            None => {
                !mention.field
                    || mention.topic.is_some_and(|topic| matches!(topic, Topic::Detected | Topic::Mitigated | Topic::Resolved | Topic::End))
            }
        }
    }

    /// Planned work ends when it is said to be completed, whatever was planned.
    fn end_when_completed(&self, windows: &mut [Window]) {
        let completed = self.posted.iter().rev().find(|posted| self.maintenance && posted.kind == EventKind::Resolved);
        if let ([window], Some(completed)) = (windows, completed)
            && window.start.as_ref().is_some_and(|start| start.at < completed.at)
        {
            window.end = Some(Edge { basis: Basis::Form(FormPart::Completed), ..completed.edge.clone() });
        }
    }

    /// The declaration comes after the recovery: a stated end that is the declaration gives way to a full recovery inside.
    fn end_at_recovery(&self, windows: &mut [Window]) {
        let [window] = windows else { return };
        let (Some(start), Some(end)) = (&window.start, &window.end) else { return };
        let kind_at =
            |at: Instant, kind: EventKind| self.counted().any(|(_, mention)| mention.point.at == Some(at) && mention.kind == kind);
        if !kind_at(end.at, EventKind::Resolved) {
            return;
        }
        let whole = |mention: &Mention| list(Words::Entirely).is_in(mention.text.as_str());
        let inside = |mention: &Mention| mention.point.at > Some(start.at) && mention.point.at < Some(end.at);
        let recovery = self
            .counted()
            .map(|(_, mention)| mention)
            .find(|mention| inside(mention) && mention.kind == EventKind::Recovered && whole(mention));
        if let Some(edge) = recovery.and_then(|mention| self.edge(mention, Rule::FullRecovery)) {
            window.end = Some(edge);
        }
    }

    /// An open window ends, as far as anyone says, when the page says resolved.
    fn close_by_updates(&self, windows: &mut [Window]) {
        let resolved = self.posted.iter().rev().find(|posted| posted.kind == EventKind::Resolved);
        if let (Some(last), Some(resolved)) = (windows.last_mut(), resolved)
            && last.end.is_none()
            && last.start.as_ref().is_some_and(|start| start.at < resolved.at)
        {
            last.end = Some(derived(&resolved.edge, Derivation::Resolved));
        }
    }

    /// Names each of several windows by its own words: its label, what stands in front of it in a list or a row, the one of
    /// the `services` in its sentence, or a heading that is not over all of them.
    pub fn label(&self, windows: &mut [Window], services: &[Fact<String>]) {
        if windows.len() < 2 {
            return;
        }
        // All that tell of the moment at which it began, the one it was read from first.
        let tellers = |window: &Window| {
            let edge = window.start.as_ref();
            let mut tellers: Vec<_> = self
                .counted()
                .map(|(_, mention)| mention)
                .filter(|mention| edge.is_some_and(|edge| mention.point.at == Some(edge.at)))
                .collect();
            tellers.sort_by_key(|mention| edge.is_some_and(|edge| mention.cites(self.source) != edge.cites));
            tellers
        };
        let own = |text: &str| (!text.is_empty() && lexicon::topic(text).is_none()).then(|| event::collapse(text));
        let heading = |mention: &Mention| {
            let heading = self.passages.get(mention.passage)?.0.heading.as_ref()?;
            own(heading.text.as_str()).filter(|_| heading.topic.is_none())
        };
        let headings: Vec<_> = windows.iter().map(|window| tellers(window).into_iter().find_map(heading)).collect();
        let shared = headings.windows(2).all(|pair| matches!(pair, [one, next] if one == next));
        let labelled = |mention: &Mention| own(self.passages.get(mention.passage)?.0.label.as_ref()?.as_str());
        let in_front = |mention: &Mention| {
            let form = &self.passages.get(mention.passage)?.0.form;
            let lead = mention.text.as_str().get(mention.before.clone())?.trim_matches(|c: char| !c.is_alphanumeric());
            // "The first one starting at": a name does not end in a preposition.
            let ends = lead.split_whitespace().next_back().is_some_and(|last| !list(Words::FunctionWords).holds(last));
            let fits = matches!(form, Form::Item { .. } | Form::Row) && lead.starts_with(char::is_uppercase) && lead.len() <= LABEL;
            own(lead).filter(|_| fits && ends)
        };
        let service = |mention: &Mention| {
            let mut named = services.iter().map(|service| service.value.as_str()).filter(|service| mention.text.as_str().contains(service));
            named.next().filter(|_| named.next().is_none()).map(str::to_owned)
        };
        for (window, heading) in windows.iter_mut().zip(headings) {
            let tellers = tellers(window);
            let by = |name: &dyn Fn(&Mention) -> Option<String>| tellers.iter().find_map(|mention| name(mention));
            let named = || by(&labelled).or_else(|| by(&in_front)).or(heading.filter(|_| !shared)).or_else(|| by(&service));
            window.label = window.label.take().or_else(named);
        }
    }
}

/// The stamp of an update as an end of a window that the text does not tell.
fn derived(edge: &Edge, derivation: Derivation) -> Edge {
    Edge { basis: Basis::Derived(derivation), ..inferred(edge) }
}

fn inferred(edge: &Edge) -> Edge {
    Edge { certainty: Certainty::Inferred, ..edge.clone() }
}
