//! The user's settings: one TOML file, whose mistakes are told with their line instead of being skipped.

use crate::extract::zone::ZonePiece;
use crate::format::form::Form;
use crate::resolve::{self, Whose};
use crate::{extract, names, theme};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

/// A settings file in which every setting is explained and none is set.
pub const COMMENTED: &str = include_str!("../assets/config.toml");

/// All settings; the defaults hold where the file says nothing.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Config {
    /// The theme's name.
    pub theme: Option<String>,
    /// Whether signs beyond ASCII are avoided; by the theme and the locale where nothing is said.
    pub ascii: Option<bool>,
    /// Where the reports are.
    pub library: Library,
    /// How times are read.
    pub times: Times,
    /// The zones of reports that name none, by folder or publisher.
    pub zones: BTreeMap<String, Settled>,
    /// What is kept of reports that were read.
    pub cache: Cache,
    /// How much of a file is taken in.
    pub limits: Limits,
}

/// A zone under `[zones]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled(pub ZonePiece);

impl<'de> Deserialize<'de> for Settled {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        let offset = extract::zone::offset_alone(&name).ok().filter(|(rest, _)| rest.is_empty()).map(|(_, zone)| zone);
        let named = |_| zone(&name).map(ZonePiece::Region).map_err(serde::de::Error::custom);
        offset.ok_or(()).or_else(named).map(Self)
    }
}

/// Whether a name under `[zones]` is that of a folder and not of a publisher.
fn is_folder(name: &str) -> bool {
    name.contains(std::path::is_separator) || matches!(name, "~" | "." | "..")
}

impl Config {
    /// The zones of reports that name none, by folder or publisher.
    pub fn settled(&self) -> resolve::Settled {
        let whose = |name: &String| match is_folder(name) {
            true => Whose::Folder(name.into()),
            false => Whose::Publisher(name.clone()),
        };
        resolve::Settled::new(self.zones.iter().map(|(name, zone)| (whose(name), zone.0)))
    }

    /// How much of a file is taken in; the usual where nothing is said.
    pub fn limits(&self) -> crate::resolve::Limits {
        let usual = crate::resolve::Limits::default();
        let most = |own: Option<NonZeroU32>, usual: usize| own.and_then(|own| own.get().try_into().ok()).unwrap_or(usual);
        crate::resolve::Limits {
            bytes: self.limits.file_mib.map_or(usual.bytes, |own| u64::from(own.get()) << 20),
            incidents: most(self.limits.incidents, usual.incidents),
            events: most(self.limits.events, usual.events),
        }
    }
}

/// The most that `file-mib` may say: places in a report are told in 32 bits, and a text in another charset grows.
pub const MOST_MIB: u32 = 1024;

/// `[limits]`
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Limits {
    /// The size of one file, in MiB; at most [`MOST_MIB`].
    #[serde(deserialize_with = "file_mib")]
    pub file_mib: Option<NonZeroU32>,
    /// The incidents of one file.
    pub incidents: Option<NonZeroU32>,
    /// The events of one incident.
    pub events: Option<NonZeroU32>,
}

/// `[library]`
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Library {
    /// What opens when no path is given; `~/` is the home folder, a relative path starts at the settings file.
    pub folders: Vec<PathBuf>,
}

/// `[times]`
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Times {
    /// The zone of clock times in a report that names none.
    #[serde(deserialize_with = "zone_value")]
    pub assume_tz: Option<chrono_tz::Tz>,
}

/// `[cache]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Cache {
    /// The room for what was read of all libraries, in MiB; 0 to keep nothing.
    pub limit_mib: u32,
}

impl Default for Cache {
    fn default() -> Self {
        Self { limit_mib: 1024 }
    }
}

/// A settings, keys or theme file that cannot be used: where, what and the remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {}", names::remedy(.message, "correct it, or pass --no-config to go without"))]
pub struct Error {
    place: String,
    message: String,
}

impl Error {
    /// A mistake at a byte of the text of a file.
    pub fn in_file(path: &Path, text: &str, at: usize, why: &impl std::fmt::Display) -> Self {
        let (line, column) = position(text, at);
        Self { place: format!("{}:{line}:{column}", path.display()), message: why.to_string() }
    }
}

/// The folder of the user's own files; none for a user without a home folder.
pub fn folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "sevline").map(|dirs| dirs.config_dir().to_owned())
}

/// The folder for what can be made again; none for a user without a home folder.
pub fn cache_folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "sevline").map(|dirs| dirs.cache_dir().to_owned())
}

/// The settings in the user's folder.
pub fn path_in(folder: &Path) -> PathBuf {
    folder.join("config.toml")
}

/// The user's keys.
pub fn keymap_in(folder: &Path) -> PathBuf {
    folder.join("keymap.toml")
}

/// The user's theme of that name, if there is one. A name that would lead elsewhere is none.
pub fn theme_in(folder: &Path, name: &str) -> Option<PathBuf> {
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
    Some(folder.join("themes").join(format!("{name}.toml"))).filter(|path| plain && path.is_file())
}

/// The names of the user's themes, in order.
pub fn themes_in(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder.join("themes")).into_iter().flatten().flatten();
    let mut names: Vec<String> = files.filter_map(|file| Some(file.file_name().to_str()?.strip_suffix(".toml")?.to_owned())).collect();
    names.retain(|name| theme_in(folder, name).is_some());
    names.sort_unstable();
    names
}

/// The user's forms of records, by their names.
pub fn forms_in(folder: &Path) -> Result<Vec<Form>, Error> {
    let files = std::fs::read_dir(folder.join("forms")).into_iter().flatten().flatten().map(|file| file.path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|ending| ending == "toml")).collect();
    files.sort_unstable();
    let form = |path: &PathBuf| {
        let text = read(path)?.unwrap_or_default();
        let id = path.file_stem().unwrap_or_default().to_string_lossy();
        Form::parse(&id, &text).map_err(|mistake| Error::in_file(path, &text, mistake.at, &mistake))
    };
    files.iter().map(form).collect()
}

/// The text of a file of the user's; none where there is no such file.
pub fn read(path: &Path) -> Result<Option<String>, Error> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(Error { place: path.display().to_string(), message: format!("it could not be read: {error}") }),
    }
}

/// The user's home folder.
pub fn home() -> Option<PathBuf> {
    directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned())
}

/// The settings at `path`, or the defaults when there is no such file.
pub fn load(path: &Path) -> Result<Config, Error> {
    let Some(text) = read(path)? else { return Ok(Config::default()) };
    let mut config = parse(&text).map_err(|(line, column, message)| {
        let place = format!("{}:{line}:{column}", path.display());
        Error { place, message }
    })?;
    let (home, beside) = (home(), path.parent());
    if let Some(name) = &config.theme
        && let Err(why) = theme(name, beside)
    {
        return Err(Error::in_file(path, &text, theme_position(&text), &why));
    }
    let found = |folder: &Path| match (folder.strip_prefix("~"), &home, beside) {
        (Ok(rest), Some(home), _) => home.join(rest),
        (_, _, Some(beside)) => beside.join(folder),
        _ => folder.to_owned(),
    };
    for folder in &mut config.library.folders {
        *folder = found(folder);
    }
    let place = |name: String| if is_folder(&name) { found(name.as_ref()).to_string_lossy().into_owned() } else { name };
    config.zones = std::mem::take(&mut config.zones).into_iter().map(|(name, zone)| (place(name), zone)).collect();
    Ok(config)
}

/// Reads settings; an error has its 1-based line and column.
pub fn parse(text: &str) -> Result<Config, (usize, usize, String)> {
    toml::from_str(text).map_err(|error| {
        let (line, column) = position(text, error.span().map_or(0, |span| span.start));
        let message = error.message().trim().replace('\n', ", ");
        let near = suggestion(&message);
        (line, column, format!("{message}{near}"))
    })
}

/// The key that was meant, where the parser's message names an unknown one and those there are.
fn suggestion(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let unknown = quoted.next().filter(|_| message.starts_with("unknown field"));
    unknown.map_or(String::new(), |unknown| names::suggestion(unknown, quoted))
}

/// The 1-based lines on which the settings of a file stand: theme, folders, zone, the zones of some reports, the limit of the cache, and those of a
/// file, of incidents and of events.
pub fn lines(text: &str) -> [Option<usize>; 8] {
    #[derive(Default, Deserialize)]
    #[serde(default, rename_all = "kebab-case")]
    struct Places {
        theme: Option<toml::Spanned<toml::Value>>,
        library: BTreeMap<String, toml::Spanned<toml::Value>>,
        times: BTreeMap<String, toml::Spanned<toml::Value>>,
        zones: BTreeMap<String, toml::Spanned<toml::Value>>,
        cache: BTreeMap<String, toml::Spanned<toml::Value>>,
        limits: BTreeMap<String, toml::Spanned<toml::Value>>,
    }
    let places: Places = toml::from_str(text).unwrap_or_default();
    let limit = |name| places.limits.get(name);
    let found = [
        places.theme.as_ref(),
        places.library.get("folders"),
        places.times.get("assume-tz"),
        places.zones.values().min_by_key(|place| place.span().start),
        places.cache.get("limit-mib"),
        limit("file-mib"),
        limit("incidents"),
        limit("events"),
    ];
    found.map(|place| place.map(|value| position(text, value.span().start).0))
}

/// The 1-based line and column of a byte.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    (before.matches('\n').count() + 1, before.rsplit('\n').next().unwrap_or_default().chars().count() + 1)
}

/// Where the theme's name stands.
fn theme_position(text: &str) -> usize {
    #[derive(Deserialize)]
    struct Named {
        theme: Option<toml::Spanned<String>>,
    }
    toml::from_str(text).ok().and_then(|named: Named| named.theme).map_or(0, |theme| theme.span().start)
}

/// Whether a theme of that name is shipped or in the user's folder; the error says which are shipped.
pub fn theme(name: &str, folder: Option<&Path>) -> Result<(), String> {
    let mut shipped = theme::SHIPPED.iter().map(|(name, _)| *name);
    if shipped.any(|shipped| shipped == name) || folder.is_some_and(|folder| theme_in(folder, name).is_some()) {
        return Ok(());
    }
    let names: Vec<_> = theme::SHIPPED.iter().map(|(name, _)| *name).collect();
    let own = folder.map_or(String::new(), |folder| format!(", and your own in {}", folder.join("themes").display()));
    Err(format!("no theme is called `{name}`; there are {}{own}", names.join(", ")))
}

/// The zone of that IANA name, whatever its case; the error says which names come close.
pub fn zone(name: &str) -> Result<chrono_tz::Tz, String> {
    let same = |zone: &&chrono_tz::Tz| zone.name().eq_ignore_ascii_case(name);
    if let Some(&zone) = chrono_tz::TZ_VARIANTS.iter().find(same) {
        return Ok(zone);
    }
    let wanted = name.to_ascii_lowercase().replace(' ', "_");
    let near = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).find(|zone| {
        let city = zone.rsplit('/').next().unwrap_or(zone);
        city.eq_ignore_ascii_case(&wanted)
    });
    Err(match near {
        Some(near) => format!("no zone is called `{name}`; did you mean `{near}`?"),
        None => format!("no zone is called `{name}`; name one as in `UTC` or `Europe/Berlin`"),
    })
}

fn zone_value<'de, D: Deserializer<'de>>(from: D) -> Result<Option<chrono_tz::Tz>, D::Error> {
    let name = String::deserialize(from)?;
    zone(&name).map(Some).map_err(serde::de::Error::custom)
}

fn file_mib<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NonZeroU32>, D::Error> {
    let size = NonZeroU32::deserialize(from)?;
    match size.get() <= MOST_MIB {
        true => Ok(Some(size)),
        false => Err(serde::de::Error::custom(format!("no more than {MOST_MIB} MiB of a file can be read"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_setting() {
        let text =
            "theme = \"dark\"\n[library]\nfolders = [\"a\"]\n[times]\nassume-tz = \"europe/berlin\"\n[zones]\nFerncote = \"+05:30\"\n";
        let config = parse(text).unwrap();
        assert_eq!(config.settled().rules(), [(Whose::Publisher("Ferncote".into()), ZonePiece::Fixed(330))]);
        assert_eq!(config.theme.as_deref(), Some("dark"));
        assert_eq!(config.library.folders, [PathBuf::from("a")]);
        assert_eq!(config.times.assume_tz, Some(chrono_tz::Europe::Berlin));
        assert_eq!(parse(""), Ok(Config::default()));
    }

    #[test]
    fn the_file_that_is_written_changes_nothing_and_names_every_setting() {
        assert_eq!(parse(COMMENTED), Ok(Config::default()));
        let uncommented: String = COMMENTED
            .lines()
            .filter_map(|line| line.strip_prefix("#").filter(|line| !line.starts_with(' ')))
            .fold(String::new(), |text, line| text + line + "\n");
        let config = parse(&uncommented).unwrap();
        assert!(config.theme.is_some() && !config.library.folders.is_empty() && config.times.assume_tz.is_some());
        assert_eq!(config.zones.len(), 2);
        assert_ne!(config.cache, Cache::default());
        assert_eq!(config.limits(), crate::resolve::Limits::default());
        assert!(config.limits.file_mib.is_some() && config.limits.incidents.is_some() && config.limits.events.is_some());
        assert!(lines(&uncommented).iter().all(Option::is_some));
    }

    #[test]
    fn an_unknown_key_gets_a_suggestion() {
        for (text, near) in [("[library]\nfolder = []", "folders"), ("[libary]", "library"), ("[times]\nassumetz = 'UTC'", "assume-tz")] {
            let (.., message) = parse(text).unwrap_err();
            assert!(message.ends_with(&format!("; did you mean `{near}`?")), "{message}");
        }
    }

    #[test]
    fn tells_where_a_mistake_is() {
        for (text, line, column, words) in [
            ("[library]\nfolder = [\"a\"]\n", 2, 1, "expected `folders`"),
            ("[libary]\n", 1, 2, "expected one of `theme`, `ascii`, `library`, `times`, `zones`, `cache`, `limits`"),
            ("theme = 3\n", 1, 9, "expected a string"),
            ("[limits]\nevents = 0\n", 2, 10, "expected a nonzero"),
            ("[limits]\nfile-mib = 0\n", 2, 12, "expected a nonzero"),
            ("[limits]\nfile-mib = 1025\n", 2, 12, "no more than 1024 MiB"),
            ("[times]\nassume-tz = \"Berlin\"\n", 2, 13, "did you mean `Europe/Berlin`"),
            ("[zones]\nFerncote = \"IST\"\n", 2, 12, "no zone is called `IST`"),
            ("theme = \"dark\n", 1, 14, "invalid"),
        ] {
            let (l, c, message) = parse(text).unwrap_err();
            assert_eq!((l, c), (line, column), "{text}: {message}");
            assert!(message.contains(words), "{text}: {message}");
        }
    }

    #[test]
    fn finds_folders_from_the_file_and_from_home() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        assert_eq!(load(&path), Ok(Config::default()));
        std::fs::write(&path, "[library]\nfolders = [\"near\", \"/far\", \"~/reports\"]\n").unwrap();
        let folders = load(&path).unwrap().library.folders;
        assert_eq!(folders[..2], [folder.path().join("near"), PathBuf::from("/far")]);
        assert!(folders[2].is_absolute() && folders[2].ends_with("reports"));
        std::fs::write(&path, "[zones]\n\"near/\" = \"Europe/Oslo\"\nNear = \"UTC+2\"\n").unwrap();
        let settled = load(&path).unwrap().settled();
        assert!(settled.rules().contains(&(Whose::Folder(folder.path().join("near/")), ZonePiece::Region(chrono_tz::Europe::Oslo))));
        assert!(settled.rules().contains(&(Whose::Publisher("Near".into()), ZonePiece::Fixed(120))));
        std::fs::write(&path, "# mine\ntheme = \"drak\"\n").unwrap();
        let error = load(&path).unwrap_err().to_string();
        assert!(error.contains("config.toml:2:9: no theme is called `drak`; there are dark, "), "{error}");
        std::fs::create_dir(folder.path().join("themes")).unwrap();
        std::fs::write(folder.path().join("themes/drak.toml"), "").unwrap();
        assert_eq!(load(&path).unwrap().theme.as_deref(), Some("drak"));
        assert!(theme("../themes/drak", Some(folder.path())).is_err());
        std::fs::write(&path, "theme = \n").unwrap();
        let error = load(&path).unwrap_err().to_string();
        assert!(error.contains("config.toml:1:") && error.contains("--no-config"), "{error}");
    }
}
