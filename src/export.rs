//! Incidents as data: JSON in one array or one object a line, and tables.

mod convert;
pub(crate) mod escape;
pub mod record;
pub mod separated;
pub mod table;

use crate::library::Entry;
use record::Record;
use serde::{Serialize, Serializer};
use std::io::Write;

/// The JSON Schema of the record.
pub const RECORD_SCHEMA: &str = include_str!("../assets/incident.schema.json");

/// The record of an entry: what its report tells, and beside that what a reviewer says.
struct Exported<'a>(&'a Entry);

impl Serialize for Exported<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        Record::of(&self.0.read(), self.0.review()).serialize(to)
    }
}

/// Writes `entries` as one indented array.
pub fn json<'a>(out: &mut dyn Write, entries: impl Iterator<Item = &'a Entry>) -> std::io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(&mut *out, escape::indented());
    serializer.collect_seq(entries.map(Exported))?;
    writeln!(out)
}

/// Writes an entry as one line.
pub fn ndjson(out: &mut dyn Write, entry: &Entry) -> std::io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(&mut *out, escape::compact());
    Exported(entry).serialize(&mut serializer)?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts;
    use crate::fixture::record as fixture;
    use crate::incident::{Incident, Severity};
    use crate::library::Origin;
    use crate::review::{Edit, Key, Review, Reviewed};
    use serde_json::Value;

    fn entry(incident: &Incident) -> Entry {
        Entry::new(incident.clone(), Origin::Memory(b"".as_slice().into()))
    }

    #[test]
    fn a_review_stands_beside_what_the_report_tells() {
        let incident = fixture::whole();
        let mut review = Review::default();
        let at = Some("2023-10-06T09:00:00Z".parse().unwrap());
        for edit in [Edit::Tag("a".into(), true), Edit::Severity(Some(Severity::Low)), Edit::End(at), Edit::Note("two\nlines".into())] {
            review.apply(&edit);
        }
        let mut out = Vec::new();
        let said = Reviewed { key: Key::default(), title: String::new(), review };
        ndjson(&mut out, &entry(&incident).reviewed(Some(&said))).unwrap();
        let mut reviewed: Value = serde_json::from_slice(&out).unwrap();
        insta::assert_snapshot!(reviewed["review"]);
        let plain: Value = serde_json::from_str(&line(&incident)).unwrap();
        assert!(plain["review"].is_null());
        reviewed["review"] = Value::Null;
        assert_eq!(reviewed, plain);
    }

    fn line(incident: &Incident) -> String {
        let mut out = Vec::new();
        ndjson(&mut out, &entry(incident)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_fact_is_the_value_at_its_pointer() {
        let incident = fixture::whole();
        let mut out = Vec::new();
        ndjson(&mut out, &entry(&incident)).unwrap();
        let record: Value = serde_json::from_slice(&out).unwrap();
        let facts = facts::of(&incident);
        assert!(facts.len() > 25);
        for fact in &facts {
            let there = record.pointer(&fact.pointer).filter(|value| !value.is_null());
            assert!(there.is_some(), "{fact:?}");
            if let (facts::Value::Words(words), Some(text)) = (fact.value, there.and_then(|value| value.as_str())) {
                assert_eq!(words, text, "{fact:?}");
            }
        }
        let mut pointers: Vec<_> = facts.iter().map(|fact| &fact.pointer).collect();
        pointers.sort();
        pointers.dedup();
        assert_eq!(pointers.len(), facts.len());
    }

    #[test]
    fn says_how_each_fact_is_known() {
        let incident = fixture::whole();
        let facts = facts::of(&incident);
        let known = |pointer: &str| facts.iter().find(|fact| fact.pointer == pointer).unwrap();
        assert_eq!(known("/severity").certainty, Some(crate::incident::Certainty::Inferred));
        assert_eq!(known("/severity").cites.len(), 2);
        assert_eq!(known("/impact/start").because(), "best range about customers, date from the status updates");
        assert_eq!(known("/events/1/at").certainty, Some(crate::incident::Certainty::Inferred));
        assert_eq!(known("/events/3/date").value, facts::Value::Day(chrono::NaiveDate::from_ymd_opt(2023, 10, 6).unwrap()));
        let lag = known("/metrics/publication_lag_minutes");
        assert_eq!((lag.value, &*lag.because(), lag.cites), (facts::Value::Minutes(11.0), "from the impact start", &[][..]));
        assert!(facts::of(&fixture::bare()).is_empty());
    }

    #[test]
    fn prints_the_documented_record() {
        let mut out = Vec::new();
        json(&mut out, [&entry(&fixture::whole())].into_iter()).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
    }

    #[test]
    fn an_empty_report_has_every_field_and_no_value() {
        insta::assert_snapshot!(line(&fixture::bare()));
    }

    #[test]
    fn what_is_doubtful_says_so_and_why() {
        let whole: Value = serde_json::from_str(&line(&fixture::whole())).unwrap();
        assert_eq!((&whole["doubtful"], &whole["doubtful_because"]), (&Value::Bool(false), &Value::Null));
        let incident = Incident { doubtful: Some("tells of no trouble".into()), ..fixture::whole() };
        let mut record: Value = serde_json::from_str(&line(&incident)).unwrap();
        assert_eq!((&record["doubtful"], &record["doubtful_because"]), (&Value::Bool(true), &Value::from("tells of no trouble")));
        let facts = facts::of(&incident);
        let told = facts.iter().find(|fact| fact.pointer == "/doubtful_because").unwrap();
        assert_eq!((told.value, told.cites), (facts::Value::Words("tells of no trouble"), &[][..]));
        // Nothing else is told in another way.
        (record["doubtful"], record["doubtful_because"]) = (Value::Bool(false), Value::Null);
        assert_eq!(record, whole);
    }

    #[test]
    fn every_pointer_leads_to_a_value() {
        let record: Value = serde_json::from_str(&line(&fixture::whole())).unwrap();
        let evidence = record["evidence"].as_object().unwrap();
        assert!(evidence.len() > 15);
        for (pointer, words) in evidence {
            assert!(record.pointer(pointer).is_some_and(|value| !value.is_null()), "{pointer}");
            assert!(words.as_array().is_some_and(|words| !words.is_empty()), "{pointer}");
        }
    }

    #[test]
    fn text_that_steers_a_terminal_leaves_escaped_and_whole() {
        let mut incident = fixture::bare();
        let hostile = "a\u{1b}[2J \u{9b}31m \u{7f} \u{202e}x \u{e0041} naïve 👩";
        incident.source.path = hostile.into();
        let line = line(&incident);
        assert!(!line.trim_end().contains(crate::sanitize::is_hostile), "{line}");
        assert!(line.contains("naïve 👩"));
        let record: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(record["source"]["path"], hostile);
    }
}
