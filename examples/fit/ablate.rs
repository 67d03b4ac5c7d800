//! What each kind of feature is worth on publishers left out.

use super::Ballots;
use super::report::Report;
use super::sheet::Sheet;
use super::train::{self, Space};
use sevline::role::weights::Model;
use std::collections::BTreeSet;
use std::fmt::Write;

/// So many times publishers are left out, which is less often than the figures that count ask for.
const FOLDS: usize = 4;

/// Prints a line for each kind of feature, the most useful first: how many more questions are answered rightly with it than without,
/// a wrong answer counting against a right one, over all, on either half of the publishers, and by role.
pub fn print(ballots: &Ballots, spaces: &[Space; 4], folds: &[BTreeSet<&str>]) {
    let part = |part: usize| folds.iter().skip(part).step_by(FOLDS).flatten().copied().collect::<BTreeSet<_>>();
    let folds: Vec<BTreeSet<&str>> = (0..FOLDS).map(part).collect();
    for (place, (space, roles)) in spaces.iter().zip(super::roles()).enumerate() {
        let sheets = &ballots.sheets()[place];
        let worth = |without: &str| {
            let fold = |fold: &BTreeSet<&str>| {
                let others: Vec<&Sheet> = sheets.iter().copied().filter(|sheet| !fold.contains(sheet.publisher.as_str())).collect();
                let fitted = train::fit(space, &roles, &others, &|kind| kind != without);
                let mut report = Report::default();
                ballots.add(&mut report, fold, &Model::parse(&fitted.table(space)));
                report.worth(place)
            };
            folds.iter().map(fold).collect::<Vec<Vec<i64>>>()
        };
        let whole = worth("");
        let mut rows: Vec<(i64, String)> = super::threads(&space.kinds(), |kind| {
            let without = worth(kind);
            let lost = |fold: usize| whole[fold].iter().zip(&without[fold]).map(|(with, without)| with - without).collect::<Vec<i64>>();
            let lost: Vec<Vec<i64>> = (0..FOLDS).map(lost).collect();
            let half = |half: usize| lost.iter().skip(half).step_by(2).flatten().sum::<i64>();
            let mut row = format!("{:+5}{:+5}{:+5} ", half(0) + half(1), half(0), half(1));
            for (number, role) in roles.iter().enumerate() {
                let lost: i64 = lost.iter().filter_map(|lost| lost.get(number)).sum();
                let _ = if lost == 0 { Ok(()) } else { write!(row, " {role} {lost:+}") };
            }
            (half(0) + half(1), format!("{row}  “{kind}”"))
        });
        rows.sort_by(|(a, line), (b, other)| (b, line).cmp(&(a, other)));
        rows.iter().for_each(|(_, row)| println!("{row}"));
    }
}
