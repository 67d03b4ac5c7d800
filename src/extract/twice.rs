//! A moment that is told again in another zone: "21:15 PDT / 04:15 UTC", "10:00–11:00 CET (09:00–10:00 UTC)".

use super::clock::ClockPiece;
use super::lexicon;
use super::time::Moment;
use super::zone::ZonePiece;

/// The most words that name a place ("New York time").
const PLACE: usize = 3;

/// Whether `again`, a moment or both ends of a range, tells `first` once more in another zone; then `first` takes it in. Both
/// have to name their zones: "10:15 / 11:15 UTC" are two moments.
pub(super) fn told(text: &str, first: (&mut Moment, Option<&mut Moment>), again: (&Moment, Option<&Moment>)) -> bool {
    let zone = |from: &Moment, to: Option<&Moment>| from.zone.or(to.and_then(|to| to.zone));
    let (Some(one), Some(other)) = (zone(first.0, first.1.as_deref()), zone(again.0, again.1)) else { return false };
    // A date behind would be that of the other zone.
    let dated = again.0.date.is_some() && first.0.date.is_none();
    if !again.0.restates || one == other || dated {
        return false;
    }
    let (start, end) = first;
    take(start, again.0, other);
    let last = match (end, again.1) {
        (Some(end), Some(to)) => {
            take(end, to, other);
            end.range.end = to.range.end;
            end
        }
        _ => {
            start.range.end = again.0.range.end;
            start
        }
    };
    let behind = text.get(last.range.end..).unwrap_or_default();
    last.range.end += usize::from(behind.starts_with([')', ']']));
    true
}

/// "02:50 UTC (03:50 local)", "(03:50 Berlin)": where the bracket ends whose clock, `again`, is that of `first` at a place whose zone
/// is not told. It is the same moment, and tells nothing more.
pub(super) fn elsewhere(text: &str, first: &Moment, again: &Moment) -> Option<usize> {
    let (one, other) = (first.clock?, again.clock?);
    if !again.restates || again.zone.is_some() || again.date.is_some() {
        return None;
    }
    // Zones are whole or half hours apart.
    let apart = one.seconds(None).abs_diff(other.seconds(None));
    let behind = text.get(again.range.end..)?;
    let place = behind.get(..behind.find([')', ']'])?)?;
    let name = |word: &str| word == "local" || word == "time" || word.starts_with(char::is_uppercase);
    let named = (1..=PLACE).contains(&place.split_whitespace().count()) && place.split_whitespace().all(name);
    (named && apart > 0 && apart % 1800 == 0 && lexicon::cues(place).next().is_none()).then_some(again.range.end + place.len() + 1)
}

/// Gives `moment` the clock of `again`; the first that is told holds.
fn take(moment: &mut Moment, again: &Moment, zone: ZonePiece) {
    let told: Option<(ClockPiece, ZonePiece)> = again.clock.map(|clock| (clock, again.zone.unwrap_or(zone)));
    moment.also = moment.also.filter(|_| moment.clock.is_some()).or(told);
}
