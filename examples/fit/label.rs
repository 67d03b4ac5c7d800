//! Labels as the sets give them: a folder of reports with its `gold.jsonl`, and a table that says who wrote what.

use super::ballot::Answer;
use serde_json::Value;
use sevline::incident::Incident;
use sevline::role::{ByRole, Role};
use std::collections::HashMap;

/// Who wrote each folder or file, as `set/folder`.
pub type Publishers = HashMap<String, String>;

/// Who wrote what nobody is named for.
pub const INVENTED: &str = "invented";

/// What a person says of an incident.
pub struct Label {
    /// The name of its set.
    pub set: String,
    /// Where the set is.
    root: String,
    /// Its file, below the set.
    pub file: String,
    /// Its number in that file.
    pub index: usize,
    /// Who wrote it; [`INVENTED`] where nobody is named.
    pub publisher: String,
    value: Value,
}

/// Reads the table of publishers.
pub fn publishers(path: &str) -> Publishers {
    let table = std::fs::read_to_string(path).unwrap_or_default();
    table.lines().filter_map(|line| line.split_once('\t')).map(|(place, name)| (place.to_owned(), name.to_owned())).collect()
}

/// The labels of the set at `root`, those of a file together.
pub fn of_set(root: &str, publishers: &Publishers) -> Vec<Label> {
    let root = root.trim_end_matches('/');
    let set = root.rsplit('/').next().unwrap_or(root);
    let text = std::fs::read_to_string(format!("{root}/gold.jsonl")).unwrap_or_default();
    let labels = text.lines().filter(|line| !line.trim().is_empty()).filter_map(|line| {
        let value: Value = serde_json::from_str(line).ok()?;
        let file = value["file"].as_str()?.to_owned();
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let publisher = publishers.get(&format!("{set}/{file}")).or_else(|| publishers.get(&format!("{set}/{folder}")));
        let publisher = publisher.cloned().unwrap_or_else(|| INVENTED.to_owned());
        let index = usize::try_from(value["index"].as_u64().unwrap_or(0)).ok()?;
        Some(Label { set: set.to_owned(), root: root.to_owned(), file, index, publisher, value })
    });
    let mut labels: Vec<Label> = labels.collect();
    labels.sort_by(|a, b| (&a.file, a.index).cmp(&(&b.file, b.index)));
    labels
}

impl Label {
    /// Where its file is.
    pub fn path(&self) -> String {
        format!("{}/{}", self.root, self.file)
    }

    /// What it accepts for each role; none where it does not ask.
    pub fn answers(&self) -> ByRole<Option<Answer>> {
        ByRole::make(|role| match role {
            Role::Start | Role::End => {
                let right = self.edge(role.name());
                // An edge that the label leaves open may be worked out: that speaks neither for nor against.
                let asked = !self.is_open(role.name()) && (self.value[role.name()].is_string() || right.is_empty());
                asked.then_some(Answer { none: right.is_empty(), right })
            }
            _ => {
                let all = self.value["milestones"].get(role.name())?.as_array().filter(|_| !self.is_open("milestones"))?;
                let right = self.shifted(all.iter().filter_map(|at| minute(at.as_str()?)).collect());
                Some(Answer { none: right.is_empty() || all.iter().any(Value::is_null), right })
            }
        })
    }

    /// `set/file#index`.
    pub fn name(&self) -> String {
        format!("{}/{}#{}", self.set, self.file, self.index)
    }

    /// Who writes; the outer value is none where it does not ask.
    pub fn organization(&self) -> Option<Option<String>> {
        (!self.is_open("organization")).then(|| self.value["organization"].as_str().filter(|name| !name.is_empty()).map(str::to_owned))
    }

    /// The services, each with its other names, and what else may be given; none where it does not ask.
    pub fn services(&self) -> Option<(Vec<Vec<String>>, Vec<String>)> {
        let all = self.value["services"].as_array().filter(|_| !self.is_open("services"))?;
        let names =
            |value: &Value| value.as_array().into_iter().flatten().filter_map(|name| Some(name.as_str()?.to_owned())).collect::<Vec<_>>();
        Some((all.iter().map(names).collect(), names(&self.value["services_ok"])))
    }

    /// The words of the cause, one of which its quotation has; none where it does not ask.
    pub fn causes(&self) -> Option<Vec<String>> {
        let told = &self.value["root_cause"];
        let all = told.as_array().map_or_else(|| std::slice::from_ref(told), Vec::as_slice);
        (!self.is_open("root_cause"))
            .then(|| all.iter().filter_map(|cause| Some(plain(cause.as_str()?))).filter(|cause| !cause.is_empty()).collect())
    }

    /// The words of each follow-up: as it quotes them, else `items`, what the rules find, where it counts as many; none where neither.
    pub fn works(&self, items: &[String]) -> Option<Vec<String>> {
        match &self.value["follow_ups"] {
            Value::Array(all) => Some(all.iter().filter_map(|work| Some(plain(work.as_str()?))).collect()),
            _ => (self.value["action_items"].as_u64() == Some(items.len() as u64)).then(|| items.iter().map(|item| plain(item)).collect()),
        }
    }

    fn is_open(&self, field: &str) -> bool {
        self.value["open"].as_array().is_some_and(|open| open.iter().any(|name| name == field))
    }

    /// The minutes accepted for an edge of the impact.
    fn edge(&self, name: &str) -> Vec<i64> {
        let others = self.value[format!("{name}_alt")].as_array().cloned().unwrap_or_default();
        self.shifted(std::iter::once(&self.value[name]).chain(&others).filter_map(|at| minute(at.as_str()?)).collect())
    }

    /// The same minutes, also in the other zones that may be meant.
    fn shifted(&self, mut minutes: Vec<i64>) -> Vec<i64> {
        let shifts: Vec<i64> = self.value["shift_alt"].as_array().into_iter().flatten().filter_map(Value::as_i64).collect();
        let moved: Vec<i64> = minutes.iter().flat_map(|at| shifts.iter().map(move |by| at + by)).collect();
        minutes.extend(moved);
        minutes
    }

    fn is_titled(&self, incident: &Incident) -> bool {
        let title = incident.title.as_ref().map(|title| plain(&title.value)).unwrap_or_default();
        self.value["title"].as_array().is_some_and(|titles| titles.iter().any(|known| plain(known.as_str().unwrap_or_default()) == title))
    }
}

/// Whether a label may be of the incident at a place.
type Rule<'r> = dyn Fn(&Label, usize, &Incident) -> bool + 'r;

/// Each label of a file with the place of its incident, as the scorer matches them: by title and start, by title, by start, by number.
pub fn matched<'l>(labels: &'l [Label], incidents: &[Incident]) -> Vec<(&'l Label, usize)> {
    let starts = |label: &Label, incident: &Incident| {
        incident.impact.start().is_some_and(|start| label.edge("start").contains(&start.at.timestamp().div_euclid(60)))
    };
    let rules: [&Rule; 4] = [
        &|label, _, incident| label.is_titled(incident) && starts(label, incident),
        &|label, _, incident| label.is_titled(incident),
        &|label, _, incident| starts(label, incident),
        &|label, place, _| label.index == place,
    ];
    let rules = if labels.len() < 2 { &rules[3..] } else { &rules[..] };
    let mut free: Vec<usize> = (0..incidents.len()).collect();
    let mut open: Vec<&Label> = labels.iter().collect();
    let mut pairs = Vec::new();
    for rule in rules {
        open.retain(|label| {
            let found = free.iter().position(|place| incidents.get(*place).is_some_and(|incident| rule(label, *place, incident)));
            pairs.extend(found.map(|found| (*label, free.remove(found))));
            found.is_none()
        });
    }
    pairs
}

/// A minute since 1970 of an ISO instant.
fn minute(text: &str) -> Option<i64> {
    let text = text.trim();
    let long = chrono::DateTime::parse_from_rfc3339(text).ok();
    let short = || chrono::DateTime::parse_from_str(&text.replace('Z', "+00:00"), "%Y-%m-%dT%H:%M%:z").ok();
    Some(long.or_else(short)?.timestamp().div_euclid(60))
}

/// A title without marks and in lower case, as the scorer compares it.
pub fn plain(text: &str) -> String {
    text.replace(['`', '*', '_'], "").to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
