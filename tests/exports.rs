//! Exported data as other programs read it: against the JSON Schema that comes with it, and in DuckDB.

#![allow(clippy::unwrap_used)]

mod common;

use common::fixture;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const SAMPLES: &str = "assets/samples";

/// Says that a test was not run; past the harness, which keeps what passing tests print to itself.
fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}

/// What the program prints.
fn printed(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_sevline")).arg("--no-config").args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn records(path: &str) -> Vec<Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_sevline")).args(["--no-config", "export", "--format", "ndjson", path]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The schema, and the same with no field beyond those that it names.
fn schemas() -> (Value, Value) {
    let open: Value = serde_json::from_str(&printed(&["export", "--schema"])).unwrap();
    let mut closed = open.clone();
    close(&mut closed);
    (open, closed)
}

fn close(schema: &mut Value) {
    if let Some(object) = schema.as_object_mut() {
        if object.contains_key("properties") && object.get("type") == Some(&json!("object")) {
            object.insert("additionalProperties".into(), false.into());
        }
        object.values_mut().for_each(close);
    } else if let Some(list) = schema.as_array_mut() {
        list.iter_mut().for_each(close);
    }
}

#[test]
fn every_export_is_valid_and_has_no_field_that_the_schema_does_not_name() {
    let (open, closed) = schemas();
    assert!(jsonschema::meta::is_valid(&open));
    let (open, closed) = (jsonschema::validator_for(&open).unwrap(), jsonschema::validator_for(&closed).unwrap());
    let corpus = Path::new("../shared/corpus");
    let mut folders = vec![SAMPLES, "tests/reports"];
    match corpus.is_dir() {
        true => folders.push("../shared/corpus"),
        false => skipped(&format!("{} is not there; only the samples are validated", corpus.display())),
    }
    for folder in folders {
        let records = records(folder);
        assert!(records.len() > 10, "{folder}");
        for record in &records {
            for validator in [&open, &closed] {
                let errors: Vec<_> = validator.iter_errors(record).map(|error| format!("{} at {}", error, error.instance_path())).collect();
                assert!(errors.is_empty(), "{}: {errors:?}", record["source"]["path"]);
            }
        }
    }
}

#[test]
fn what_is_doubtful_is_valid() {
    let (_, closed) = schemas();
    let validator = jsonschema::validator_for(&closed).unwrap();
    let mut line = Vec::new();
    sevline::export::ndjson(&mut line, &fixture::doubtful()).unwrap();
    let record: Value = serde_json::from_slice(&line).unwrap();
    assert!(validator.is_valid(&record), "{record}");
    assert_eq!((&record["doubtful"], &record["doubtful_because"]), (&json!(true), &json!("a drill, not an incident")));
    for (pointer, wrong) in [("/doubtful", json!(null)), ("/doubtful", json!("a drill")), ("/doubtful_because", json!(true))] {
        let mut changed = record.clone();
        *changed.pointer_mut(pointer).unwrap() = wrong;
        assert!(!validator.is_valid(&changed), "{pointer}");
    }
}

#[test]
fn the_schema_refuses_what_is_no_record() {
    let (open, _) = schemas();
    let validator = jsonschema::validator_for(&open).unwrap();
    let record = records(SAMPLES).swap_remove(0);
    for (pointer, wrong) in [
        ("/schema", json!("sevline/incident/v2")),
        ("/severity", json!("SEV1")),
        ("/impact/start", json!("2024-03-21 18:04")),
        ("/impact/duration_minutes", json!("9")),
        ("/source/index", json!(-1)),
        ("/events/0/kind", json!("began")),
        ("/evidence", json!({"title": []})),
    ] {
        let mut changed = record.clone();
        *changed.pointer_mut(pointer).unwrap() = wrong;
        assert!(!validator.is_valid(&changed), "{pointer}");
    }
    for field in record.as_object().unwrap().keys() {
        let mut changed = record.clone();
        changed.as_object_mut().unwrap().remove(field);
        assert!(!validator.is_valid(&changed), "without {field}");
    }
}

#[test]
fn the_names_in_the_schema_are_those_of_the_model() {
    use sevline::incident::{EventKind, Lane, PhaseKind, Precision, Severity, Status};
    let (schema, _) = schemas();
    let listed = |pointer: &str| {
        let names = schema.pointer(pointer).and_then(Value::as_array).unwrap_or_else(|| unreachable!("{pointer}"));
        names.iter().filter_map(|name| name.as_str()).map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    macro_rules! same {
        ($kind:ident, $pointer:literal) => {
            assert_eq!(listed($pointer), names(&$kind::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>()), $pointer)
        };
    }
    same!(Severity, "/properties/severity/enum");
    same!(Status, "/properties/status/enum");
    same!(Lane, "/properties/phases/items/properties/lane/enum");
    same!(PhaseKind, "/properties/phases/items/properties/kind/enum");
    same!(EventKind, "/properties/events/items/properties/kind/enum");
    same!(Precision, "/properties/events/items/properties/precision/enum");
}

#[test]
fn a_table_has_the_values_of_the_record() {
    let records = records(SAMPLES);
    let table = printed(&["export", "--format", "csv", SAMPLES]);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let names = reader.headers().unwrap().clone();
    let rows: Vec<_> = reader.records().map(|row| row.unwrap()).collect();
    assert_eq!(rows.len(), records.len());
    for (row, record) in rows.iter().zip(&records) {
        let cell = |name: &str| row.get(names.iter().position(|known| known == name).unwrap()).unwrap();
        for (name, pointer) in [
            ("path", "/source/path"),
            ("title", "/title"),
            ("severity", "/severity"),
            ("start", "/impact/start"),
            ("duration_minutes", "/impact/duration_minutes"),
            ("time_to_detect_minutes", "/metrics/time_to_detect_minutes"),
        ] {
            let value = record.pointer(pointer).unwrap();
            let value = value.as_str().map_or_else(|| if value.is_null() { String::new() } else { value.to_string() }, str::to_owned);
            assert_eq!(cell(name), value, "{name}");
        }
    }
    for table in ["events", "phases", "actions", "diagnostics"] {
        let printed = printed(&["export", "--format", "csv", "--table", table, SAMPLES]);
        let field = if table == "actions" { "action_items" } else { table };
        let parts: usize = records.iter().map(|record| record[field].as_array().unwrap().len()).sum();
        assert_eq!(csv::Reader::from_reader(printed.as_bytes()).records().count(), parts, "{table}");
    }
}

/// The blocks of the documents that are queries.
fn queries() -> Vec<String> {
    let commands = std::fs::read_to_string("docs/commands.md").unwrap();
    let blocks = commands.split("```sql\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

/// The Python that has `duckdb`, and `pytz` for its times with a zone: the one that is named, else the usual one.
fn python() -> String {
    std::env::var("SEVLINE_PYTHON").unwrap_or_else(|_| "python3".into())
}

#[test]
fn the_queries_of_the_documents_run_in_duckdb() {
    let named = std::env::var_os("SEVLINE_PYTHON").is_some();
    let probe = Command::new(python()).args(["-c", "import duckdb, pytz"]).stderr(Stdio::null()).status();
    if !probe.is_ok_and(|status| status.success()) {
        assert!(!named, "SEVLINE_PYTHON names {}, which has no duckdb or no pytz", python());
        skipped("no Python with the packages duckdb and pytz; `pip install duckdb pytz`, or name one in SEVLINE_PYTHON");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, args: &[&str]| std::fs::write(folder.path().join(name), printed(args)).unwrap();
    write("incidents.ndjson", &["export", "--format", "ndjson", SAMPLES]);
    write("incidents.csv", &["export", "--format", "csv", SAMPLES]);
    write("events.csv", &["export", "--format", "csv", "--table", "events", SAMPLES]);
    let queries = queries();
    assert!(queries.len() >= 3);
    let types = "DESCRIBE SELECT start, duration_minutes, ongoing, windows FROM 'incidents.csv'".to_owned();
    let script =
        "import duckdb, json, sys\nfor query in json.load(sys.stdin):\n    print(json.dumps(duckdb.sql(query).fetchall(), default=str))\n";
    let mut child = Command::new(python());
    let mut child = child.args(["-c", script]).current_dir(folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let all: Vec<_> = queries.iter().chain([&types]).collect();
    serde_json::to_writer(child.stdin.take().unwrap(), &all).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Vec<Vec<Value>>> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(answers.iter().all(|rows| !rows.is_empty()), "{text}");
    let types: Vec<_> = answers.last().unwrap().iter().map(|row| row[1].as_str().unwrap().to_owned()).collect();
    assert!(types[0].starts_with("TIMESTAMP"), "{types:?}");
    assert!(["BIGINT", "DOUBLE"].contains(&types[1].as_str()), "{types:?}");
    assert_eq!(types[2..], ["BOOLEAN", "BIGINT"].map(String::from), "{types:?}");
}
