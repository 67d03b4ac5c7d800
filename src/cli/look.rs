//! The explorer's colours and keys: those that come with it, changed by the user's own files.

use super::Failure;
use crate::config;
use crate::keymap::Keymap;
use crate::theme::{self, Depth};
use crate::ui::look::Look;
use crate::ui::{self, Skin};
use std::path::Path;

/// What the terminal can show, and where themes are. `folder` is where the user's files are, none to go without them.
pub fn look(colour: bool, ascii: Option<bool>, folder: Option<&Path>) -> Look {
    let get = |name: &str| std::env::var(name).ok();
    let depth = if colour { Depth::of(get) } else { Depth::Mono };
    Look { depth, folder: folder.map(Path::to_owned), ascii: ascii.or_else(|| theme::only_ascii(get).then_some(true)) }
}

/// The name of the theme to open with.
pub fn name(asked: Option<&String>) -> String {
    asked.cloned().unwrap_or_else(|| theme::preferred(|name: &str| std::env::var(name).ok()).to_owned())
}

/// How it looks and what its keys are.
pub fn skin(look: &Look, name: &str) -> Result<Skin, Failure> {
    let theme = look.theme(name).map_err(|error| match error {
        ui::look::Error::Own(error) => Failure::from(error),
        ui::look::Error::Shipped(error) => Failure::Shipped(error.to_string()),
    })?;
    Ok(Skin { theme, keymap: keymap(look.folder.as_deref())? })
}

/// The keys in effect.
pub fn keymap(folder: Option<&Path>) -> Result<Keymap, Failure> {
    let shipped = Keymap::shipped().map_err(|error| Failure::Shipped(error.to_string()))?;
    let Some(path) = folder.map(config::keymap_in) else { return Ok(shipped) };
    let Some(text) = config::read(&path)? else { return Ok(shipped) };
    shipped.with(&text).map_err(|mistake| config::Error::in_file(&path, &text, mistake.at, &mistake).into())
}
