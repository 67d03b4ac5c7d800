//! sevline reads incident reports, works out what happened when, and shows it on a time axis.
//!
//! The layers, each using only itself and those above it (`tests/layers.rs` holds them to it):
//!
//! 0. [`source`], [`diagnostic`], [X: text, positions, findings, the sanitising door
//! 1. `document`, `format`: bytes of any form to blocks with spans
//! 2. `extract`: blocks to unresolved pieces
//! 3. [`incident`], `facts`, `role`, `resolve`: pieces to incidents
//! 4. `library`, `query`, `review`, `stats`, `cache`: many incidents
//! 5. `config`, `keymap`, `state`, `theme`, `app`: what the explorer knows
//! 6. `ui`, `tui`, `cli`, `export`, `picture`: the two faces

#![forbid(unsafe_code)]
// What input could trip is an answer, not a panic; tests may index.
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

// The fixtures are shared with the tests in `tests/`, which know this crate by its name.
#[cfg(test)]
extern crate self as sevline;
#[cfg(test)]
#[path = "../tests/common/fixture.rs"]
#[allow(clippy::unwrap_used, clippy::panic)]
mod fixture;

#[cfg(unix)]
mod abort;
pub mod cache;
pub mod diagnostic;
pub mod library;
pub mod lock;
mod names;
pub mod query;
pub mod review;
pub mod sanitize;
pub mod source;
pub mod stats;
pub mod work;

pub mod document;
pub mod format;

pub mod extract;

pub mod basis;
pub mod facts;
pub mod incident;
pub mod resolve;
pub mod role;

pub mod app;
pub mod config;
pub mod keymap;
pub mod state;
pub mod theme;

pub mod cli;
pub mod export;
pub mod picture;
pub mod tui;
pub mod ui;
