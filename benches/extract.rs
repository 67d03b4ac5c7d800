//! Bytes per second of reading reports, one core: `cargo bench --bench extract`.
//!
//! Reads the built-in samples and the reports of the tests, and `../shared/corpus` where it is there, from memory: what is
//! measured is decoding, reading the form, extracting and resolving, without the disk.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
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

fn read_all(files: &[(String, Vec<u8>)]) -> usize {
    files.iter().map(|(name, bytes)| resolve::read(&Source::decode(name.clone(), bytes.clone()), &Policy::default()).incidents.len()).sum()
}

fn extract(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("extract");
    for (name, folder) in [("samples", "assets/samples"), ("reports", "tests/reports"), ("corpus", "../shared/corpus")] {
        let mut set = Vec::new();
        files(Path::new(folder), &mut set);
        if set.is_empty() {
            continue;
        }
        set.sort();
        group.throughput(Throughput::Bytes(set.iter().map(|(_, bytes)| bytes.len() as u64).sum()));
        group.bench_function(name, |bencher| bencher.iter(|| black_box(read_all(black_box(&set)))));
    }
    group.finish();
}

criterion_group!(benches, extract);
criterion_main!(benches);
