//! Writes made-up reports of all forms to a folder, the same on every machine: `sevline-gen FOLDER COUNT [SEED]`.

#![allow(clippy::unwrap_used)]

#[path = "../benches/reports/mod.rs"]
mod reports;

use std::fs;
use std::path::Path;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (Some(folder), Some(count)) = (args.first(), args.get(1).and_then(|count| count.parse().ok())) else {
        eprintln!("usage: sevline-gen FOLDER COUNT [SEED]");
        std::process::exit(2);
    };
    let seed = args.get(2).and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let mut bytes = 0;
    for number in 0..count {
        let report = reports::report(seed, number);
        let path = Path::new(folder).join(&report.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &report.text).unwrap();
        bytes += report.text.len();
    }
    println!("{count} reports, {bytes} bytes");
}
