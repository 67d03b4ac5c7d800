//! Whose addresses a text gives: the names in the hosts of links and mail addresses, and the accounts on code hosts.

use crate::extract::vocabulary::{ByKey, folded};
use crate::extract::words::{Words, list};

/// How many addresses are looked at.
const MANY: usize = 200;
/// How a name is told by an address, a bit each.
pub const MAIL: u8 = 1;
pub const OWN: u8 = 2;
pub const HOST: u8 = 4;
pub const ACCOUNT: u8 = 8;

/// The names in the addresses of a text.
#[derive(Debug, Default)]
pub struct Links(ByKey<u8>);

impl Links {
    /// Looks for them in `text`.
    pub fn new(text: &str) -> Self {
        let mut links = Self::default();
        let host_end = |rest: &str| rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(rest.len());
        for at in memchr::memchr_iter(b'@', text.as_bytes()).take(MANY) {
            let rest = text.get(at + 1..).unwrap_or_default();
            links.host(rest.get(..host_end(rest)).unwrap_or_default(), MAIL);
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
                links.host(host, if own { OWN } else { HOST });
            }
        }
        links
    }

    /// The name in front of the top level, and the host as a whole.
    fn host(&mut self, host: &str, how: u8) {
        let host = host.trim_end_matches('.').trim_start_matches("www.");
        let labels: Vec<&str> = host.split('.').collect();
        let own = labels.iter().rev().skip(1).find(|label| label.len() > 3).or(labels.first().filter(|_| labels.len() > 1));
        if let Some(own) = own {
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
            *self.0.entry(folded(name)).or_default() |= how;
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How addresses tell a name; of several words, run together.
    pub fn of(&self, name: &str) -> u8 {
        if self.is_empty() {
            return 0;
        }
        let at = |name: &str| self.0.get(&folded(name)).copied().unwrap_or(0);
        if name.contains([' ', '&', '-']) {
            let letters: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
            return at(&letters) | at(&name.replace(' ', "-")) | at(name);
        }
        at(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_tell_names() {
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
