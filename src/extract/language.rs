//! Whether words are of a language that sevline reads: told by the small words that every sentence has, and by the script.

use super::vocabulary::{GRAMMAR, Token, bits, folded, lists};
use super::words::Words;
use std::iter::Sum;
use std::ops::{Add, Range};

/// Fewer small words of other languages may be names ("El Paso", "the le cloud").
const FEW: usize = 3;
/// Fewer words than this say nothing of a language by having no small word among them: "Runners idle, jobs stuck".
const MANY: usize = 80;

/// The longest small word, in bytes.
const SMALL: usize = 12;

/// The words of a text, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Language {
    /// In lower case: neither names nor abbreviations.
    plain: usize,
    /// Small words of the languages that are read, but for those that others have as well: "in", "so", "do".
    read: usize,
    /// Small words of others.
    unread: usize,
    /// In a script that is not Latin.
    foreign: usize,
}

impl Language {
    /// Counts the words of `text`, which has these tokens; what is joined to other characters, as in an address, is none.
    pub fn of(text: &str, tokens: &[Token]) -> Self {
        let mut found = Self::default();
        for Token { range, word: plain } in tokens {
            let at = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
            let word = plain.as_ref().map_or_else(|| at(range).trim_matches(|c: char| !c.is_alphanumeric()), |(word, _)| at(word));
            let Some(first) = word.chars().next().filter(|first| first.is_alphabetic()) else { continue };
            if plain.is_none() && word.contains(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '’' | '-')) {
                continue;
            }
            // Greek and what follows it; Latin goes on far behind.
            found.foreign += usize::from(first >= '\u{370}' && !('\u{1e00}'..='\u{1eff}').contains(&first));
            found.plain += usize::from(first.is_lowercase());
            if word.len() > SMALL {
                continue;
            }
            let lists = match plain {
                Some((_, key)) => key.lists,
                None if word.is_ascii() => lists(folded(word)),
                None => lists(folded(&word.to_lowercase())),
            };
            // "EST" is a zone.
            let is_short_form = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
            found.read += usize::from(lists & bits(&[Words::ReadLanguage]) != 0 || word.len() > 2 && lists & GRAMMAR != 0);
            found.unread += usize::from(!is_short_form && lists & bits(&[Words::UnreadLanguages]) != 0);
        }
        found
    }

    /// Whether it is surely a language that is read.
    pub fn is_read(self) -> bool {
        self.read >= FEW && self.read > 2 * (self.unread + self.foreign)
    }

    /// Whether it is surely no language that is read; names and numbers alone are of none.
    pub fn is_unread(self) -> bool {
        let others = self.unread + self.foreign;
        others >= FEW && others > 2 * self.read || self.plain >= MANY && self.read * 100 < self.plain
    }
}

impl Add for Language {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            plain: self.plain + other.plain,
            read: self.read + other.read,
            unread: self.unread + other.unread,
            foreign: self.foreign + other.foreign,
        }
    }
}

impl Sum for Language {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), Self::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::vocabulary::tokens;
    use crate::extract::words::list;

    fn language(text: &str) -> Language {
        Language::of(text, &tokens(text).collect::<Vec<_>>())
    }

    #[test]
    fn other_languages_are_known_by_their_small_words_or_their_script() {
        for text in [
            "Am 3. Mai um 21:15 Uhr fiel in einer Zone der Strom aus.",
            "Le service de paiement est resté indisponible pour les clients de 10:02 à 11:15.",
            "El servicio de pagos no estuvo disponible para los clientes del norte.",
            "O sistema não respondeu para uma parte dos clientes.",
            "Tussen 10:02 en 11:15 was het portaal niet bereikbaar voor klanten van de bank.",
            "С 10:02 до 11:15 платежи не проходили.",
            "Между 10:02 и 11:15 оплата не работала.",
        ] {
            assert!(language(text).is_unread(), "{text}");
        }
    }

    #[test]
    fn no_small_word_is_longer() {
        let words = |words| list(words).words().all(|word| word.len() <= SMALL);
        assert!(words(Words::FunctionWords) && words(Words::ClosedWords) && words(Words::UnreadLanguages));
    }

    #[test]
    fn what_is_read_and_names_alone_are_not() {
        for text in [
            "",
            "10:02 Orders fail, on-call paged",
            "Deutsche Bahn, Société Générale, Banco de Chile, Rio de Janeiro: 10:02 - 11:15 UTC",
            "The rack in Aix en Provence lost power and the mails of our clients were late.",
            "https://aa.example/de/der/das/und and github.com/le/la/les/un",
            "Müller & Söhne GmbH; São Paulo; Zürich",
            "Αθήνα 10:02",
            "[09:48 EST] Resolved. [09:10 EST] We see slow bookings since 08:55 EST.",
        ] {
            assert!(!language(text).is_unread(), "{text}");
        }
    }
}
