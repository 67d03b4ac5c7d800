//! The ways in which a file could be cut into incidents.

use super::Cut;
use crate::extract::segment;
use crate::format;
use crate::source::Source;
use std::collections::BTreeSet;

/// Each way in which the headings of a file let it be cut, with how many incidents that makes; the file's own way first.
pub fn cuts(source: &Source) -> Vec<(Cut, usize)> {
    let plain = source.plain();
    let document = format::read(plain.as_ref().unwrap_or(source));
    let reports = &document.reports;
    let can_be_cut = |report: &&crate::document::Report| report.updates.is_empty();
    let levels: BTreeSet<u8> = reports.iter().filter(can_be_cut).flat_map(segment::levels).collect();
    let count = |cut| reports.iter().map(|report| segment::reports(report, cut).reports.len().max(1)).sum::<usize>().max(1);
    let ways = [Cut::AsTold, Cut::Whole].into_iter().chain(levels.into_iter().map(Cut::Level));
    ways.map(|cut| (cut, count(cut))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::{self, Policy};

    fn told(name: &str, text: &str) -> Vec<(Cut, usize)> {
        let source = Source::decode(name, text.as_bytes().to_vec());
        let cuts = cuts(&source);
        for &(cut, count) in &cuts {
            let policy = Policy { cut, ..Policy::default() };
            assert_eq!(resolve::read(&source, &policy).incidents.len(), count, "{cut:?}");
        }
        cuts
    }

    #[test]
    fn a_file_is_cut_at_its_headings() {
        let review =
            "# Review\n\n## One\n\nDown.\n\n### Cause\n\nA bug.\n\n## Two\n\nSlow.\n\n### Cause\n\nA fault.\n\n### Work\n\nNone.\n";
        assert_eq!(told("a.md", review), [(Cut::AsTold, 1), (Cut::Whole, 1), (Cut::Level(2), 2), (Cut::Level(3), 3)]);
        assert_eq!(told("a.txt", "It was down.\n"), [(Cut::AsTold, 1), (Cut::Whole, 1)]);
        assert_eq!(told("a.txt", ""), [(Cut::AsTold, 1), (Cut::Whole, 1)]);
        let log = "## June 4, 2024 12:05 UTC: One\n\nText.\n\n## June 9, 2024 08:00 UTC: Two\n\nText.\n";
        assert!(told("a.md", log).contains(&(Cut::Level(2), 2)));
    }
}
