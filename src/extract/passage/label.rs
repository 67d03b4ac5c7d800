//! What labels, the heads of columns and the values behind them are.

use crate::document::Text;
use crate::extract::lexicon::{self, Topic};
use crate::extract::time::{Time, times};
use crate::extract::words::{Words, list};
use crate::extract::zone;

/// Titles are shorter, in bytes.
const STORY: usize = 80;
/// What an entry that is a label and nothing else ("Impact:") says the entries below it are about. What came before may
/// be the story itself.
pub(super) fn label_alone(text: &str) -> Option<Topic> {
    // The last word of a label is what it names: "Review actions:".
    let work = |label: &str| lexicon::exact_topic(label.rsplit(' ').next().unwrap_or_default()).filter(|topic| *topic == Topic::Actions);
    let known = match text.trim().strip_suffix(':') {
        Some(label) => lexicon::topic(label).or_else(|| work(label)),
        None => lexicon::exact_topic(text.trim()),
    };
    known.filter(|topic| *topic != Topic::Background)
}

/// "an alert (@ines), a test (@omar)": entries of one line, each with its owner behind it.
pub(super) fn owned<'a>(text: &Text<'a>) -> Vec<Text<'a>> {
    let whole = text.as_str();
    let ends: Vec<usize> = memchr::memmem::find_iter(whole.as_bytes(), "), ").map(|at| at + 1).chain([whole.len()]).collect();
    let starts = [0].into_iter().chain(ends.iter().map(|end| end + 2));
    let parts: Vec<Text> = starts.zip(&ends).map(|(start, end)| text.part(start..*end)).collect();
    let each = parts.iter().all(|part| part.as_str().contains(" (@"));
    if each { parts } else { vec![text.clone()] }
}

/// "We are taking the following actions to prevent a recurrence:" announces a list of work.
pub(super) fn promises_list(text: &str) -> bool {
    let last = text.trim_end().rsplit(['.', '\n']).next().unwrap_or_default();
    last.ends_with(':') && list(Words::Promised).is_in(last)
}

/// "Second outage: 11:16 to 11:58": a label of its own that names trouble, before a range of clocks and little else.
pub(super) fn labelled_outage<'a>(text: &Text<'a>) -> Option<(Text<'a>, Text<'a>)> {
    let whole = text.as_str();
    let colon = memchr::memmem::find(whole.as_bytes().get(..whole.len().min(42))?, b": ")?;
    let (label, value) = whole.split_at_checked(colon).filter(|(label, _)| lexicon::topic(label).is_none())?;
    let value = value.get(2..)?;
    label.split_whitespace().find(|word| list(Words::OutageNouns).holds(word))?;
    let found = times(value);
    let range = found.iter().find(|time| matches!(time, Time::Range(from, ..) if from.clock.is_some()))?.range();
    let bare = value.len() <= range.len() + 24;
    bare.then(|| (text.part(0..label.len()), text.part(label.len() + 2..whole.len())))
}

/// Whether the head of a column says that it holds times.
pub fn is_time_column(head: &str) -> bool {
    let core = head.split('(').next().unwrap_or_default();
    let times = core.split(|c: char| !c.is_alphanumeric()).any(|word| list(Words::AboutTimes).holds(word));
    times
        || matches!(lexicon::exact_topic(core.trim()), Some(Topic::Date | Topic::Window))
        || zone::zone(core.trim()).is_ok_and(|(rest, _)| rest.is_empty())
}

/// Whether the second cell of a table's head is the name of its column rather than the value of the first: it begins with
/// another label, or holds no time where one is due, no digit and no level.
pub(super) fn is_column_name(topic: Topic, value: &str) -> bool {
    match topic {
        Topic::Severity => lexicon::severity_level(value.split_whitespace().next().unwrap_or_default()).is_none(),
        Topic::Status | Topic::Title | Topic::Organization => false,
        _ => {
            !value.contains(|c: char| c.is_ascii_digit())
                || value.split(' ').next().and_then(lexicon::exact_topic).is_some_and(|named| named != topic)
        }
    }
}

/// Whether the value of a label is a word, a time or a length.
pub(super) fn is_short(topic: Topic) -> bool {
    use Topic::{Date, Detected, Duration, End, Resolved, Severity, Start, Status};
    matches!(topic, Severity | Status | Date | Start | End | Duration | Detected | Resolved)
}

/// Whether what stands behind a label is the label's value rather than a section of text.
pub(super) fn is_value(topic: Topic, value: &str) -> bool {
    use Topic::{Background, Cause, Detection, Factors, Impact, Lessons, Other, Resolution, Summary, Timeline, Workaround};
    let story = matches!(topic, Summary | Impact | Timeline | Cause | Factors | Detection | Resolution);
    let narrative = story || topic.is_work() || matches!(topic, Lessons | Background | Workaround | Other);
    !narrative && value.len() <= 400
}

/// Whether a label is of what was not hurt: "Services not hit", "Systems OK", but not "Services not available".
pub(super) fn spares(label: &str) -> bool {
    let lower = label.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let fine = words.clone().any(|word| list(Words::FineStates).holds(word));
    fine != words.any(|word| matches!(word, "not" | "no" | "without"))
}

/// Whether a labelled value is several sentences, which no title is.
pub(super) fn is_story(value: &str) -> bool {
    value.len() >= STORY
        && value.match_indices(". ").any(|(at, _)| value.get(at + 2..).is_some_and(|rest| rest.starts_with(char::is_uppercase)))
}
