//! What a terminal sends, as events. Half of a sequence is given up when nothing follows it for a while: whatever breaks off,
//! the next key is heard.

mod grammar;

use crossterm::event::{Event, KeyCode, KeyModifiers};
use grammar::{held, sent, typed};
use std::time::Duration;

const ESC: u8 = 0x1b;
const PASTE: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// So long the rest is waited for: behind Esc, which is a key of its own; of a sequence; and of a paste, which may come from
/// far away.
const AFTER_ESC: Duration = Duration::from_millis(10);
const OF_SEQUENCE: Duration = Duration::from_millis(50);
const OF_PASTE: Duration = Duration::from_millis(500);

/// No sequence but a paste is longer.
const LONGEST: usize = 1 << 12;

/// Bytes of a terminal on their way to events.
#[derive(Debug, Default)]
pub struct Keys {
    /// What is not whole yet.
    rest: Vec<u8>,
    /// In a paste: so many bytes of it are known to be before its end.
    pasted: Option<usize>,
}

impl Keys {
    /// Takes in what has arrived, and adds to `events` what is whole.
    pub fn take(&mut self, bytes: &[u8], events: &mut Vec<Event>) {
        self.rest.extend_from_slice(bytes);
        let mut left = self.rest.as_slice();
        loop {
            if let Some(before) = self.pasted {
                let sought = left.get(before..).unwrap_or_default();
                let end = memchr::memmem::find(sought, PASTE_END).and_then(|at| left.split_at_checked(before + at));
                let Some((text, after)) = end else {
                    self.pasted = Some(left.len().saturating_sub(PASTE_END.len()).max(before));
                    break;
                };
                events.push(paste(text));
                (left, self.pasted) = (after.strip_prefix(PASTE_END).unwrap_or_default(), None);
            } else if let Some(after) = left.strip_prefix(PASTE) {
                (left, self.pasted) = (after, Some(0));
            } else {
                match sent(left) {
                    Ok((after, found)) => {
                        events.extend(found.into_iter().flatten());
                        left = after;
                    }
                    Err(nom::Err::Incomplete(_)) if left.len() < LONGEST => break,
                    Err(_) => left = &[],
                }
            }
        }
        let used = self.rest.len() - left.len();
        self.rest.drain(..used);
    }

    /// How long the rest of what is not whole may take to come; none where everything is whole.
    pub fn patience(&self) -> Option<Duration> {
        match self.rest.as_slice() {
            _ if self.pasted.is_some() => Some(OF_PASTE),
            [] => None,
            [ESC] | [ESC, ESC] => Some(AFTER_ESC),
            _ => Some(OF_SEQUENCE),
        }
    }

    /// Takes what is not whole for what it is without its rest: a key, a paste, or nothing.
    pub fn give_up(&mut self, events: &mut Vec<Event>) {
        let rest = std::mem::take(&mut self.rest);
        match rest.as_slice() {
            text if self.pasted.take().is_some() => events.push(paste(text)),
            [ESC] => events.push(Event::Key(KeyCode::Esc.into())),
            [ESC, ESC] => events.extend([(); 2].map(|()| Event::Key(KeyCode::Esc.into()))),
            [ESC, begun @ b'!'..=b'~'] => events.push(Event::Key(held(KeyModifiers::ALT, typed(char::from(*begun))))),
            _ => {}
        }
    }
}

fn paste(text: &[u8]) -> Event {
    Event::Paste(String::from_utf8_lossy(text).into_owned())
}

#[cfg(test)]
mod tests;
