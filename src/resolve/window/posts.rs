//! Windows that nobody states: from the first update to the one that says it is over.

use super::{Evidence, Posted, WINDOWS, derived};
use crate::basis::Derivation;
use crate::incident::{EventKind, Window};

impl Evidence<'_, '_> {
    /// A window for each course of the updates.
    pub(super) fn by_updates(&self) -> Vec<Window> {
        let courses = if self.maintenance { vec![self.posted] } else { courses(self.posted) };
        courses.into_iter().take(WINDOWS).filter_map(|course| self.of_course(course)).collect()
    }

    /// What was filed when it was over has an end, and nobody knows since when it was.
    fn of_course(&self, course: &[Posted]) -> Option<Window> {
        // Planned work is announced long before it starts.
        let running = |posted: &&Posted| posted.kind == EventKind::Maintenance && posted.running;
        let first = if self.maintenance { course.iter().find(running) } else { course.first() };
        let last = course.iter().rev().find(|posted| posted.kind == EventKind::Resolved);
        let first = first.filter(|first| last.is_none_or(|last| first.at < last.at));
        let edge = |posted: &Posted| derived(&posted.edge, Derivation::Updates);
        (first.is_some() || last.is_some()).then(|| Window { start: first.map(edge), end: last.map(edge), label: None })
    }
}

/// The live updates, which are in time order, in stretches: what is looked into again after it was over begins another.
pub fn courses(posted: &[Posted]) -> Vec<&[Posted]> {
    let (mut courses, mut start, mut over) = (Vec::new(), 0, None);
    for (at, post) in posted.iter().enumerate() {
        match post.kind {
            // Without anything before it the declaration is of no course.
            EventKind::Resolved if at > start => over = Some(post.at),
            EventKind::Investigating | EventKind::Identified | EventKind::Monitoring if over.is_some_and(|over| over < post.at) => {
                courses.extend(posted.get(start..at));
                (start, over) = (at, None);
            }
            _ => {}
        }
    }
    courses.extend(posted.get(start..).filter(|rest| !rest.is_empty()));
    courses
}

#[cfg(test)]
mod tests {
    use crate::resolve::{Policy, read};
    use crate::source::Source;

    /// The windows of an incident whose updates are those given, each "CLOCK to CLOCK", and the codes of what is found.
    fn told(updates: &[(&str, &str)]) -> (Vec<String>, Vec<&'static str>) {
        let update = |(status, clock): &(&str, &str)| {
            format!(r#"{{"status": "{status}", "body": "News.", "created_at": "2026-03-03T{clock}:00Z"}}"#)
        };
        let updates: Vec<String> = updates.iter().map(update).collect();
        let text =
            format!(r#"{{"incidents": [{{"name": "Tiles late", "impact": "minor", "incident_updates": [{}]}}]}}"#, updates.join(", "));
        let incidents = read(&Source::decode("a.json", text.into_bytes()), &Policy::default()).incidents;
        let clock = |edge: &Option<crate::incident::Edge>| edge.as_ref().map_or("?".into(), |edge| edge.at.format("%H:%M").to_string());
        let windows = incidents.iter().flat_map(|incident| &incident.impact.windows);
        let windows = windows.map(|window| format!("{} to {}", clock(&window.start), clock(&window.end))).collect();
        let codes = incidents.iter().flat_map(|incident| &incident.diagnostics).map(|found| found.code.name()).collect();
        (windows, codes)
    }

    #[test]
    fn a_window_for_each_time_it_was_open() {
        let once = [("resolved", "11:00"), ("monitoring", "10:40"), ("investigating", "10:00")];
        assert_eq!(told(&once).0, ["10:00 to 11:00"]);
        let twice = [("resolved", "14:30"), ("investigating", "14:00"), ("resolved", "11:00"), ("investigating", "10:00")];
        assert_eq!(told(&twice).0, ["10:00 to 11:00", "14:00 to 14:30"]);
        assert!(told(&twice).1.contains(&"reopened") && !told(&once).1.contains(&"reopened"));
        let open = [("identified", "14:00"), ("resolved", "11:00"), ("investigating", "10:00")];
        assert_eq!(told(&open).0, ["10:00 to 11:00", "14:00 to ?"]);
        // An afterword opens nothing again, nor does what is posted in the same minute.
        let afterword = [("update", "14:00"), ("resolved", "11:00"), ("monitoring", "11:00"), ("investigating", "10:00")];
        let (windows, codes) = told(&afterword);
        assert!(windows.len() == 1 && !codes.contains(&"reopened"), "{windows:?}: {codes:?}");
    }

    #[test]
    fn what_is_filed_when_it_is_over_has_no_length() {
        assert_eq!(told(&[("resolved", "11:00")]).0, ["? to 11:00"]);
        assert_eq!(told(&[("resolved", "11:00"), ("investigating", "11:00")]).0, ["? to 11:00"]);
        let before = told(&[("investigating", "11:20"), ("resolved", "11:00")]);
        assert_eq!(before.0, ["? to 11:00"]);
        assert!(before.1.contains(&"end-before-start"), "{:?}", before.1);
    }
}
