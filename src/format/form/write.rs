//! A form as a file, to start from.

use super::{Form, Posts, path::Path};
use std::fmt;

impl fmt::Display for Form {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(to, "name = {}", quoted(&self.name))?;
        for (key, paths) in [("records", &self.records), ("has", &self.has)] {
            if !paths.is_empty() {
                writeln!(to, "{key} = {}", listed(paths))?;
            }
        }
        writeln!(to, "\n[fields]")?;
        for (slot, paths) in &self.fields {
            writeln!(to, "{} = {}", slot.name(), listed(paths))?;
        }
        for (name, posts) in [("updates", self.updates.as_ref()), ("notes", self.notes.first())] {
            let Some(Posts { list, time, label, text, split }) = posts else { continue };
            writeln!(to, "\n[{name}]")?;
            for (key, paths) in [("list", list), ("time", time), ("label", label), ("text", text)] {
                if !paths.is_empty() {
                    writeln!(to, "{key} = {}", listed(paths))?;
                }
            }
            if let Some(split) = split {
                writeln!(to, "split = {}", quoted(&split.to_string()))?;
            }
        }
        Ok(())
    }
}

fn listed(paths: &[Path]) -> String {
    let paths: Vec<String> = paths.iter().map(|path| quoted(&path.to_string())).collect();
    match paths.as_slice() {
        [one] => one.clone(),
        _ => format!("[{}]", paths.join(", ")),
    }
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
