//! Whose addresses a text gives: the names in the hosts of links and mail addresses, and the accounts on code hosts.

use crate::extract::vocabulary::{ByKey, folded};
use crate::extract::words::{Words, list};
use std::ops::Range;

/// How many addresses are looked at.
const MANY: usize = 200;
/// How a name is told by an address, a bit each.
pub const MAIL: u8 = 1;
pub const OWN: u8 = 2;
pub const HOST: u8 = 4;
pub const ACCOUNT: u8 = 8;
pub const SENDER: u8 = 16;
pub const RECIPIENT: u8 = 32;
/// So many names that only addresses write are looked at.
const WRITTEN: usize = 8;

/// The names in the addresses of a text.
#[derive(Debug, Default)]
pub struct Links {
    by_name: ByKey<u8>,
    /// Where the first names of those stand whose mail or page it is.
    pub written: Vec<Range<usize>>,
}

impl Links {
    /// Looks for them in `text`.
    pub fn new(text: &str) -> Self {
        let mut links = Self::default();
        let host_end = |rest: &str| rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(rest.len());
        for at in memchr::memchr_iter(b'@', text.as_bytes()).take(MANY) {
            links.host(text, at + 1..at + 1 + host_end(text.get(at + 1..).unwrap_or_default()), of_mail(text, at));
        }
        for at in memchr::memmem::find_iter(text.as_bytes(), "://").take(MANY) {
            let rest = text.get(at + 3..).unwrap_or_default();
            let end = host_end(rest);
            let host = rest.get(..end).unwrap_or_default();
            if list(Words::CodeHosts).holds(host) {
                let path = rest.get(end..).and_then(|path| path.strip_prefix('/')).unwrap_or_default();
                let account = path.get(..path.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(path.len()));
                links.add(account.unwrap_or_default(), ACCOUNT);
            } else {
                let own = host.split_once('.').is_some_and(|(first, _)| list(Words::OwnHosts).holds(first));
                links.host(text, at + 3..at + 3 + end, if own { OWN } else { HOST });
            }
        }
        // "status.tollgrove.example" in running text.
        for at in memchr::memmem::find_iter(text.as_bytes(), "status.").take(MANY) {
            let bare = !text.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric() || "/@.-".contains(c)));
            let end = at + host_end(text.get(at..).unwrap_or_default());
            if bare && text.get(at..end).is_some_and(|host| host.trim_end_matches('.').matches('.').count() > 1) {
                links.host(text, at..end, OWN);
            }
        }
        links
    }

    /// The name in front of the top level, and the host as a whole.
    fn host(&mut self, text: &str, at: Range<usize>, how: u8) {
        let host = text.get(at.clone()).unwrap_or_default().trim_end_matches('.').trim_start_matches("www.");
        let labels: Vec<&str> = host.split('.').collect();
        let own = labels.iter().rev().skip(1).find(|label| label.len() > 3).or(labels.first().filter(|_| labels.len() > 1));
        if let Some(own) = own {
            if how & (MAIL | SENDER | OWN) != 0 && self.written.len() < WRITTEN && !self.by_name.contains_key(&folded(own)) {
                let start = at.start + text.get(at).and_then(|host| host.find(own)).unwrap_or(0);
                self.written.push(start..start + own.len());
            }
            self.add(own, how);
            self.add(&own.replace('-', ""), how);
            if let Some(shorter) = list(Words::DomainEndings).strip_end(own) {
                self.add(shorter, how);
            }
        }
        if let [.., name, top] = labels.as_slice() {
            self.add(&format!("{name}.{top}"), how);
        }
    }

    fn add(&mut self, name: &str, how: u8) {
        if name.len() > 1 {
            *self.by_name.entry(folded(name)).or_default() |= how;
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// How addresses tell a name; of several words, run together.
    pub fn of(&self, name: &str) -> u8 {
        if self.is_empty() {
            return 0;
        }
        let at = |name: &str| self.by_name.get(&folded(name)).copied().unwrap_or(0);
        if name.contains([' ', '&', '-']) {
            let letters: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
            return at(&letters) | at(&name.replace(' ', "-")) | at(name);
        }
        at(name)
    }
}

/// Whose the mail address is that holds the byte `at`: that of who sends or who gets the mail, where its line says so.
fn of_mail(text: &str, at: usize) -> u8 {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let label = text.get(start..at).and_then(|line| line.split_once(':')).map(|(label, _)| label.trim_matches(['*', ' ', '>', '_']));
    let is = |all: &[&str]| label.is_some_and(|label| all.iter().any(|one| label.eq_ignore_ascii_case(one)));
    if is(&["from", "sender", "reply-to"]) {
        SENDER
    } else if is(&["to", "cc", "bcc"]) {
        RECIPIENT
    } else {
        MAIL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_tell_names() {
        let mails = "From: Ada <ada@tollgrove.example>\nTo: all@orsini.example\n\nAsk help@fernhill.example";
        let links = Links::new(mails);
        assert_eq!(["tollgrove", "orsini", "fernhill"].map(|name| links.of(name)), [SENDER, RECIPIENT, MAIL]);
        assert_eq!(links.written.iter().filter_map(|at| mails.get(at.clone())).collect::<Vec<_>>(), ["tollgrove", "fernhill"]);
        let bare = Links::new("See status.tollgrove.example. The status.code is 5, https://x.example/status.orsini.example");
        assert_eq!(["tollgrove", "code", "orsini"].map(|name| bare.of(name)), [OWN, 0, 0]);
        let links = Links::new(
            "Ask help@tollgrove.example, see https://status.wattle-fern.example/x and https://github.com/Orrery/maps; www.tarn.example is none.",
        );
        for (name, how) in
            [("Tollgrove", MAIL), ("Wattle & Fern", OWN), ("wattle-fern", OWN), ("orrery", ACCOUNT), ("maps", 0), ("Tarn", 0)]
        {
            assert_eq!(links.of(name), how, "{name}");
        }
    }
}
