//! Whether a file is a report at all.

use crate::document::Format;
use crate::extract::lexicon::{self, Cue, Topic};
use crate::extract::passage::Passage;
use crate::extract::time::Time;
use crate::extract::words::{Words, list};
use crate::incident::{EventKind, Incident};
use crate::source::Source;

/// Whether a file reads like an incident report: a status page, or a text that tells of trouble and of its times or causes.
pub fn reads_like_one(format: Format, incident: &Incident, passages: &[(Passage, Vec<Time>)], source: &Source) -> bool {
    if matches!(format, Format::StatuspageText | Format::StatuspageJson | Format::StatuspageHtml | Format::GoogleCloudJson)
        || (format == Format::StatuspageFeed && incident.communication.is_some())
    {
        return true;
    }
    if format == Format::StatuspageFeed {
        let told = incident.events.iter().any(|event| event.at.is_some() && event.kind != EventKind::Published);
        return told && lexicon::cues(source.text()).take(4000).any(|(cue, _)| matches!(cue, Cue::StrongImpact | Cue::Impact));
    }
    // Files that go with reports tell of incidents too, and are none.
    let stem = source.name().rsplit(['/', '\\']).next().and_then(|name| name.split('.').next()).unwrap_or_default();
    if list(Words::Companions).holds(&stem.replace('_', " ")) {
        return false;
    }
    let has = |topic: Topic| passages.iter().any(|(passage, _)| passage.topic == Some(topic));
    let text = source.text();
    let of_trouble = |cue: &Cue| matches!(cue, Cue::StrongImpact | Cue::Impact);
    let told = passages.iter().flat_map(|(passage, _)| passage.cues()).filter(|(cue, _)| of_trouble(cue)).take(2).count();
    // Headings and what is no passage are looked at where those say too little.
    let trouble = if told < 2 { lexicon::cues(text).take(4000).filter(|(cue, _)| of_trouble(cue)).count() } else { told };
    let sections = [
        Topic::Timeline,
        Topic::Cause,
        Topic::Impact,
        Topic::Resolution,
        Topic::Factors,
        Topic::Severity,
        Topic::Duration,
        Topic::Start,
        Topic::End,
        Topic::Window,
        Topic::Services,
        Topic::Summary,
        Topic::Status,
    ]
    .into_iter()
    .filter(|topic| has(*topic))
    .count();
    let told = usize::from(!incident.impact.windows.is_empty())
        + usize::from(incident.events.iter().filter(|event| event.at.is_some()).count() >= 2)
        + usize::from(incident.events.iter().filter(|event| event.at.is_some()).count() >= 4)
        + usize::from(incident.impact.stated_minutes.is_some())
        + usize::from(incident.root_cause.is_some());
    // A short mail may tell of little more than that it failed, when, and why.
    let happened = |kind: EventKind| incident.events.iter().any(|event| event.kind == kind);
    let short = text.len() < 4000 && trouble >= 2 && happened(EventKind::Onset) && happened(EventKind::Recovered);
    // A story without clocks may still tell how long it lasted and why.
    let timeless = trouble >= 2 && incident.impact.stated_minutes.is_some() && incident.root_cause.is_some();
    short || timeless || (trouble >= 2 && sections + told >= 3) || (trouble >= 1 && sections >= 2 && sections + told >= 4)
}
