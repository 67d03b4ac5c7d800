//! What is read: the paths that are named, else the folders in the settings, else the samples.

use super::select::Select;
use super::{complain, count, shown};
use crate::cache::Cache;
use crate::config::{self, Config};
use crate::library::{Input, Origin};
use crate::names;
use crate::query::Indexed;
use crate::review::{Cuts, Reviews};
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

/// What is told above the samples: what they are, and the next step. At 80 columns there is room for that of the tour behind it.
pub const ABOVE_SAMPLES: &str = "sample incident reports; open yours: sevline FOLDER";

/// What is read, and what to say about it.
#[derive(Debug, Default)]
pub struct Chosen {
    /// What is read.
    pub inputs: Vec<Input>,
    /// What the whole is called.
    pub title: String,
    /// Which of the incidents in them are meant.
    pub select: Select,
    /// Whether doubtful incidents are meant only where somebody asks for them: the filter, or who names their file.
    pub sure: bool,
    /// What was said of incidents before.
    pub reviews: Reviews,
    /// How files are cut into incidents by hand.
    pub cuts: Cuts,
    /// What was read before.
    pub cache: Option<Cache>,
    /// Why this is read and how to read something else; none when paths were named.
    pub notice: Option<String>,
}

impl Chosen {
    /// Says the notice on standard error.
    pub fn announce(&self) {
        if let Some(notice) = &self.notice {
            complain(notice);
        }
    }

    /// Whether the filter asks for what is doubtful.
    pub fn asks_for_doubtful(&self) -> bool {
        self.select.filter.as_ref().is_some_and(|filter| filter.asks_for_doubtful())
    }

    /// Whether an incident is left out because it is doubtful.
    pub fn doubts(&self, row: &Indexed) -> bool {
        let named = |input: &Input| match (input, &row.entry.origin) {
            (Input::Path(path), Origin::File(file)) => path.as_path() == &**file,
            (Input::Stdin(_), Origin::Memory(_)) => true,
            _ => false,
        };
        self.sure && row.doubtful && !self.asks_for_doubtful() && !self.inputs.iter().any(named)
    }

    /// Whether none of the paths is there, so that an explorer would open on nothing.
    pub fn nothing_to_open(&self) -> bool {
        self.inputs.iter().all(|input| matches!(input, Input::Path(path) if !path.exists()))
    }
}

/// A path with `~` for the home folder, so that a notice fits its line.
fn shortened(path: &Path, home: Option<&Path>) -> String {
    match home.and_then(|home| path.strip_prefix(home).ok()) {
        Some(rest) => shown(&Path::new("~").join(rest)),
        None => shown(path),
    }
}

/// What `paths` ask for, or where there are none what was `piped` in; `settings` is where the settings file is or would be.
pub fn choose(paths: &[PathBuf], piped: Option<Vec<u8>>, config: &Config, settings: Option<&Path>) -> Chosen {
    if !paths.is_empty() {
        let title = match paths {
            [one] if one.as_os_str() == "-" => "standard input".to_owned(),
            [one] => one.file_name().map_or_else(|| shown(one), |name| shown(Path::new(name))),
            several => format!("{} paths", several.len()),
        };
        return Chosen { inputs: named(paths, config.limits().bytes), title, ..Chosen::default() };
    }
    if let Some(piped) = piped.filter(|piped| !piped.is_empty()) {
        return Chosen { inputs: vec![Input::Stdin(piped)], title: "standard input".into(), ..Chosen::default() };
    }
    if !config.library.folders.is_empty() {
        let file = settings.map_or_else(|| "the settings file".into(), |path| shortened(path, config::home().as_deref()));
        let folders = &config.library.folders;
        let notice = format!("reading {} named in {file}", count(folders.len(), "folder", "folders"));
        let inputs = folders.iter().cloned().map(Input::Path).collect();
        return Chosen { inputs, title: "library".into(), notice: Some(notice), ..Chosen::default() };
    }
    Chosen { inputs: vec![Input::Samples], title: "samples".into(), notice: Some(ABOVE_SAMPLES.into()), ..Chosen::default() }
}

/// What to say where a word among `paths` is no file but was probably meant as one of the `commands`.
pub fn meant_as_command(paths: &[PathBuf], commands: &[&str]) -> Option<String> {
    let word = |path: &PathBuf| path.to_str().filter(|word| word.chars().all(char::is_alphabetic)).map(str::to_owned);
    for (at, word) in paths.iter().enumerate().filter_map(|(at, path)| Some((at, word(path)?))) {
        let near = if word == "help" { Some("--help") } else { names::nearest(&word, commands.iter().copied()) };
        let Some(near) = near.filter(|near| at == 0 || *near == word).filter(|_| !Path::new(&word).exists()) else { continue };
        return Some(match near {
            "--help" => "there is no file or folder `help`; did you mean `sevline --help`?".into(),
            _ if near == word => {
                format!("commands stand before paths and there is no file or folder `{word}`; did you mean `sevline {near} …`?")
            }
            _ => format!("there is no file or folder `{word}`; did you mean the command `{near}`?"),
        });
    }
    None
}

/// The inputs of that name; standard input is read once, where it is first named.
fn named(paths: &[PathBuf], most: u64) -> Vec<Input> {
    let mut inputs = Vec::with_capacity(paths.len());
    for path in paths {
        if path.as_os_str() != "-" {
            inputs.push(Input::Path(path.clone()));
        } else if !inputs.iter().any(|input| matches!(input, Input::Stdin(_))) {
            inputs.push(Input::Stdin(standard_input(most)));
        }
    }
    inputs
}

/// What a pipe or a file gives as standard input, where no path is named; none where nobody may have meant to give anything.
#[cfg(unix)]
pub fn piped(config: &Config) -> Option<Vec<u8>> {
    use std::os::fd::AsFd;
    use std::os::unix::fs::FileTypeExt;
    let input = std::io::stdin().as_fd().try_clone_to_owned().ok()?;
    let kind = std::fs::File::from(input).metadata().ok()?.file_type();
    (kind.is_fifo() || kind.is_file()).then(|| standard_input(config.limits().bytes))
}

/// What is given as standard input cannot be told here from what is inherited.
#[cfg(not(unix))]
pub fn piped(_: &Config) -> Option<Vec<u8>> {
    None
}

/// What is piped in; one byte more than the `most` that a report may have is enough to refuse it.
fn standard_input(most: u64) -> Vec<u8> {
    let input = std::io::stdin();
    if input.is_terminal() {
        complain("type or paste the report, then press Ctrl-D on an empty line");
    }
    let mut bytes = Vec::new();
    if let Err(error) = input.lock().take(most + 1).read_to_end(&mut bytes) {
        complain(&format!("standard input: {error}; what came before is read"));
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_doubtful_is_meant_where_somebody_asks_for_it() {
        let entry = |origin| crate::library::Entry::new(crate::fixture::doubtful().incident(), origin);
        let row = |origin| Indexed::new(std::sync::Arc::new(entry(origin)));
        let (file, piped) = (row(Origin::File(Path::new("a/b.md").into())), row(Origin::Memory(b"".as_slice().into())));
        let chosen = |input, sure, filter: &str| Chosen {
            inputs: vec![input],
            sure,
            select: Select { filter: Some(crate::query::Query::new(filter)), ..Select::default() },
            ..Chosen::default()
        };
        for (path, sure, filter, doubted) in [
            ("a", true, "", true),
            ("a", true, "sev:critical", true),
            ("a", true, "-is:doubtful", true),
            ("a", true, "is:doubtful", false),
            ("a", false, "", false),
            ("a/b.md", true, "", false),
            ("a/c.md", true, "", true),
        ] {
            assert_eq!(chosen(Input::Path(path.into()), sure, filter).doubts(&file), doubted, "{path} {filter}");
        }
        assert!(!chosen(Input::Stdin(Vec::new()), true, "").doubts(&piped));
        assert!(chosen(Input::Samples, true, "").doubts(&piped));
        let sure = Indexed::new(crate::fixture::entries().remove(0));
        assert!(!chosen(Input::Path("a".into()), true, "").doubts(&sure));
    }

    #[test]
    fn the_home_folder_is_shortened() {
        let home = Path::new("/home/x");
        assert_eq!(shortened(Path::new("/home/x/.config/s.toml"), Some(home)), "~/.config/s.toml");
        assert_eq!(shortened(Path::new("/home/xy/s.toml"), Some(home)), "/home/xy/s.toml");
    }

    #[test]
    fn a_word_that_is_no_file_may_be_meant_as_a_command() {
        let said = |paths: &[&str]| {
            let paths: Vec<_> = paths.iter().map(PathBuf::from).collect();
            meant_as_command(&paths, &["list", "show"])
        };
        assert_eq!(said(&["lsit", "x"]).as_deref(), Some("there is no file or folder `lsit`; did you mean the command `list`?"));
        let behind = "commands stand before paths and there is no file or folder `list`; did you mean `sevline list …`?";
        assert_eq!(said(&["x", "list"]).as_deref(), Some(behind));
        assert!(said(&["help"]).is_some_and(|said| said.contains("sevline --help")));
        for paths in [&["src"][..], &["x", "lsit"], &["list.txt"], &["./list"], &["-"], &[]] {
            assert_eq!(said(paths), None, "{paths:?}");
        }
    }

    #[test]
    fn paths_outrank_settings_and_settings_outrank_samples() {
        let mut config = Config::default();
        let settings = Path::new("/s/config.toml");
        let samples = choose(&[], None, &config, Some(settings));
        assert_eq!(samples.inputs, [Input::Samples]);
        assert!(samples.notice.is_some_and(|notice| notice.contains("sample incident") && notice.contains("sevline FOLDER")));
        config.library.folders = vec!["/r".into()];
        let piped = choose(&[], Some(b"a report".to_vec()), &config, Some(settings));
        assert_eq!((piped.inputs.len(), piped.title.as_str(), piped.notice), (1, "standard input", None));
        assert_eq!(
            choose(&[], Some(Vec::new()), &config, Some(settings)).inputs,
            [Input::Path("/r".into())],
            "nothing was meant to be piped in"
        );
        let library = choose(&[], None, &config, Some(settings));
        assert_eq!(library.inputs, [Input::Path("/r".into())]);
        assert!(library.notice.is_some_and(|notice| notice.contains("1 folder named in /s/config.toml")));
        let named = choose(&["a/b.md".into()], None, &config, Some(settings));
        assert_eq!((named.inputs, named.title.as_str(), named.notice), (vec![Input::Path("a/b.md".into())], "b.md", None));
    }
}
