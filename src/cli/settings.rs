//! The settings in effect and where each comes from, and a file to start from.

use super::args::{Colour, Common};
use super::terminal::Terminal;
use super::{FINE, Failure, SOME_FAILED, complain, shown};
use crate::app::text::{pad, width};
use crate::config::{self, Config};
use crate::theme;
use std::io::Write;
use std::path::Path;

/// A line of what is in effect.
type Setting = (&'static str, String, String);

/// Every setting, its value and where it comes from; `folder` is where the user's files are, none to go without them.
pub fn effective(common: &Common, folder: Option<&Path>, terminal: &Terminal) -> Result<String, Failure> {
    let path = folder.map(config::path_in);
    let (config, text) = match &path {
        Some(path) => (config::load(path)?, config::read(path)?),
        None => (Config::default(), None),
    };
    let [theme_line, folders_line, zone_line, zones_line, limit_line, file_line, incidents_line, events_line] =
        text.as_deref().map_or([None; 8], config::lines);
    let at = |line: Option<usize>| {
        let file = path.as_deref().map(shown).unwrap_or_default();
        line.map_or(file.clone(), |line| format!("{file}:{line}"))
    };
    let get = |name: &str| std::env::var(name).ok();
    let set = |name: &str| get(name).is_some_and(|value| !value.is_empty());
    let theme = match (&common.theme, &config.theme) {
        (Some(name), _) => (name.clone(), "--theme".into()),
        (None, Some(name)) => (name.clone(), at(theme_line)),
        (None, None) if set("COLORFGBG") => (theme::preferred(get).into(), "COLORFGBG".into()),
        (None, None) => (theme::preferred(get).into(), DEFAULT.into()),
    };
    let folders: Vec<_> = config.library.folders.iter().map(|folder| shown(folder)).collect();
    let folders = if folders.is_empty() { ("the samples".into(), DEFAULT.into()) } else { (folders.join(", "), at(folders_line)) };
    let zone = match (common.assume_tz, config.times.assume_tz) {
        (Some(zone), _) => (zone.name().to_owned(), "--assume-tz".into()),
        (None, Some(zone)) => (zone.name().to_owned(), at(zone_line)),
        (None, None) => ("UTC".into(), DEFAULT.into()),
    };
    let settled: Vec<_> = config.zones.iter().map(|(whose, zone)| format!("{whose}: {}", zone.0)).collect();
    let settled = if settled.is_empty() { ("none".into(), DEFAULT.into()) } else { (settled.join(", "), at(zones_line)) };
    let colour = match common.color {
        Colour::Always => ("always", "--color"),
        Colour::Never => ("never", "--color"),
        Colour::Auto if set("NO_COLOR") => ("never", "NO_COLOR"),
        Colour::Auto if set("CLICOLOR_FORCE") && get("CLICOLOR_FORCE").as_deref() != Some("0") => ("always", "CLICOLOR_FORCE"),
        Colour::Auto => ("on a terminal", DEFAULT),
    };
    let keys = folder.map(config::keymap_in).filter(|path| path.is_file());
    let keys = keys.map_or(("those that come with sevline".into(), DEFAULT.into()), |path| ("with your own".into(), shown(&path)));
    let state = crate::state::folder().filter(|_| folder.is_some());
    let state = state.map_or(("nothing".into(), "--no-config".to_owned()), |folder| {
        let from = if set("XDG_STATE_HOME") { "XDG_STATE_HOME" } else { DEFAULT };
        (shown(&folder), format!("{from}: history, filters.toml, reviews.toml, {}", crate::state::libraries::FILE))
    });
    let limit = config.cache.limit_mib;
    let cache = super::cache(common, &config);
    let cached = cache.as_ref().map(|cache| format!("{} of {limit} MiB", cache.size().div_ceil(1 << 20)));
    let limited = if limit_line.is_some() { at(limit_line) } else { DEFAULT.into() };
    let cached_from = match &cache {
        Some(cache) => format!("{limited}, in {}", shown(cache.folder())),
        None if common.no_cache => "--no-cache".into(),
        None if common.no_config => "--no-config".into(),
        None => limited,
    };
    let (limits, bounded) = (config.limits(), |line: Option<usize>| line.map_or(DEFAULT.into(), |line| at(Some(line))));
    let settings: [Setting; 11] = [
        ("theme", theme.0, theme.1),
        ("library.folders", folders.0, folders.1),
        ("times.assume-tz", zone.0, zone.1),
        ("zones", settled.0, settled.1),
        ("limits.file-mib", (limits.bytes >> 20).to_string(), bounded(file_line)),
        ("limits.incidents", limits.incidents.to_string(), bounded(incidents_line)),
        ("limits.events", limits.events.to_string(), bounded(events_line)),
        ("color", colour.0.into(), colour.1.into()),
        ("keys", keys.0, keys.1),
        ("remembered in", state.0, state.1),
        ("cache", cached.unwrap_or_else(|| "nothing is kept".into()), cached_from),
    ];
    Ok(table(&settings, path.as_deref(), text.is_some(), terminal))
}

const DEFAULT: &str = "default";

fn table(settings: &[Setting], path: Option<&Path>, exists: bool, terminal: &Terminal) -> String {
    let names = settings.iter().map(|(name, ..)| width(name)).max().unwrap_or(0);
    let values = settings.iter().map(|(_, value, _)| width(value)).max().unwrap_or(0).min(48);
    let mut text = match path {
        Some(path) if exists => format!("# {}\n", shown(path)),
        Some(path) => format!("# {} is not there; `sevline config --init` writes it\n", shown(path)),
        None => "# without your settings\n".into(),
    };
    for (name, value, from) in settings {
        let value = crate::sanitize::line(value);
        let gap = " ".repeat(values.saturating_sub(width(&value)));
        text.push_str(&format!("{}  {value}{gap}  # {}\n", terminal.bold(&pad(name, names)), crate::sanitize::line(from)));
    }
    text
}

/// Writes the commented settings file where none is.
pub fn init(folder: Option<&Path>) -> Result<u8, Failure> {
    let Some(folder) = folder else {
        complain("there is no home folder to write settings to; set HOME or XDG_CONFIG_HOME");
        return Ok(SOME_FAILED);
    };
    let path = config::path_in(folder);
    let file = std::fs::create_dir_all(folder).and_then(|()| std::fs::File::options().write(true).create_new(true).open(&path));
    let written = file.and_then(|mut file| file.write_all(config::COMMENTED.as_bytes()));
    match written {
        Ok(()) => {
            writeln!(std::io::stdout(), "{}", crate::sanitize::line(&shown(&path)))?;
            Ok(FINE)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            complain(&format!("{}: it is there already and stays as it is; edit it, or move it away first", shown(&path)));
            Ok(SOME_FAILED)
        }
        Err(error) => {
            complain(&format!("{}: {error}; check that the folder may be written to", shown(&path)));
            Ok(SOME_FAILED)
        }
    }
}
