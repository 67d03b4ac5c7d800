//! What people read of a feature: what it says of a moment or a name, so that "the moment is …" can stand in front. `kind` and `value`
//! are as they stand in `assets/model.tsv`; the value may be empty.

mod name;

pub use name::of_name;

/// A feature of a sentence that says why, in words.
pub fn of_sentence(kind: &str, value: &str) -> String {
    match kind {
        "cue" => format!("words for {}", thing(value)),
        "cue in the sentence before" | "cue in the next sentence" => {
            format!("words for {}{}", thing(value), kind.trim_start_matches("cue"))
        }
        "under" if value == "none" => "in no section".into(),
        "under" => format!("in the {value} section"),
        "in the post" => format!("in the post “{value}”"),
        "of its paragraph" if value == "alone" => "a paragraph of its own".into(),
        "of its paragraph" | "of the report" if matches!(value, "first" | "second" | "last") => format!("the {value} {kind}"),
        "of its paragraph" => "inside its paragraph".into(),
        "of the report" => format!("{value} {kind}"),
        "of a length" => format!("a {value} sentence"),
        _ if value.is_empty() => kind.to_owned(),
        _ => format!("{kind} “{value}”"),
    }
}

/// A feature of a moment in words.
pub fn of_moment(kind: &str, value: &str) -> String {
    let thing = thing(value);
    match kind {
        // Its place among the moments of the report.
        "second last of" => among("the last moment but one", value),
        "first of" | "second of" | "last of" => among(&format!("the {} moment", kind.trim_end_matches(" of")), value),
        "first told of" | "last told of" => among(&format!("the {} that is told", kind.trim_end_matches(" told of")), value),
        "first felt of" | "last felt of" => among(&format!("the {} about customers", kind.trim_end_matches(" felt of")), value),

        // How it is told.
        "told" => match value {
            "never" => "inferred only".into(),
            "posted only" => "posted, not told".into(),
            "often" => "told three times or more".into(),
            _ => format!("told {value}"),
        },
        "told behind" | "told in front of" if value == "none" => {
            format!("the {} that is told", if kind == "told behind" { "first" } else { "last" })
        }
        "told behind" => format!("told after {thing}"),
        "told in front of" => format!("told before {thing}"),
        "as" => form(value).into(),
        // How it is written down is a feature of its own.
        "felt, as" => "about customers".into(),
        "under" => format!("in the {value} section"),
        "as an entry under" => format!("an entry of the {value} section"),
        "as the value of" => format!("labelled as {thing}"),
        "in the text under" => format!("in the text of the {value} section"),
        "of a range" => format!("the {value} of a range"),
        "of a range that was felt" => format!("the {value} of a range about customers"),
        "of another range" => format!("the {value} of a range about something else"),
        "as the post" => format!("posted as {value}"),
        "in the post" => format!("told in the post “{value}”"),
        "cue in the post" => format!("words for {thing} in what was posted"),

        // What its words tell.
        "by its cues" => format!("its words tell of {thing}"),
        "first by its cues" => format!("the first to tell of {thing}"),
        "last by its cues" => format!("the last to tell of {thing}"),
        "cue" => format!("words for {thing} in its sentence"),
        "cue in front" | "cue behind" | "cue close in front" | "cue close behind" => {
            format!("words for {thing} {}", kind.trim_start_matches("cue "))
        }

        // What the rules would have chosen.
        "by the rules" => format!("by the rules {thing}"),
        "starts by" | "ends by" => format!("the {} by the rules: {value}", kind.trim_end_matches("s by")),
        "before the ruled start" | "behind the ruled start" | "before the ruled end" | "behind the ruled end" => {
            let (side, edge) = kind.split_once(" the ruled ").unwrap_or((kind, ""));
            match value {
                "no time" => format!("at the {edge} by the rules"),
                "a quarter hour" | "an hour" => format!("up to {value} {side} the {edge} by the rules"),
                _ => format!("{value} {side} the {edge} by the rules"),
            }
        }
        "before" | "after" => format!("{kind} the {value} by the rules"),
        "from" => format!("at or after the {value} by the rules"),
        "until" => format!("at or before the {value} by the rules"),
        "behind the start" | "behind the detection" | "behind the cause" | "in front of the end" => {
            let (side, of) = kind.rsplit_once(" the ").unwrap_or((kind, ""));
            match value {
                "none" => format!("not {side} the {of}"),
                "zeroth" => format!("at the {of}"),
                "third" => format!("the third or fourth {side} the {of}"),
                "further" => format!("far {side} the {of}"),
                _ => format!("the {value} {side} the {of}"),
            }
        }
        _ if value.is_empty() => kind.to_owned(),
        // A word and where it stands: "“restored” behind".
        _ => format!("“{value}” {kind}"),
    }
}

/// The kind of report that a place among the moments is one of.
fn among(place: &str, value: &str) -> String {
    match value {
        "all" => place.to_owned(),
        "posts" => format!("{place}, with status posts"),
        "text alone" => format!("{place}, without status posts"),
        "a timeline" => format!("{place}, with a timeline"),
        _ => format!("{place} of {}", value.replace(" moments", "").replace("one moment", "one")),
    }
}

/// How a moment is written down.
fn form(value: &str) -> &'static str {
    match value {
        "entry" => "an entry of the timeline",
        "field" => "the value of a label",
        "list" => "in a list",
        "row" => "in a table",
        _ => "in running text",
    }
}

/// What happened, as a noun.
fn thing(value: &str) -> String {
    let noun = match value {
        "onset" => "an onset",
        "start" | "begin-mark" => "the start",
        "end" | "end-mark" => "the end",
        "detected" => "a detection",
        "acknowledged" => "a first response",
        "investigating" => "an investigation",
        "identified" => "the cause being found",
        "mitigated" => "a mitigation",
        "monitoring" => "watching",
        "recovered" => "a recovery",
        "resolved" => "the incident being over",
        "maintenance" => "planned work",
        "published" => "publication",
        "impact" | "strong-impact" => "what customers felt",
        "no-impact" => "something customers did not feel",
        "extends" => "work that goes on",
        "future" | "commitment" => "work to come",
        "cause" | "strong-cause" | "sure-cause" | "fault" => "a cause",
        "remedy" => "what was done about it",
        "habit" => "a habit",
        "done" => "something finished",
        "open" => "something unfinished",
        "infer-high" | "infer-medium" | "infer-low" | "infer-none" => "how bad it was",
        "other" => "something else",
        _ => return value.replace('-', " "),
    };
    noun.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newcomer_can_read_every_kind() {
        for (feature, read) in [
            ("first of=all", "the first moment"),
            ("last of=few moments", "the last moment of few"),
            ("second last of=all", "the last moment but one"),
            ("told behind=detected", "told after a detection"),
            ("second of=posts", "the second moment, with status posts"),
            ("first felt of=a timeline", "the first about customers, with a timeline"),
            ("told=never", "inferred only"),
            ("as=prose", "in running text"),
            ("felt, as=entry", "about customers"),
            ("by its cues=recovered", "its words tell of a recovery"),
            ("cue close behind=cause", "words for a cause close behind"),
            ("by the rules=start", "by the rules the start"),
            ("by the rules=resolved", "by the rules the incident being over"),
            ("starts by=first sign of trouble", "the start by the rules: first sign of trouble"),
            ("behind the ruled start=no time", "at the start by the rules"),
            ("before the ruled end=an hour", "up to an hour before the end by the rules"),
            ("in front of the end=third", "the third or fourth in front of the end"),
            ("from=start", "at or after the start by the rules"),
            ("as the value of=detected", "labelled as a detection"),
            ("approximate", "approximate"),
            ("right in front=between", "“between” right in front"),
        ] {
            let (kind, value) = feature.split_once('=').unwrap_or((feature, ""));
            assert_eq!(of_moment(kind, value), read, "{feature}");
        }
        for (feature, read) in [
            ("cue=sure-cause", "words for a cause"),
            ("cue in the next sentence=remedy", "words for what was done about it in the next sentence"),
            ("under=cause", "in the cause section"),
            ("of the report=in the last quarter", "in the last quarter of the report"),
            ("of its paragraph=second", "the second of its paragraph"),
            ("of a length=long", "a long sentence"),
            ("opens with=due", "opens with “due”"),
            ("of what had been before", "of what had been before"),
        ] {
            let (kind, value) = feature.split_once('=').unwrap_or((feature, ""));
            assert_eq!(of_sentence(kind, value), read, "{feature}");
        }
    }

    #[test]
    fn no_feature_of_the_table_is_left_in_its_own_short_hand() {
        let table = include_str!("../../assets/model.tsv");
        let placed = ["in the", "at the head", "in front", "right in", "two in", "behind", "further behind"];
        let of_others = |role: &str| matches!(role, "service" | "organization" | "cause" | "work");
        let rows = table.lines().skip(1).filter_map(|line| line.split_once('\t')).filter(|(role, _)| !of_others(role));
        for name in rows.filter_map(|(_, row)| row.split('\t').next()) {
            let Some((kind, value)) = name.split_once('=') else { continue };
            let short = of_moment(kind, value) == format!("“{value}” {kind}");
            assert!(!short || placed.iter().any(|known| kind.starts_with(known)) || kind.starts_with("nothing"), "{name}");
        }
    }
}
