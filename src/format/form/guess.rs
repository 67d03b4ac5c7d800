//! The form of records whose tool is not known, from the words in their keys: `started_at`, `Start (UTC)`, `incidentStart`.
//!
//! A key counts only where all of it is known and its value is of the kind; what is not known is left unread. Records are
//! incidents only where they tell of trouble, not only of a name and a time.

use super::find::Match;
use super::keys::{self, DEEP, Key, is};
use super::path::Path;
use super::stamp::{is_moment, is_range, moment_of};
use super::{Form, Posts, Slot};
use crate::format::tree::{Node, Value, words_of};
use std::borrow::Cow;
use std::sync::OnceLock;

/// The file whose paths are words of keys.
pub const WORDS: &str = "any";

/// The words of keys.
pub fn words() -> &'static Form {
    static FORM: OnceLock<Form> = OnceLock::new();
    FORM.get_or_init(|| {
        let file = super::FILES.iter().find(|(id, _)| *id == WORDS);
        file.and_then(|(id, text)| Form::parse(id, text).ok()).unwrap_or_default()
    })
}

/// The form that the keys of the records in `root` let guess.
pub fn guess<'n, 'a>(root: &'n Node<'a>) -> Option<Match<'static, 'n, 'a>> {
    let mut tables = Vec::new();
    places(root, &mut Vec::new(), &mut tables);
    let guessed = tables.into_iter().filter_map(|(path, records)| {
        let (form, score) = of_records(&path, &records);
        (score >= ENOUGH).then_some((score, form, records))
    });
    let (_, form, records) = guessed.max_by_key(|(score, _, records)| (*score, records.len()))?;
    Some(Match { form: Cow::Owned(form), records })
}

/// A draft of a form for records that none is known for: what their keys let guess, whatever that is.
pub fn draft(root: &Node) -> Form {
    let mut tables = Vec::new();
    places(root, &mut Vec::new(), &mut tables);
    let drafts = tables.into_iter().map(|(path, records)| {
        let (mut form, score) = of_records(&path, &records);
        let first = records.first().map(|record| record.entries()).unwrap_or_default();
        form.has = first.iter().take(8).map(|(key, _)| Path::of(&[key.as_str()])).collect();
        (score, form)
    });
    drafts.max_by_key(|(score, _)| *score).map(|(_, form)| form).unwrap_or_default()
}

/// From so many signs on records are incidents.
const ENOUGH: usize = 4;

type Table<'n, 'a> = (Vec<String>, Vec<&'n Node<'a>>);

/// The lists of objects in a file, and the object that it is.
fn places<'n, 'a>(node: &'n Node<'a>, path: &mut Vec<String>, tables: &mut Vec<Table<'n, 'a>>) {
    if path.len() > DEEP {
        return;
    }
    if node.is_table() {
        tables.push((path.clone(), node.items().iter().filter(|item| item.is_map()).collect()));
        return;
    }
    if node.is_map() {
        tables.push((path.clone(), vec![node]));
    }
    for (key, value) in node.entries().iter().filter(|(_, value)| value.is_map() || value.is_table()) {
        path.push(key.as_str().to_owned());
        places(value, path, tables);
        path.pop();
    }
}

/// What records lead to believe, and how many signs there are that they are incidents.
fn of_records(path: &[String], records: &[&Node]) -> (Form, usize) {
    let known = words();
    let keys = keys::of(records);
    let mut taken = vec![false; keys.len()];
    let mut form = Form { id: WORDS.to_owned(), name: known.name.clone(), values: known.values.clone(), ..Form::default() };
    let root: Vec<&str> = path.iter().map(String::as_str).collect();
    form.records = vec![Path::of(&root)];
    for slot in Slot::ALL {
        let mut found = Vec::new();
        // A record that was made when it began says so elsewhere.
        let filed = *slot == Slot::Detected && !form.paths(Slot::Start).is_empty();
        for wanted in known.paths(*slot).iter().filter_map(|path| path.keys().next()) {
            if filed && FILED.contains(&wanted) {
                continue;
            }
            // A name that is there is the name; of a moment several keys may tell.
            if !found.is_empty() && !slot.is_time() {
                break;
            }
            for (key, taken) in keys.iter().zip(&mut taken).filter(|(_, taken)| !**taken) {
                if is(&key.words, wanted, *slot)
                    && key.values.iter().any(|value| tells(value, *slot))
                    && !key.values.iter().any(|value| denies(value, *slot))
                {
                    *taken = true;
                    found.push(Path::of(&key.path.iter().map(String::as_str).collect::<Vec<_>>()));
                }
            }
        }
        if !found.is_empty() {
            form.fields.push((*slot, found));
        }
    }
    form.updates = known.updates.as_ref().and_then(|updates| lists(updates, &keys).next());
    form.notes = known.notes.iter().flat_map(|notes| lists(notes, &keys)).collect();
    let score = score(&form, path, &keys);
    (form, score)
}

/// The lists of notes in a record, by their keys.
pub(super) fn notes(record: &Node) -> Vec<Posts> {
    words().notes.iter().flat_map(|notes| lists(notes, &keys::of(&[record])).collect::<Vec<_>>()).collect()
}

/// The lists among `keys` that have a name, and in their entries a time and words, as `posts` knows them.
fn lists<'k>(posts: &'k Posts, keys: &'k [Key]) -> impl Iterator<Item = Posts> + use<'k> {
    let named = |key: &&Key| posts.list.iter().filter_map(|path| path.keys().next()).any(|wanted| key.words == wanted);
    let tables = keys.iter().filter(named).filter(|key| key.values.iter().any(|value| value.is_table()));
    tables.filter_map(|key| {
        let within: Vec<&Node> = key.values.iter().flat_map(|value| value.items()).filter(|item| item.is_map()).collect();
        let own = keys::of(&within);
        let path = |key: &Key| Path::of(&key.path.iter().map(String::as_str).collect::<Vec<_>>());
        let of = |wanted: &[Path], fits: fn(&Node) -> bool| -> Vec<Path> {
            let words = wanted.iter().filter_map(|path| path.keys().next());
            let found = words.filter_map(|wanted| own.iter().find(|key| key.words == wanted && key.values.iter().any(|value| fits(value))));
            found.map(path).collect()
        };
        let time = of(&posts.time, |value| moment_of(value).is_some());
        let text = of(&posts.text, |value| value.text().is_some());
        let label = of(&posts.label, |value| value.name().is_some_and(|name| name.as_str().len() <= 40));
        let told = !(time.is_empty() || text.is_empty() && label.is_empty());
        told.then(|| Posts { list: vec![path(key)], time, label, text, split: None })
    })
}

/// The moment that the words of a label name: "Impact started at", "resolved".
pub(super) fn time_slot(label: &str) -> Option<Slot> {
    let label = words_of(label).0;
    let names = |slot: &Slot| words().paths(*slot).iter().filter_map(|path| path.keys().next()).any(|wanted| is(&label, wanted, *slot));
    Slot::ALL.iter().copied().filter(|slot| slot.is_moment()).find(names)
}

/// The form of the rows of a table in a text, if it is a register: each has a name or a number, and tells from when to when. A
/// table of stretches ("what, from, to") is of one incident.
pub fn register(rows: &[&Node]) -> Option<Form> {
    let (form, score) = of_records(&[], rows);
    let has = |slots: &[Slot]| slots.iter().any(|slot| !form.paths(*slot).is_empty());
    let range = has(&[Slot::Window]);
    // When a row was filed or an alert went off is no beginning: work to be done is filed as well, and an incident has many alerts.
    let filed = |word: &&str| FILED.contains(word) || matches!(*word, "triggered" | "alerted");
    let noticed = |path: &Path| {
        let names = |wanted: &str| path.keys().any(|key| is(&words_of(key).0, wanted, Slot::Detected));
        !words().paths(Slot::Detected).iter().filter_map(|path| path.keys().next()).filter(filed).any(names)
    };
    let from = range || has(&[Slot::Start]) || form.paths(Slot::Detected).iter().any(noticed);
    let to = range || has(&[Slot::End, Slot::Mitigated, Slot::Resolved]);
    let title = form.paths(Slot::Title).first().and_then(|path| path.keys().next().map(|key| words_of(key).0));
    let named = title.as_ref().is_some_and(|title| CALLED.contains(&title.as_str()));
    let told = title.is_some() && has(&[Slot::Id, Slot::Severity]) || has(&[Slot::Id]) && has(&[Slot::Services, Slot::Components]);
    (score >= ENOUGH && from && to && (named || told)).then_some(form)
}

/// When a record was made, which is not when it began.
const FILED: [&str; 3] = ["created", "added", "logged"];

/// The heads of a column of names of incidents.
const CALLED: [&str; 5] = ["incident", "outage", "title", "name", "summary"];

/// Whether a value is of the kind that a slot asks for.
fn tells(value: &Node, slot: Slot) -> bool {
    let text = || value.name().map(|text| text.as_str()).unwrap_or_default();
    let wordy = || text().chars().any(char::is_alphabetic);
    match slot {
        Slot::Window => is_range(text()),
        slot if slot.is_time() && value.is_map() => moment_of(value).is_some(),
        slot if slot.is_time() => value.text().is_some_and(|text| super::stamp::moment(text).is_some() || is_moment(text.as_str())),
        Slot::Title => value.text().is_some() && wordy() && text().len() <= 300,
        Slot::Severity => !text().is_empty() && text().len() <= 40,
        Slot::Status => wordy() && text().len() <= 40,
        Slot::Services | Slot::Components | Slot::Regions => {
            let named =
                |item: &Node| item.name().is_some_and(|name| name.as_str().len() <= 200 && name.as_str().contains(char::is_alphabetic));
            !value.items().is_empty() && value.items().iter().all(named)
        }
        Slot::Link => text().contains("://"),
        Slot::Id => !text().is_empty() && text().len() <= 80,
        Slot::Seconds | Slot::Minutes => text().parse::<f64>().is_ok_and(|count| count >= 0.0),
        Slot::Duration => wordy() || text().contains(':'),
        Slot::Summary | Slot::Impact | Slot::Cause | Slot::Resolution | Slot::Body => wordy(),
        Slot::Lessons | Slot::Actions => !value.items().is_empty(),
        _ => !text().is_empty(),
    }
}

/// Whether a value shows that the key means something else.
fn denies(value: &Node, slot: Slot) -> bool {
    match (&value.value, slot) {
        (Value::Null, _) => false,
        (Value::List(_), slot) if slot.is_time() => true,
        (Value::Map(entries), slot) if slot.is_time() => {
            moment_of(value).is_none() && entries.iter().any(|(_, value)| value.value != Value::Null)
        }
        _ => false,
    }
}

/// Whether a list is called a timeline.
fn is_timeline(list: &Path) -> bool {
    list.keys().last().is_some_and(|key| words_of(key).0.ends_with("timeline"))
}

/// How many signs there are that records are incidents: none without a name, a time and something that tells of trouble.
fn score(form: &Form, path: &[String], keys: &[Key]) -> usize {
    let has = |slot: Slot| !form.paths(slot).is_empty();
    let any = |slots: &[Slot]| slots.iter().filter(|slot| has(**slot)).count();
    let about = |words: &str| ["incident", "outage", "downtime", "postmortem", "disruption"].iter().any(|word| words.contains(word));
    let named = usize::from(path.iter().any(|key| about(&key.to_lowercase())) || keys.iter().any(|key| about(&key.words)));
    let times = any(&[
        Slot::Start,
        Slot::Detected,
        Slot::Acknowledged,
        Slot::Mitigated,
        Slot::Identified,
        Slot::End,
        Slot::Resolved,
        Slot::PlannedFrom,
    ]) + 2 * usize::from(has(Slot::Window))
        + usize::from(form.updates.is_some())
        + usize::from(form.notes.iter().any(|notes| notes.text.is_empty() || notes.list.iter().any(is_timeline)));
    let trouble =
        any(&[Slot::Severity, Slot::Cause, Slot::Resolution, Slot::Impact, Slot::Mitigated, Slot::Identified, Slot::Acknowledged])
            + named * 2;
    let called = any(&[Slot::Title, Slot::Id, Slot::Services, Slot::Components]);
    if times == 0 || trouble == 0 || called == 0 {
        return 0;
    }
    times + trouble + called + any(&[Slot::Status, Slot::Duration, Slot::Minutes, Slot::Seconds]) - 1 + usize::from(has(Slot::Title))
}
