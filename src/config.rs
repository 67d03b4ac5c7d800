//! The user's settings: one TOML file, whose mistakes are told with their line instead of being skipped.

use crate::theme;
use serde::{Deserialize, Deserializer};
use std::path::{Path, PathBuf};

/// All settings; the defaults hold where the file says nothing.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Config {
    /// The theme's name.
    #[serde(deserialize_with = "theme_value")]
    pub theme: Option<String>,
    /// Where the reports are.
    pub library: Library,
    /// How times are read.
    pub times: Times,
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

/// A settings file that cannot be used: where, what and the remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}; correct it, or pass --no-config to go without")]
pub struct Error {
    place: String,
    message: String,
}

/// Where the settings are looked for; none for a user without a home folder.
pub fn path() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "sevline").map(|dirs| dirs.config_dir().join("config.toml"))
}

/// The user's home folder.
pub fn home() -> Option<PathBuf> {
    directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned())
}

/// The settings at `path`, or the defaults when there is no such file.
pub fn load(path: &Path) -> Result<Config, Error> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Config::default()),
        Err(error) => return Err(Error { place: path.display().to_string(), message: format!("it could not be read: {error}") }),
    };
    let mut config = parse(&text).map_err(|(line, column, message)| {
        let place = format!("{}:{line}:{column}", path.display());
        Error { place, message }
    })?;
    let (home, beside) = (home(), path.parent());
    for folder in &mut config.library.folders {
        *folder = match (folder.strip_prefix("~"), &home, beside) {
            (Ok(rest), Some(home), _) => home.join(rest),
            (_, _, Some(beside)) => beside.join(&folder),
            _ => continue,
        };
    }
    Ok(config)
}

/// Reads settings; an error has its 1-based line and column.
fn parse(text: &str) -> Result<Config, (usize, usize, String)> {
    toml::from_str(text).map_err(|error| {
        let before = text.get(..error.span().map_or(0, |span| span.start)).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (line, column, error.message().trim().replace('\n', ", "))
    })
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

fn theme_value<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let name = String::deserialize(from)?;
    let names = theme::SHIPPED.iter().map(|(name, _)| *name);
    if names.clone().any(|shipped| shipped == name) {
        return Ok(Some(name));
    }
    let names: Vec<_> = names.collect();
    Err(serde::de::Error::custom(format!("no theme is called `{name}`; there are {}", names.join(", "))))
}

fn zone_value<'de, D: Deserializer<'de>>(from: D) -> Result<Option<chrono_tz::Tz>, D::Error> {
    let name = String::deserialize(from)?;
    zone(&name).map(Some).map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_setting() {
        let config = parse("theme = \"dark\"\n[library]\nfolders = [\"a\"]\n[times]\nassume-tz = \"europe/berlin\"\n").unwrap();
        assert_eq!(config.theme.as_deref(), Some("dark"));
        assert_eq!(config.library.folders, [PathBuf::from("a")]);
        assert_eq!(config.times.assume_tz, Some(chrono_tz::Europe::Berlin));
        assert_eq!(parse(""), Ok(Config::default()));
    }

    #[test]
    fn tells_where_a_mistake_is() {
        for (text, line, column, words) in [
            ("[library]\nfolder = [\"a\"]\n", 2, 1, "expected `folders`"),
            ("[libary]\n", 1, 2, "expected one of `theme`, `library`, `times`"),
            ("theme = 3\n", 1, 9, "expected a string"),
            ("theme = \"drak\"\n", 1, 9, "there are dark, "),
            ("[times]\nassume-tz = \"Berlin\"\n", 2, 13, "did you mean `Europe/Berlin`"),
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
        std::fs::write(&path, "theme = \n").unwrap();
        let error = load(&path).unwrap_err().to_string();
        assert!(error.contains("config.toml:1:") && error.contains("--no-config"), "{error}");
    }
}
