//! Timelines and comparisons, in the form that is asked for.

use super::terminal::Terminal;
use super::text::ascii;
use super::time::Zone;
use crate::app::compare;
use crate::incident::PhaseKind;
use crate::library::Entry;
use crate::picture::chart::Chart;
use crate::picture::{build, markdown, page, svg, text};
use clap::ValueEnum;
use std::io::{Result, Write};

/// How a picture is drawn.
#[derive(Debug, clap::Args)]
pub struct Look {
    /// Form of the picture
    #[arg(long, value_enum, value_name = "text|svg|html|markdown", hide_possible_values = true, default_value_t = Form::Text)]
    pub format: Form,
    /// Draw text with ASCII only
    #[arg(long)]
    pub ascii: bool,
    /// Columns of text [default: those of the terminal, 100 without one]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..=1000))]
    pub width: Option<u16>,
}

/// The form of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Characters
    Text,
    /// A picture for a document
    Svg,
    /// A page of its own
    Html,
    /// Tables for a document
    Markdown,
}

/// The moment at which incidents are laid over each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Align {
    /// When the impact began
    Start,
    /// When it was noticed
    Detection,
    /// When the impact ended
    Mitigation,
    /// Each at its own date
    Calendar,
    /// Each made as long as the others
    Stretched,
}

/// As many incidents can be compared: with more, neither colours nor lines tell them apart.
pub const MOST_COMPARED: usize = 8;

/// Prints one incident in its lanes, or several on the calendar; `compress` leaves dead time out.
pub fn timeline(out: &mut dyn Write, entries: &[&Entry], compress: bool, zone: Zone, look: &Look, terminal: &Terminal) -> Result<()> {
    print(out, &build::timeline(entries, zone.clock(), compress), look, terminal)
}

/// Prints incidents side by side; `base` counts from 0.
pub fn compare(
    out: &mut dyn Write,
    entries: &[&Entry],
    (align, base): (Align, Option<usize>),
    zone: Zone,
    look: &Look,
    terminal: &Terminal,
) -> Result<()> {
    let align = match align {
        Align::Start => compare::Align::Start,
        Align::Detection => compare::Align::Detection,
        Align::Mitigation => compare::Align::Mitigation,
        Align::Calendar => compare::Align::Calendar,
        Align::Stretched => compare::Align::Stretched,
    };
    print(out, &build::compare(entries, align, base, zone.clock()), look, terminal)
}

fn print(out: &mut dyn Write, chart: &Chart, look: &Look, terminal: &Terminal) -> Result<()> {
    match look.format {
        Form::Svg => out.write_all(svg(chart).as_bytes()),
        Form::Html => out.write_all(page(chart).as_bytes()),
        Form::Markdown => markdown(out, chart),
        Form::Text => {
            let spell = |text: &str| if look.ascii { ascii(text) } else { text.to_owned() };
            let look = text::Look {
                width: look.width.map_or_else(|| terminal.text_width(), usize::from),
                ascii: look.ascii,
                spell: &spell,
                paint: &|text, kind| paint(terminal, text, kind),
                bold: &|text| terminal.bold(text),
            };
            text::text(out, chart, look)
        }
    }
}

/// The colours of the explorer's phases, as near as a terminal's sixteen come.
fn paint(terminal: &Terminal, text: &str, kind: Option<PhaseKind>) -> String {
    let code = match kind {
        None | Some(PhaseKind::Degradation | PhaseKind::PartialOutage) => "33",
        Some(PhaseKind::Outage) => "31",
        Some(PhaseKind::Recovery | PhaseKind::Mitigating | PhaseKind::Monitoring) => "32",
        Some(PhaseKind::Maintenance) => "36",
        Some(PhaseKind::Undetected) => "90",
        Some(PhaseKind::Investigating) => "35",
        Some(PhaseKind::Identified) => "34",
    };
    terminal.paint(text, code)
}
