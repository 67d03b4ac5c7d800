//! What the tests share.

#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

pub mod fixture;
#[cfg(unix)]
pub mod terminal;
