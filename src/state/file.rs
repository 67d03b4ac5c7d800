//! Files of the state folder: read whole, and replaced as a whole.

use super::Error;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A link leads to a link at most so often.
const LINKS: usize = 32;

/// The text of a file; empty where there is none. What is no Unicode is replaced, and then sanitised with the rest.
pub fn read(path: &Path) -> Result<String, Error> {
    match fs::read(path) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(String::new()),
        Err(error) => Err(Error::new(path, format!("it could not be read: {error}; check its permissions"))),
    }
}

/// Puts a file with `text` in the place of the one at `path`: whoever reads it sees the one or the other, also after a
/// power cut. Where a folder can be flushed, the new one is there to stay. A link stays one, to a file with the mode it had.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = target(path)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    if let Ok(old) = fs::metadata(&path) {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Where a file really is that may be a link.
fn target(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        match fs::read_link(&path) {
            Ok(next) => path = path.parent().unwrap_or(Path::new(".")).join(next),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("too many links lead to each other"))
}

/// What is wrong in a text, with its line.
pub fn mistake(text: &str, error: &toml::de::Error) -> String {
    let line = text.get(..error.span().map_or(0, |span| span.start)).unwrap_or_default().matches('\n').count() + 1;
    format!("line {line}: {}", error.message().replace('\n', ", "))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn a_link_and_a_mode_stay() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("synced")).unwrap();
        symlink("other", at("link")).unwrap();
        symlink("synced/real", at("other")).unwrap();
        // One that leads to nothing yet as well.
        for (text, mode) in [("one", 0o600), ("two", 0o640)] {
            replace(&at("link"), text).unwrap();
            assert!(at("link").is_symlink() && at("other").is_symlink());
            assert_eq!(fs::read_to_string(at("synced/real")).unwrap(), text);
            assert_eq!(fs::metadata(at("synced/real")).unwrap().permissions().mode() & 0o777, mode);
            fs::set_permissions(at("synced/real"), fs::Permissions::from_mode(0o640)).unwrap();
        }
        symlink("loop", at("loop")).unwrap();
        assert!(replace(&at("loop"), "x").is_err());
    }
}
