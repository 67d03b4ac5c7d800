//! What the report says, fact by fact, each with the words it was read from.

use crate::app::Way;
use crate::app::action::{Action, Context};
use crate::app::glyph;
use crate::app::lanes::{Lanes, is_uncounted};
use crate::app::measures::{Kind, Measures};
use crate::app::parts::{Parts, Piece};
use crate::app::show::{self, CORRECTED, Clock, MISSING};
use crate::app::standing::Standing;
use crate::app::viewport::millis;
use crate::basis::{self, Basis};
use crate::incident::{Certainty, Edge, Event, Fact, Incident, Instant, Window};
use crate::library::Entry;
use crate::review::Review;
use crate::source::Cite;
use crate::theme::Role;

/// The parts in which an incident is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tab {
    /// What it was, when, why, and where that was read.
    #[default]
    Summary,
    /// What happened at which moment.
    Events,
    /// What is done against recurrence.
    Actions,
    /// What does not add up.
    Checks,
    /// The report's own words.
    Source,
}

impl Tab {
    /// Every tab, in order.
    pub const ALL: [Tab; 5] = [Tab::Summary, Tab::Events, Tab::Actions, Tab::Checks, Tab::Source];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Tab::Summary => "Summary",
            Tab::Events => "Events",
            Tab::Actions => "Actions",
            Tab::Checks => "Checks",
            Tab::Source => "Source",
        }
    }

    /// What stands there when there is nothing to show.
    pub fn when_empty(self) -> &'static str {
        match self {
            Tab::Summary | Tab::Source => "",
            Tab::Events => "The report puts a time on nothing.",
            Tab::Actions => "The report names no work against recurrence.",
            Tab::Checks => "Nothing was found that does not add up.",
        }
    }
}

/// One thing the report says.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The part it is shown in; the items of a tab follow one another.
    pub tab: Tab,
    /// What it is, in a word.
    pub label: &'static str,
    /// What the report says, raw.
    pub value: String,
    /// How it looks.
    pub role: Role,
    /// The words it was read from.
    pub cites: Vec<Cite>,
    /// Its place among the incident's events, for an event.
    pub event: Option<usize>,
    /// Where the time went, to be drawn above the value.
    pub parts: Option<Parts>,
    /// The most lines that it has; of a list the rest is counted.
    pub most: Option<usize>,
}

impl Item {
    /// Why there are no words to go to, where there are none.
    pub fn without_words(&self) -> (&'static str, Option<Way>) {
        let words = match self.label {
            _ if self.value == MISSING => "the report does not say it",
            "missing" => "the report does not say these",
            "tags" | "note" => return ("these are your own words", Some((Context::Detail, Action::Review, "changes them"))),
            "link" => return ("a link is no words of the report", Some((Context::Detail, Action::Copy, "copies it"))),
            "doubtful" => "this is told by the whole file; no words say it",
            _ if self.role == Role::Own => "you say this; the report does not",
            _ => "this was inferred; no words of the report say it",
        };
        (words, None)
    }
}

/// Everything an incident says, in the order in which a reviewer asks.
pub fn items(entry: &Entry, clock: &Clock, standing: &Standing) -> Vec<Item> {
    let incident = &entry.incident();
    let measured = Measures::of(incident);
    let mut facts = Facts { items: Vec::new(), clock, review: entry.review(), read: &entry.read() };
    facts.identity(incident);
    facts.times(incident);
    facts.spent(incident, &measured, standing);
    facts.joined("services", &incident.services);
    facts.account(incident);
    facts.affected(incident);
    facts.measures(incident, &measured);
    facts.provenance(incident);
    facts.events(incident);
    facts.actions(incident);
    facts.findings(incident);
    facts.items
}

struct Facts<'a> {
    items: Vec<Item>,
    clock: &'a Clock,
    /// What a reviewer says.
    review: Option<&'a Review>,
    /// What the report says.
    read: &'a Incident,
}

impl Facts<'_> {
    fn push(&mut self, tab: Tab, label: &'static str, value: String, role: Role, cites: Vec<Cite>) {
        self.items.push(Item { tab, label, value, role, cites, event: None, parts: None, most: None });
    }

    fn identity(&mut self, incident: &Incident) {
        let title_cites = incident.title.as_ref().map(|title| title.cites.clone()).unwrap_or_default();
        self.push(Tab::Summary, "", incident.display_title().to_owned(), Role::Heading, title_cites);
        if let Some(why) = &incident.doubtful {
            self.push(Tab::Summary, "doubtful", why.clone(), Role::Warning, Vec::new());
        }
        self.said();
        let severity = self.read.severity.as_ref();
        let (.., role) = glyph::severity(severity.map(|fact| fact.value));
        let mut value = severity.map_or_else(|| MISSING.to_owned(), |fact| format!("{}{}", mark(fact), fact.value.name()));
        if let Some(label) = &incident.severity_label {
            value.push_str(&format!(" “{label}”"));
        }
        let cites = severity.map(|fact| fact.cites.clone()).unwrap_or_default();
        // What the report says stands behind what the reviewer says, and its words are what the line leads to.
        match self.review.and_then(|review| review.severity) {
            Some(said) => {
                let value = format!("{CORRECTED}{} · report: {value}", said.name());
                self.push(Tab::Summary, "severity", value, Role::Own, cites);
            }
            None => self.push(Tab::Summary, "severity", value, role, cites),
        }
    }

    /// Whose it was, how it ended, and what else of theirs it touched.
    fn affected(&mut self, incident: &Incident) {
        self.fact("org", incident.organization.as_ref());
        if let Some(status) = &incident.status {
            let value = format!("{}{}", mark(status), status.value.name().replace('_', " "));
            self.push(Tab::Summary, "status", value, Role::Text, status.cites.clone());
        }
        let named = |name: &str| incident.services.iter().any(|service| service.value.eq_ignore_ascii_case(name));
        if !incident.components.iter().all(|component| component.group.is_none() && named(&component.name)) {
            let name = |component: &crate::incident::Component| match &component.group {
                Some(group) => format!("{} ({group})", component.name),
                None => component.name.clone(),
            };
            let value = incident.components.iter().map(name).collect::<Vec<_>>().join(", ");
            self.push(Tab::Summary, "parts", value, Role::Text, incident.components.iter().map(|component| component.cite).collect());
            self.limit();
        }
        if !incident.regions.is_empty() {
            self.joined("regions", &incident.regions);
        }
    }

    fn times(&mut self, incident: &Incident) {
        if incident.impact.windows.is_empty() {
            self.push(Tab::Summary, "impact", MISSING.into(), Role::Text, Vec::new());
        }
        let lanes = (incident.impact.windows.len() > 1).then(|| Lanes::of(incident));
        for window in &incident.impact.windows {
            let start = window.start.as_ref().map(|start| millis(start.at));
            let number = lanes.as_ref().zip(start).and_then(|(lanes, start)| lanes.number_at(start));
            let number = number.map(|number| format!("{number} ")).unwrap_or_default();
            let cites = [&window.start, &window.end].into_iter().flatten().flat_map(|edge| edge.cites.clone()).collect();
            let corrected = [&window.start, &window.end].into_iter().flatten().any(|edge| edge.basis == Basis::Corrected);
            self.push(Tab::Summary, "impact", number + &self.window(window), if corrected { Role::Own } else { Role::Text }, cites);
            let mut above = [].as_slice();
            for edge in [&window.start, &window.end].into_iter().flatten() {
                for other in basis::not_above(&edge.alternatives, above) {
                    let role = if other.taken { Role::Own } else { Role::Inferred };
                    self.push(Tab::Summary, other.name(), other.words(), role, edge.cites.clone());
                }
                above = &edge.alternatives;
            }
        }
        if self.review.is_some_and(Review::corrects_times) {
            for window in &self.read.impact.windows {
                let cites = [&window.start, &window.end].into_iter().flatten().flat_map(|edge| edge.cites.clone()).collect();
                self.push(Tab::Summary, "report", self.window(window), Role::Dim, cites);
            }
            if self.read.impact.windows.is_empty() {
                self.push(Tab::Summary, "report", MISSING.into(), Role::Dim, Vec::new());
            }
        }
        if let Some(total) = incident.impact.minutes().filter(|_| incident.impact.windows.len() > 1) {
            self.push(Tab::Summary, "total", show::minutes(total), Role::Text, Vec::new());
        }
        if let Some(stated) = &incident.impact.stated_minutes {
            let value = format!("{}{} as stated", mark(stated), show::minutes(stated.value));
            self.push(Tab::Summary, "lasted", value, Role::Text, stated.cites.clone());
        }
    }

    /// One bar of the parts of the time, with their shares, and what of it stands out among the incidents that are shown.
    fn spent(&mut self, incident: &Incident, measured: &Measures, standing: &Standing) {
        let parts = Parts::of(incident, measured);
        let whole = parts.whole();
        let share = |piece: Piece| format!("{} {} {:.0}%", piece.name(), piece.length(), piece.minutes() / whole * 100.0);
        let told: Vec<_> = parts.pieces().filter(|piece| piece.minutes() > 0.0).map(share).collect();
        if told.len() > 1 {
            let before = if parts.is_posted() { ", from the first update on" } else { "" };
            self.push(Tab::Summary, "time", told.join(", ") + before, Role::Text, Vec::new());
            if let Some(item) = self.items.last_mut() {
                item.parts = Some(parts);
            }
        }
        if let Some(told) = standing.told(measured) {
            self.push(Tab::Summary, "unusual", told, Role::Filter, Vec::new());
        }
    }

    fn measures(&mut self, incident: &Incident, measured: &Measures) {
        if let Some(said) = incident.communication {
            let until = self.clock.time_after(said.end, said.start);
            let at_stamp = |event: &&Event| event.at == Some(said.start) || event.at == Some(said.end);
            let cites = incident.events.iter().filter(at_stamp).flat_map(|event| event.cites.clone()).collect();
            self.push(Tab::Summary, "posted", format!("{} → {until}", self.clock.stamp(said.start)), Role::Text, cites);
        }
        if incident.impact.start().is_some() {
            // The impact's own length stands beside the impact, and where it has one window its end is as late.
            let lasted = measured.get(Kind::Impact).map(|measure| measure.minutes);
            let repeats = |kind| kind == Kind::Restore && lasted.is_some() && measured.get(kind).map(|measure| measure.minutes) == lasted;
            let metrics = || Kind::METRICS.into_iter().skip(1).filter(|kind| !repeats(*kind));
            for (kind, measure) in metrics().filter_map(|kind| Some((kind, measured.get(kind)?))) {
                // Of several moments that could be meant it is told which one counts.
                let until = measure.until.zip(incident.start()).map(|(at, start)| format!(" · {}", self.clock.time_after(at, start)));
                self.push(Tab::Summary, kind.name(), measure.text() + &until.unwrap_or_default(), Role::Text, measure.cites.clone());
            }
            let missing: Vec<_> = metrics().filter(|&kind| measured.get(kind).is_none()).map(Kind::name).collect();
            if !missing.is_empty() {
                self.push(Tab::Summary, "missing", missing.join(", "), Role::Dim, Vec::new());
            }
        }
    }

    fn account(&mut self, incident: &Incident) {
        let mut told: Vec<(&str, &str)> = Vec::new();
        for (label, fact) in [
            ("cause", &incident.root_cause),
            ("customers", &incident.customer_impact),
            ("summary", &incident.summary),
            ("resolution", &incident.resolution),
        ] {
            let Some(fact) = fact else { continue };
            // The same words are shown once; where they stand is told.
            let value = match told.iter().find(|(_, words)| *words == fact.value.trim()) {
                Some((other, _)) => format!("as {other}"),
                None => format!("{}{}", mark(fact), fact.value),
            };
            told.push((label, fact.value.trim()));
            self.push(Tab::Summary, label, value, Role::Text, fact.cites.clone());
        }
        for lesson in &incident.lessons {
            self.push(Tab::Summary, "lesson", format!("{}{}", mark(lesson), lesson.value), Role::Text, lesson.cites.clone());
        }
    }

    fn actions(&mut self, incident: &Incident) {
        for action in &incident.action_items {
            let state = glyph::action(action.state);
            let due = action.due.map(|due| format!("due {due}"));
            let horizon = action.horizon.map(|horizon| horizon.name().to_owned()).filter(|name| name != "done");
            let more: Vec<_> = [due.or(horizon), action.owner.clone()].into_iter().flatten().collect();
            let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join(", ")) };
            self.push(Tab::Actions, "", format!("{state} {}{more}", action.text), Role::Text, vec![action.cite]);
        }
    }

    fn events(&mut self, incident: &Incident) {
        let home = incident.start().map(|start| self.clock.day(start));
        let (mut above, mut others) = (None, [].as_slice());
        let otherwise = incident.otherwise_called();
        for (place, event) in incident.events.iter().enumerate() {
            let when = match (event.at, event.date) {
                (Some(at), _) => self.clock.time_among(at, home.into_iter().chain(above)),
                (None, Some(date)) => date.to_string(),
                (None, None) => format!("“{}”", event.written),
            };
            above = event.at.map(|at| self.clock.day(at)).or(event.date).or(above);
            let corrected = event.basis == Basis::Corrected;
            let about = if corrected { CORRECTED } else { show::marks(event.certainty, event.approximate) };
            let glyph = if is_uncounted(incident, event) { glyph::HELPED } else { glyph::event(event.kind) };
            let kind = if event.kind == crate::incident::EventKind::Other { "" } else { event.kind.name() };
            // An update often begins with its own status.
            let text = event.text.trim();
            let begins = !kind.is_empty() && text.get(..kind.len()).is_some_and(|start| start.eq_ignore_ascii_case(kind));
            let rest = text.get(kind.len()..).filter(|_| begins).map(str::trim_start);
            let rest = rest.filter(|rest| rest.is_empty() || rest.starts_with([':', '-', '–', '—']));
            let text = rest.map_or(text, |rest| rest.trim_start_matches([':', '-', '–', '—', ' ']));
            let gap = if kind.is_empty() || text.is_empty() { "" } else { ": " };
            let role = match event.certainty {
                _ if corrected => Role::Own,
                Certainty::Inferred => Role::Inferred,
                Certainty::Stated => Role::Text,
            };
            let counts: String = counted(&otherwise, event.at);
            let more: String = basis::not_above(&event.alternatives, others).map(|other| format!(" · {other}")).collect();
            others = &event.alternatives;
            self.push(Tab::Events, "", format!("{about}{when} {glyph} {kind}{gap}{text}{counts}{more}"), role, event.cites.clone());
            if let Some(item) = self.items.last_mut() {
                item.event = Some(place);
            }
        }
    }

    fn findings(&mut self, incident: &Incident) {
        for finding in &incident.diagnostics {
            let (glyph, role) = glyph::level(finding.level());
            let help = finding.help.as_ref().map(|help| format!(" — {help}")).unwrap_or_default();
            let text = format!("{glyph} {}: {}{help}", finding.code.name(), finding.message);
            self.push(Tab::Checks, "", text, role, finding.cites.clone());
        }
    }

    fn provenance(&mut self, incident: &Incident) {
        let source = &incident.source;
        self.push(Tab::Summary, "file", source.path.clone(), Role::Text, vec![incident.extent]);
        self.push(Tab::Summary, "format", source.format.name().to_owned(), Role::Text, vec![incident.extent]);
        if let Some(url) = &source.url {
            self.push(Tab::Summary, "link", url.clone(), Role::Text, Vec::new());
        }
    }

    fn fact(&mut self, label: &'static str, fact: Option<&Fact<String>>) {
        let value = fact.map_or_else(|| MISSING.to_owned(), |fact| format!("{}{}", mark(fact), fact.value));
        self.push(Tab::Summary, label, value, Role::Text, fact.map(|fact| fact.cites.clone()).unwrap_or_default());
    }

    fn joined(&mut self, label: &'static str, facts: &[Fact<String>]) {
        let value = facts.iter().map(|fact| format!("{}{}", mark(fact), fact.value)).collect::<Vec<_>>().join(", ");
        let cites = facts.iter().flat_map(|fact| fact.cites.clone()).collect();
        self.push(Tab::Summary, label, if facts.is_empty() { MISSING.into() } else { value }, Role::Text, cites);
        self.limit();
    }

    /// Of a list two lines are shown, so that it does not push away what is told below it.
    fn limit(&mut self) {
        if let Some(item) = self.items.last_mut() {
            item.most = Some(2);
        }
    }

    /// What the reviewer says that changes no fact.
    fn said(&mut self) {
        let Some(review) = self.review else { return };
        if !review.tags.is_empty() {
            let tags = review.tags.iter().map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(" ");
            self.push(Tab::Summary, "tags", tags, Role::Own, Vec::new());
        }
        if !review.note.is_empty() {
            self.push(Tab::Summary, "note", review.note.clone(), Role::Own, Vec::new());
        }
    }

    fn window(&self, window: &Window) -> String {
        let edge = |edge: &Edge, text: String| {
            let mark = if edge.basis == Basis::Corrected { CORRECTED } else { show::marks(edge.certainty, edge.approximate) };
            format!("{mark}{text}")
        };
        let start = window.start.as_ref().map(|start| edge(start, self.clock.stamp(start.at)));
        let end = window.end.as_ref().map(|end| {
            let after = window.start.as_ref().map_or_else(|| self.clock.stamp(end.at), |start| self.clock.time_after(end.at, start.at));
            edge(end, after)
        });
        let length = window.minutes().map(|minutes| {
            let approximate = [&window.start, &window.end].into_iter().flatten().any(|edge| edge.approximate);
            format!("  {}{}", show::marks(window.certainty(), approximate), show::minutes(minutes))
        });
        let label = window.label.as_ref().map(|label| format!("  {label}")).unwrap_or_default();
        // As in the list: what has begun and has no end is open.
        let until = end.unwrap_or_else(|| if start.is_some() { "open" } else { MISSING }.to_owned());
        format!("{} → {until}{}{label}", show::or_missing(start), length.unwrap_or_default())
    }
}

/// Which milestones an event is taken for that is called something else.
fn counted(otherwise: &[(crate::role::Role, Instant)], at: Option<Instant>) -> String {
    let roles: Vec<_> = otherwise.iter().filter(|(_, of)| Some(*of) == at).map(|(role, _)| role.name()).collect();
    if roles.is_empty() { String::new() } else { format!(" · counts as {}", roles.join(", ")) }
}

fn mark<T>(fact: &Fact<T>) -> &'static str {
    show::marks(fact.certainty, false)
}
