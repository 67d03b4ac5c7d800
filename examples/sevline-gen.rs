//! Writes made-up reports of all forms to a folder, or records to a file that ends in `.csv` or `.ndjson`, the same on every
//! machine: `sevline-gen FOLDER|FILE COUNT [SEED]`.

#![allow(clippy::unwrap_used)]

#[path = "../benches/reports/mod.rs"]
mod reports;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (Some(to), Some(count)) = (args.first(), args.get(1).and_then(|count| count.parse().ok())) else {
        eprintln!("usage: sevline-gen FOLDER|FILE.csv|FILE.ndjson COUNT [SEED]");
        std::process::exit(2);
    };
    let seed = args.get(2).and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let bytes = match Path::new(to).extension().and_then(|ending| ending.to_str()) {
        Some("csv") => records(to, count, |number| row(seed, number)),
        Some("ndjson") => records(to, count, |number| object(seed, number)),
        _ => folder(to, count, seed),
    };
    println!("{count} reports, {bytes} bytes");
}

/// Writes a file for each report; answers with how many bytes they are together.
fn folder(folder: &str, count: usize, seed: u64) -> usize {
    let mut bytes = 0;
    for number in 0..count {
        let report = reports::report(seed, number);
        let path = Path::new(folder).join(&report.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &report.text).unwrap();
        bytes += report.text.len();
    }
    bytes
}

/// Writes all records to one file, a line each.
fn records(path: &str, count: usize, line: impl Fn(usize) -> String) -> usize {
    let mut file = BufWriter::new(File::create(path).unwrap());
    let mut bytes = 0;
    for number in 0..count {
        let line = line(number);
        file.write_all(line.as_bytes()).unwrap();
        bytes += line.len();
    }
    file.flush().unwrap();
    bytes
}

fn object(seed: u64, number: usize) -> String {
    let record: serde_json::Map<String, serde_json::Value> =
        reports::record(seed, number).into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect();
    format!("{}\n", serde_json::Value::Object(record))
}

/// A row; in front of the first the heads.
fn row(seed: u64, number: usize) -> String {
    let record = reports::record(seed, number);
    let heads = record.each_ref().map(|(key, _)| *key).join(",");
    let quoted = record.map(|(_, value)| format!("\"{}\"", value.replace('"', "\"\""))).join(",");
    if number == 0 { format!("{heads}\n{quoted}\n") } else { format!("{quoted}\n") }
}
