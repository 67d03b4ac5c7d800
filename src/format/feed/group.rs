//! Which entries of a feed are messages of one incident.

use super::entry::Entry;
use crate::document::Text;
use chrono::{DateTime, FixedOffset, TimeDelta};
use std::collections::HashMap;

/// Messages of one title are of one incident where no more time lies between them.
const DAY: TimeDelta = TimeDelta::days(1);

/// The entries of each incident, in the order of the feed: those of one id or address, and messages, which have a state in front of
/// their titles, of one title and day. `home` is the address of the page, which is no entry's own.
pub fn incidents<'a>(entries: Vec<Entry<'a>>, home: Option<&Text<'a>>) -> Vec<Vec<Entry<'a>>> {
    let home = home.map(|home| address(home.as_str()).to_owned());
    let mut groups: Vec<Vec<Entry>> = Vec::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    let mut by_title: HashMap<String, (usize, Option<DateTime<FixedOffset>>, bool)> = HashMap::new();
    for entry in entries {
        let own = entry.url.as_ref().map(|url| address(url.as_str()).to_owned()).filter(|url| Some(url) != home.as_ref());
        let names: Vec<String> = entry.id.iter().map(|id| address(id.as_str()).to_owned()).chain(own).collect();
        let (title, state) = entry.named();
        let title = title.map(|title| title.as_str().to_lowercase()).filter(|_| !entry.is_whole());
        let at = entry.stamp().and_then(moment);
        let known = names.iter().find_map(|name| by_name.get(name).copied()).or_else(|| {
            let (group, last, message) = by_title.get(title.as_ref()?)?;
            let near = at.zip(*last).is_some_and(|(at, last)| (at - last).abs() <= DAY);
            (near && (*message || state.is_some())).then_some(*group)
        });
        let group = known.unwrap_or(groups.len());
        for name in names {
            by_name.entry(name).or_insert(group);
        }
        if let Some(title) = title {
            by_title.insert(title, (group, at, state.is_some()));
        }
        match groups.get_mut(group) {
            Some(members) => members.push(entry),
            None => groups.push(vec![entry]),
        }
    }
    groups
}

fn address(text: &str) -> &str {
    text.trim().trim_end_matches('/')
}

fn moment(stamp: &Text) -> Option<DateTime<FixedOffset>> {
    let stamp = stamp.as_str();
    DateTime::parse_from_rfc3339(stamp).or_else(|_| DateTime::parse_from_rfc2822(stamp)).ok()
}

#[cfg(test)]
mod tests {
    use crate::format::feed::read;

    /// The titles of the incidents of a feed of items: title, link, guid, clock of 4 May 2026.
    fn told(items: &[(&str, &str, &str, &str)]) -> Vec<String> {
        let item = |(title, link, guid, clock): &(&str, &str, &str, &str)| {
            format!(
                "<item><title>{title}</title><link>{link}</link><guid>{guid}</guid><pubDate>Mon, 04 May 2026 {clock}:00 +0000</pubDate><description>News.</description></item>"
            )
        };
        let items: String = items.iter().map(item).collect();
        let feed = format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Ferrow</title><link>https://f.example/</link>{items}</channel></rss>"
        );
        let reports = read(&feed).reports;
        reports
            .iter()
            .map(|report| format!("{} {}", report.title.as_ref().map_or("", |title| title.as_str()), report.updates.len()))
            .collect()
    }

    #[test]
    fn messages_of_one_incident() {
        let of_title = [("Resolved: Mail late", "https://f.example", "a2", "11:00"), ("Mail late", "https://f.example", "a1", "10:00")];
        assert_eq!(told(&of_title), ["Mail late 2"]);
        let of_link = [("Mail is back", "https://f.example/7", "", "11:00"), ("Mail late", "https://f.example/7", "", "10:00")];
        assert_eq!(told(&of_link), ["Mail is back 2"]);
        let of_guid = [("Mail late", "", "7", "11:00"), ("Mail late", "", "7", "10:00")];
        assert_eq!(told(&of_guid), ["Mail late 2"]);
        // Twice down on a day, each with a page of its own.
        let twice = [("Mail late", "https://f.example/8", "8", "21:00"), ("Mail late", "https://f.example/7", "7", "10:00")];
        assert_eq!(told(&twice), ["Mail late 0", "Mail late 0"]);
        let other =
            [("[RESOLVED] Mail late", "https://f.example", "8", "11:00"), ("Service impact: Web down", "https://f.example", "7", "10:00")];
        assert_eq!(told(&other), ["Mail late 1", "Web down 1"]);
        assert_eq!(told(&[("E-mail: late for some", "https://f.example/1", "1", "10:00")]), ["E-mail: late for some 0"]);
    }

    #[test]
    fn markup_that_is_not_escaped_is_content() {
        let feed = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Ferrow Status</title><entry><id>1</id><title>Mail late</title><published>2026-05-04T10:00:00Z</published>\
            <content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Mail is <b>late</b>&nbsp;&rarr; see <link rel=\"x\"/>below.</p><p>Since 09:40 UTC.</p></div></content></entry></feed>";
        let reports = read(feed).reports;
        let texts: Vec<_> = reports.iter().flat_map(|report| &report.blocks).map(|block| block.text.as_str().to_owned()).collect();
        assert_eq!(texts, ["Mail is late → see below.", "Since 09:40 UTC."]);
    }
}
