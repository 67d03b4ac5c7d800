//! What people read of a feature of a name.

use super::thing;

/// A feature of a name in words, so that "the name is …" can stand in front.
pub fn of_name(kind: &str, value: &str) -> String {
    match kind {
        // How it is written.
        "written" => format!("written {value}"),
        "of" if value == "more words" => "of four words or more".into(),
        "as more words" => format!("several words {value}"),
        "as one word" | "as two words" | "as three words" => format!("{} {value}", kind.trim_start_matches("as ")),
        "its first word" | "its last word" => format!("{kind} is “{value}”"),
        "its last word ends with" => format!("{kind} “{value}”"),
        "its first word in" | "its last word in" => format!("{} is {}", kind.trim_end_matches(" in"), word_of(value)),
        "all of it in" => format!("every word is {}", word_of(value)),
        "some of it in" => format!("one word is {}", word_of(value)),

        // How often and where it is told.
        "told" => match value {
            "never" => "told in no sentence".into(),
            _ => format!("told {}", times(value)),
        },
        "told compared" => match value {
            "most" => "told most of all names".into(),
            _ => format!("told {value}").replace("the most", "the name told most"),
        },
        "told where" => format!("told in {value}"),
        "told by" => format!("written out in {value}"),
        "told but by" => format!("written only in {value}"),
        "told without its last word" | "told without its first word" | "told with a word more" => format!("{kind} {value}"),
        "heads longer names" => "the first words of longer names".into(),
        "first told in" => format!("first told in {value}"),
        "last told in" => format!("last told in {value}"),
        "opens" => "the first words of where it is told last".into(),
        "ends" => "the last words of where it is told last".into(),
        "opens a paragraph of" => format!("the first words of a paragraph in {value}"),

        "written small elsewhere" => format!("{value} {kind}"),
        "unknown words, of" if value == "once" => "the only name whose words are not known".into(),
        "unknown words, of" => "one of the names whose words are not known".into(),

        // Its place.
        "on a short line" | "on a long line" => on_line(kind, value),
        "on a short line, " | "on a long line, " => format!("{kind}{value}"),
        "in" => format!("in {}", place(value)),
        "under" | "in the text under" if value == "other" => "in a section of another kind".into(),
        "under" | "in the text under" => format!("in the {value} section"),
        "as the value of" => format!("labelled as {}", thing(value)),
        "in the label" => format!("“{value}” in the label"),
        "of its stretch" => part(value).into(),
        "the whole of its stretch in" | "the front of its stretch in" | "the rear of its stretch in" | "the middle of its stretch in" => {
            let which = kind.trim_start_matches("the ").split(' ').next().unwrap_or_default();
            format!("{} in {}", part(which), place(value))
        }
        "in a list of" => "in a list of names".into(),
        "a part of a name in a list" => kind.into(),
        "services by the rules in its list" if value == "never" => "beside no service by the rules in its list".into(),
        "services by the rules in its list" => "beside services by the rules in its list".into(),
        "in a row of" => "in a row of names".into(),
        "owned" => "what somebody owns".into(),

        // Its part in a sentence.
        _ if kind.starts_with("its part") => format!("{kind}: {value}"),

        // What stands around it.
        "in front" | "behind" => beside(kind, "", value),
        "in front in the title" => beside("in front", " in the title", value),
        "in front in a heading" => beside("in front", " in a heading", value),
        "behind in the title" => beside("behind", " in the title", value),
        "behind in a heading" => beside("behind", " in a heading", value),
        "in front of its list" => beside("in front", " of its list", value),
        "behind its list" => beside("behind", " its list", value),
        "in front, a word of" | "behind, a word of" => format!("{} {}", word_of(value), kind.trim_end_matches(", a word of")),
        "behind in the title, a word of" => format!("{} behind it in the title", word_of(value)),
        "before its list, a word of" => format!("{} before its list", word_of(value)),
        "before its list" => format!("words for {} before its list", thing(value)),
        "in a sentence with" => format!("in a sentence with words for {}", thing(value)),
        "close behind" => format!("{kind} words for {}", thing(value)),
        "close before" => format!("close in front of words for {}", thing(value)),
        "with" => format!("with words for {} in it", thing(value)),

        // What the rules say.
        "a service by the rule" | "the publisher by the rule" => format!("{} rules: {value}", kind.trim_end_matches(" rule")),
        _ if value.is_empty() => kind.to_owned(),
        _ => format!("{kind} {value}"),
    }
}

/// A word of one of the vocabulary's lists, by the name of the list.
fn word_of(list: &str) -> String {
    match list {
        "grammar" => "a small word of grammar".into(),
        "ordinary words" => "an ordinary word".into(),
        "no names" => "a word that is no name".into(),
        "vague openings" | "vague things" => "a vague word".into(),
        "technology" | "trouble" | "staff" | "suffering" => format!("a word of {list}"),
        _ => format!("a word for {list}"),
    }
}

/// How many times, where "some times" would say that it was seldom.
fn times(many: &str) -> &str {
    if many == "some times" { "a few times" } else { many }
}

/// A kind of place in a report.
fn place(value: &str) -> &str {
    match value {
        "title" => "the title",
        "heading" => "a heading",
        "list" => "a list",
        "row" => "a table",
        "field" => "a labelled value",
        _ => "the text",
    }
}

/// Which part it is of the words around it that may be one name with it.
fn part(value: &str) -> &str {
    match value {
        "whole" => "a whole run of words",
        "front" => "the front of a run of words",
        "rear" => "the end of a run of words",
        _ => "inside a run of words",
    }
}

/// How it stands on a line, and which that is: "first of the head".
fn on_line(line: &str, value: &str) -> String {
    let at = value.find(" of the ").or_else(|| value.find(" the ")).unwrap_or(value.len());
    let (how, which) = value.split_at(at);
    format!("{how} {line}{}{which}", if which.starts_with(" the") { "," } else { "" })
}

/// What stands on one side of it: a word, a mark, or nothing.
fn beside(side: &str, of: &str, value: &str) -> String {
    match value {
        "the end" if side == "behind" => format!("nothing behind{of}"),
        "the end" => format!("nothing in front{of}"),
        "a number" | "a quotation mark" => format!("{value} {side}{of}"),
        _ => format!("“{value}” {side}{of}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(feature: &str) -> String {
        let (kind, value) = feature.split_once('=').unwrap_or((feature, ""));
        of_name(kind, value)
    }

    #[test]
    fn a_newcomer_can_read_every_kind() {
        for (feature, words) in [
            ("written=with a capital", "written with a capital"),
            ("as two words=small", "two words small"),
            ("its last word=search", "its last word is “search”"),
            ("its last word in=technology", "its last word is a word of technology"),
            ("told=some times", "told a few times"),
            ("told compared=most", "told most of all names"),
            ("told compared=half as often as the most", "told half as often as the name told most"),
            ("told where=the title alone", "told in the title alone"),
            ("told by=a link", "written out in a link"),
            ("the whole of its stretch in=title", "a whole run of words in the title"),
            ("behind=the end", "nothing behind"),
            ("behind=fail", "“fail” behind"),
            ("in front in a heading=the end", "nothing in front in a heading"),
            ("behind in the title=unavailable", "“unavailable” behind in the title"),
            ("in front of its list=includ", "“includ” in front of its list"),
            ("behind in the title, a word of=trouble", "a word of trouble behind it in the title"),
            ("close behind=onset", "close behind words for an onset"),
            ("close before=onset", "close in front of words for an onset"),
            ("its part in a title=subject", "its part in a title: subject"),
            ("in a sentence with=fault", "in a sentence with words for a cause"),
            ("a service by the rule=named in the title", "a service by the rules: named in the title"),
            ("on a short line=before a mark of the head", "before a mark on a short line of the head"),
            ("on a long line=first the last", "first on a long line, the last"),
            ("on a short line, =alone", "on a short line, alone"),
            ("written small elsewhere=none of it", "none of it written small elsewhere"),
            ("opens a sentence", "opens a sentence"),
        ] {
            assert_eq!(read(feature), words, "{feature}");
        }
    }

    #[test]
    fn no_feature_of_the_table_is_left_in_its_own_short_hand() {
        let table = include_str!("../../../assets/model.tsv");
        let rows = table.lines().filter_map(|line| line.split_once('\t')).filter(|(role, _)| matches!(*role, "service" | "organization"));
        for feature in rows.filter_map(|(_, row)| row.split('\t').next()).filter(|feature| feature.contains('=')) {
            let (kind, value) = feature.split_once('=').unwrap_or_default();
            let as_it_is = read(feature) == format!("{kind} {value}");
            let fits = matches!(kind, "of" | "told")
                || ["told with", "first told", "last told", "written", "none named", "in front of a verb"]
                    .iter()
                    .any(|known| kind.starts_with(known));
            assert!(!as_it_is || fits, "{feature}");
        }
    }
}
