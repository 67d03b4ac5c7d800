use super::*;
use crate::review::{Edit, Review, digest};
use std::slice::from_ref;

/// An incident that was read: its path, how many its file has, its number, its organization's id, its title and its start.
fn known(path: &str, (number, among): (u32, u32), own_id: Option<&str>, title: &str, start: &str) -> Known {
    let file = path.rsplit('/').next().unwrap_or_default();
    let place = if number == 0 { file.to_owned() } else { format!("{file}#{number}") };
    let day = start.split(' ').next().unwrap_or_default();
    let made = format!("example-{day}-{}", title.to_lowercase().replace(' ', "-"));
    let key = Key { path: path.into(), place, among, id: own_id.map_or(made, str::to_owned), digest: digest(&format!("{title}\n{start}")) };
    Known { key, title: title.to_lowercase() }
}

/// A post-mortem alone in its file.
fn alone(path: &str, title: &str, start: &str) -> Known {
    known(path, (0, 1), None, title, start)
}

/// Those of a file that has several.
fn several(path: &str, told: &[(&str, &str)]) -> Vec<Known> {
    let among = u32::try_from(told.len()).unwrap();
    (0..).zip(told).map(|(number, (title, start))| known(path, (number, among), None, title, start)).collect()
}

fn note(text: &str) -> Review {
    let mut review = Review::default();
    review.apply(&Edit::Note(text.into()));
    review
}

/// Something is said of each of these: its number.
fn reviews(known: &[Known]) -> Reviews {
    let said = known.iter().enumerate();
    said.map(|(at, known)| Reviewed { key: known.key.clone(), title: known.title.clone(), review: note(&at.to_string()) }).collect()
}

/// As an earlier version kept it.
fn old(known: &Known) -> Known {
    Known { key: Key { path: String::new(), among: 1, ..known.key.clone() }, ..known.clone() }
}

/// The numbers of the reviews that the incidents have now, `-` where there is none; then those that are left.
fn matched(said: &[Known], now: &[Known]) -> String {
    let reviews = reviews(said);
    let Matching { of, left } = reviews.of_incidents(now);
    let told = |said: Option<&Reviewed>| said.map_or("-".into(), |said| said.review.note.clone());
    let mut backwards = now.to_vec();
    backwards.reverse();
    let mut again: Vec<_> = reviews.of_incidents(&backwards).of.into_iter().map(told).collect();
    again.reverse();
    let of: Vec<_> = of.into_iter().map(told).collect();
    assert_eq!(of, again, "the order of the incidents decides nothing");
    let clues = reviews.clues();
    for (known, of) in now.iter().zip(&of) {
        let Key { id, place, digest, .. } = &known.key;
        assert!(of == "-" || clues.may_mean([id, place, digest], &known.title), "{known:?}");
    }
    format!("{} | {}", of.join(" "), left.into_iter().map(|said| told(Some(said))).collect::<Vec<_>>().join(" "))
}

const A: (&str, &str) = ("Logins down", "2024-05-01 10:00");
const B: (&str, &str) = ("Search slow", "2024-05-02 11:00");
const C: (&str, &str) = ("Mail late", "2024-05-03 12:00");

#[test]
fn what_stays_keeps_its_review_and_what_moves_takes_it_along() {
    let here = alone("/lib/a.txt", A.0, A.1);
    for (now, found) in [
        (vec![here.clone()], "0 | "),
        (vec![alone("/lib/old/a.txt", A.0, A.1)], "0 | "),
        (vec![alone("/lib/renamed.txt", A.0, A.1)], "0 | "),
        (vec![alone("/lib/other.txt", B.0, B.1)], "- | 0"),
        (vec![], " | 0"),
    ] {
        assert_eq!(matched(from_ref(&here), &now), found, "{now:?}");
        assert_eq!(matched(&[old(&here)], &now), found, "{now:?}");
    }
}

#[test]
fn what_is_corrected_keeps_its_review() {
    let here = alone("/lib/a.txt", A.0, A.1);
    for (now, found) in [
        // Title, start, both.
        (vec![alone("/lib/a.txt", "Logins failed", A.1)], "0 | "),
        (vec![alone("/lib/a.txt", A.0, "2024-05-01 09:30")], "0 | "),
        (vec![alone("/lib/a.txt", "Logins failed", "2024-04-30 23:00")], "0 | "),
        // Another report under a name that many have is another incident.
        (vec![alone("/other/a.txt", B.0, B.1)], "- | 0"),
        (vec![alone("/other/a.txt", A.0, B.1)], "- | 0"),
        // The same with an id that it did not have before; and another report in its place.
        (vec![known("/lib/a.txt", (0, 1), Some("INC-7"), "Logins failed", B.1)], "0 | "),
        (vec![alone("/lib/a.txt", B.0, B.1)], "- | 0"),
    ] {
        assert_eq!(matched(from_ref(&here), &now), found, "{now:?}");
    }
    let own = |id, told: (&str, &str)| known("/lib/a.txt", (0, 1), Some(id), told.0, told.1);
    assert_eq!(matched(&[own("INC-1", A)], &[own("INC-2", B)]), "- | 0");
    assert_eq!(matched(&[own("INC-1", A)], &[own("INC-1", B)]), "0 | ");
    // What was kept without a path follows where only one can be meant.
    let both = [alone("/lib/a.txt", "Logins failed", "2024-04-30 23:00"), alone("/lib/b/a.txt", B.0, B.1)];
    assert_eq!(matched(&[old(&here)], &both[..1]), "0 | ");
    assert_eq!(matched(&[old(&here)], &both), "- - | 0");
    assert_eq!(matched(&[here], &both), "0 - | ");
}

#[test]
fn what_is_renumbered_or_cut_in_another_way_takes_its_review_along() {
    let file = "/lib/history.md";
    let said = several(file, &[A, B, C]);
    assert_eq!(matched(&said, &several(file, &[("New", "2024-06-01 08:00"), A, B, C])), "- 0 1 2 | ");
    assert_eq!(matched(&said, &several(file, &[C, A])), "2 0 | 1");
    // The ids of all go with the organization, which is read otherwise.
    let mut others = several(file, &[C, A, B]);
    others.iter_mut().for_each(|known| known.key.id = known.key.id.replace("example", "another"));
    assert_eq!(matched(&said, &others), "2 0 1 | ");
    // The day of one is read otherwise: its title is still its own.
    let mut others = several(file, &[C, (A.0, "2023-05-01 10:00"), B]);
    others.iter_mut().for_each(|known| known.key.id = known.key.id.replace("example", "another"));
    assert_eq!(matched(&said, &others), "2 0 1 | ");
    // One becomes several: what was said of the whole is said of none of them, unless it is one of them.
    let whole = alone(file, "History of May", A.1);
    assert_eq!(matched(from_ref(&whole), &said), "- - - | 0");
    assert_eq!(matched(&[old(&whole)], &said), "- - - | 0");
    assert_eq!(matched(&[alone(file, B.0, B.1)], &said), "- 0 - | ");
    // And back.
    assert_eq!(matched(&said, from_ref(&whole)), "- | 0 1 2");
    assert_eq!(matched(&[whole.clone(), said[1].clone()], &[whole]), "0 | 1");
    // One of them is rewritten.
    assert_eq!(matched(&said, &several(file, &[A, ("Search down, then slow", "2024-05-09 01:00"), C])), "0 1 2 | ");
    assert_eq!(matched(&said, &several(file, &[A, ("Disk full", "2024-05-09 01:00"), C])), "0 - 2 | 1");
}

#[test]
fn twins_never_share_a_review() {
    let twins = several("/lib/a.md", &[A, A]);
    let mut same = twins.clone();
    same.iter_mut().for_each(|known| known.key.id = "INC".into());
    for twins in [&twins, &same] {
        assert_eq!(matched(&twins[..1], twins), "0 - | ");
        assert_eq!(matched(&twins[1..], twins), "- 0 | ");
        assert_eq!(matched(twins, twins), "0 1 | ");
    }
    // Renumbered they keep their order.
    let moved = several("/lib/a.md", &[B, C, A, A]);
    assert_eq!(matched(&twins, &moved), "- - 0 1 | ");
    assert_eq!(matched(&twins, &moved[..3]), "- - 0 | 1");
}

#[test]
fn copies_never_share_a_review() {
    let (one, other) = (alone("/lib/a/x.txt", A.0, A.1), alone("/lib/b/x.txt", A.0, A.1));
    let both = [one.clone(), other.clone()];
    assert_eq!(matched(from_ref(&one), &both), "0 - | ");
    assert_eq!(matched(from_ref(&other), &both), "- 0 | ");
    assert_eq!(matched(&[old(&other)], &both), "0 - | ");
    assert_eq!(matched(&both, &both), "0 1 | ");
    // The file that it was said of is meant, also where that was corrected and the copy was not.
    assert_eq!(matched(from_ref(&one), &[alone("/lib/a/x.txt", A.0, "2024-05-01 09:00"), other.clone()]), "0 - | ");
    // Where the whole was moved, the folder of the same name is meant.
    assert_eq!(matched(&[other], &[alone("/new/a/x.txt", A.0, A.1), alone("/new/b/x.txt", A.0, A.1)]), "- 0 | ");
    // What is read twice is one incident.
    assert_eq!(matched(from_ref(&one), &[one.clone(), one.clone()]), "0 0 | ");
}
