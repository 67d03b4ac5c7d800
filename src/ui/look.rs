//! The themes there are: those that come with the program and the user's own, in what the terminal can show.

use crate::config;
use crate::theme::{self, Depth, Theme};
use std::path::PathBuf;

/// Where themes are found, and what the terminal can show of them.
#[derive(Debug, Clone)]
pub struct Look {
    /// How many colours there are.
    pub depth: Depth,
    /// The folder of the user's own files; none to go without them.
    pub folder: Option<PathBuf>,
    /// Whether signs beyond ASCII are avoided, whatever the theme says.
    pub ascii: Option<bool>,
}

/// Why a theme cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The user's own.
    #[error(transparent)]
    Own(#[from] config::Error),
    /// One that comes with the program.
    #[error(transparent)]
    Shipped(#[from] theme::Error),
}

impl Look {
    /// The names of all themes, those that come with the program first.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = theme::SHIPPED.iter().map(|(name, _)| (*name).to_owned()).collect();
        let mut own = self.folder.as_deref().map(config::themes_in).unwrap_or_default();
        own.retain(|name| !names.contains(name));
        names.extend(own);
        names
    }

    /// The theme of that name.
    pub fn theme(&self, name: &str) -> Result<Theme, Error> {
        // A file of one's own may stand in for a theme that comes with the program.
        let path = self.folder.as_deref().and_then(|folder| config::theme_in(folder, name));
        let mut theme = match path.map(|path| config::read(&path).map(|text| text.map(|text| (path, text)))).transpose()?.flatten() {
            Some((path, text)) => {
                Theme::own(name, &text, self.depth).map_err(|mistake| config::Error::in_file(&path, &text, mistake.at, &mistake))?
            }
            None => Theme::shipped(name, self.depth)?,
        };
        theme.ascii = self.ascii.unwrap_or(theme.ascii);
        Ok(theme)
    }
}
