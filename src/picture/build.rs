//! From incidents to a chart of one, or of several on the calendar.

use super::chart::{Axis, Chart, Column, Forms, Mark, Span, Table, Told, Track};
use super::told::{Sources, Teller, sign, stretch};
use crate::app::glyph;
use crate::app::lanes::{self, Lanes};
use crate::app::measures::{Kind, Measures};
use crate::app::scale::Scale;
use crate::app::show::{self, Clock};
use crate::app::viewport::{Range, instant, millis};
use crate::incident::{Certainty, Edge, Incident};
use crate::library::Entry;

pub use super::compare::compare;

/// What the looks of bars mean: worked out, the rest of an impact, open.
pub const SIGNS: [&str; 4] = [
    "Hatched: inferred, not written.",
    "Pale: the rest of an impact of which other bars tell the parts.",
    "Fading with an arrow: no end is known.",
    "A hollow triangle: something helped, but the time to mitigate does not end there.",
];

/// A calendar of more incidents than this has low rows.
const MANY: usize = 12;

/// The sign before an incident that overlaps another.
pub const OVERLAPS: char = '‖';

/// One incident in its lanes, or several as rows on the calendar, by start; `compress` leaves dead time out.
pub fn timeline(entries: &[&Entry], clock: Clock, compress: bool) -> Chart {
    let mut chart = match entries {
        [one] => single(one, clock, compress),
        several => calendar(several, clock),
    };
    if compress {
        leave_dead_time_out(&mut chart);
    }
    chart
}

/// Shortens what lies between all that a chart shows, and says so.
fn leave_dead_time_out(chart: &mut Chart) {
    let Axis::Clock(clock, scale) = &mut chart.axis else { return };
    let bars = chart.tracks.iter().flat_map(|track| &track.bars).filter_map(Span::edges);
    let moments = chart.tracks.iter().flat_map(|track| &track.marks).map(|mark| (mark.at, mark.at));
    let busy = Range::union(bars.chain(moments).map(|(start, end)| Range { start, end }).collect());
    *scale = Scale::compressed(&busy);
    let count = scale.break_count();
    let Some((first, last)) = busy.first().zip(busy.last()).filter(|_| count > 0) else { return };
    chart.range = Range::around([scale.place(first.start), scale.place(last.end)]).map(Range::with_margin);
    for track in &mut chart.tracks {
        // The axis has room for few days: each row of a calendar tells its own.
        let starts = track.bars.iter().filter_map(Span::edges).map(|(start, _)| start).chain(track.marks.iter().map(|mark| mark.at));
        if let Some(at) = starts.min().and_then(instant).filter(|_| track.severity.is_some()) {
            track.name = format!("{} {}", clock.date(at), track.name);
        }
        for bar in &mut track.bars {
            (bar.start, bar.end) = (bar.start.map(|at| scale.place(at)), bar.end.map(|at| scale.place(at)));
            bar.known_until = scale.place(bar.known_until);
        }
        track.marks.iter_mut().for_each(|mark| mark.at = scale.place(mark.at));
    }
    let what = if count == 1 { "1 stretch".to_owned() } else { format!("{count} stretches") };
    chart
        .notes
        .push(format!("Where the axis is broken, {what} in which nothing happened {} left out.", if count == 1 { "is" } else { "are" }));
}

fn single(entry: &Entry, clock: Clock, compress: bool) -> Chart {
    let incident = &entry.incident();
    let clock = clock.for_report(incident);
    let lanes = Lanes::of(incident);
    let teller = Teller::new(entry, clock, &mut Sources::default());
    let until = lanes.known_until.unwrap_or_default();
    let rows = |name: &str, rows: &[Vec<lanes::Bar>]| {
        let track = |(at, row): (usize, &Vec<lanes::Bar>)| Track {
            name: if at == 0 { name.into() } else { String::new() },
            bars: spans(row, &teller, until, &|at| at),
            ..Track::default()
        };
        let empty = Track { name: name.into(), empty: Some("not told"), ..Track::default() };
        if rows.is_empty() { vec![empty] } else { rows.iter().enumerate().map(track).collect::<Vec<_>>() }
    };
    let events = Track {
        name: "events".into(),
        marks: marks(&lanes, &teller, &|at| at),
        empty: lanes.marks.is_empty().then_some("not told"),
        ..Track::default()
    };
    let tracks: Vec<_> = rows("impact", &lanes.impact).into_iter().chain(rows("response", &lanes.response)).chain([events]).collect();
    let mut notes = notes(&tracks);
    if let Some(range) = lanes.fit.filter(|_| !compress) {
        let outside = lanes.marks.iter().filter(|mark| !range.contains(mark.at)).count();
        if outside > 0 {
            let what = if outside == 1 { "1 event lies" } else { &format!("{outside} events lie") };
            notes.push(format!("{what} far off and outside the picture."));
        }
    }
    Chart {
        title: incident.display_title().into(),
        facts: facts(incident, &clock),
        axis: Axis::Clock(clock, Scale::Even),
        range: lanes.fit,
        more: None,
        tables: vec![moments(&tracks, false)],
        tracks,
        notes,
    }
}

fn calendar(entries: &[&Entry], clock: Clock) -> Chart {
    let (mut timeless, mut rows, mut sources) = (0, Vec::new(), Sources::default());
    let head = vec![
        Column::words("start"),
        Column::number("lasted"),
        Column::words("severity"),
        Column::words("organization"),
        Column::words("title"),
    ];
    let mut table = Table { caption: "Incidents".into(), head, forms: Forms::Documents, ..Table::default() };
    for entry in entries {
        let incident = &entry.incident();
        let lanes = Lanes::of(incident);
        let cells = row_of(incident, &clock);
        let Some(at) = incident.start().map(millis) else {
            timeless += 1;
            rows.push((None, cells, None));
            continue;
        };
        let teller = Teller::new(entry, clock, &mut sources);
        let severity = Some(incident.severity.as_ref().map(|fact| fact.value));
        let (note, value) = (owner(incident).into(), value(incident));
        let mut track = Track { name: titled(incident), note, value, severity, ..Track::default() };
        track.bars = spans(lanes.impact.iter().flatten(), &teller, lanes.known_until.unwrap_or(at), &|at| at);
        if track.bars.is_empty() {
            // Of an impact that nobody tells, the first moment is known at least.
            track.marks = marks(&lanes, &teller, &|at| at).into_iter().find(|mark| mark.at == at).into_iter().collect();
        }
        let edges = track.bars.iter().filter_map(Span::edges);
        let (start, end) = edges.fold((at, at), |(start, end), (from, to)| (start.min(from), end.max(to)));
        rows.push((incident.start(), cells, Some((track, start, end))));
    }
    // In the order of their starts only now: what comes from one file stands together until then.
    rows.sort_by_key(|(start, ..)| (start.is_none(), *start));
    let (mut tracks, mut fits, mut stretches): (Vec<Track>, _, _) = (Vec::new(), Vec::new(), Vec::new());
    for (_, cells, row) in rows {
        table.rows.push(cells);
        if let Some((track, start, end)) = row {
            fits.extend([start, end]);
            stretches.push((tracks.len(), start, end));
            tracks.push(track);
        }
    }
    let low = tracks.len() > MANY;
    tracks.iter_mut().for_each(|track| track.low = low);
    let overlapping = overlapping(&stretches);
    for &at in &overlapping {
        if let Some(track) = tracks.get_mut(at) {
            track.overlaps = true;
        }
    }
    let mut notes = notes(&tracks);
    let counted = |count: usize, one: &str, many: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {many}") };
    if !overlapping.is_empty() {
        notes.push(format!("{OVERLAPS} {} in time.", counted(overlapping.len(), "incident overlaps another", "incidents overlap others")));
    }
    if timeless > 0 {
        notes.push(format!("{} no time and no row.", counted(timeless, "incident has", "incidents have")));
    }
    let title = counted(table.rows.len(), "incident", "incidents");
    let range = Range::around(fits).map(Range::with_margin);
    Chart { title, facts: Vec::new(), axis: Axis::Clock(clock, Scale::Even), range, tracks, more: None, tables: vec![table], notes }
}

/// The places of those that share a moment with another.
fn overlapping(stretches: &[(usize, i64, i64)]) -> Vec<usize> {
    let mut sorted = stretches.to_vec();
    sorted.sort_by_key(|&(at, start, end)| (start, end, at));
    let mut found = std::collections::BTreeSet::new();
    let mut reaching: Option<(usize, i64)> = None;
    for (at, start, end) in sorted {
        if let Some((earlier, _)) = reaching.filter(|&(_, until)| start < until) {
            found.extend([earlier, at]);
        }
        if reaching.is_none_or(|(_, until)| end > until) {
            reaching = Some((at, end));
        }
    }
    found.into_iter().collect()
}

/// The bars of a row with what stands behind them; `place` puts moments on the axis.
pub fn spans<'b>(
    bars: impl IntoIterator<Item = &'b lanes::Bar>,
    teller: &Teller,
    known_until: i64,
    place: &dyn Fn(i64) -> i64,
) -> Vec<Span> {
    let span = |bar: &lanes::Bar| Span {
        start: bar.start.map(place),
        end: bar.end.map(place),
        known_until: place(known_until),
        kind: bar.kind,
        label: bar.label.clone(),
        certainty: bar.certainty,
        rest: bar.rest,
        joined: bar.joined,
        told: teller.bar(bar),
    };
    bars.into_iter().map(span).collect()
}

/// The moments with what stands behind them; `place` puts them on the axis.
pub fn marks(lanes: &Lanes, teller: &Teller, place: &dyn Fn(i64) -> i64) -> Vec<Mark> {
    let mark = |mark: &lanes::Mark| Mark {
        at: place(mark.at),
        kind: mark.kind,
        sign: mark.sign(),
        certainty: mark.certainty,
        told: teller.mark(mark),
    };
    lanes.marks.iter().map(mark).collect()
}

/// What the signs of a picture mean, where it has them.
pub fn notes(tracks: &[Track]) -> Vec<String> {
    let bars = || tracks.iter().flat_map(|track| &track.bars);
    let shown = [
        bars().any(|bar| bar.certainty == Certainty::Inferred && !bar.rest),
        bars().any(|bar| bar.rest),
        bars().any(|bar| bar.end.is_none()),
        tracks.iter().flat_map(|track| &track.marks).any(|mark| mark.sign == glyph::HELPED),
    ];
    SIGNS.into_iter().zip(shown).filter(|(_, shown)| *shown).map(|(sign, _)| sign.to_owned()).collect()
}

/// Severity, organization, impact and services in a line or two, before them why it may be no incident.
fn facts(incident: &Incident, clock: &Clock) -> Vec<String> {
    let mut severity = glyph::severity_name(incident.severity.as_ref().map(|fact| fact.value)).to_owned();
    if let Some(fact) = &incident.severity {
        severity.insert_str(0, sign(fact.certainty));
    }
    if let Some(label) = &incident.severity_label {
        severity.push_str(&format!(" “{label}”"));
    }
    let impact = &incident.impact;
    let marked = |edge: &Edge| (show::marks(edge.certainty, edge.approximate), edge.at);
    let when = stretch(clock, impact.start().map(marked), impact.end().map(marked));
    let lasted = Measures::of(incident).get(Kind::Impact).map(|measure| format!(", {}", measure.text())).unwrap_or_default();
    let impact = if when.is_empty() { "impact not told".to_owned() } else { format!("impact {when}{lasted}") };
    let services: Vec<_> = incident.services.iter().map(|service| service.value.as_str()).collect();
    let first = [format!("severity {severity}"), owner(incident).to_owned(), services.join(", ")];
    let first: Vec<_> = first.into_iter().filter(|text| !text.is_empty()).collect();
    let doubtful = incident.doubtful.as_ref().map(|why| format!("doubtful: {}", show::doubt(why)));
    doubtful.into_iter().chain([first.join(" · "), impact]).collect()
}

/// What it is called, with a mark where it is doubtful.
fn titled(incident: &Incident) -> String {
    glyph::titled(incident.display_title(), incident.doubtful.is_some()).into_owned()
}

/// Whose it was; empty where nobody says.
pub fn owner(incident: &Incident) -> &str {
    incident.organization.as_ref().map_or("", |fact| &fact.value)
}

/// The letter of the severity and the length of the impact.
pub fn value(incident: &Incident) -> String {
    let (_, letter, _) = glyph::severity(incident.severity.as_ref().map(|fact| fact.value));
    let mark = incident.severity.as_ref().map_or("", |fact| sign(fact.certainty));
    format!("{letter}{mark} {}", Measures::of(incident).cell(Kind::Impact))
}

fn row_of(incident: &Incident, clock: &Clock) -> Vec<String> {
    let clock = clock.for_report(incident);
    let start = incident.start().map(|at| format!("{} {}", clock.stamp(at), clock.offset(at)));
    let severity = incident.severity.as_ref().map(|fact| format!("{}{}", sign(fact.certainty), fact.value.name()));
    vec![
        show::or_missing(start),
        Measures::of(incident).cell(Kind::Impact),
        severity.unwrap_or_else(|| "unknown".into()),
        owner(incident).into(),
        titled(incident),
    ]
}

/// All bars and marks in time order, with the words behind them; where tracks are incidents, one after another.
pub fn moments(tracks: &[Track], incidents: bool) -> Table {
    let basis = Column { wide: true, ..Column::words("basis") };
    let mut head = vec![Column::words("when"), Column::words("what"), Column::number("length"), basis, Column::words("words")];
    if incidents {
        head.insert(0, Column::words("incident"));
    }
    let mut rows: Vec<(usize, Option<i64>, Vec<String>)> = Vec::new();
    let mut lane = "";
    for (place, track) in tracks.iter().enumerate() {
        lane = if track.name.is_empty() { lane } else { &track.name };
        let place = if incidents { place } else { 0 };
        let mut row = |at: Option<i64>, sign: char, lane: &str, told: &Told| {
            let words: Vec<_> = told.words.iter().map(|words| format!("“{}”", words.text)).collect();
            let lane = if lane.is_empty() || told.what.ends_with(lane) { String::new() } else { format!(" ({lane})") };
            let what = format!("{sign} {}{lane}", told.what);
            let mut cells = vec![told.when.clone(), what, told.length.clone(), told.basis.clone(), words.join(" ")];
            if incidents {
                cells.insert(0, track.name.clone());
            }
            rows.push((place, at, cells));
        };
        let named = if incidents { "" } else { lane };
        track.bars.iter().for_each(|bar| row(bar.edges().map(|(start, _)| start), fill(bar), named, &bar.told));
        track.marks.iter().for_each(|mark| row(Some(mark.at), mark.sign, "", &mark.told));
    }
    rows.sort_by_key(|(place, at, _)| (*place, *at));
    Table {
        caption: "What happened, and the words it was read from".into(),
        head,
        rows: rows.into_iter().map(|(.., cells)| cells).collect(),
        forms: Forms::All,
    }
}

fn fill(bar: &Span) -> char {
    match bar.certainty {
        _ if bar.rest => '░',
        Certainty::Inferred => '▒',
        Certainty::Stated => '█',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::show::Zone;
    use crate::fixture;

    #[test]
    fn rows_tell_their_day_where_dead_time_is_left_out() {
        let entries = fixture::entries();
        let entries: Vec<_> = entries.iter().map(AsRef::as_ref).collect();
        let names = |compress| {
            let chart = timeline(&entries, Clock::new(Zone::Utc, fixture::local), compress);
            chart.tracks.into_iter().map(|track| track.name).collect::<Vec<_>>()
        };
        for (plain, dated) in names(false).iter().zip(names(true)) {
            let day = dated.strip_suffix(plain.as_str()).unwrap();
            assert!(day.len() == "2026-02-07 ".len() && day.starts_with("20"), "{dated}");
        }
    }
}
