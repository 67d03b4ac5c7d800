//! Rows of tables as units of meaning.

use super::Unit;
use crate::document::Text;
use crate::extract::passage::{Passage, is_time_column};
use crate::extract::time::{Lead, Moment, Style, Time, times, times_as};
use crate::extract::words::{Words, list};
use crate::extract::zone;

/// A row with a column for when it began and one for when it ended.
pub(super) fn spanning<'a>(passage: &Passage<'a>) -> Option<Unit<'a>> {
    let named = |words: Words| {
        let core = |column: &Text| column.as_str().split('(').next().unwrap_or_default().trim().to_lowercase();
        passage.columns.iter().position(|column| list(words).holds(&core(column)))
    };
    let (first, last) = (named(Words::StartColumns)?, named(Words::EndColumns)?);
    let whole = passage.text.as_str();
    let moment = |index: usize, from: usize| {
        let cell = passage.cells.get(index)?;
        let at = from + whole.get(from..)?.find(cell.as_str())?;
        let found = times(cell.as_str());
        let Time::Moment(moment) = found.first()? else { return None };
        let range = at + moment.range.start..at + moment.range.end;
        moment.clock.is_some().then(|| Moment { range, ..moment.clone() })
    };
    // A date in a column of its own is that of the row.
    let bare = |cell: &Text| match times(cell.as_str()).as_slice() {
        [Time::Moment(Moment { date, clock: None, offset: None, range, .. })] => {
            date.filter(|_| range.len() + 2 >= cell.as_str().trim().len())
        }
        _ => None,
    };
    let date = passage.cells.iter().find_map(bare);
    let dated = |moment: Moment| Moment { date: moment.date.or(date), ..moment };
    let from = dated(moment(first, 0)?);
    // Without a date of its own the end is read behind the start.
    let to = moment(last, from.range.end);
    let zone = passage.columns.get(first).and_then(|column| zone::named_in(column.as_str()));
    let time = to.map_or(Time::Moment(from.clone()), |to| Time::Range(from, to, Lead::From));
    Some(Unit::new(passage.text.clone(), passage.text.clone(), vec![time], false, zone))
}

/// No cell that is a time is longer, in bytes.
const TIME_CELL: usize = 160;

/// A row with a time in a cell of its own: what happened is the longest of the other cells behind it, or of those in front.
pub(super) fn timed<'a>(passage: &Passage<'a>) -> Vec<Unit<'a>> {
    let is_headed = |index: &usize| passage.columns.get(*index).is_some_and(|column| is_time_column(column.as_str()));
    let read = |(index, cell): (usize, &Text)| match cell.as_str() {
        cell if cell.len() > TIME_CELL => Vec::new(),
        cell if is_headed(&index) => times_as(cell, Style { by_figures: true, ..Style::default() }),
        cell => times(cell),
    };
    let found: Vec<Vec<Time>> = passage.cells.iter().enumerate().map(read).collect();
    let alone = |index: &usize| {
        let (cell, first) = passage.cells.get(*index).zip(found.get(*index).and_then(|found| found.first()))?;
        // In a column of times a time is one whatever stands behind it: "10:12:05 (page 5531, pier)".
        let only = cell.as_str().len() <= first.range().end + 12 || (is_headed(index) && first.range().start == 0);
        (only && first.range().start <= 12).then_some(first)
    };
    let cells = 0..passage.cells.len();
    // Where no column is headed by a time, only the leading cells are read, behind the number of the row.
    let headed: Vec<usize> = cells.clone().filter(is_headed).collect();
    let number = |index: &usize| {
        passage.cells.get(*index).is_some_and(|cell| cell.as_str().trim_end_matches('.').bytes().all(|byte| byte.is_ascii_digit()))
    };
    let candidates: Vec<usize> = if headed.iter().any(|index| alone(index).is_some()) {
        headed
    } else {
        cells.clone().skip_while(number).take_while(|index| alone(index).is_some()).collect()
    };
    let is_date = |time: &Time| matches!(time, Time::Moment(moment) if moment.clock.is_none() && moment.offset.is_none());
    let date =
        candidates.iter().filter_map(alone).find(|time| is_date(time)).and_then(|time| time.moments().find_map(|moment| moment.date));
    let clock = candidates.iter().copied().find(|index| alone(index).is_some_and(|time| !is_date(time)));
    let Some(index) = clock.or_else(|| candidates.iter().copied().find(|index| alone(index).is_some())) else { return Vec::new() };
    let Some(mut own) = found.get(index).cloned() else { return Vec::new() };
    for time in &mut own {
        if let Time::Moment(moment) | Time::Range(moment, ..) = time {
            moment.date = moment.date.or(date);
        }
    }
    let zone_of = |at: usize| passage.columns.get(at).and_then(|column| zone::named_in(column.as_str()));
    let zone = zone_of(index);
    // A column beside it may tell the same time in another zone.
    if let [Time::Moment(moment)] = own.as_mut_slice()
        && let Some(own_zone) = moment.zone.or(zone)
    {
        let again = |at: &usize| match alone(at)? {
            Time::Moment(Moment { clock: Some(clock), zone, .. }) => {
                Some((*clock, zone.or(zone_of(*at)).filter(|zone| *zone != own_zone)?))
            }
            _ => None,
        };
        moment.also = moment.also.or(candidates.iter().find_map(again));
    }
    // The candidates rise.
    let other = |at: &usize| *at != index && candidates.binary_search(at).is_err();
    let said = cells.filter(other).filter_map(|at| passage.cells.get(at)).max_by_key(|cell| cell.as_str().len().min(24));
    let Some((written, text)) = passage.cells.get(index).cloned().zip(said.cloned()) else { return Vec::new() };
    vec![Unit::new(text, written, own, true, zone)]
}
