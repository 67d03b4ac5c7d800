//! Holds every file to its layer: it may use its own layer and those below, and each layer only its own libraries.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

/// The modules of each layer, lowest first. A new module has to be put into one of them.
const LAYERS: &[&[&str]] = &[
    &["source", "diagnostic", "sanitize", "lock", "names", "work", "abort"],
    &["document", "format"],
    &["extract"],
    &["basis", "incident", "facts", "role", "resolve"],
    &["library", "query", "review", "stats", "cache", "fixture"],
    &["config", "keymap", "state", "theme", "app"],
    &["ui", "tui", "cli", "export", "picture"],
];

/// Libraries that only some modules may use: reading reports must not depend on how they are shown.
const RESERVED: &[(&str, &[&str])] = &[
    ("chardetng", &["source"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("crossterm", &["keymap", "theme", "app", "ui", "tui", "cli"]),
    ("directories", &["config", "state", "app", "tui"]),
    ("encoding_rs", &["source"]),
    ("ignore", &["library"]),
    ("notify", &["tui"]),
    ("ratatui", &["keymap", "theme", "app", "ui", "tui"]),
    ("rayon", &["library", "query", "stats", "cache"]),
    ("saphyr_parser", &["format"]),
    ("shell_words", &["app", "tui"]),
    ("signal_hook", &["abort", "cli", "tui"]),
    ("toml", &["config", "format", "keymap", "state", "theme"]),
    ("toml_edit", &["state"]),
    ("tui_input", &["app", "ui", "tui"]),
];

#[test]
fn every_file_keeps_to_its_layer() {
    let mut broken = Vec::new();
    for (module, path, code) in sources() {
        let Some(own) = layer(&module) else {
            broken.push(format!("{}: `{module}` stands in no layer; add it to tests/layers.rs", path.display()));
            continue;
        };
        let top = path.components().count() == 1;
        let from_root: &[&str] = if top { &["crate::", "super::"] } else { &["crate::"] };
        for used in from_root.iter().flat_map(|root| paths_from(root, &code)) {
            if layer(&used).is_some_and(|layer| layer > own) {
                broken.push(format!("{}: layer {own} uses `{used}` of a layer above", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn every_layer_keeps_to_its_libraries() {
    let mut broken = Vec::new();
    for (module, path, code) in sources() {
        for (library, allowed) in RESERVED {
            if mentions(&code, library) && !allowed.contains(&module.as_str()) {
                broken.push(format!("{}: `{module}` may not use {library}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn what_is_shown_uses_the_words_of_the_glossary() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| std::fs::read_to_string(root.join(name)).unwrap();
    let glossary = read("docs/glossary.md");
    let last = |row: &str| row.trim_end_matches('|').rsplit('|').next().unwrap().trim().to_owned();
    let rows = glossary.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| word") && !line.starts_with("| ---"));
    let avoided: Vec<_> =
        rows.flat_map(|row| last(row).split(", ").map(str::to_owned).collect::<Vec<_>>()).filter(|word| !word.is_empty()).collect();
    assert!(avoided.len() > 10);
    // What is read is not shown: the words that reports use stand in the layers below, and in the rules of the resolver.
    let shown = sources().into_iter().filter(|(module, ..)| module != "resolve" && layer(module).is_some_and(|layer| layer > 2));
    let mut texts: Vec<_> = shown.map(|(_, path, code)| (path.display().to_string(), literals(&code))).collect();
    // The words of reports in examples, and the names of features, are no words of ours.
    texts.retain(|(path, _)| !path.starts_with("fixture") && !path.ends_with("tests.rs") && path != "role/words.rs");
    let docs = std::fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().file_name().display().to_string());
    let docs = docs.filter(|name| name.ends_with(".md") && name != "glossary.md").map(|name| format!("docs/{name}"));
    let documents = docs.chain(["README.md", "CONTRIBUTING.md"].map(str::to_owned));
    texts.extend(documents.map(|name| (name.clone(), vec![read(&name)])));
    let whole = |text: &str, word: &str| {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '{' && c != '}');
        text.match_indices(word).any(|(at, _)| edge(text[..at].chars().next_back()) && edge(text[at + word.len()..].chars().next()))
    };
    let mut found = Vec::new();
    for (path, texts) in &texts {
        for text in texts {
            found.extend(avoided.iter().filter(|word| whole(text, word)).map(|word| format!("{path}: “{word}” is not used")));
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// The texts between quotes.
fn literals(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut text: Option<String> = None;
    let mut letters = code.chars().peekable();
    while let Some(c) = letters.next() {
        match (&mut text, c) {
            (Some(text), '\\') => text.extend(letters.next()),
            (Some(_), '"') => found.extend(text.take()),
            (Some(text), c) => text.push(c),
            // A quote as a character opens nothing.
            (None, '\'') if letters.peek() == Some(&'"') => drop(letters.next()),
            (None, '"') => text = Some(String::new()),
            (None, _) => {}
        }
    }
    found
}

#[test]
fn reads_imports_of_every_shape() {
    let code = "use crate::a::b;\nuse crate::{c::{d, e}, f, g as h};\nfn x() { crate::i::j() }";
    assert_eq!(paths_from("crate::", code), ["a", "c", "f", "g", "i"]);
    for code in ["use clap::Parser;", "#[derive(clap::Args)]", "use clap as c;", "pub use clap;"] {
        assert!(mentions(code, "clap"), "{code}");
    }
    assert!(!mentions("let clapping = handclap::x; crate::clap::y", "clap"));
    let code = "a // crate::x\n/// crate::y\nlet z = \"https://w\"; b";
    assert_eq!(without_comments(code), "a \n\nlet z = \"https://w\"; b\n");
}

/// The top module, the path and the code of every file below `src`, but for the two roots.
fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inside = path.strip_prefix(&root).unwrap();
            let module = inside.components().next().unwrap().as_os_str().to_string_lossy().replace(".rs", "");
            if path.extension().is_some_and(|extension| extension == "rs") && module != "lib" && module != "main" {
                found.push((module, inside.to_owned(), without_comments(&std::fs::read_to_string(&path).unwrap())));
            }
        }
    }
    assert!(found.len() > 10, "the sources were not found");
    found
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|modules| modules.contains(&module))
}

/// The code without line comments: a link in a comment is no import. The `//` of an address stays.
fn without_comments(code: &str) -> String {
    let cut = |line: &str| {
        let comment = line.match_indices("//").map(|(at, _)| at).find(|&at| !line[..at].ends_with(':'));
        format!("{}\n", &line[..comment.unwrap_or(line.len())])
    };
    code.lines().map(cut).collect()
}

/// The names that follow `root`, alone or in braces.
fn paths_from(root: &str, code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, word) in code.match_indices(root) {
        let rest = code[at + word.len()..].trim_start();
        match rest.strip_prefix('{') {
            Some(group) => found.extend(names_in(group)),
            None => found.push(name(rest)),
        }
    }
    found
}

/// The first name of each path in a group, up to its closing brace.
fn names_in(group: &str) -> Vec<String> {
    let mut found = Vec::new();
    let (mut depth, mut expected) = (0, true);
    for (at, c) in group.char_indices() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' => expected = depth == 0,
            c if expected && !c.is_whitespace() => {
                found.push(name(&group[at..]));
                expected = false;
            }
            _ => {}
        }
    }
    found
}

fn name(code: &str) -> String {
    code.chars().take_while(|&c| is_word(c)).collect()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether `library` is used as a path or imported by name.
fn mentions(code: &str, library: &str) -> bool {
    code.match_indices(library).any(|(at, _)| {
        let (before, after) = (&code[..at], &code[at + library.len()..]);
        let starts = !before.ends_with(|c: char| is_word(c) || c == ':');
        starts && (after.starts_with("::") || (before.ends_with("use ") && after.starts_with([';', ' '])))
    })
}
