//! What the responders were doing: as the page posted it, else by the milestones.

use super::window::Posted;
use crate::basis::{Basis, Derivation};
use crate::incident::{Edge, EventKind, Impact, Instant, Lane, Milestones, Phase, PhaseKind};

/// A moment from which something else was done; none where nothing more was.
struct Step<'e> {
    edge: &'e Edge,
    kind: Option<PhaseKind>,
    basis: Derivation,
}

/// The phases of the response, in time order. `posted` are the live updates, in time order.
pub fn response(impact: &Impact, milestones: &Milestones, posted: &[Posted]) -> Vec<Phase> {
    let is_posted = posted.iter().any(|post| matches!(post.kind, EventKind::Identified | EventKind::Monitoring));
    let mut steps = if is_posted { as_posted(posted) } else { by_milestones(impact, milestones) };
    let Milestones { detected, acknowledged, resolved, .. } = milestones;
    // From the first sign that anybody knew, where that is in front of all else.
    let noticed = [detected, acknowledged].into_iter().flatten().min_by_key(|edge| edge.at);
    if let Some(edge) = noticed.filter(|noticed| steps.iter().all(|step| noticed.at <= step.edge.at)) {
        steps.insert(0, Step { edge, kind: Some(PhaseKind::Investigating), basis: Derivation::Milestones });
    }
    if steps.is_empty() {
        return Vec::new();
    }
    if let (Some(edge), Some(detected)) = (impact.start(), detected)
        && edge.at < detected.at
        && steps.iter().all(|step| detected.at <= step.edge.at)
    {
        steps.insert(0, Step { edge, kind: Some(PhaseKind::Undetected), basis: Derivation::StartAndDetection });
    }
    // What is watched or over and fails again is looked into again.
    let first = impact.start().map(|start| start.at);
    let onsets = impact.windows.iter().filter_map(|window| window.start.as_ref()).filter(|start| {
        let again = Some(start.at) > first;
        let before = steps.iter().rev().find(|step| step.edge.at <= start.at);
        again && before.is_some_and(|step| matches!(step.kind, None | Some(PhaseKind::Monitoring)))
    });
    let again: Vec<Step> = onsets.map(|edge| Step { edge, kind: Some(PhaseKind::Investigating), basis: Derivation::Windows }).collect();
    steps.extend(again);
    steps.sort_by_key(|step| step.edge.at);
    let last = steps.last().map(|step| step.edge.at);
    let open = impact.windows.iter().any(|window| window.end.is_none());
    // Where nobody declares it over the end of the impact ends the response, too.
    let over = [resolved.as_ref(), impact.end().filter(|_| !open)].into_iter().flatten().find(|edge| Some(edge.at) >= last);
    steps.extend(over.map(|edge| Step { edge, kind: None, basis: Derivation::Milestones }));
    // What is posted last and never declared over is still so; a milestone alone is not.
    let open = open || (is_posted && resolved.is_none());
    let mut phases = between(&steps);
    phases.retain(|phase| phase.end.map_or(open, |end| end > phase.start));
    phases
}

/// What each run of posts says, from the minute of its first one.
fn as_posted<'p>(posted: &'p [Posted]) -> Vec<Step<'p>> {
    let kind = |post: &Posted| match post.kind {
        EventKind::Investigating => Some(Some(PhaseKind::Investigating)),
        EventKind::Identified => Some(Some(PhaseKind::Identified)),
        EventKind::Monitoring => Some(Some(PhaseKind::Monitoring)),
        EventKind::Resolved => Some(None),
        _ => None,
    };
    let step = |post: &'p Posted| Some(Step { edge: &post.edge, kind: kind(post)?, basis: Derivation::Stamps });
    let mut posted: Vec<&'p Posted> = posted.iter().collect();
    // A page lists the newest first, also those of one minute.
    posted.sort_by_key(|post| (post.at, post.kind));
    posted.into_iter().filter_map(step).collect()
}

/// What the milestones say, as far as they go forward; what took effect while customers were still hurt is not watched yet.
fn by_milestones<'e>(impact: &'e Impact, milestones: &'e Milestones) -> Vec<Step<'e>> {
    let Milestones { identified, mitigated, resolved, .. } = milestones;
    let end = impact.end().filter(|end| mitigated.as_ref().is_some_and(|mitigated| mitigated.at < end.at));
    let watched = if end.is_some() { PhaseKind::Mitigating } else { PhaseKind::Monitoring };
    let all = [
        (identified.as_ref(), Some(PhaseKind::Identified)),
        (mitigated.as_ref(), Some(watched)),
        (end, Some(PhaseKind::Monitoring)),
        (resolved.as_ref(), None),
    ];
    let mut latest: Option<Instant> = None;
    let forward = all.into_iter().filter_map(|(edge, kind)| Some((edge?, kind))).filter(|(edge, _)| {
        let forward = latest.is_none_or(|latest| latest <= edge.at);
        latest = latest.max(Some(edge.at));
        forward
    });
    forward.map(|(edge, kind)| Step { edge, kind, basis: Derivation::Milestones }).collect()
}

/// The phases from each step to the next that says something else. What never ended is open.
fn between(steps: &[Step]) -> Vec<Phase> {
    let mut phases: Vec<Phase> = Vec::new();
    for Step { edge, kind, basis } in steps {
        let open = phases.last_mut().filter(|last| last.end.is_none());
        if open.as_ref().map(|last| last.kind) == *kind {
            continue;
        }
        if let Some(last) = open {
            last.end = Some(edge.at);
            last.certainty = last.certainty.min(edge.certainty);
        }
        phases.extend(kind.map(|kind| Phase {
            lane: Lane::Response,
            kind,
            label: None,
            start: edge.at,
            end: None,
            certainty: edge.certainty,
            basis: Basis::Derived(*basis),
            cites: edge.cites.clone(),
        }));
    }
    phases
}

#[cfg(test)]
mod tests {
    use crate::incident::{Certainty, Lane};
    use crate::resolve::{Policy, read};
    use crate::source::Source;

    /// The phases of the response: kind, times, and a tilde where one is inferred.
    fn lane(text: &str) -> Vec<String> {
        let reading = read(&Source::decode("a.md", text.into()), &Policy::default());
        let phases = reading.incidents.first().map(|incident| incident.phases.clone()).unwrap_or_default();
        let told = phases.iter().filter(|phase| phase.lane == Lane::Response).map(|phase| {
            let end = phase.end.map_or("open".to_owned(), |end| end.format("%H:%M").to_string());
            let mark = if phase.certainty == Certainty::Inferred { "~" } else { "" };
            format!("{mark}{} {}-{end}", phase.kind.name(), phase.start.format("%H:%M"))
        });
        told.collect()
    }

    /// A page with posts, the newest first.
    fn page(text: &str, posts: &[(&str, &str)]) -> String {
        let post = |(label, time): &(&str, &str)| format!("{label}\n\nSeen.\nPosted Mar 5, 2024 - {time} UTC\n\n");
        let posts: String = posts.iter().map(post).collect();
        format!(
            "Labels cannot be printed\n\nIncident Report for Ferncote\n\nPostmortem\n\n{text}\nPosted Mar 6, 2024 - 09:00 UTC\n\n{posts}"
        )
    }

    const TWICE: &str = "Impact\n\n  • First downtime: 9:40 UTC to 9:52 UTC on 5 March 2024.\n  • Second downtime: 10:15 UTC to 10:21 UTC on 5 March 2024.\n";

    #[test]
    fn what_was_posted_is_drawn_at_its_minute() {
        let posts =
            [("Resolved", "12:09"), ("Monitoring", "10:38"), ("Update", "10:30"), ("Identified", "10:26"), ("Investigating", "10:02")];
        assert_eq!(lane(&page(TWICE, &posts)), ["investigating 10:02-10:26", "identified 10:26-10:38", "monitoring 10:38-12:09"]);
        // Posts of one minute are listed the newest first, too.
        let posts = [("Resolved", "12:09"), ("Monitoring", "10:38"), ("Identified", "10:02"), ("Investigating", "10:02")];
        assert_eq!(lane(&page(TWICE, &posts)), ["identified 10:02-10:38", "monitoring 10:38-12:09"]);
    }

    #[test]
    fn a_new_onset_and_a_new_run_of_posts_open_it_again() {
        let posts = [("Resolved", "12:09"), ("Monitoring", "10:38"), ("Monitoring", "10:00"), ("Investigating", "09:44")];
        assert_eq!(
            lane(&page(TWICE, &posts)),
            ["investigating 09:44-10:00", "monitoring 10:00-10:15", "investigating 10:15-10:38", "monitoring 10:38-12:09"]
        );
        let posts =
            [("Resolved", "12:09"), ("Monitoring", "11:38"), ("Identified", "11:00"), ("Monitoring", "10:40"), ("Identified", "10:30")];
        assert_eq!(
            lane(&page(TWICE, &posts)),
            ["identified 10:30-10:40", "monitoring 10:40-11:00", "identified 11:00-11:38", "monitoring 11:38-12:09"]
        );
    }

    #[test]
    fn without_posts_the_milestones_are_drawn_and_nothing_is_watched_while_it_hurts() {
        let text = |mitigated: &str| {
            format!(
                "# Labels cannot be printed\n\nDate: 5 March 2024\nImpact start: 09:40 UTC\nDetected: 09:46 UTC\nMitigated: {mitigated} UTC\n\
                 Impact end: 10:30 UTC\nResolved: 11:00 UTC\n\n## Summary\n\nNobody could print labels.\n"
            )
        };
        assert_eq!(lane(&text("10:30")), ["undetected 09:40-09:46", "investigating 09:46-10:30", "monitoring 10:30-11:00"]);
        assert_eq!(
            lane(&text("10:10")),
            ["undetected 09:40-09:46", "investigating 09:46-10:10", "mitigating 10:10-10:30", "monitoring 10:30-11:00"]
        );
        assert_eq!(lane("# Labels cannot be printed\n\nDate: 5 March 2024\n\nNobody could print labels.\n"), [""; 0]);
    }
}
