//! Colours as data: what each role looks like, and how much of it the terminal can show.

mod colour;

use colour::reduce;
use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::str::FromStr;
use toml::Spanned;

/// The themes that come with the program: name and text.
pub const SHIPPED: &[(&str, &str)] = &[
    ("dark", include_str!("../assets/themes/dark.toml")),
    ("light", include_str!("../assets/themes/light.toml")),
    ("okabe-ito", include_str!("../assets/themes/okabe-ito.toml")),
    ("greyscale", include_str!("../assets/themes/greyscale.toml")),
    ("ascii", include_str!("../assets/themes/ascii.toml")),
];

macro_rules! roles {
    ($($(#[$doc:meta])* $variant:ident $name:literal;)*) => {
        /// What a piece of the screen is, whatever it looks like.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Role { $($(#[$doc])* $variant,)* }

        impl Role {
            /// Every role with its name in a theme.
            pub const ALL: &[(Role, &str)] = &[$((Role::$variant, $name),)*];
        }
    };
}

roles! {
    /// Running text.
    Text "text";
    /// What matters less: labels, units, separators.
    Dim "dim";
    /// Headings and the incident's title.
    Heading "heading";
    /// The line at the top.
    Header "header";
    /// Borders of panes.
    Border "border";
    /// The border of the pane that has the focus.
    Focus "focus";
    /// The chosen row where the focus is.
    Selected "selected";
    /// The chosen row elsewhere.
    SelectedElsewhere "selected-elsewhere";
    /// A key in the footer and the help.
    Key "key";
    /// An active filter.
    Filter "filter";
    /// A mark for comparison.
    Mark "mark";
    /// What the reviewer says: tags, notes, corrections.
    Own "own";
    /// What was worked out, not written.
    Inferred "inferred";
    /// Words a fact was read from.
    Cited "cited";
    /// The words that are looked at now.
    CitedNow "cited-now";
    /// The line at the moment that is looked at.
    Cursor "cursor";
    /// Words that were searched for.
    Found "found";
    /// Notes.
    Note "note";
    /// Warnings.
    Warning "warning";
    /// Errors.
    Error "error";
    /// Better than the base.
    Better "better";
    /// Worse than the base.
    Worse "worse";
    /// Bars that count.
    Bar "bar";
    /// Lines at the ticks of the time axis.
    Grid "grid";
    /// Severity critical.
    Critical "severity.critical";
    /// Severity high.
    High "severity.high";
    /// Severity medium.
    Medium "severity.medium";
    /// Severity low.
    Low "severity.low";
    /// Severity none.
    Harmless "severity.none";
    /// No severity.
    Unknown "severity.unknown";
    /// Some service lost.
    Degradation "phase.degradation";
    /// Some of it gone.
    PartialOutage "phase.partial-outage";
    /// All of it gone.
    Outage "phase.outage";
    /// Coming back.
    Recovery "phase.recovery";
    /// Planned work.
    Maintenance "phase.maintenance";
    /// Nobody knew.
    Undetected "phase.undetected";
    /// The cause is looked for.
    Investigating "phase.investigating";
    /// The cause is known.
    Identified "phase.identified";
    /// A fix is watched.
    Monitoring "phase.monitoring";
    /// Event marks.
    Event "event";
}

/// How many colours the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: bold, underline and reverse only.
    Mono,
    /// The sixteen named colours.
    Sixteen,
    /// The indexed colours.
    Indexed,
    /// All.
    True,
}

impl Depth {
    /// How many the terminal has, by what the environment says; `get` looks up a variable. Whether they are wanted is
    /// for the command line to say.
    pub fn of(get: impl Fn(&str) -> Option<String>) -> Self {
        let term = get("TERM").unwrap_or_default();
        if term == "dumb" {
            Self::Mono
        } else if get("COLORTERM").is_some_and(|value| value == "truecolor" || value == "24bit") || term.ends_with("-direct") {
            Self::True
        } else if term.contains("256color") {
            Self::Indexed
        } else {
            Self::Sixteen
        }
    }
}

/// The theme to take when none is asked for: light where the terminal says that its background is.
pub fn preferred(get: impl Fn(&str) -> Option<String>) -> &'static str {
    let background = get("COLORFGBG").and_then(|value| value.rsplit(';').next().and_then(|n| n.parse::<u8>().ok()));
    match background {
        Some(7 | 9..=15) => "light",
        _ => "dark",
    }
}

/// Whether the locale says outright that the terminal cannot show signs beyond ASCII: `C`, or a character set that is not
/// UTF-8. One that says nothing is no reason to go without them.
pub fn only_ascii(get: impl Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(get).find(|value| !value.is_empty()).unwrap_or_default();
    let set = locale.split_once('.').map(|(_, set)| set.split('@').next().unwrap_or(set).to_ascii_lowercase().replace('-', ""));
    set.map_or(matches!(locale.as_str(), "C" | "POSIX"), |set| set != "utf8")
}

/// Why a theme cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// There is none of that name.
    #[error("there is no theme '{0}'; the themes are {names}", names = SHIPPED.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", "))]
    Unknown(String),
    /// It is not TOML, or not a table of roles.
    #[error("theme '{0}' cannot be read: {1}")]
    Syntax(String, String),
    /// It names a role that is not there.
    #[error("theme '{0}' has an unknown role '{1}'")]
    UnknownRole(String, String),
    /// It names a colour that is none.
    #[error("theme '{0}', role '{1}': '{2}' is no colour; write a name such as 'light-blue', an index or '#rrggbb'")]
    UnknownColor(String, String, String),
}

/// A mistake in a theme, and the byte at which it stands.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct Mistake {
    /// The byte.
    pub at: usize,
    /// The mistake.
    pub why: Error,
}

/// The look of every role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Whether signs beyond ASCII are avoided.
    pub ascii: bool,
    styles: Vec<Style>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// The shipped theme that the roles not named here are taken from.
    base: Option<Spanned<String>>,
    /// Whether signs beyond ASCII are avoided; as in the base where nothing is said.
    ascii: Option<bool>,
    roles: BTreeMap<Spanned<String>, Spanned<Look>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Look {
    fg: Option<String>,
    bg: Option<String>,
    bold: bool,
    dim: bool,
    italic: bool,
    underline: bool,
    reverse: bool,
}

impl Theme {
    /// A theme that comes with the program, in the colours that `depth` allows.
    pub fn shipped(name: &str, depth: Depth) -> Result<Self, Error> {
        match SHIPPED.iter().find(|(shipped, _)| *shipped == name) {
            Some((_, text)) => Self::parse(name, text, depth, None).map_err(|mistake| mistake.why),
            None => Err(Error::Unknown(name.into())),
        }
    }

    /// A theme that is all default: what the program falls back to, never wrong.
    pub fn plain() -> Self {
        Self { ascii: false, styles: vec![Style::new(); Role::ALL.len()] }
    }

    /// A theme of the user's own. Roles it does not name look as in its `base`, a shipped theme: dark unless it says another.
    pub fn own(name: &str, text: &str, depth: Depth) -> Result<Self, Mistake> {
        Self::parse(name, text, depth, Some("dark"))
    }

    fn parse(name: &str, text: &str, depth: Depth, base: Option<&str>) -> Result<Self, Mistake> {
        let file: File = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            Mistake { at, why: Error::Syntax(name.into(), error.message().to_owned()) }
        })?;
        let at = file.base.as_ref().map_or(0, |base| base.span().start);
        let base = base.map(|usual| file.base.as_ref().map_or(usual, |base| base.get_ref()));
        let mut theme = match base {
            Some(base) => Self::shipped(base, depth).map_err(|why| Mistake { at, why })?,
            None => Self::plain(),
        };
        theme.ascii = file.ascii.unwrap_or(theme.ascii);
        for (role, look) in file.roles {
            let (here, at) = (role.span().start, look.span().start);
            let (role, look) = (role.into_inner(), look.into_inner());
            let color = |text: &Option<String>| match text {
                None => Ok(None),
                Some(text) => match Color::from_str(text) {
                    Ok(color) => Ok(reduce(color, depth)),
                    Err(_) => Err(Mistake { at, why: Error::UnknownColor(name.into(), role.clone(), text.clone()) }),
                },
            };
            let style = Style { fg: color(&look.fg)?, bg: color(&look.bg)?, add_modifier: look.modifiers(), ..Style::new() };
            let Some(slot) = Role::ALL.iter().position(|(_, known)| *known == role).and_then(|at| theme.styles.get_mut(at)) else {
                return Err(Mistake { at: here, why: Error::UnknownRole(name.into(), role) });
            };
            *slot = style;
        }
        match depth {
            Depth::Mono => theme.show_without_color(),
            // What comes with the program is chosen by hand there; a theme of one's own stands on such a one.
            Depth::Sixteen if base.is_none() => theme.show_in_sixteen(),
            _ => {}
        }
        Ok(theme)
    }

    /// The look of a role.
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    /// The look of words on a bar of that look: black or white, whichever is read better on it. Of the sixteen colours nobody
    /// knows what they look like; on those the words have the background's colour.
    pub fn on(bar: Style) -> Style {
        let words = bar.remove_modifier(Modifier::BOLD);
        match bar.fg.and_then(colour::best_on) {
            Some(fg) => Style { fg: Some(fg), bg: bar.fg, ..words },
            None => words.add_modifier(Modifier::REVERSED),
        }
    }

    /// Of sixteen colours the nearest are too much alike, and what is behind words is not known: bars have colours of which each
    /// two that may touch differ and that dark words can be read on, and the selection is the colours of words exchanged.
    fn show_in_sixteen(&mut self) {
        for (role, colour) in [
            (Role::Degradation, Color::Yellow),
            (Role::PartialOutage, Color::LightRed),
            (Role::Outage, Color::Red),
            (Role::Recovery, Color::Green),
            (Role::Maintenance, Color::Cyan),
            (Role::Undetected, Color::Gray),
            (Role::Investigating, Color::LightMagenta),
            (Role::Identified, Color::LightBlue),
            (Role::Monitoring, Color::LightGreen),
        ] {
            // A theme without colours keeps to that.
            let is_meant = |style: &&mut Style| style.fg.is_some_and(|fg| !is_grey(fg) || role == Role::Undetected);
            if let Some(style) = self.styles.get_mut(role as usize).filter(is_meant) {
                style.fg = Some(colour);
            }
        }
        for role in [Role::Selected, Role::SelectedElsewhere] {
            if let Some(style) = self.styles.get_mut(role as usize) {
                // Over a row of several colours its own are taken: exchanged they would be as many blocks.
                *style = match role {
                    Role::Selected => Style::new().fg(Color::Reset).bg(Color::Reset).add_modifier(Modifier::REVERSED),
                    _ => Style::new().add_modifier(Modifier::UNDERLINED),
                };
            }
        }
    }

    /// Without colours the selection, the focus and the words looked at must still stand out.
    fn show_without_color(&mut self) {
        for (role, modifier) in [
            (Role::Selected, Modifier::REVERSED),
            (Role::SelectedElsewhere, Modifier::UNDERLINED),
            (Role::Focus, Modifier::BOLD),
            (Role::Key, Modifier::BOLD),
            (Role::Filter, Modifier::BOLD),
            (Role::Cited, Modifier::UNDERLINED),
            (Role::CitedNow, Modifier::REVERSED),
            (Role::Cursor, Modifier::BOLD),
            (Role::Found, Modifier::REVERSED),
        ] {
            if let Some(style) = self.styles.get_mut(role as usize) {
                *style = style.add_modifier(modifier);
            }
        }
    }
}

fn is_grey(colour: Color) -> bool {
    matches!(colour, Color::Black | Color::DarkGray | Color::Gray | Color::White | Color::Reset)
}

impl Look {
    fn modifiers(&self) -> Modifier {
        let flags = [
            (self.bold, Modifier::BOLD),
            (self.dim, Modifier::DIM),
            (self.italic, Modifier::ITALIC),
            (self.underline, Modifier::UNDERLINED),
            (self.reverse, Modifier::REVERSED),
        ];
        flags.into_iter().filter(|(on, _)| *on).fold(Modifier::empty(), |all, (_, modifier)| all | modifier)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        |name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn of_sixteen_colours_bars_that_may_touch_differ_and_the_selection_is_the_words_exchanged() {
        let phases = [
            Role::Degradation,
            Role::PartialOutage,
            Role::Outage,
            Role::Recovery,
            Role::Undetected,
            Role::Investigating,
            Role::Identified,
            Role::Monitoring,
        ];
        for name in ["dark", "light", "okabe-ito"] {
            let theme = Theme::shipped(name, Depth::Sixteen).unwrap();
            let colours: std::collections::BTreeSet<_> = phases.iter().map(|role| format!("{:?}", theme.style(*role).fg)).collect();
            assert_eq!(colours.len(), phases.len(), "{name}: {colours:?}");
            let over = theme.style(Role::Critical).patch(theme.style(Role::Selected));
            assert!(over.fg == Some(Color::Reset) && over.add_modifier.contains(Modifier::REVERSED), "{over:?}");
        }
        let own = Theme::own("mine", "[roles]\n\"phase.outage\" = { fg = \"blue\" }", Depth::Sixteen).unwrap();
        assert_eq!(own.style(Role::Outage).fg, Some(Color::Blue));
    }

    #[test]
    fn every_shipped_theme_loads_and_gives_each_role_a_look() {
        for (name, text) in SHIPPED {
            for depth in [Depth::Mono, Depth::Sixteen, Depth::Indexed, Depth::True] {
                Theme::shipped(name, depth).unwrap();
            }
            let file: File = toml::from_str(text).unwrap();
            let missing: Vec<_> = Role::ALL.iter().filter(|(_, role)| !file.roles.contains_key(*role)).collect();
            assert!(missing.is_empty(), "{name}: {missing:?}");
        }
    }

    #[test]
    fn names_what_is_wrong() {
        let error = |text: &str| Theme::own("mine", text, Depth::True).unwrap_err().to_string();
        assert!(error("[roles]\ntexts = {}").contains("unknown role 'texts'"));
        assert!(error("[roles]\ntext = { fg = '#abc' }").contains("'#abc' is no colour"));
        assert!(Theme::shipped("drak", Depth::True).unwrap_err().to_string().contains("dark, light, okabe-ito, greyscale, ascii"));
    }

    #[test]
    fn an_own_theme_changes_what_it_names_and_tells_where_it_is_wrong() {
        let own = |text: &str| Theme::own("mine", text, Depth::True);
        let light = Theme::shipped("light", Depth::True).unwrap();
        let mine = own("base = 'light'\n[roles]\nheading = { fg = 'red' }").unwrap();
        assert_eq!(mine.style(Role::Heading).fg, Some(Color::Red));
        assert_eq!(mine.style(Role::Outage), light.style(Role::Outage));
        assert_eq!(own("[roles]").unwrap(), Theme::shipped("dark", Depth::True).unwrap());
        for (text, at) in [("base = 'ligth'\n[roles]", 7), ("[roles]\ntexts = {}", 8), ("[roles]\ntext = {}\ndim = { fg = 'gren' }", 24)] {
            assert_eq!(own(text).unwrap_err().at, at, "{text}");
        }
    }

    #[test]
    fn respects_what_the_terminal_can_show() {
        assert_eq!(Depth::of(env(&[("TERM", "dumb")])), Depth::Mono);
        assert_eq!(Depth::of(env(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")])), Depth::True);
        assert_eq!(Depth::of(env(&[("TERM", "tmux-256color")])), Depth::Indexed);
        assert_eq!(Depth::of(env(&[("TERM", "linux")])), Depth::Sixteen);
        assert_eq!(preferred(env(&[("COLORFGBG", "0;15")])), "light");
        assert_eq!(preferred(env(&[("COLORFGBG", "15;default;0")])), "dark");
        assert_eq!(preferred(env(&[])), "dark");
    }

    #[test]
    fn only_a_locale_that_says_so_is_without_signs() {
        for (pairs, ascii) in [
            (&[][..], false),
            (&[("LANG", "en_US.UTF-8")], false),
            (&[("LANG", "de_DE.utf8@euro")], false),
            (&[("LANG", "de_DE.ISO-8859-1")], true),
            (&[("LANG", "en_US.UTF-8"), ("LC_ALL", "C")], true),
            (&[("LC_ALL", ""), ("LANG", "C.UTF-8")], false),
        ] {
            assert_eq!(only_ascii(env(pairs)), ascii, "{pairs:?}");
        }
        assert!(Theme::shipped("ascii", Depth::True).unwrap().ascii);
        assert!(Theme::own("mine", "base = 'ascii'\n[roles]", Depth::True).unwrap().ascii);
    }
}
