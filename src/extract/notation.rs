//! How the tables in `assets/` write phrases: `fail~` for all forms of a verb, `outage+` for one and many, `{the }` for what may be
//! missing, `<event>` for each phrase of a row of that name, `<irregular>` for the past forms of irregular verbs. Phrases are written
//! out when the program is built.

/// Verbs whose past, participle or doubling no rule gives, with their forms but those in -s and -ing.
const IRREGULAR: &[(&str, &[&str])] = &[
    ("become", &["became"]),
    ("begin", &["began", "begun"]),
    ("break", &["broke", "broken"]),
    ("bring", &["brought"]),
    ("build", &["built"]),
    ("catch", &["caught"]),
    ("come", &["came"]),
    ("cut", &[]),
    ("do", &["did", "done"]),
    ("draw", &["drew", "drawn"]),
    ("fall", &["fell", "fallen"]),
    ("find", &["found"]),
    ("forget", &["forgot", "forgotten"]),
    ("freeze", &["froze", "frozen"]),
    ("get", &["got", "gotten"]),
    ("give", &["gave", "given"]),
    ("go", &["went", "gone"]),
    ("grow", &["grew", "grown"]),
    ("hang", &["hung"]),
    ("hold", &["held"]),
    ("keep", &["kept"]),
    ("know", &["knew", "known"]),
    ("lead", &["led"]),
    ("leave", &["left"]),
    ("lose", &["lost"]),
    ("make", &["made"]),
    ("put", &[]),
    ("rise", &["rose", "risen"]),
    ("run", &["ran"]),
    ("see", &["saw", "seen"]),
    ("send", &["sent"]),
    ("set", &[]),
    ("shrink", &["shrank", "shrunk"]),
    ("shut", &[]),
    ("speak", &["spoke", "spoken"]),
    ("split", &[]),
    ("stand", &["stood"]),
    ("stick", &["stuck"]),
    ("take", &["took", "taken"]),
    ("tell", &["told"]),
    ("throw", &["threw", "thrown"]),
    ("wake", &["woke", "woken"]),
    ("wear", &["wore", "worn"]),
    ("write", &["wrote", "written"]),
];

/// Verbs of two syllables whose last letter doubles.
const DOUBLED: &[&str] = &["admit", "begin", "commit", "occur", "permit", "prefer", "recur", "refer", "submit"];

/// The past and the participle of all irregular verbs, with "|" between them.
pub fn irregular() -> String {
    IRREGULAR.iter().flat_map(|(_, forms)| *forms).copied().collect::<Vec<_>>().join("|")
}

/// The phrases that `written` stands for, `classes` being the rows that it may name.
pub fn phrases<'c>(written: &str, class: &impl Fn(&str) -> Option<&'c str>) -> Vec<String> {
    let Some(at) = written.find(['{', '<']) else { return forms(written) };
    let (head, rest) = written.split_at(at);
    let close = if rest.starts_with('{') { '}' } else { '>' };
    let Some((inner, tail)) = rest.get(1..).and_then(|rest| rest.split_once(close)) else { return forms(written) };
    let choices = match close {
        '}' => vec!["", inner],
        _ => match class(inner) {
            Some(row) => row.split('|').collect(),
            None => return forms(written),
        },
    };
    choices.iter().flat_map(|choice| phrases(&format!("{head}{choice}{tail}"), class)).collect()
}

/// `phrase` with each marked word in all its forms; a mark that stands behind no letter is itself.
fn forms(phrase: &str) -> Vec<String> {
    let marked = |(at, _): &(usize, &str)| phrase.get(..*at).is_some_and(|head| head.ends_with(char::is_alphabetic));
    let Some((at, mark)) = phrase.match_indices(['~', '+']).find(marked) else { return vec![phrase.to_owned()] };
    let (head, tail) = (phrase.get(..at).unwrap_or_default(), phrase.get(at + 1..).unwrap_or_default());
    let start = head.rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |space| head.ceil_char_boundary(space + 1));
    let (before, word) = head.split_at(start);
    let of_word = if mark == "~" { verb(word) } else { vec![word.to_owned(), with_s(word)] };
    of_word.iter().flat_map(|form| forms(&format!("{before}{form}{tail}"))).collect()
}

/// Infinitive, third person, past, participles.
fn verb(word: &str) -> Vec<String> {
    let irregular = IRREGULAR.iter().find(|(known, _)| *known == word);
    let past = match irregular {
        Some((_, forms)) => forms.iter().map(|form| (*form).to_owned()).collect(),
        None => vec![past(word)],
    };
    [vec![word.to_owned(), with_s(word), with_ing(word)], past].concat()
}

/// "fails", "flushes", "retries".
fn with_s(word: &str) -> String {
    match word.strip_suffix('y').filter(|stem| !stem.ends_with(is_vowel)) {
        Some(stem) => format!("{stem}ies"),
        None if word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh") || matches!(word, "go" | "do") => {
            format!("{word}es")
        }
        None => format!("{word}s"),
    }
}

/// "failed", "reduced", "retried", "stopped".
fn past(word: &str) -> String {
    match word.strip_suffix('y').filter(|stem| !stem.ends_with(is_vowel)) {
        Some(stem) => format!("{stem}ied"),
        None if word.ends_with('e') => format!("{word}d"),
        None => format!("{}ed", doubled(word)),
    }
}

/// "failing", "reducing", "stopping".
fn with_ing(word: &str) -> String {
    let mute = word.strip_suffix('e').filter(|stem| !stem.ends_with(['e', 'i', 'o', 'y']));
    format!("{}ing", mute.map_or_else(|| doubled(word), str::to_owned))
}

/// `word` with its last letter twice where it is one consonant behind one vowel of the only syllable.
fn doubled(word: &str) -> String {
    let last: Vec<char> = word.chars().rev().collect();
    let closes = |c: char| !is_vowel(c) && !matches!(c, 'w' | 'x' | 'y');
    let short = matches!(last.as_slice(), [end, vowel, rest @ ..]
        if closes(*end) && is_vowel(*vowel) && (rest.iter().all(|c| !is_vowel(*c)) || rest == ['u', 'q']));
    match last.first().filter(|_| short || DOUBLED.contains(&word)) {
        Some(end) => format!("{word}{end}"),
        None => word.to_owned(),
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_stands_for_its_forms() {
        for (word, forms) in [
            ("fail", "fail fails failing failed"),
            ("stop", "stop stops stopping stopped"),
            ("notify", "notify notifies notifying notified"),
            ("delay", "delay delays delaying delayed"),
            ("release", "release releases releasing released"),
            ("agree", "agree agrees agreeing agreed"),
            ("crash", "crash crashes crashing crashed"),
            ("reboot", "reboot reboots rebooting rebooted"),
            ("recover", "recover recovers recovering recovered"),
            ("occur", "occur occurs occurring occurred"),
            ("begin", "begin begins beginning began begun"),
            ("go", "go goes going went gone"),
            ("run", "run runs running ran"),
            ("shut", "shut shuts shutting"),
            ("slow", "slow slows slowing slowed"),
        ] {
            assert_eq!(verb(word).join(" "), forms);
        }
    }

    #[test]
    fn phrases_are_written_out() {
        let class = |name: &str| (name == "event").then_some("outage+|fault");
        let written = |phrase: &str| phrases(phrase, &class).join("|");
        assert_eq!(written("plain words*"), "plain words*");
        assert_eq!(
            written("start of {the }<event>"),
            "start of outage|start of outages|start of fault|start of the outage|start of the outages|start of the fault"
        );
        assert_eq!(written("roll~ back"), "roll back|rolls back|rolling back|rolled back");
        assert_eq!(
            written("user+ see~ it"),
            "user see it|user sees it|user seeing it|user saw it|user seen it|users see it|users sees it|users seeing it|users saw it|users seen it"
        );
        assert_eq!(written("switch+"), "switch|switches");
        assert_eq!(written("photo+"), "photo|photos");
        assert_eq!(written("open { <, <none>"), "open { <, <none>");
        assert_eq!(written("~"), "~");
        let past = irregular();
        assert!(["began", "frozen", "went"].iter().all(|form| past.split('|').any(|past| past == *form)) && !past.contains("freeze"));
    }
}
