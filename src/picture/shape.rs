//! The marks of events as shapes, so that no font has to have them. They are those of the explorer.

use super::chart::Mark;
use crate::app::glyph;
use crate::incident::EventKind;

/// The shape of a mark; hollow where the time to mitigate does not lead to what helped.
pub fn mark(mark: &Mark) -> &'static str {
    if mark.sign == glyph::HELPED { r#"<path d="M-5 4H5L0-5Z" class="hollow"/>"# } else { event(mark.kind) }
}

/// A mark in a box of 12 by 12 around the origin, as SVG.
pub fn event(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Onset => r#"<path d="M-5-4H5L0 5Z"/>"#,
        EventKind::Detected => r#"<path d="M0-6 6 0 0 6-6 0Z"/>"#,
        EventKind::Acknowledged => r#"<circle r="4.5" class="hollow"/>"#,
        EventKind::Investigating => r#"<circle r="5"/>"#,
        EventKind::Identified => r#"<circle r="5" class="hollow"/><circle r="2.5"/>"#,
        EventKind::Mitigated => r#"<path d="M-5 4H5L0-5Z"/>"#,
        EventKind::Monitoring => r#"<circle r="5" class="hollow"/><circle r="2" class="hollow"/>"#,
        EventKind::Recovered => r#"<path d="M0-6 6 0 0 6-6 0Z" class="hollow"/>"#,
        EventKind::Resolved => r#"<path d="M-5-5H5V5H-5Z"/>"#,
        EventKind::Maintenance => r#"<path d="M-5-5H5V5H-5Z" class="hollow"/>"#,
        EventKind::Published => r#"<path d="M-3-3H3V3H-3Z"/>"#,
        EventKind::Other => r#"<circle r="2.5"/>"#,
    }
}
