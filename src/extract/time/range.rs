//! Neighbouring moments joined to ranges.

use super::{Lead, Moment, Time, gap, without_about};
use crate::extract::twice;

/// Joins neighbouring moments to ranges.
pub(super) fn ranges(text: &str, times: Vec<Time>) -> Vec<Time> {
    let mut found: Vec<Time> = Vec::new();
    for time in times {
        let Time::Moment(mut moment) = time else {
            found.push(time);
            continue;
        };
        let Some(last) = found.last() else {
            found.push(Time::Moment(moment));
            continue;
        };
        let link = text.get(last.range().end..moment.range.start).unwrap_or_default();
        if let Time::Moment(from) = last
            && link == "/"
            && is_interval(from, &moment)
        {
            let from = from.clone();
            found.pop();
            found.push(Time::Range(from, moment, Lead::Bare));
            continue;
        }
        let between = gap(text, last.range().end..moment.range.start);
        let reached = found.len().checked_sub(2).and_then(|index| found.get(index)).map_or(0, |time| time.range().end);
        if matches!(between.strip_prefix("local time ").unwrap_or(&between), "(" | "/" | "[" | "(=" | "=" | "(i.e." | ", i.e.")
            && moment.clock.is_some()
        {
            moment.restates = true;
        }
        if let Some(Time::Moment(last) | Time::Range(_, last, _)) = found.last_mut()
            && matches!(between.as_str(), "(" | "[")
            && let Some(end) = twice::elsewhere(text, last, &moment)
        {
            last.range.end = end;
            continue;
        }
        // In a range whose start is told twice, so is its end.
        if let Some(Time::Moment(last) | Time::Range(Moment { also: Some(_), .. }, last, _)) = found.last_mut()
            && twice::told(text, (last, None), (&moment, None))
        {
            continue;
        }
        let Some(last) = found.last() else { continue };
        if let Time::Moment(from) = last
            && let Some(lead) = range_lead(text.get(reached..from.range.end).unwrap_or_default(), from, &moment, &between)
        {
            let from = from.clone();
            moment.restates = from.restates;
            found.pop();
            if let Some(Time::Range(first, last, _)) = found.last_mut()
                && twice::told(text, (first, Some(last)), (&from, Some(&moment)))
            {
                continue;
            }
            found.push(Time::Range(from, moment, lead));
        } else {
            found.push(Time::Moment(moment));
        }
    }
    found
}

/// Whether a slash from `from` to `to` leads from one stamp to another, as ISO 8601 writes it; with blanks around it, or a clock on
/// either side, it may part two spellings of one moment.
fn is_interval(from: &Moment, to: &Moment) -> bool {
    let stamp = |moment: &Moment| moment.clock.is_some() && moment.date.is_some_and(|date| date.year.is_some());
    stamp(from) && stamp(to)
}

/// `before` is what stands between the time before the range and the end of its first moment.
fn range_lead(before: &str, from: &Moment, to: &Moment, between: &str) -> Option<Lead> {
    let both = (from.clock.is_some() && to.clock.is_some())
        || (from.offset.is_some() && to.offset.is_some())
        || (from.clock.is_none() && to.clock.is_none() && from.offset.is_none() && to.offset.is_none());
    if !both {
        return None;
    }
    let link = without_about(between).0;
    let link = link.strip_suffix(" at").or_else(|| link.strip_suffix(" on")).unwrap_or(link);
    let link = without_about(link).0.trim_start_matches([',', ')']).trim();
    let link = link.strip_prefix("(inclusive)").unwrap_or(link).trim();
    let dash = matches!(link, "-" | "–" | "—" | "->" | "→" | "‒" | "−" | "--");
    let until = matches!(link, "to" | "until" | "till" | "til" | "through" | "thru" | "up to" | "up until" | "through to");
    let joined = link.strip_prefix("and ");
    let ending = matches!(joined, Some("until" | "lasted until" | "continued until"))
        || matches!(joined.unwrap_or(link), "ending" | "ended" | "lasting until" | "continuing until" | "continuing to")
        || matches!(joined.unwrap_or(link), "continuing through" | "continuing through to");
    let mut words = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(10);
    let lead = words.find_map(|word| match word.to_ascii_lowercase().as_str() {
        "between" | "betwen" => Some(Lead::Between),
        "from" | "starting" | "beginning" | "started" | "began" | "start" | "starts" | "since" => Some(Lead::From),
        // A date or an "about" may stand between the lead and its clock.
        _ => None,
    });
    match lead {
        Some(Lead::Between) if link == "and" || dash || until => Some(Lead::Between),
        Some(Lead::From) if until || dash || ending => Some(Lead::From),
        _ if dash || until => Some(Lead::Bare),
        _ if ending => Some(Lead::From),
        _ => None,
    }
}
