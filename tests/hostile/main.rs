//! Hostile reports, faults and bad days: a table of 116 bad inputs, each with a number, what should come of it and a test
//! that makes it; the door through which text reaches the terminal; and what happens when the machine fails.
//!
//! Where the right behaviour is another than one would first think, the row says why.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

#[path = "../common/mod.rs"]
mod common;

mod beneath;
mod disk;
mod door;
mod escapes;
mod export;
mod faults;
mod files;
mod lab;
mod long;
mod memory;
mod reading;
mod shared;
mod state;
mod structure;
mod terminal;
mod times;
mod unicode;
mod wire;

use lab::Case;

/// Every room of the table, in the order of its numbers.
const ROOMS: [&[Case]; 11] = [
    escapes::CASES,
    unicode::CASES,
    structure::CASES,
    times::CASES,
    files::CASES,
    state::CASES,
    terminal::CASES,
    export::CASES,
    reading::CASES,
    shared::CASES,
    memory::CASES,
];

#[test]
fn no_number_is_missing() {
    let numbers: Vec<u32> = ROOMS.iter().flat_map(|room| room.iter().map(|case| case.number)).collect();
    assert_eq!(numbers, (1..=116).collect::<Vec<_>>());
}

macro_rules! rooms {
    ($($name:ident $room:ident;)*) => { $(#[test] fn $name() { lab::check($room::CASES); })* };
}

rooms! {
    escapes_in_reports escapes;
    writing_that_deceives unicode;
    structure_without_end structure;
    times_that_cannot_be times;
    files_that_are_none files;
    settings_and_state_gone_wrong state;
    a_terminal_that_misbehaves terminal;
    exports_that_others_open export;
    reading_that_hides_nothing reading;
    programs_beside_it_and_hidden_text shared;
    memory_and_files_of_several_reports memory;
}
