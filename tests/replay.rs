//! Every input that is kept in `fuzz/seeds` goes through its target again: what fuzzing started from, and what it found.

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

#[path = "../fuzz/src/lib.rs"]
mod targets;

use proptest::prelude::*;
use std::fs;
use std::path::Path;

fn replay(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let bytes = fs::read(&path).unwrap();
        assert!(std::panic::catch_unwind(|| run(&bytes)).is_ok(), "{}", path.display());
    }
}

macro_rules! targets {
    ($($name:ident)*) => { $(#[test] fn $name() { replay(stringify!($name), targets::$name); })* };
}

targets! { report times query config state cache keys explorers }

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn two_explorers_lose_no_word(data in proptest::collection::vec(any::<u8>(), 0..40)) {
        targets::explorers(&data);
    }
}
