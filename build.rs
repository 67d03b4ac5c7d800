//! Writes the tables of `assets/` out as code, lists the forms that come along, each a file, and tells the program which sources it was
//! built from: what another build has read is not taken for its own.

#[path = "src/extract/notation.rs"]
mod notation;

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut hasher = DefaultHasher::new();
    for root in ["src", "assets", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={root}");
        add(Path::new(root), &mut hasher);
    }
    println!("cargo::rustc-env=SEVLINE_SOURCES={:016x}", hasher.finish());
    let to = env::var("OUT_DIR")?;
    for (table, name) in [("words", "Words"), ("topics", "Topic"), ("cues", "Cue")] {
        let rows = fs::read_to_string(format!("assets/{table}.tsv"))?;
        fs::write(Path::new(&to).join(table).with_extension("rs"), code(name, table, &rows)?)?;
    }
    fs::write(Path::new(&to).join("forms.rs"), forms()?)?;
    Ok(())
}

/// The files of the forms with their names, as source.
fn forms() -> Result<String, Box<dyn Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("assets/forms");
    let files = fs::read_dir(folder)?.flatten().map(|file| file.path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|ending| ending == "toml")).collect();
    files.sort();
    let line = |path: &std::path::PathBuf| {
        format!("    ({:?}, include_str!({:?})),\n", path.file_stem().unwrap_or_default().to_string_lossy(), path.to_string_lossy())
    };
    Ok(format!("static FILES: &[(&str, &str)] = &[\n{}];\n", files.iter().map(line).collect::<String>()))
}

/// Adds the names and the contents of all files, by name.
fn add(path: &Path, hasher: &mut DefaultHasher) {
    if let Ok(entries) = fs::read_dir(path) {
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        paths.iter().for_each(|path| add(path, hasher));
    } else if let Ok(bytes) = fs::read(path) {
        (path.to_string_lossy(), bytes).hash(hasher);
    }
}

/// An enum of the rows of a table, documented by the line above each, with the name and the phrases of each, sorted, in lower case. A
/// row named `<name>` is no more than a class that others refer to.
fn code(name: &str, table: &str, text: &str) -> Result<String, Box<dyn Error>> {
    let lines = text.lines().zip(text.lines().skip(1)).filter(|(_, row)| !row.starts_with('#'));
    let parted = lines.filter_map(|(above, row)| row.split_once('\t').map(|(row, written)| (row, written, above)));
    let rows: Vec<(&str, &str, &str)> = parted.collect();
    let classes: HashMap<&str, &str> = rows.iter().map(|(row, written, _)| (row.trim_matches(['<', '>']), *written)).collect();
    if classes.len() < rows.len() {
        return Err(format!("two rows of one name in {table}.tsv").into());
    }
    let irregular = notation::irregular();
    let class = |name: &str| if name == "irregular" { Some(irregular.as_str()) } else { classes.get(name).copied() };
    let (mut variants, mut lists) = (String::new(), String::new());
    for (row, written, remark) in rows.iter().filter(|(row, ..)| !row.starts_with('<')) {
        let remark = remark.strip_prefix("# ").ok_or_else(|| format!("no remark above {row} in {table}.tsv"))?;
        let mut phrases: Vec<String> = written.split('|').flat_map(|phrase| notation::phrases(phrase, &class)).collect();
        if let Some(phrase) = phrases.iter().find(|phrase| phrase.is_empty() || phrase.contains(['<', '{'])) {
            return Err(format!("no phrase or class: {row} {phrase:?} in {table}.tsv").into());
        }
        phrases.iter_mut().for_each(|phrase| *phrase = spaced(phrase).to_ascii_lowercase());
        phrases.sort_unstable();
        phrases.dedup();
        let camel = |part: &str| part.get(..1).unwrap_or_default().to_uppercase() + part.get(1..).unwrap_or_default();
        let variant: String = row.split('-').map(camel).collect();
        let _ = writeln!(variants, "    #[doc = {remark:?}]\n    {variant},");
        let _ = writeln!(lists, "        ({name}::{variant}, {row:?}, &{phrases:?}),");
    }
    Ok(format!(
        "/// A row of `assets/{table}.tsv`.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]\n\
         pub enum {name} {{\n{variants}}}\n\n\
         impl {name} {{\n    /// Each with its name and its phrases.\n    \
         const ROWS: &[({name}, &str, &[&str])] = &[\n{lists}    ];\n\n    \
         /// Its name in the table.\n    pub fn name(self) -> &'static str {{\n        \
         Self::ROWS.get(self as usize).map_or(\"\", |(_, name, _)| *name)\n    }}\n}}\n"
    ))
}

/// `phrase` with a blank for a low line at its ends.
fn spaced(phrase: &str) -> String {
    let bare = phrase.trim_matches('_');
    let blank = |is: bool| if is { " " } else { "" };
    format!("{}{bare}{}", blank(phrase.starts_with('_')), blank(phrase.ends_with('_')))
}
