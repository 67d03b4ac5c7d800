//! One report as running text, from the facts to the timeline: what the explorer shows, for a pipe or a screen reader.

use super::terminal::Terminal;
use super::text::wrap;
use super::time::{Clock, Zone};
use crate::app::measures::{Kind, Measures};
use crate::app::show::{doubt, marks, minutes as length};
use crate::basis;
use crate::incident::{ActionItem, Certainty, Event, Fact, Incident, IncidentKind, Lane};
use crate::sanitize;
use std::io::{Result, Write};

/// What starts an item of a list in a report; the lines below it are indented as far.
const BULLETS: [&str; 4] = ["- ", "* ", "• ", "– "];

/// Prints `incident`.
pub fn print(out: &mut dyn Write, incident: &Incident, zone: Zone, terminal: &Terminal) -> Result<()> {
    let mut page = Page { out, width: terminal.text_width(), terminal };
    let clock = Clock::new(zone, incident);
    page.line(&terminal.bold(&sanitize::line(incident.display_title())))?;
    facts(&mut page, incident, &clock)?;
    page.section("Summary", incident.summary.as_ref())?;
    page.section("Customer impact", incident.customer_impact.as_ref())?;
    page.section("Root cause", incident.root_cause.as_ref())?;
    page.section("Resolution", incident.resolution.as_ref())?;
    timeline(&mut page, incident, &clock)?;
    phases(&mut page, incident, &clock)?;
    if !incident.action_items.is_empty() {
        page.heading("Action items")?;
        for item in &incident.action_items {
            page.item("  - ", &action_item(item))?;
        }
    }
    if !incident.lessons.is_empty() {
        page.heading("Lessons")?;
        for lesson in &incident.lessons {
            page.item("  - ", &lesson.value)?;
        }
    }
    findings(&mut page, incident)
}

fn facts(page: &mut Page, incident: &Incident, clock: &Clock) -> Result<()> {
    let marked = |fact: &Fact<String>| format!("{}{}", marks(fact.certainty, false), fact.value);
    let join = |facts: &[Fact<String>]| facts.iter().map(marked).collect::<Vec<_>>().join(", ");
    let components: Vec<_> = incident
        .components
        .iter()
        .map(|part| part.group.as_ref().map_or(part.name.clone(), |group| format!("{} ({group})", part.name)))
        .collect();
    page.field("Doubtful", &incident.doubtful.as_deref().map(doubt).unwrap_or_default())?;
    if incident.kind == IncidentKind::Maintenance {
        page.field("Kind", "maintenance")?;
    }
    page.field("Organization", &incident.organization.as_ref().map(marked).unwrap_or_default())?;
    page.field("Severity", &severity(incident))?;
    page.field("Status", incident.status.as_ref().map_or("", |status| status.value.name()))?;
    page.field("Services", &join(&incident.services))?;
    page.field("Components", &components.join(", "))?;
    page.field("Regions", &join(&incident.regions))?;
    page.field("Impact", &impact(incident, clock))?;
    let windows = &incident.impact.windows;
    for window in windows.iter().filter(|window| windows.len() > 1 || window.label.is_some()) {
        let name = window.label.as_deref().unwrap_or("Window");
        let lasted = window.minutes().map_or(String::new(), |minutes| format!(", {}{}", marks(window.certainty(), false), length(minutes)));
        let ends = clock.window(window.start.as_ref(), window.end.as_ref());
        page.item("  - ", &format!("{name}: {ends}{lasted}"))?;
    }
    page.field("Stated duration", &incident.impact.stated_minutes.as_ref().map_or(String::new(), |stated| length(stated.value)))?;
    page.field("Updates", &incident.communication.map_or(String::new(), |said| clock.stretch(said.start, Some(said.end))))?;
    page.field("From impact start", &metrics(incident))?;
    page.field("Address", incident.source.url.as_deref().unwrap_or_default())?;
    page.field("Source", &format!("{}, read as {}", incident.source.path, incident.source.format.name()))
}

fn severity(incident: &Incident) -> String {
    let Some(severity) = &incident.severity else { return "unknown".into() };
    let said = match (&incident.severity_label, severity.certainty) {
        (Some(label), _) if label.eq_ignore_ascii_case(severity.value.name()) => String::new(),
        (Some(label), _) => format!(", \"{label}\" in the report"),
        (None, Certainty::Inferred) => ", inferred from the report's words".into(),
        (None, Certainty::Stated) => String::new(),
    };
    format!("{}{}{said}", marks(severity.certainty, false), severity.value.name())
}

fn impact(incident: &Incident, clock: &Clock) -> String {
    let impact = &incident.impact;
    if impact.windows.is_empty() {
        return "no times are given".into();
    }
    let measures = Measures::of(incident);
    let lasted = measures.get(Kind::Impact).map_or(String::new(), |measure| format!(", {}", measure.text()));
    format!("{}{lasted}", clock.window(impact.start(), impact.end()))
}

fn metrics(incident: &Incident) -> String {
    let measures = Measures::of(incident);
    let named = [
        ("detected", Kind::Detect),
        ("acknowledged", Kind::Acknowledge),
        ("identified", Kind::Identify),
        ("mitigated", Kind::Mitigate),
        ("restored", Kind::Restore),
        ("resolved", Kind::Resolve),
        ("first update", Kind::Lag),
    ];
    let said = named.into_iter().filter_map(|(name, kind)| Some(format!("{name} after {}", measures.get(kind)?.text())));
    said.collect::<Vec<_>>().join(", ")
}

fn timeline(page: &mut Page, incident: &Incident, clock: &Clock) -> Result<()> {
    if incident.events.is_empty() {
        return Ok(());
    }
    page.heading("Timeline")?;
    page.item("  ", &format!("{} ~ marks what was inferred, ≈ what the report calls approximate.", clock.legend()))?;
    let day = |event: &Event| event.at.map(|at| clock.day(at)).or_else(|| event.date.map(|date| date.to_string()));
    // Those without a date come last: anywhere else they would seem to belong to the day above them.
    let (dated, undated): (Vec<_>, Vec<_>) = incident.events.iter().map(|event| (day(event), event)).partition(|(day, _)| day.is_some());
    let (mut last_day, mut above) = (None, [].as_slice());
    for (day, event) in dated.into_iter().chain(undated) {
        let heading = day.unwrap_or_else(|| "No date is given for:".into());
        if last_day.as_ref() != Some(&heading) {
            page.item("  ", &heading)?;
            last_day = Some(heading);
        }
        let others: String = basis::not_above(&event.alternatives, above).map(|other| format!(" ({other})")).collect();
        above = &event.alternatives;
        page.item(&format!("    {} ", moment(event, clock)), &format!("{}: {}{others}", event.kind.name(), event.text))?;
    }
    Ok(())
}

fn moment(event: &Event, clock: &Clock) -> String {
    match (clock.event(event), event.date) {
        (Some(time), _) => format!("{time:>8}"),
        (None, Some(_)) => format!("{:>8}", "no time"),
        (None, None) => format!("{:>8}", sanitize::line(&event.written)),
    }
}

fn phases(page: &mut Page, incident: &Incident, clock: &Clock) -> Result<()> {
    for (lane, name) in [(Lane::Impact, "Impact phases"), (Lane::Response, "Response phases")] {
        let phases: Vec<_> = incident.phases.iter().filter(|phase| phase.lane == lane).collect();
        if phases.is_empty() {
            continue;
        }
        page.heading(name)?;
        for phase in phases {
            let mark = marks(phase.certainty, false);
            let lasted = phase.end.map(|end| length(crate::incident::minutes_between(phase.start, end)));
            let lasted = lasted.map_or(String::new(), |lasted| format!(", {mark}{lasted}"));
            let kind = phase.kind.name().replace('_', " ");
            let label = phase.label.as_ref().filter(|label| !label.eq_ignore_ascii_case(&kind));
            let label = label.map_or(String::new(), |label| format!(" ({label})"));
            let stretch = clock.stretch(phase.start, phase.end);
            page.item("  - ", &format!("{mark}{stretch}{lasted}: {kind}{label}"))?;
        }
    }
    Ok(())
}

fn action_item(item: &ActionItem) -> String {
    let horizon = item.horizon.filter(|horizon| horizon.name() != item.state.name()).map(|horizon| horizon.name().to_owned());
    let due = item.due.map(|due| format!("due {due}"));
    let owner = item.owner.as_ref().map(|owner| format!("by {owner}"));
    let more: Vec<_> = [horizon, due, owner].into_iter().flatten().collect();
    let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join(", ")) };
    format!("{}: {}{more}", item.state.name(), item.text)
}

fn findings(page: &mut Page, incident: &Incident) -> Result<()> {
    if incident.diagnostics.is_empty() {
        return Ok(());
    }
    page.heading("What does not add up")?;
    for found in &incident.diagnostics {
        let place = found.cite().map_or(String::new(), |cite| format!("line {}: ", cite.line));
        let help = found.help.as_ref().map_or(String::new(), |help| format!("; {help}"));
        page.item("  - ", &format!("{place}{}: {}{help} [{}]", found.level().name(), found.message, found.code.name()))?;
    }
    Ok(())
}

/// Lines of text, wrapped, with everything from the report sanitised.
struct Page<'a> {
    out: &'a mut dyn Write,
    width: usize,
    terminal: &'a Terminal,
}

impl Page<'_> {
    fn line(&mut self, line: &str) -> Result<()> {
        writeln!(self.out, "{line}")
    }

    fn item(&mut self, first: &str, text: &str) -> Result<()> {
        for line in wrap(first, &sanitize::line(text), self.width) {
            self.line(&line)?;
        }
        Ok(())
    }

    fn field(&mut self, name: &str, value: &str) -> Result<()> {
        if value.is_empty() { Ok(()) } else { self.item(&format!("{name}: "), value) }
    }

    fn heading(&mut self, name: &str) -> Result<()> {
        self.line("")?;
        let name = self.terminal.bold(name);
        self.line(&name)
    }

    fn section(&mut self, name: &str, fact: Option<&Fact<String>>) -> Result<()> {
        let Some(fact) = fact else { return Ok(()) };
        self.heading(&format!("{}{name}", marks(fact.certainty, false)))?;
        for line in sanitize::lines(&fact.value).lines() {
            let bullet = BULLETS.iter().find_map(|bullet| Some((bullet, line.strip_prefix(bullet)?)));
            match bullet {
                Some((bullet, words)) => self.item(&format!("  {bullet}"), words)?,
                None => self.item("  ", line)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::text::width;
    use crate::fixture::record as fixture;
    use crate::incident::EventKind;

    fn printed(incident: &Incident, columns: Option<usize>) -> String {
        let mut out = Vec::new();
        let terminal = Terminal { interactive: false, columns, colour: false };
        print(&mut out, incident, Zone::Utc, &terminal).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn reads_from_top_to_bottom() {
        insta::assert_snapshot!(printed(&fixture::whole(), None));
    }

    #[test]
    fn says_little_of_an_empty_report() {
        insta::assert_snapshot!(printed(&fixture::bare(), None));
    }

    #[test]
    fn says_first_what_is_doubtful_and_why() {
        let incident = Incident { doubtful: Some("a drill\u{1b}[2J".into()), ..fixture::whole() };
        let text = printed(&incident, None);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.get(1), Some(&"Doubtful: this may be no incident report: a drill␛[2J"), "{text}");
        let rest: Vec<_> = lines.iter().copied().filter(|line| !line.starts_with("Doubtful")).collect();
        assert_eq!(rest, printed(&fixture::whole(), None).lines().collect::<Vec<_>>());
    }

    #[test]
    fn events_without_a_date_stand_under_one_heading_at_the_end() {
        let mut incident = fixture::whole();
        let dateless = |text: &str| Event { at: None, ..fixture::event(EventKind::Other, fixture::at(14, 5), text) };
        incident.events.insert(1, dateless("first"));
        incident.events.extend([dateless("second"), dateless("third")]);
        let text = printed(&incident, None);
        let (dated, undated) = text.split_once("  No date is given for:\n").unwrap();
        let lines: Vec<_> = undated.lines().take(3).map(str::trim).collect();
        assert_eq!(lines, ["14:05 UTC other: first", "14:05 UTC other: second", "14:05 UTC other: third"]);
        assert_eq!(dated.matches("  2023-10-04\n").count(), 1);
    }

    #[test]
    fn fits_the_terminal_and_lets_nothing_steer_it() {
        let mut incident = fixture::whole();
        let hostile = "a\u{1b}]0;title\u{7} b\u{202e}".to_owned();
        incident.events[0].text = hostile.clone();
        incident.events[0].written = hostile.clone();
        incident.action_items[0].text = hostile.clone();
        incident.diagnostics[0].message = hostile;
        incident.summary = Some(Fact::stated("one\n\u{9b}31m two\r\nthree".into(), fixture::cite(1), crate::incident::Basis::Corrected));
        incident.source.path = "\u{1b}[2J.txt".into();
        let text = printed(&incident, Some(60));
        assert!(text.lines().all(|line| width(line) <= 60 && !line.contains(sanitize::is_hostile)), "{text}");
    }
}
