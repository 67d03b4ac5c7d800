use super::*;
use crate::fixture;

fn rows() -> Vec<Indexed> {
    fixture::entries().into_iter().map(Indexed::new).collect()
}

/// The fixtures that pass, each by a letter: booking, relay, freight, nothing known, open.
fn found(line: &str) -> String {
    let query = Query::new(line);
    assert_eq!(query.mistakes(), [], "{line}");
    "brfno".chars().zip(rows()).filter(|(_, row)| query.matches(row)).map(|(letter, _)| letter).collect()
}

#[test]
fn every_field_finds_what_it_says() {
    for (line, expected) in [
        ("", "brfno"),
        // Words are searched in title, organization, services, summary and cause.
        ("thistlewick", "b"),
        ("Calendars EMPTY", "b"),
        ("\"nightly import\"", "b"),
        ("\"import nightly\"", ""),
        ("事故", "n"),
        ("sev:high", "br"),
        ("sev>=high", "bro"),
        ("sev:medium..high", "brf"),
        ("sev:..medium", "f"),
        ("sev:unknown", "n"),
        ("sev:high,unknown", "brn"),
        ("sev<high", "f"),
        ("sev:SEV1", "o"),
        // A report without a severity is neither high nor anything else.
        ("-sev:high", "fno"),
        ("sev!=high", "fno"),
        ("service:api", "br"),
        ("service:APIs", "r"),
        ("service=APIs", "br"),
        ("service:cal", "b"),
        ("service=cal", ""),
        ("service:unknown", "n"),
        ("org:wren", "r"),
        ("org=\"wrenbury relay\"", "r"),
        ("org=wrenbury", ""),
        ("org:unknown", "n"),
        ("title:slow,login", "fo"),
        ("status:resolved", ""),
        ("status:unknown", "brfno"),
        ("format:statuspage-text", "brfno"),
        ("format:markdown", ""),
        ("dur>30m", "bf"),
        ("dur>=47", "bf"),
        ("dur:47m", "b"),
        ("dur:10m..50m", "br"),
        ("dur:..12m", "r"),
        ("dur<0.2h", ""),
        ("-dur>30m", "rno"),
        ("ttd<=3m", "br"),
        ("ttd:30", "o"),
        ("tta:11m", "br"),
        ("ttm:30m", "b"),
        ("restore>1h", "f"),
        ("ttr>1h30m", "br"),
        ("lag:23m", "b"),
        ("lag>=0m", "br"),
        ("start:2025", "b"),
        ("start:2023..2025", "br"),
        ("start:2025-06-11", "b"),
        ("start:2025-Q2", "b"),
        ("start>2025", "fo"),
        ("start>=2025", "bfo"),
        ("start<=2025-06-11T07:22", "br"),
        ("start<2025-06-11T07:22", "r"),
        ("start:2026-02..", "fo"),
        ("end>2024", "bf"),
        ("end:2023-10-04T13:36", "r"),
        ("after:2025-06-11T08:00", "fo"),
        ("after:2025-06-11T07:22", "bfo"),
        ("after:2025-06-11T09:30", "fo"),
        ("before:2025-06-11T08:00", "br"),
        ("after:2023-10-04T13:20 before:2023-10-04T13:20", ""),
        ("after:2030", ""),
        ("during:2025-06-11T08:00", "b"),
        ("during:2025-Q2", "b"),
        ("during:2023-10-04T13:20", "r"),
        // What has no known end was under way until the last that is told of it.
        ("during:2026-11-19T23:30", "o"),
        ("during:2026", "fo"),
        ("during:2027", ""),
        ("has:cause", "br"),
        ("-has:end", "no"),
        ("has:actions", "b"),
        ("has:todo", "b"),
        ("has:timeline", "bro"),
        ("has:diagnostic", "bn"),
        ("has:no-times", "n"),
        ("has:warnings", "bn"),
        ("has:label", "f"),
        ("has:tag", ""),
        ("tag:x", ""),
        ("is:ongoing", "o"),
        ("is:stated", "brf"),
        ("is:inferred", "o"),
        ("is:maintenance", ""),
        ("is:incident -is:ongoing", "brfn"),
        ("is:resolved", ""),
        ("is:doubtful", ""),
        ("-is:doubtful", "brfno"),
    ] {
        assert_eq!(found(line), expected, "{line}");
    }
}

#[test]
fn what_is_counted_from_today_goes_with_the_day() {
    let rows: Vec<_> = fixture::entries().into_iter().map(Indexed::new).collect();
    for (line, today, expected) in [
        ("start:today", "2025-06-11", "b"),
        ("start:yesterday", "2025-06-12", "b"),
        ("start:yesterday", "2025-06-13", ""),
        ("after:30d", "2025-07-11", "bfo"),
        ("after:30d", "2025-07-12", "fo"),
        ("before:2w", "2025-06-25", "r"),
        ("before:2w", "2025-06-26", "br"),
        // Alone it is the time since then, so that later is not in it; as one end of a range it is a day.
        ("start:30d", "2025-07-11", "b"),
        ("date:60d..30d", "2025-07-11", "b"),
        ("start:60d..31d", "2025-07-11", ""),
        ("start<30d", "2025-07-11", "r"),
        ("start>=30d", "2025-07-11", "bfo"),
        ("start:last-quarter", "2025-07-01", "b"),
        ("start:this-quarter,last-year", "2025-04-01", "b"),
        ("during:last-month", "2025-07-31", "b"),
        ("-after:1y", "2026-06-12", "brn"),
    ] {
        let query = Query::new(line);
        assert!(!query.mistakes().is_empty(), "{line}: nobody said which day it is");
        let query = query.on(today.parse().ok());
        assert_eq!(query.mistakes(), [], "{line}");
        let found: String = "brfno".chars().zip(&rows).filter(|(_, row)| query.matches(row)).map(|(letter, _)| letter).collect();
        assert_eq!(found, expected, "{line} on {today}");
        // What is made of it is read on the same day.
        assert_eq!((query.and("x").mistakes(), query.without_facet(facet::Facet::Status).today()), ([].as_slice(), query.today()));
    }
}

#[test]
fn words_of_the_screens_are_words_of_the_filter() {
    for (line, other) in [
        ("ack:11m", "tta:11m"),
        ("detect<=3m", "ttd<=3m"),
        ("lasted:47m", "dur:47m"),
        ("severity:high", "sev:high"),
        ("is:open", "is:ongoing"),
        ("is:planned", "is:maintenance"),
        ("has:ack", "has:tta"),
        ("has:severity", "has:sev"),
        ("has:link", "has:url"),
        ("has:checks", "has:diagnostic"),
        ("is:note", "is:noted"),
    ] {
        let [one, two] = [line, other].map(Query::new);
        assert_eq!((one.mistakes(), &one.parts()[0].expr), ([].as_slice(), &two.parts()[0].expr), "{line}");
    }
}

#[test]
fn what_is_doubtful_is_found_like_anything_else_and_counted_only_when_asked_for() {
    let rows: Vec<_> = fixture::entries().into_iter().chain([fixture::doubtful()]).map(Indexed::new).collect();
    for (line, expected, asked) in [
        ("", "brfnod", false),
        ("sev:critical", "od", false),
        ("is:doubtful", "d", true),
        ("is:doubtfuls", "d", true),
        ("is=DOUBTFUL", "d", true),
        ("-is:doubtful", "brfno", false),
        ("not is:doubtful", "brfno", false),
        ("is!=doubtful", "brfno", false),
        ("--is:doubtful", "d", true),
        ("is:doubtful OR sev:high", "brd", true),
        ("is:ongoing,doubtful", "od", true),
        ("not (sev:high or is:doubtful)", "fno", false),
        ("not (sev:high -is:doubtful)", "fnod", true),
        ("doubtful", "", false),
    ] {
        let query = Query::new(line);
        assert_eq!(query.mistakes(), [], "{line}");
        let found: String = "brfnod".chars().zip(&rows).filter(|(_, row)| query.matches(row)).map(|(letter, _)| letter).collect();
        assert_eq!((found.as_str(), query.asks_for_doubtful()), (expected, asked), "{line}");
    }
}

#[test]
fn and_binds_tighter_than_or() {
    for (line, expected) in [
        ("sev:high dur>30m", "b"),
        ("sev:high AND dur>30m", "b"),
        ("sev:high and dur>30m OR sev:unknown", "bn"),
        ("sev:unknown OR sev:high dur>30m", "bn"),
        ("(sev:unknown OR sev:high) dur>30m", "b"),
        ("not (sev:high or sev:unknown)", "fo"),
        ("!sev:high -sev:unknown", "fo"),
        ("--sev:high", "br"),
        ("((relay))", "r"),
    ] {
        assert_eq!(found(line), expected, "{line}");
    }
}

#[test]
fn words_of_the_source_are_found_once_it_was_read() {
    let mut rows = rows();
    let query = Query::new("text:\"relay service REFUSES\" OR -text:relay");
    assert_eq!(query.source_words(), ["relay", "relay service refuses"]);
    for row in &mut rows {
        assert_eq!(row.unread(&query.source_words()).len(), 2);
        let words = query.source_words();
        let answers = crate::library::source_has(&row.entry, &words).unwrap();
        row.found = words.into_iter().zip(answers).collect();
        assert!(row.unread(&query.source_words()).is_empty());
    }
    assert!(rows.iter().all(|row| query.matches(row)));
    assert_eq!(rows.iter().filter(|row| Query::new("text:relay").matches(row)).count(), 1);
    // It reads across line ends, and a mark of the report that no field holds.
    let words = ["incident report for wrenbury relay senders were".to_owned(), "posted oct 4".to_owned()];
    assert_eq!(crate::library::source_has(&rows[1].entry, &words).unwrap(), [true, true]);
}

#[test]
fn a_longer_line_is_known_to_narrow() {
    for (own, wider, narrows) in [
        ("abc", "ab", true),
        ("ab", "abc", false),
        ("sev:high ab", "sev:high", true),
        ("sev:high", "sev:high,low", false),
        ("\"a b\" c", "a", true),
        ("-abc", "-ab", false),
        ("a OR b", "a", false),
        ("x sev:", "x", true),
    ] {
        assert_eq!(Query::new(own).narrows(&Query::new(wider)), narrows, "{own} {wider}");
        let rows = rows();
        let (own, wider) = (Query::new(own), Query::new(wider));
        assert!(!narrows || rows.iter().all(|row| !own.matches(row) || wider.matches(row)));
    }
}

#[test]
fn tells_which_part_to_give_up() {
    let relaxed = |line: &str| Query::new(line).relaxed(&rows());
    assert_eq!(relaxed("sev:high title:slow dur>1h"), [("sev:high".into(), 1)]);
    assert_eq!(relaxed("sev>=high start:2023 \"booking\""), [("start:2023".into(), 1), ("\"booking\"".into(), 1)]);
    assert_eq!(relaxed("zzz yyy"), []);
    // What two parts hide together neither shows alone.
    assert_eq!(relaxed("sev:critical zzz -is:ongoing"), []);
}

#[test]
fn parts_are_left_out_as_they_are_written() {
    let query = Query::new("sev:high  AND  (a OR B) -x");
    let parts: Vec<_> = query.parts().iter().map(|part| query.written(part)).collect();
    assert_eq!(parts, ["sev:high", "(a OR B)", "-x"]);
    assert_eq!(query.without(1).text(), "sev:high -x");
}
