//! Bytes per second of reading reports, one core: `cargo bench --bench extract`.
//!
//! Reads the built-in samples and the reports of the tests, and `../shared/corpus` where it is there, from memory: what is
//! measured is decoding, reading the form, extracting and resolving, without the disk. `times` only finds dates and clocks in the
//! plain texts, which is all that the scanners do that `benches/dates` measures beside it.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use sevline::extract::time;
use sevline::resolve::{self, Policy};
use sevline::source::Source;
use std::hint::black_box;
use std::path::Path;

fn files(folder: &Path, into: &mut Vec<(String, Vec<u8>)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            files(&path, into);
        } else if path.extension().is_none_or(|ending| ending != "jsonl" && ending != "py")
            && let Ok(bytes) = std::fs::read(&path)
        {
            into.push((path.display().to_string(), bytes));
        }
    }
}

/// What is read, by name; a folder that is not there is left out.
const SETS: &[(&str, &str)] = &[("samples", "assets/samples"), ("reports", "tests/reports"), ("corpus", "../shared/corpus")];

fn set(folder: &str) -> Vec<(String, Vec<u8>)> {
    let mut set = Vec::new();
    files(Path::new(folder), &mut set);
    set.sort();
    set
}

fn read_all(files: &[(String, Vec<u8>)]) -> usize {
    files.iter().map(|(name, bytes)| resolve::read(&Source::decode(name.clone(), bytes.clone()), &Policy::default()).incidents.len()).sum()
}

/// The reports that are plain text or Markdown, as text: what programs that only find dates are given too.
fn texts(files: &[(String, Vec<u8>)]) -> Vec<String> {
    let plain = files.iter().filter(|(name, _)| name.ends_with(".txt") || name.ends_with(".md"));
    plain.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect()
}

fn times(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("times");
    for (name, folder) in SETS {
        let texts = texts(&set(folder));
        if texts.is_empty() {
            continue;
        }
        group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
        let found = || texts.iter().map(|text| time::times(text).len()).sum::<usize>();
        group.bench_function(*name, |bencher| bencher.iter(|| black_box(found())));
    }
    group.finish();
}

fn extract(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("extract");
    for (name, folder) in SETS {
        let set = set(folder);
        if set.is_empty() {
            continue;
        }
        group.throughput(Throughput::Bytes(set.iter().map(|(_, bytes)| bytes.len() as u64).sum()));
        group.bench_function(*name, |bencher| bencher.iter(|| black_box(read_all(black_box(&set)))));
    }
    group.finish();
}

criterion_group!(benches, extract, times);
criterion_main!(benches);
