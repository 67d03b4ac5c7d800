//! One description, written in every form that can carry it, gives the same facts from each.
//!
//! An incident of a status page becomes a page's text, its HTML, an entry of an Atom and of an RSS feed, and the answer of
//! the API; a post-mortem becomes plain text, Markdown, HTML and a mail. What a form cannot carry stands in
//! [`cannot_carry`], and nowhere else.

#![allow(clippy::panic)]

use chrono::{DateTime, Days, FixedOffset, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use sevline::incident::{EventKind, Incident};
use sevline::resolve::{self, Policy};
use sevline::source::Source;
use std::collections::BTreeSet;
use std::fmt::Write;

/// From when to when.
type Stretch = (Option<DateTime<Utc>>, Option<DateTime<Utc>>);

/// What the forms have to agree on.
#[derive(Debug, Clone, PartialEq)]
struct Facts {
    title: Option<String>,
    organization: Option<String>,
    severity: Option<&'static str>,
    status: Option<&'static str>,
    /// Every instant with what happened then, the publication of the report itself left out.
    instants: BTreeSet<(DateTime<Utc>, &'static str)>,
    windows: Vec<Stretch>,
    /// When updates were posted, first and last.
    posted: Option<(DateTime<Utc>, DateTime<Utc>)>,
    services: BTreeSet<String>,
    components: BTreeSet<String>,
    cause: Option<String>,
    actions: Vec<String>,
}

/// The fields of [`Facts`] that a form has no place for; taken out of both sides before they are compared.
fn cannot_carry(form: &str, facts: &mut Facts) {
    match form {
        // Statuspage prints the severity in the class of a page's heading and in the API, and nowhere in the text.
        "page text" => facts.severity = None,
        // Its feeds leave out the severity and the components.
        "atom" | "rss" => {
            facts.severity = None;
            facts.components.clear();
            facts.services.clear();
        }
        _ => {}
    }
}

fn read(name: &str, text: &str) -> Facts {
    let source = Source::decode(name, text.as_bytes().to_vec());
    let incidents = resolve::read(&source, &Policy::default()).incidents;
    let [incident] = incidents.as_slice() else { panic!("{} incidents in {name}:\n{text}", incidents.len()) };
    facts(incident)
}

fn facts(incident: &Incident) -> Facts {
    let value = |fact: &Option<sevline::incident::Fact<String>>| fact.as_ref().map(|fact| plain(&fact.value));
    let told = incident.events.iter().filter(|event| event.kind != EventKind::Published);
    let edge = |edge: &Option<sevline::incident::Edge>| edge.as_ref().map(|edge| edge.at);
    Facts {
        title: value(&incident.title),
        organization: value(&incident.organization),
        severity: incident.severity.as_ref().map(|severity| severity.value.name()),
        status: incident.status.as_ref().map(|status| status.value.name()),
        instants: told.filter_map(|event| Some((event.at?, event.kind.name()))).collect(),
        windows: incident.impact.windows.iter().map(|window| (edge(&window.start), edge(&window.end))).collect(),
        posted: incident.communication.map(|said| (said.start, said.end)),
        services: incident.services.iter().map(|service| service.value.clone()).collect(),
        components: incident.components.iter().map(|component| component.name.clone()).collect(),
        cause: value(&incident.root_cause),
        actions: incident.action_items.iter().map(|item| plain(&item.text)).collect(),
    }
}

/// `text` with single spaces: where lines break belongs to the form.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Fails unless every form gives what the first of them gives, as far as both can carry it.
fn same(forms: &[(&str, &str, String)]) -> Result<(), TestCaseError> {
    let Some(((first, name, text), rest)) = forms.split_first() else { return Ok(()) };
    let wanted = read(name, text);
    for (form, name, text) in rest {
        let (mut wanted, mut found) = (wanted.clone(), read(name, text));
        for form in [first, form] {
            cannot_carry(form, &mut wanted);
            cannot_carry(form, &mut found);
        }
        prop_assert_eq!(&found, &wanted, "{} against {}:\n{}", form, first, text);
    }
    Ok(())
}

/// How a zone is written and how far east of UTC it is, in minutes.
type Zone = (&'static str, i32);

const ZONES: &[Zone] = &[("UTC", 0), ("CET", 60), ("EDT", -240), ("PST", -480), ("JST", 540), ("AEST", 600)];

/// A local time in a zone.
#[derive(Debug, Clone, Copy)]
struct At(DateTime<FixedOffset>, &'static str);

impl At {
    fn new(day: NaiveDate, minute: i64, zone: Zone) -> Self {
        let offset = FixedOffset::east_opt(zone.1 * 60).unwrap_or_else(|| unreachable!("the zones of this test exist"));
        let local = day.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minute);
        Self(local.and_local_timezone(offset).single().unwrap_or_else(|| unreachable!("fixed offsets have no gaps")), zone.0)
    }

    fn plus(self, minutes: i64) -> Self {
        Self(self.0 + TimeDelta::minutes(minutes), self.1)
    }

    fn write(self, format: &str) -> String {
        self.0.format(format).to_string()
    }
}

/// An incident of a status page.
#[derive(Debug, Clone)]
struct Page {
    start: At,
    /// The updates, oldest first: the label, minutes after the start, the paragraphs.
    updates: Vec<(&'static str, i64, Vec<String>)>,
}

const TITLE: &str = "Search results out of date";
const PUBLISHER: &str = "Hollyhock Cloud";
const PARTS: [&str; 2] = ["Search API", "Web Console"];

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

impl Page {
    fn new(start: At, lasted: i64, steps: &[(&'static str, i64, &str)]) -> Self {
        let mut updates: Vec<_> = steps.iter().map(|(label, after, text)| (*label, *after, vec![(*text).to_owned()])).collect();
        let (from, to) = (start.write("%H:%M"), start.plus(lasted).write("%H:%M"));
        let told = vec![
            format!("Between {from} and {to} {} customers could not search & filter their notes.", start.1),
            "The outage was caused by a full disk on the index's primary.".to_owned(),
        ];
        updates.push(("Resolved", lasted + 40, told));
        Self { start, updates }
    }

    fn newest_first(&self) -> impl Iterator<Item = (&str, At, &[String])> {
        self.updates.iter().rev().map(|(label, after, text)| (*label, self.start.plus(*after), text.as_slice()))
    }

    fn text(&self) -> String {
        let mut text = format!("{TITLE}\nIncident Report for {PUBLISHER}\n");
        for (label, at, body) in self.newest_first() {
            let _ = write!(text, "\n{label}\n{}\nPosted {} {}\n", body.join("\n\n"), at.write("%b %d, %Y - %H:%M"), at.1);
        }
        text + &format!("\nThis incident affected: {}.\n", PARTS.join(", "))
    }

    fn html(&self) -> String {
        let mut updates = String::new();
        for (label, at, body) in self.newest_first() {
            // Pages part paragraphs by breaks or by elements.
            let joint = if self.updates.len().is_multiple_of(2) { "<br /><br />" } else { "</p>\n<p>" };
            let body = body.iter().map(|text| escaped(text)).collect::<Vec<_>>().join(joint);
            let stamp = format!(
                "Posted <span class=\"ago\"></span>{} <var data-var='date'>{}</var>, <var data-var='year'>{}</var> - <var data-var='time'>{}</var> {}",
                at.write("%b"),
                at.write("%d"),
                at.write("%Y"),
                at.write("%H:%M"),
                at.1
            );
            let _ = write!(
                updates,
                "<div class=\"row update-row\">\n<div class=\"update-title\">{label}</div>\n<div class=\"update-container\">\n<div class=\"update-body\"><p>{body}</p></div>\n<div class=\"update-timestamp\">\n{stamp}\n</div></div></div>\n"
            );
        }
        format!(
            "<!DOCTYPE html>\n<html><head><title>{PUBLISHER} Status - {TITLE}</title></head>\n<body>\n<h1 class=\"incident-name impact-major\">{TITLE}</h1>\n\
             <p>Incident Report for <a href=\"/\">{PUBLISHER}</a></p>\n{updates}<div class=\"components-affected\">This incident affected: {}.</div>\n</body></html>\n",
            PARTS.join(", ")
        )
    }

    /// What an entry of a feed holds: markup, for the feed to escape.
    fn entry(&self) -> String {
        let update = |(label, at, body): (&str, At, &[String])| {
            let body = body.iter().map(|text| escaped(text)).collect::<Vec<_>>().join("<br /><br />");
            let (month, day, clock) = (at.write("%b"), at.write("%e"), at.write("%H:%M"));
            format!(
                "<p><small>{month} <var data-var='date'>{day}</var>, <var data-var='time'>{clock}</var> {}</small><br><strong>{label}</strong> - {body}</p>",
                at.1
            )
        };
        self.newest_first().map(update).collect()
    }

    fn last(&self) -> At {
        self.newest_first().next().map_or(self.start, |(_, at, _)| at)
    }

    fn atom(&self) -> String {
        let at = self.last().0.to_rfc3339();
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>{PUBLISHER} Status - Incident History</title>\n<updated>{at}</updated>\n\
             <author><name>{PUBLISHER}</name></author>\n<entry>\n<id>tag:status.hollyhock.example,2005:Incident/1</id>\n<published>{at}</published>\n<updated>{at}</updated>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"https://status.hollyhock.example/incidents/a1\"/>\n<title>{TITLE}</title>\n<content type=\"html\">{}</content>\n</entry>\n</feed>\n",
            escaped(&self.entry())
        )
    }

    fn rss(&self) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\">\n<channel>\n<title>{PUBLISHER} Status - Incident History</title>\n<link>https://status.hollyhock.example</link>\n\
             <item>\n<title>{TITLE}</title>\n<description>{}</description>\n<pubDate>{}</pubDate>\n<link>https://status.hollyhock.example/incidents/a1</link>\n\
             <guid>https://status.hollyhock.example/incidents/a1</guid>\n</item>\n</channel>\n</rss>\n",
            escaped(&self.entry()),
            self.last().0.to_rfc2822()
        )
    }

    fn json(&self) -> String {
        let updates = self.newest_first().map(|(label, at, body)| {
            let at = at.0.to_rfc3339();
            serde_json::json!({"status": label.to_lowercase(), "body": body.join("\r\n\r\n"), "created_at": at, "display_at": at, "updated_at": at})
        });
        let components = PARTS.map(|name| serde_json::json!({"id": name.len(), "name": name, "status": "operational"}));
        let incident = serde_json::json!({
            "id": "a1", "name": TITLE, "status": "resolved", "impact": "major", "shortlink": "https://stspg.example/a1",
            "created_at": self.start.0.to_rfc3339(), "components": components, "incident_updates": updates.collect::<Vec<_>>(),
        });
        serde_json::json!({"page": {"id": "p", "name": PUBLISHER, "time_zone": "Etc/UTC"}, "incidents": [incident]}).to_string()
    }

    fn forms(&self) -> Vec<(&'static str, &'static str, String)> {
        vec![
            ("page html", "page.html", self.html()),
            ("page text", "page.txt", self.text()),
            ("atom", "history.atom", self.atom()),
            ("rss", "history.rss", self.rss()),
            ("api", "incidents.json", self.json()),
        ]
    }
}

/// A post-mortem.
#[derive(Debug, Clone)]
struct Story {
    start: At,
    /// Minutes from the start to the end.
    lasted: i64,
    /// How many of the later steps the timeline tells.
    steps: usize,
}

const STEPS: [(i64, &str); 4] = [
    (8, "Alert pages the on-call engineer"),
    (15, "Engineer acknowledges the alert"),
    (24, "Cause identified in the new release"),
    (33, "Release rolled back on all hosts"),
];
const ACTIONS: [&str; 3] = ["Test migrations with production data", "Alert on slow queries", "Review the release checklist"];
const CAUSE: &str = "A release dropped the index that the ledger's hottest query needs, and every request scanned the whole table.";

impl Story {
    fn title(&self) -> String {
        "Ledger API unavailable".to_owned()
    }

    fn summary(&self) -> String {
        let end = self.start.plus(self.lasted);
        let (date, from, to) = (self.start.write("%-d %B %Y"), self.start.write("%H:%M"), end.write("%H:%M"));
        format!("On {date}, between {from} and {to} {}, customers of the Ledger API could not post entries.", self.start.1)
    }

    /// The timeline: a time as it stands in front of an entry, and what happened.
    fn timeline(&self) -> Vec<(String, &'static str)> {
        let steps = STEPS.iter().take(self.steps).filter(|(after, _)| *after < self.lasted);
        let first = (0, "Requests start to fail");
        let last = (self.lasted, "Service fully restored");
        let all = std::iter::once(&first).chain(steps).chain(std::iter::once(&last));
        all.map(|(after, said)| (format!("{} {}", self.start.plus(*after).write("%Y-%m-%d %H:%M"), self.start.1), *said)).collect()
    }

    fn sections(&self) -> Vec<(&'static str, Result<String, Vec<String>>)> {
        let timeline = self.timeline().into_iter().map(|(at, said)| format!("{at} - {said}")).collect();
        vec![
            ("Summary", Ok(self.summary())),
            ("Affected services", Err(vec!["Ledger API".to_owned(), "Statement exports".to_owned()])),
            ("Timeline", Err(timeline)),
            ("Root cause", Ok(CAUSE.to_owned())),
            ("Action items", Err(ACTIONS.map(str::to_owned).to_vec())),
        ]
    }

    fn body(&self, heading: impl Fn(&str) -> String, bullet: &str) -> String {
        let mut text = String::new();
        for (name, content) in self.sections() {
            let _ = write!(text, "{}\n\n", heading(name));
            match content {
                Ok(paragraph) => text += &format!("{paragraph}\n\n"),
                Err(entries) => text += &format!("{}\n", entries.iter().map(|entry| format!("{bullet} {entry}\n")).collect::<String>()),
            }
        }
        text
    }

    fn html(&self) -> String {
        let mut body = String::new();
        for (name, content) in self.sections() {
            let _ = writeln!(body, "<h2>{name}</h2>");
            match content {
                Ok(paragraph) => body += &format!("<p>{}</p>\n", escaped(&paragraph)),
                Err(entries) => {
                    let entries: String = entries.iter().map(|entry| format!("  <li>{}</li>\n", escaped(entry))).collect();
                    body += &format!("<ul>\n{entries}</ul>\n");
                }
            }
        }
        let title = self.title();
        format!(
            "<!doctype html>\n<html><head><title>{title}</title></head>\n<body>\n<article>\n<h1>{title}</h1>\n{body}</article>\n</body></html>\n"
        )
    }

    /// Markdown whose timeline is a table.
    fn table(&self) -> String {
        let rows: String = self.timeline().iter().map(|(at, said)| format!("| {at} | {said} |\n")).collect();
        let list: String = self.timeline().iter().map(|(at, said)| format!("- {at} - {said}\n")).collect();
        self.markdown().replace(&list, &format!("| Time | Event |\n|---|---|\n{rows}"))
    }

    fn markdown(&self) -> String {
        format!("# {}\n\n{}", self.title(), self.body(|name| format!("## {name}"), "-"))
    }

    fn forms(&self) -> Vec<(&'static str, &'static str, String)> {
        let title = self.title();
        let sent = self.start.plus(3 * 24 * 60).0.to_rfc2822();
        let text = self.body(str::to_owned, "-");
        vec![
            ("markdown", "a.md", self.markdown()),
            ("markdown table", "a.md", self.table()),
            ("plain text", "a.txt", format!("{title}\n\n{text}")),
            ("numbered text", "a.txt", format!("{title}\n{}\n\n{}", "=".repeat(title.len()), self.body(|name| format!("{name}:"), "*"))),
            ("html", "a.html", self.html()),
            (
                "mail",
                "a.eml",
                format!(
                    "From: Ines Okafor <ines@ledgerline.example>\nTo: customers@ledgerline.example\nDate: {sent}\nSubject: {title}\n\n{text}"
                ),
            ),
        ]
    }
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0u64..3000).prop_map(|days| NaiveDate::from_ymd_opt(2019, 1, 1).unwrap_or_default() + Days::new(days))
}

fn zone() -> impl Strategy<Value = Zone> {
    prop::sample::select(ZONES)
}

/// Updates before the last, each a few minutes after the other.
fn steps() -> impl Strategy<Value = Vec<(&'static str, i64, &'static str)>> {
    const ALL: [(&str, i64, &str); 4] = [
        ("Investigating", 12, "We are looking into stale search results."),
        ("Identified", 19, "The cause is known and a fix is on its way."),
        ("Update", 26, "We are still working on the fix."),
        ("Monitoring", 31, "The fix is in place and we are watching it."),
    ];
    prop::sample::subsequence(ALL.to_vec(), 0..=ALL.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_status_page_in_five_forms(day in day(), minute in 0i64..1440, zone in zone(), lasted in 5i64..700, steps in steps()) {
        let page = Page::new(At::new(day, minute, zone), lasted, &steps);
        let forms = page.forms();
        let first = read(forms[0].1, &forms[0].2);
        let utc = |at: At| Some(at.0.to_utc());
        prop_assert_eq!(&first.title, &Some(TITLE.to_owned()));
        prop_assert_eq!(&first.organization, &Some(PUBLISHER.to_owned()));
        prop_assert_eq!(&first.windows, &vec![(utc(page.start), utc(page.start.plus(lasted)))], "{}", forms[0].2);
        prop_assert!(first.cause.as_ref().is_some_and(|cause| cause.contains("full disk")));
        prop_assert_eq!(first.components.len(), 2);
        same(&forms)?;
    }

    #[test]
    fn a_post_mortem_in_every_form(day in day(), minute in 0i64..1440, zone in zone(), lasted in 40i64..700, steps in 0usize..=4) {
        let story = Story { start: At::new(day, minute, zone), lasted, steps };
        let forms = story.forms();
        let first = read(forms[0].1, &forms[0].2);
        let utc = |at: At| Some(at.0.to_utc());
        prop_assert_eq!(&first.title, &Some(story.title()));
        prop_assert_eq!(&first.windows, &vec![(utc(story.start), utc(story.start.plus(lasted)))], "{}", forms[0].2);
        prop_assert_eq!(&first.cause, &Some(CAUSE.to_owned()));
        prop_assert_eq!(&first.actions, &ACTIONS.map(str::to_owned).to_vec());
        prop_assert_eq!(first.instants.len(), story.timeline().len(), "{:?}", first.instants);
        prop_assert!(first.services.contains("Ledger API"));
        same(&forms)?;
    }
}
