//! The explorer's colours and keys: those that come with it, changed by the user's own files.

use super::Failure;
use crate::config;
use crate::keymap::Keymap;
use crate::theme::{self, Depth, Theme};
use crate::ui::Skin;
use std::path::Path;

/// The look to open with. `folder` is where the user's files are, none to go without them.
pub fn skin(name: Option<&String>, colour: bool, folder: Option<&Path>) -> Result<Skin, Failure> {
    let get = |name: &str| std::env::var(name).ok();
    let depth = if colour { Depth::of(get) } else { Depth::Mono };
    let name = name.map_or_else(|| theme::preferred(get), String::as_str);
    Ok(Skin { theme: theme(name, depth, folder)?, keymap: keymap(folder)? })
}

fn theme(name: &str, depth: Depth, folder: Option<&Path>) -> Result<Theme, Failure> {
    // A file of one's own may stand in for a theme that comes with the program.
    let path = folder.and_then(|folder| config::theme_in(folder, name));
    if let Some(path) = path
        && let Some(text) = config::read(&path)?
    {
        return Theme::own(name, &text, depth).map_err(|mistake| config::Error::in_file(&path, &text, mistake.at, &mistake).into());
    }
    Theme::shipped(name, depth).map_err(|error| Failure::Shipped(error.to_string()))
}

/// The keys in effect.
pub fn keymap(folder: Option<&Path>) -> Result<Keymap, Failure> {
    let shipped = Keymap::shipped().map_err(|error| Failure::Shipped(error.to_string()))?;
    let Some(path) = folder.map(config::keymap_in) else { return Ok(shipped) };
    let Some(text) = config::read(&path)? else { return Ok(shipped) };
    shipped.with(&text).map_err(|mistake| config::Error::in_file(&path, &text, mistake.at, &mistake).into())
}
