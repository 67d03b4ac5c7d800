//! Pictures for documents: the lanes that the explorer draws, as text, SVG, a page and Markdown.
//!
//! [`build`] makes a [`chart::Chart`] of incidents; the other rooms draw it, each in its form.

pub mod build;
pub mod chart;
mod compare;
mod markdown;
mod markup;
mod page;
mod shape;
mod svg;
pub mod text;
mod told;

pub use markdown::markdown;
pub use page::page;
pub use svg::svg;
