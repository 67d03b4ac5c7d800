//! Moments as tools write them, in words that are read everywhere else: seconds since 1970, times without dashes.

use crate::document::{Text, TextBuilder};
use crate::format::tree::{Node, Value};
use chrono::{DateTime, NaiveDateTime, SecondsFormat};

/// A moment as it is written, or in words where it is a count of seconds, or written without dashes; none where it is no
/// moment.
pub fn moment<'a>(text: &Text<'a>) -> Option<Text<'a>> {
    let whole = text.as_str();
    match since_1970(whole).or_else(|| without_dashes(whole)) {
        Some(words) => Some(made(&words, text)),
        None => is_moment(whole).then(|| text.clone()),
    }
}

/// The moment of a value; of one that is kept in several spellings the one that is no display of it.
pub fn moment_of<'a>(node: &Node<'a>) -> Option<Text<'a>> {
    match &node.value {
        Value::Scalar(text) => moment(text),
        Value::Map(entries) => {
            let told = || entries.iter().filter_map(|(key, value)| Some((key, value.text()?)));
            let value = told().filter(|(key, _)| key.as_str() == "value").chain(told());
            value.filter_map(|(_, text)| moment(text)).next()
        }
        Value::Null | Value::List(_) => None,
    }
}

/// Whether a value is from one clock to another: "2026-03-04 08:01 to 08:31".
pub fn is_range(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    // The second colon of a clock is none of its own.
    let seconds = |at: usize| at.checked_sub(3).is_some_and(|before| bytes.get(before) == Some(&b':'));
    let clocks = memchr::memchr_iter(b':', bytes).filter(|at| *at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2) && !seconds(*at));
    text.len() <= 80 && clocks.count() >= 2
}

/// The first two numbers of a date that is written in numbers and ends in its year: "25/03/2026", "3.25.26 10:00".
pub fn numbers(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().splitn(3, ['/', '.', '-']);
    let mut number = || parts.next().filter(|part| part.len() <= 2)?.parse().ok().filter(|number| (1..=31).contains(number));
    let (first, second) = (number()?, number()?);
    let year = parts.next()?;
    (year.len() >= 2 && year.bytes().take(2).all(|byte| byte.is_ascii_digit())).then_some((first, second))
}

/// A date and clock without a zone, with the offset that the zone of a name such as `Europe/Berlin` had then; none of any other
/// moment, or of a clock that is told twice on that day.
pub fn in_zone<'a>(text: &Text<'a>, zone: &str) -> Option<Text<'a>> {
    const WRITTEN: [&str; 5] = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%d/%b/%y %I:%M %p"];
    let zone: chrono_tz::Tz = zone.parse().ok()?;
    let local = WRITTEN.iter().find_map(|form| NaiveDateTime::parse_from_str(text.as_str(), form).ok())?;
    let offset = local.and_local_timezone(zone).single()?.format(" %:z").to_string();
    let mut builder = TextBuilder::default();
    builder.append(text);
    let end = text.whole().range().end;
    builder.push_decoded(&offset, end..end);
    Some(builder.finish())
}

/// Words that stand for `text`.
pub fn made<'a>(words: &str, text: &Text<'_>) -> Text<'a> {
    let mut builder = TextBuilder::default();
    builder.push_decoded(words, text.whole().range());
    builder.finish()
}

/// Seconds, milliseconds or microseconds since 1970, of the years from 2001 to 2100, also in `/Date(…)/`.
fn since_1970(text: &str) -> Option<String> {
    let digits = text.strip_prefix("/Date(").and_then(|rest| rest.strip_suffix(")/")).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let count: i64 = whole.parse().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()))?;
    let seconds = match whole.len() {
        10 => count,
        13 => count / 1000,
        16 => count / 1_000_000,
        _ => return None,
    };
    let at = DateTime::from_timestamp(seconds, 0).filter(|_| (1_000_000_000..4_102_444_800).contains(&seconds))?;
    Some(at.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// `20260325T040100Z`, with or without seconds and zone.
fn without_dashes(text: &str) -> Option<String> {
    let (date, clock) = text.split_once('T')?;
    let (clock, zone) = clock.strip_suffix('Z').map_or((clock, ""), |clock| (clock, "Z"));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if date.len() != 8 || !matches!(clock.len(), 4 | 6) || !digits(date) || !digits(clock) {
        return None;
    }
    let seconds = clock.get(4..6).unwrap_or("00");
    Some(format!("{}-{}-{}T{}:{}:{seconds}{zone}", date.get(..4)?, date.get(4..6)?, date.get(6..)?, clock.get(..2)?, clock.get(2..4)?))
}

/// Whether a value looks like a moment: a date or a clock in figures, or a date with a month in letters.
pub fn is_moment(text: &str) -> bool {
    let text = text.trim();
    // What was never set is the first year of all in many tools.
    if text.starts_with("0001-") || text.starts_with("0000-") {
        return false;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let marked = text.contains([':', '/', '-', '.']) || text.split_whitespace().count() >= 3;
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 4).count();
    (3..=24).contains(&digits) && text.len() <= 48 && marked && words <= 3 && !text.contains("://")
}

/// Whether a value is a clock without a day: "10:02", "9:15:30 AM".
pub fn is_clock(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(':') && text.len() <= 15 && !text.contains(['-', '/', 'T'])
}

/// Whether a value is a day without a clock.
pub fn is_day(text: &str) -> bool {
    is_moment(text) && !text.contains(':')
}

/// A count of seconds in words.
pub fn length(seconds: f64) -> Option<String> {
    if !(0.0..=1e9).contains(&seconds) {
        return None;
    }
    let whole = seconds.round();
    let (hours, minutes, rest) = ((whole / 3600.0).floor(), (whole / 60.0).floor() % 60.0, whole % 60.0);
    let parts = [(hours, "hours"), (minutes, "minutes"), (rest, "seconds")];
    let parts: Vec<String> = parts.iter().filter(|(count, _)| *count > 0.0).map(|(count, unit)| format!("{count} {unit}")).collect();
    Some(if parts.is_empty() { "0 minutes".into() } else { parts.join(" ") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_in_words() {
        let words = |text: &str| moment(&Text::slice_of(text, 0..text.len())).map(|text| text.as_str().to_owned());
        for (text, want) in [
            ("1773030720", Some("2026-03-09T04:32:00Z")),
            ("1773030720123", Some("2026-03-09T04:32:00Z")),
            ("1773030720.5", Some("2026-03-09T04:32:00Z")),
            ("/Date(1773030720123)/", Some("2026-03-09T04:32:00Z")),
            ("20260325T040100Z", Some("2026-03-25T04:01:00Z")),
            ("20260325T0401", Some("2026-03-25T04:01:00")),
            ("2026-03-25 04:01", Some("2026-03-25 04:01")),
            ("14/Apr/26 8:50 AM", Some("14/Apr/26 8:50 AM")),
            ("4 May 2026", Some("4 May 2026")),
            ("10:47 UTC", Some("10:47 UTC")),
            ("not yet", None),
            ("4821", None),
            ("0001-01-01T00:00:00Z", None),
            ("true", None),
            ("https://a.example/2026-01", None),
        ] {
            assert_eq!(words(text).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn moments_of_objects() {
        let told = |json: &str| {
            let node = crate::format::tree::json::read(json, crate::source::Span::new(0..json.len()));
            moment_of(&node).map(|text| text.as_str().to_owned())
        };
        let display = r#"{"display_value": "2026-03-04 09:12:00", "value": "2026-03-04 08:12:00"}"#;
        assert_eq!(told(display).as_deref(), Some("2026-03-04 08:12:00"));
        assert_eq!(told(r#"{"human": "1 day ago", "string": "2026-03-04 08:01:00"}"#).as_deref(), Some("2026-03-04 08:01:00"));
        assert_eq!((told(r#"{"name": "Ada", "value": null}"#), told("[]")), (None, None));
    }

    #[test]
    fn ranges_and_dates_in_numbers() {
        for text in ["2026-03-04 08:01-08:31", "4 Mar 2026 08:01 to 08:31", "22:50 – 00:10"] {
            assert!(is_range(text), "{text}");
        }
        for text in ["2026-03-04 08:01", "2026-03-04T08:01:00Z", "2026-03-04 to 2026-03-05", "3:1"] {
            assert!(!is_range(text), "{text}");
        }
        let dates = ["25/03/2026 22:50", "3.25.26", "2026-03-25", "25/Mar/26", "1.2.x", "40/1/2026"].map(numbers);
        assert_eq!(dates, [Some((25, 3)), Some((3, 25)), None, None, None, None]);
    }

    #[test]
    fn a_zone_by_name_gives_its_offset() {
        let words = |text: &str| in_zone(&Text::slice_of(text, 0..text.len()), "Europe/Berlin").map(|text| text.as_str().to_owned());
        assert_eq!(words("2026-07-01 10:00").as_deref(), Some("2026-07-01 10:00 +02:00"));
        assert_eq!(words("12/Mar/26 8:50 AM").as_deref(), Some("12/Mar/26 8:50 AM +01:00"));
        assert_eq!((words("2026-07-01 10:00 UTC"), words("2026-10-25 02:30")), (None, None));
    }

    #[test]
    fn lengths_in_words() {
        let words = |seconds: f64| length(seconds).unwrap_or_default();
        assert_eq!(
            (words(6210.0).as_str(), words(0.0).as_str(), words(60.0).as_str()),
            ("1 hours 43 minutes 30 seconds", "0 minutes", "1 minutes")
        );
        assert_eq!(length(-1.0), None);
    }
}
