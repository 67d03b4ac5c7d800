//! Keys as data: which key means which [`Action`] in which [`Context`].

use crate::app::action::{Action, Context};
use crate::names;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use toml::Spanned;

const SHIPPED: &str = include_str!("../assets/keymap.toml");

/// One key with its modifiers, the same however a terminal reports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

impl Key {
    /// A key as a terminal reports it. Shift is part of a character already; some terminals report it as well.
    pub fn of(event: KeyEvent) -> Self {
        let code = match event.code {
            KeyCode::BackTab => KeyCode::Tab,
            KeyCode::Char(c) if event.modifiers.contains(KeyModifiers::CONTROL) => KeyCode::Char(c.to_ascii_lowercase()),
            code => code,
        };
        let mut modifiers = event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        match event.code {
            KeyCode::BackTab => modifiers.insert(KeyModifiers::SHIFT),
            KeyCode::Char(_) => modifiers.remove(KeyModifiers::SHIFT),
            _ => {}
        }
        Self { code, modifiers }
    }

    /// The character it types, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if self.modifiers.is_empty() => Some(c),
            _ => None,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let (mut rest, mut modifiers) = (text, KeyModifiers::NONE);
        for (prefix, modifier) in MODIFIERS {
            if let Some(after) = rest.strip_prefix(prefix)
                && !after.is_empty()
            {
                (rest, modifiers) = (after, modifiers | *modifier);
            }
        }
        let named = NAMES.iter().find(|(name, _)| *name == rest).map(|(_, code)| *code);
        let mut chars = rest.chars();
        let code = match (named, chars.next(), chars.next()) {
            (Some(code), _, _) => code,
            (None, Some(c), None) => KeyCode::Char(c),
            (None, Some('F'), Some(_)) => KeyCode::F(rest.get(1..)?.parse().ok().filter(|n| (1..=12).contains(n))?),
            _ => return None,
        };
        Some(Self { code, modifiers })
    }
}

const MODIFIERS: &[(&str, KeyModifiers)] =
    &[("Ctrl-", KeyModifiers::CONTROL), ("Alt-", KeyModifiers::ALT), ("Shift-", KeyModifiers::SHIFT)];

const NAMES: &[(&str, KeyCode)] = &[
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("PageUp", KeyCode::PageUp),
    ("PageDown", KeyCode::PageDown),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Space", KeyCode::Char(' ')),
    ("Tab", KeyCode::Tab),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (prefix, _) in MODIFIERS.iter().filter(|(_, modifier)| self.modifiers.contains(*modifier)) {
            f.write_str(prefix)?;
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, KeyCode::Char(c)) => write!(f, "{c}"),
            (None, KeyCode::F(n)) => write!(f, "F{n}"),
            (None, _) => Ok(()),
        }
    }
}

/// Why a keymap cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It is not TOML, or not tables of keys.
    #[error("the keymap cannot be read: {0}")]
    Syntax(String),
    /// A table is named like no context.
    #[error("the keymap has no place called '{}'{}", .0, names::suggestion(.0, Context::ALL.iter().map(|(_, name)| *name)))]
    UnknownContext(String),
    /// An action has an unknown name.
    #[error("[{context}] {name}: there is no action of this name{}", names::suggestion(name, Action::ALL.iter().map(|action| action.name())))]
    UnknownAction {
        /// The table.
        context: String,
        /// The name.
        name: String,
    },
    /// A key cannot be read.
    #[error("[{context}] {name}: '{key}' is no key; write a character or a name such as 'Ctrl-d' or 'PageDown'")]
    UnknownKey {
        /// The table.
        context: String,
        /// The action.
        name: String,
        /// What stands there.
        key: String,
    },
    /// A key means two things in one context.
    #[error("[{context}] the key '{key}' is given to '{first}' and to '{second}'")]
    Conflict {
        /// The table.
        context: String,
        /// The key.
        key: String,
        /// The action that has it.
        first: &'static str,
        /// The other.
        second: &'static str,
    },
}

/// A mistake in a keymap, and the byte at which it stands.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct Mistake {
    /// The byte.
    pub at: usize,
    /// The mistake.
    pub why: Error,
}

/// The meaning of every key.
#[derive(Debug, Clone)]
pub struct Keymap {
    actions: HashMap<(Context, Key), Action>,
    /// In the order they are written, so that the first is the one shown.
    keys: Vec<(Context, Action, Key)>,
    /// What is named, also without a key.
    named: Vec<(Context, Action)>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Keys {
    One(String),
    Many(Vec<String>),
}

impl Keymap {
    /// The keymap that comes with the program.
    pub fn shipped() -> Result<Self, Error> {
        Self::parse(SHIPPED).map_err(|mistake| mistake.why)
    }

    /// This keymap with what `text` says otherwise: an action named there has the keys given there and no others, and a key
    /// given there means nothing else in its place.
    pub fn with(mut self, text: &str) -> Result<Self, Mistake> {
        let own = Self::parse(text)?;
        let replaced =
            |place: Context, action: Action, key: Key| own.named.contains(&(place, action)) || own.actions.contains_key(&(place, key));
        self.keys.retain(|&(place, action, key)| !replaced(place, action, key));
        self.keys.extend(own.keys);
        self.actions = self.keys.iter().map(|&(place, action, key)| ((place, key), action)).collect();
        Ok(self)
    }

    /// Reads a keymap.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        let tables: BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Spanned<Keys>>> = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            Mistake { at, why: Error::Syntax(error.message().to_owned()) }
        })?;
        let mut map = Self { actions: HashMap::new(), keys: Vec::new(), named: Vec::new() };
        for (table, bindings) in tables {
            let (at, table) = (table.span().start, table.into_inner());
            let Some(&(context, _)) = Context::ALL.iter().find(|(_, name)| *name == table) else {
                return Err(Mistake { at, why: Error::UnknownContext(table) });
            };
            for (name, keys) in bindings {
                let (at, name) = (name.span().start, name.into_inner());
                let wrong = |why| Err(Mistake { at, why });
                let Some(action) = Action::from_name(&name) else { return wrong(Error::UnknownAction { context: table, name }) };
                map.named.push((context, action));
                let keys = match keys.into_inner() {
                    Keys::One(key) => vec![key],
                    Keys::Many(keys) => keys,
                };
                for text in keys {
                    let Some(key) = Key::parse(&text) else { return wrong(Error::UnknownKey { context: table, name, key: text }) };
                    if let Some(first) = map.actions.insert((context, key), action) {
                        return wrong(Error::Conflict { context: table, key: text, first: first.name(), second: action.name() });
                    }
                    map.keys.push((context, action, key));
                }
            }
        }
        Ok(map)
    }

    /// What `key` means in `context`: its own table first, then the general ones.
    pub fn action(&self, context: Context, key: Key) -> Option<Action> {
        Self::lookup(context).iter().find_map(|&place| self.actions.get(&(place, key)).copied())
    }

    /// The keys that mean `action` in `context`, the one to show first.
    pub fn keys(&self, context: Context, action: Action) -> impl Iterator<Item = Key> + '_ {
        let places = Self::lookup(context);
        let bound = places.into_iter().flat_map(|place| self.keys.iter().filter(move |(at, ..)| *at == place));
        bound.filter(move |(_, bound, key)| *bound == action && self.action(context, *key) == Some(action)).map(|(.., key)| *key)
    }

    /// Every key with its place and what it does there, in the order they are written.
    pub fn bindings(&self) -> impl Iterator<Item = (Context, Action, Key)> + '_ {
        self.keys.iter().copied()
    }

    /// The keys that stand for `action` in the table of one place.
    pub fn bound(&self, place: Context, action: Action) -> impl Iterator<Item = Key> + '_ {
        self.bindings().filter(move |&(at, bound, _)| (at, bound) == (place, action)).map(|(.., key)| key)
    }

    /// The tables that hold in `context`, the one that is asked first at the front.
    pub fn lookup(context: Context) -> Vec<Context> {
        match context {
            Context::Prompt => vec![Context::Prompt, Context::Always],
            Context::List | Context::Detail | Context::Timeline => vec![context, Context::Panes, Context::Anywhere, Context::Always],
            context => vec![context, Context::Anywhere, Context::Always],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        Key::parse(text).unwrap()
    }

    #[test]
    fn ships_a_keymap_that_reaches_every_action() {
        let map = Keymap::shipped().unwrap();
        for &action in Action::ALL {
            assert!(Context::ALL.iter().any(|&(context, _)| map.keys(context, action).next().is_some()), "{}", action.name());
        }
    }

    #[test]
    fn a_prompt_takes_characters_as_text() {
        let map = Keymap::shipped().unwrap();
        assert_eq!(map.action(Context::Prompt, key("q")), None);
        assert_eq!(map.action(Context::Prompt, key("Ctrl-c")), Some(Action::Quit));
        assert_eq!(map.action(Context::List, key("q")), Some(Action::Back));
    }

    #[test]
    fn keys_read_back_and_ignore_how_shift_is_reported() {
        for name in ["a", "G", "Ctrl-d", "Shift-Tab", "F1", "PageUp", "Space", "-", "+"] {
            assert_eq!(key(name).to_string(), name);
        }
        let plain = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::NONE);
        let shifted = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        assert_eq!(Key::of(plain), Key::of(shifted));
        assert_eq!(Key::of(KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT)), key("Shift-Tab"));
    }

    #[test]
    fn own_keys_replace_those_of_their_action_and_of_their_place() {
        let map = Keymap::shipped().unwrap().with("[anywhere]\ndown = 'n'\n[panes]\nmark = 'c'\ncompare = []").unwrap();
        let keys = |context, action| map.keys(context, action).map(|key| key.to_string()).collect::<Vec<_>>();
        assert_eq!(keys(Context::List, Action::Down), ["n"]);
        assert_eq!(map.action(Context::List, key("j")), None);
        assert_eq!(keys(Context::List, Action::Mark), ["c"]);
        assert_eq!(keys(Context::List, Action::Compare), [""; 0]);
        assert_eq!(keys(Context::List, Action::Up), ["k", "Up"]);
    }

    #[test]
    fn tells_where_a_mistake_is() {
        for (text, at) in
            [("[list]\nup = 'k'\nupp = 'k'", 16), ("[list]\nup = 'k'\n[lists]", 17), ("\n[list", 6), ("[list]\nup = 'Hyper-k'", 7)]
        {
            assert_eq!(Keymap::parse(text).unwrap_err().at, at, "{text}");
        }
    }

    #[test]
    fn names_what_is_wrong() {
        let error = |text: &str| Keymap::parse(text).unwrap_err().to_string();
        assert_eq!(error("[lists]\nup = 'k'"), "the keymap has no place called 'lists'; did you mean `list`?");
        assert_eq!(error("[list]\nupp = 'k'"), "[list] upp: there is no action of this name; did you mean `up`?");
        assert!(error("[list]\nup = 'Hyper-k'").contains("'Hyper-k' is no key"));
        assert!(error("[list]\nup = 'k'\ndown = 'k'").contains("the key 'k' is given to 'down' and to 'up'"));
        assert!(error("[list").starts_with("the keymap cannot be read"));
    }
}
