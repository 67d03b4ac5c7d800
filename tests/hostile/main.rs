//! Hostile reports, faults and bad days: a table of bad inputs, each with a number, what should come of it and a test that
//! makes it; the door through which text reaches the terminal; and what happens when the machine fails.
//!
//! Where the right behaviour is another than one would first think, the row says why.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

#[path = "../common/mod.rs"]
mod common;

mod door;
mod export;
mod faults;
mod files;
mod lab;
mod wire;

macro_rules! rooms {
    ($($name:ident $room:ident;)*) => { $(#[test] fn $name() { lab::check($room::CASES); })* };
}

rooms! {
    files_that_are_none files;
    exports_that_others_open export;
}
