//! The forms of records: which there are, and what one of them makes of a file.

use super::terminal::Terminal;
use super::{Failure, SOME_FAILED, complain, shown, written};
use crate::app::text::{pad, width};
use crate::format::form::Slot;
use crate::format::records::{self, Look};
use crate::library::read;
use crate::resolve::Policy;
use crate::sanitize;
use crate::source::Source;
use std::io::Read;
use std::path::Path;

/// The longest value that is shown.
const SHOWN: usize = 60;

/// Prints the forms, or what they make of `file`; `folder` is where the user's files are.
pub fn run(file: Option<&Path>, draft: bool, folder: Option<&Path>, policy: &Policy, terminal: &Terminal) -> Result<u8, Failure> {
    let Some(path) = file else { return written(&list(folder, policy, terminal)) };
    let bytes = match path.to_str() {
        Some("-") => {
            let mut bytes = Vec::new();
            std::io::stdin().take(policy.limits.bytes).read_to_end(&mut bytes).map(|_| bytes).map_err(|error| read::say(&error))
        }
        _ => read::read_to_bytes(path, policy.limits.bytes).map_err(|refusal| refusal.to_string()),
    };
    let name = shown(path);
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(why) => {
            complain(&format!("{name}: {why}"));
            return Ok(SOME_FAILED);
        }
    };
    let source = Source::decode(name.clone(), bytes);
    let Some(look) = records::look(&source, &policy.forms) else {
        complain(&format!("{name}: this holds no records; it is read as text"));
        return Ok(SOME_FAILED);
    };
    if draft {
        return written(&look.draft.to_string());
    }
    match &look.form {
        Some((id, form)) => written(&taken(id, form, &look, terminal)),
        None => {
            let why = look.fault.map(|fault| format!("{}; {}", fault.message, fault.help)).unwrap_or_default();
            complain(&format!("{name}: {why}"));
            Ok(SOME_FAILED)
        }
    }
}

fn list(folder: Option<&Path>, policy: &Policy, terminal: &Terminal) -> String {
    let room = policy.forms.all().map(|form| width(&form.id)).max().unwrap_or(0);
    let line = |form: &crate::format::form::Form| {
        let from =
            folder.filter(|_| form.own).map(|folder| format!("  # {}", shown(&folder.join("forms").join(format!("{}.toml", form.id)))));
        format!("{}  {}{}\n", terminal.bold(&pad(&form.id, room)), sanitize::line(&form.name), sanitize::line(&from.unwrap_or_default()))
    };
    let mut forms: Vec<_> = policy.forms.all().collect();
    forms.sort_by_key(|form| (!form.own, form.name.to_lowercase()));
    forms.into_iter().map(line).collect()
}

fn taken(id: &str, form: &str, look: &Look, terminal: &Terminal) -> String {
    let records = if look.told.records == 1 { "1 record".into() } else { format!("{} records", look.told.records) };
    let mut text = format!("{}  {}, {records}\n", terminal.bold(&sanitize::line(id)), sanitize::line(form));
    let known: Vec<_> = look.told.taken.iter().filter(|(slot, ..)| *slot != Slot::Unused).collect();
    let rooms = [
        known.iter().map(|(slot, ..)| slot.name().len()).max().unwrap_or(0),
        known.iter().map(|(_, path, _)| width(path)).chain(look.told.left.iter().map(|(path, _)| width(path))).max().unwrap_or(0).min(48),
    ];
    for (slot, path, value) in known {
        text.push_str(&row(&[pad(slot.name(), rooms[0]), pad(&sanitize::line(path), rooms[1])], value));
    }
    if !look.told.left.is_empty() {
        text.push_str(&format!("\n{}\n", terminal.bold("left unread")));
        for (path, value) in &look.told.left {
            text.push_str(&row(&[pad("", rooms[0]), pad(&sanitize::line(path), rooms[1])], value));
        }
    }
    text
}

fn row(cells: &[String], value: &str) -> String {
    let value = sanitize::line(value);
    let short: String = value.chars().take(SHOWN).collect();
    let more = if short.len() < value.len() { "…" } else { "" };
    format!("  {}  {short}{more}\n", cells.join("  "))
}
