//! Tells the program which sources it was built from: what another build has read is not taken for its own. And which forms come
//! along, each a file.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

fn main() {
    let mut hasher = DefaultHasher::new();
    for root in ["src", "assets", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={root}");
        add(Path::new(root), &mut hasher);
    }
    println!("cargo::rustc-env=SEVLINE_SOURCES={:016x}", hasher.finish());
    let list = Path::new(&std::env::var_os("OUT_DIR").unwrap_or_default()).join("forms.rs");
    if let Err(error) = fs::write(&list, forms()) {
        println!("cargo::error={}: {error}", list.display());
    }
}

/// The files of the forms with their names, as source.
fn forms() -> String {
    let folder = Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("assets/forms");
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|ending| ending == "toml")).collect();
    files.sort();
    let line = |path: &std::path::PathBuf| {
        format!("    ({:?}, include_str!({:?})),\n", path.file_stem().unwrap_or_default().to_string_lossy(), path.to_string_lossy())
    };
    format!("static FILES: &[(&str, &str)] = &[\n{}];\n", files.iter().map(line).collect::<String>())
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
