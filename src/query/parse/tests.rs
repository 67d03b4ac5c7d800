use super::*;
use crate::query::expr::{Name, Value};
use crate::query::field::{HAS, IS, Kind};
use crate::query::period::Period;
use crate::query::value::Length;
use chrono::NaiveDate;
use proptest::prelude::*;

/// The day on which filters are read.
const TODAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2024, 3, 15);

/// How a text is understood, in the one way in which it is printed.
fn shown(text: &str) -> String {
    let parsed = parse(text, TODAY);
    assert_eq!(parsed.mistakes, [], "{text}");
    if parsed.parts.is_empty() { String::new() } else { all(parsed.parts).to_string() }
}

#[test]
fn words_and_letters_of_the_screens_are_understood() {
    for (typed, read) in [
        ("sev:H", "sev:high"),
        ("sev:c,n", "sev:critical,none"),
        ("sev>=m", "sev>=medium"),
        ("detected>10m", "detect>10m"),
        ("resolved<1h", "resolve<1h"),
        ("format:md", "format:markdown"),
    ] {
        assert_eq!(shown(typed), read);
    }
    let told = |text: &str| parse(text, TODAY).mistakes.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(told("investigating>30m"), ["there is no field “investigating”; did you mean “identify”?"]);
    assert_eq!(told("resolving>1h"), ["there is no field “resolving”; did you mean “resolve”?"]);
    assert_eq!(told("((("), ["the bracket is open; close it with )"]);
}

/// Three ways to write each field, and two that only look like one.
const FIELDS: &[(Field, [&str; 3], [&str; 2])] = &[
    (Field::Severity, ["sev:high", "severity>=SEV2", "SEV:low..high,unknown"], ["sev:purple", "sev>unknown"]),
    (Field::Service, ["service:crm", "service=\"Parcel labels\"", "services:a,b"], ["service>a", "service:"]),
    (Field::Organization, ["org:batch", "organization=Batch", "ORG:\"a, b\""], ["org<b", "org:\"\""]),
    (Field::Title, ["title:slow", "title:\"slow search\"", "title=x"], ["title>=x", "title:,"]),
    (Field::Text, ["text:timeout", "text:\"rate limit\"", "text:a,b"], ["text<x", "text:\" \""]),
    (Field::Status, ["status:resolved", "status:in-progress", "status=unknown,Monitoring"], ["status:done", "status>resolved"]),
    (Field::Format, ["format:markdown", "format=text", "format:html,Statuspage-HTML"], ["format:pdf", "format<text"]),
    (Field::Start, ["start:2024-01..2024-03", "date>=last-quarter", "start:2024,30d"], ["start:24", "start:2024-13"]),
    (Field::End, ["end<2024-04", "end:..2024-03-21", "end=2024-03-21T18:04"], ["end:tomorrow", "end:30d..60d"]),
    (Field::After, ["after:30d", "after:2024-03-21T18:04Z", "after:\"2024-03-21 18:04\""], ["after:soon", "after>2024"]),
    (Field::Before, ["before:2024-Q3", "before=2w", "before:2024-03-21"], ["before:3/9/2024", "before:2024,2025"]),
    (Field::During, ["during:this-month", "during=2024-03", "during:yesterday"], ["during:30m", "during<2024"]),
    (Field::Weekday, ["weekday:sat,sun", "weekday=Monday", "WEEKDAY:thu"], ["weekday:s", "weekday>mon"]),
    (Field::Hour, ["hour:9..17", "hour>=22", "hour:0,23"], ["hour:24", "hour:17..9"]),
    (Field::Duration, ["dur>30m", "lasted:30m..2h", "duration<=1.5h"], ["dur:30x", "dur>1h..2h"]),
    (Field::Detect, ["detect>15", "ttd:..1h", "DETECT>=90s"], ["detect>", "detect:2h..1h"]),
    (Field::Acknowledge, ["ack<5m", "acknowledge:5m,10m", "tta:1h30m"], ["ack:fast", "ack<1h,2h"]),
    (Field::Identify, ["identify>1h", "tti:1h..", "identify=30min"], ["identify:1h30", "identify:.."]),
    (Field::Mitigate, ["mitigate>1h", "ttm:1h..", "mitigate=30min"], ["mitigate:1h30", "mitigate:.."]),
    (Field::Restore, ["restore>1h", "restore:1h..", "restore=30min"], ["restore:1h30", "restore:.."]),
    (Field::Resolve, ["resolve>2d", "ttr:1w", "resolve<=36h"], ["resolve:10:30", "resolve>a"]),
    (Field::Lag, ["lag<0", "lag:-5m..5m", "lag>=1h"], ["lag:--5m", "lag:5x"]),
    (Field::Tag, ["tag:reviewed", "tags:a,b", "tag=\"to do\""], ["tag>1", "tag:"]),
    (Field::Has, ["has:cause", "has:actions,Diagnostics", "has:duration-mismatch"], ["has:causality", "has>cause"]),
    (Field::Is, ["is:ongoing", "is=maintenance", "is:stated,inferred"], ["is:on", "is:cause"]),
];

#[test]
fn every_field_takes_three_phrasings_and_refuses_two_look_alikes() {
    assert_eq!(FIELDS.iter().map(|(field, ..)| *field).collect::<Vec<_>>(), Field::ALL);
    for (field, accepted, refused) in FIELDS {
        for text in accepted {
            let parsed = parse(text, TODAY);
            let first = parsed.parts.first().map(|part| &part.expr);
            assert!(matches!(first, Some(Expr::Clause(found, ..)) if found == field), "{text}: {parsed:?}");
            assert_eq!((parsed.mistakes.len(), parsed.parts.len()), (0, 1), "{text}: {parsed:?}");
        }
        for text in refused {
            assert!(!parse(text, TODAY).mistakes.is_empty(), "{text}");
        }
    }
}

#[test]
fn is_understood_in_one_way() {
    for (text, expected) in [
        ("a b", "a b"),
        ("a AND b", "a b"),
        ("a b OR c", "a b OR c"),
        ("(a b) OR c", "a b OR c"),
        ("(a OR b) c", "(a OR b) c"),
        ("a (b OR c)", "a (b OR c)"),
        ("NOT a -b !c", "-a -b -c"),
        ("--a", "a"),
        ("-(a b)", "-(a b)"),
        ("Severity:HIGH", "sev:high"),
        ("sev!=high,low", "-sev:high,low".replace("sev:", "sev=").as_str()),
        ("dur>90", "dur>1h30m"),
        ("after:\"2024-03-21 18:04+02:00\"", "after:2024-03-21T16:04"),
        ("\"Or\" \"-x\" \"sev:high\"", "\"or\" \"-x\" \"sev:high\""),
        ("ORacle android nothing", "oracle android nothing"),
        ("https://a.example/x?y=1 10:30", "\"https://a.example/x?y=1\" 10:30"),
        ("", ""),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn a_mistake_has_a_place_and_a_remedy_and_the_rest_goes_on() {
    for (text, fault, words, rest) in [
        ("sevv:high dur>30m", "sevv", "did you mean “sev”?", "dur>30m"),
        ("dur>30m sev:hig x", "hig", "write high", "dur>30m x"),
        ("sev:purple,low", "purple", "write critical, high, medium, low, none, unknown", "sev:low"),
        ("foo:bar x", "foo", "write \"foo:bar\"", "x"),
        ("x service>a", ">", "write service:", "x"),
        ("x dur>1h,2h", "2h", "name one", "x dur>1h"),
        ("x dur>1h..2h", "1h..2h", "write `:` before it", "x"),
        ("start:2024..2023 x", "2024..2023", "write 2023..2024", "x"),
        ("x ) y", ")", "take it out", "x y"),
        ("x () y", "()", "take them out", "x y"),
        ("a - b", "-", "put it right before", "a b"),
        ("OR a", "OR", "write what it is the alternative to", "a"),
        ("AND a", "AND", "take it out", "a"),
        // What is missing has a place of no width.
        ("x sev:", "", "write critical", "x"),
        ("x (a b", "", "close it with )", "x a b"),
        ("x \"a b", "", "close them with \"", "x \"a b\""),
        ("x -", "", "write what is to be left out", "x"),
        ("a OR", "", "write the alternative", "a"),
        ("a AND", "", "write what must hold as well", "a"),
        ("sev:high,", "", "write critical", "sev:high"),
    ] {
        let parsed = parse(text, TODAY);
        assert_eq!(parsed.mistakes.len(), 1, "{text}: {parsed:?}");
        let mistake = &parsed.mistakes[0];
        assert_eq!(&text[mistake.span.clone()], fault, "{text}: {mistake}");
        assert!(mistake.to_string().contains(words), "{text}: {mistake}");
        assert_eq!(mistake.is_unfinished(text), fault.is_empty(), "{text}");
        let kept: Vec<_> = parsed.parts.iter().map(|part| part.expr.to_string()).collect();
        assert_eq!(kept.join(" "), rest, "{text}");
    }
}

#[test]
fn brackets_are_capped_and_denials_do_not_nest() {
    let deep = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(shown(&deep(DEPTH - 1)), "a");
    let mistakes = parse(&deep(100_000), TODAY).mistakes;
    assert!(mistakes.iter().any(|mistake| mistake.what.contains("more than 32 brackets")));
    assert_eq!(shown(&format!("{}a", "-".repeat(100_000))), "a");
    assert_eq!(parse(&")".repeat(1000), TODAY).mistakes.len(), 1000);
}

#[test]
fn what_is_printed_nests_no_deeper_than_what_was_typed() {
    let typed = format!("{}c d{}", "a b OR (".repeat(DEPTH - 1), ")".repeat(DEPTH - 1));
    let parsed = parse(&typed, TODAY);
    assert_eq!(parsed.mistakes, []);
    let again = parse(&all(parsed.parts.clone()).to_string(), TODAY);
    assert_eq!((again.mistakes, again.parts.len()), (vec![], 1));
}

#[test]
fn work_grows_with_the_length_of_the_text() {
    // Each piece is looked at a fixed number of times: as many pieces come out as the text has.
    for (piece, parts) in [("a ", 1), ("sev:high ", 1), ("\"a\" ", 1), ("sev:a,b,c ", 0), ("- ", 0), ("(a) ", 1), ("\"", 0), ("a:", 0)] {
        let parsed = parse(&piece.repeat(20_000), TODAY);
        assert!(parsed.parts.len() <= 20_000 && (parts == 0 || parsed.parts.len() == 20_000), "{piece}");
    }
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,6}",
        "[a-zé(),:=<>!\"\\\\. -]{1,8}".prop_map(|text| text.trim().to_owned()),
        Just("or".to_owned()),
        Just("not".into())
    ]
    .prop_filter("something to find", |text| !text.trim().is_empty())
}

fn lengths() -> impl Strategy<Value = Value> {
    (-200_000_i64..2_000_000).prop_map(|seconds| Value::Length(Length(seconds)))
}

fn periods() -> impl Strategy<Value = Period> {
    let text = (1990..2040_u32, 1..13_u32, 1..29_u32, 0..24_u32, 0..60_u32, 0..9_usize).prop_map(|(y, m, d, h, min, unit)| {
        let whole = [
            format!("{y}"),
            format!("{y}-Q{}", (m - 1) / 3 + 1),
            format!("{y}-{m:02}"),
            format!("{y}-{m:02}-{d:02}"),
            format!("{y}-{m:02}-{d:02}T{h:02}:{min:02}"),
            format!("{y}-{m:02}-{d:02}T{h:02}:{min:02}:07"),
            format!("{d}d"),
            format!("{m}mo"),
            "last-quarter".to_owned(),
        ];
        whole[unit].clone()
    });
    text.prop_map(|text| Period::parse(&text, TODAY).unwrap())
}

fn value(kind: Kind) -> BoxedStrategy<Value> {
    use crate::incident::{Format, Severity, Status};
    match kind {
        Kind::Name => words().prop_map(|words| Value::Name(Name::new(&words))).boxed(),
        Kind::Severity => prop::option::of(prop::sample::select(Severity::ALL)).prop_map(Value::Severity).boxed(),
        Kind::Status => prop::option::of(prop::sample::select(Status::ALL)).prop_map(Value::Status).boxed(),
        Kind::Format => prop::sample::select(Format::ALL).prop_map(Value::Format).boxed(),
        Kind::Time | Kind::Moment => periods().prop_map(|period| Value::Period(period.alone(TODAY))).boxed(),
        Kind::Weekday => (0..7_u8).prop_map(|day| Value::Weekday(chrono::Weekday::try_from(day).unwrap())).boxed(),
        Kind::Hour => (0..24_u32).prop_map(Value::Hour).boxed(),
        Kind::Length => lengths().boxed(),
        Kind::Has => prop::sample::select(HAS.iter().collect::<Vec<_>>()).prop_map(Value::Trait).boxed(),
        Kind::Is => prop::sample::select(IS.iter().collect::<Vec<_>>()).prop_map(Value::Trait).boxed(),
    }
}

fn clause() -> impl Strategy<Value = Expr> {
    let fields = prop::sample::select(Field::ALL);
    fields.prop_flat_map(|field| {
        let kind = field.kind();
        let most = if kind == Kind::Moment { 1 } else { 3 };
        let plain = prop::collection::vec(value(kind), 1..=most).prop_map(move |values| Expr::Clause(field, Op::Has, values));
        let exact = value(kind).prop_map(move |value| Expr::Clause(field, Op::Is, vec![value]));
        if !matches!(kind, Kind::Length | Kind::Time | Kind::Hour) {
            return prop_oneof![plain, exact].boxed();
        }
        let bound = || if kind == Kind::Time { periods().prop_map(Value::Period).boxed() } else { value(kind) };
        let compared = (bound(), prop::sample::select(vec![Op::Over, Op::AtLeast, Op::Under, Op::AtMost]));
        let compared = compared.prop_map(move |(value, op)| Expr::Clause(field, op, vec![value]));
        let open = (bound(), any::<bool>()).prop_map(move |(value, upper)| {
            let (from, to) = if upper { (None, Some(value.into())) } else { (Some(value.into()), None) };
            Expr::Clause(field, Op::Has, vec![Value::Range(from, to)])
        });
        prop_oneof![plain, exact, compared, open].boxed()
    })
}

fn expr() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![words().prop_map(|text| Expr::Words(Words::new(&text))), clause()];
    leaf.prop_recursive(4, 20, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expr::All),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expr::Any),
            // Twice denied is not denied.
            inner.prop_filter("denied once", |inner| !matches!(inner, Expr::Not(_))).prop_map(|inner| Expr::Not(Box::new(inner))),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_printed_is_understood_as_it_was(expr in expr()) {
        let text = expr.to_string();
        let Parsed { parts, mistakes, .. } = parse(&text, TODAY);
        prop_assert_eq!(mistakes, vec![], "{}", &text);
        prop_assert_eq!(all(parts), expr, "{}", text);
    }

    #[test]
    fn any_text_is_read_and_every_place_is_in_it(text in "(?s:.){0,60}", more in "[a-z:<>=!,.()\" -]{0,60}") {
        for text in [text, more] {
            let Parsed { parts, mistakes, .. } = parse(&text, TODAY);
            for span in parts.iter().map(|part| &part.span).chain(mistakes.iter().map(|mistake| &mistake.span)) {
                prop_assert!(text.get(span.clone()).is_some(), "{:?} {:?}", text, span);
            }
            prop_assert!(mistakes.is_sorted_by_key(|mistake| mistake.span.start));
            // A line that a menu writes anew has no mistakes left, and says the same.
            let query = crate::query::Query::new(text.clone());
            let rewritten = query.without_facet(crate::query::facet::Facet::Format);
            prop_assert_eq!(rewritten.mistakes(), &[], "{:?} {:?}", text, rewritten.text());
            for cursor in 0..=text.len() {
                let range = crate::query::complete::complete(&query, cursor, &[]).range;
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
