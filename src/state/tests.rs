use super::typed::{FILTERS, HISTORY};
use super::*;

fn typed(line: &str) -> Change {
    Change::Typed(line.into())
}

fn saved(name: &str, filter: &str) -> Change {
    Change::Filter { name: name.into(), before: None, after: Some(filter.into()) }
}

#[test]
fn what_is_remembered_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("made/when/needed");
    assert_eq!(State::load(&folder).0.history, [""; 0]);
    for line in ["sev:high", "  ", "dur>30m", "sev:high "] {
        change(&folder, &typed(line)).unwrap();
    }
    change(&folder, &saved("our \"own\" = x", "service:\"a b\" -sev:low")).unwrap();
    change(&folder, &saved("gone", "x")).unwrap();
    change(&folder, &Change::Filter { name: "gone".into(), before: Some("x".into()), after: None }).unwrap();
    let state = State::load(&folder).0;
    assert_eq!(state.history, ["dur>30m", "sev:high"]);
    assert_eq!(state.filters.into_iter().collect::<Vec<_>>(), [("our \"own\" = x".into(), "service:\"a b\" -sev:low".into())]);
    let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[test]
fn explorers_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for person in 0..4 {
            let folder = folder.path();
            scope.spawn(move || (0..10).for_each(|at| drop(change(folder, &typed(&format!("{person} {at}"))).unwrap())));
        }
    });
    assert_eq!(State::load(folder.path()).0.history.len(), 40);
}

#[test]
fn a_hostile_file_is_made_safe_and_stays_small() {
    let folder = tempfile::tempdir().unwrap();
    let lines: String = (0..1000).map(|at| format!("{at}\n")).collect();
    fs::write(folder.path().join(HISTORY), [lines.as_bytes(), b"\x1b[2J\xff\r\n"].concat()).unwrap();
    let state = State::load(folder.path()).0;
    assert_eq!(state.history.len(), LINES);
    assert_eq!(state.history.last().unwrap(), "␛[2J\u{fffd}");
}

#[test]
fn a_broken_file_is_told_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILTERS);
    fs::write(&path, "[filters]\na = 3\n").unwrap();
    let error = change(folder.path(), &saved("b", "x")).unwrap_err().to_string();
    assert!(error.contains("filters.toml: line 2: "), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "[filters]\na = 3\n");
}
