//! Changes to a TOML file that a person writes in as well: only what differs is written, and their remarks, their order and
//! their spelling stay. A remark on something that goes stands above the next thing then.

use toml_edit::{Array, ArrayOfTables, Decor, DocumentMut, Item, Table, TableLike, Value};

/// The text of a decoration; empty where it has none of its own.
fn prefix(decor: &Decor) -> &str {
    decor.prefix().and_then(|text| text.as_str()).unwrap_or_default()
}

fn suffix(decor: &Decor) -> &str {
    decor.suffix().and_then(|text| text.as_str()).unwrap_or_default()
}

/// The remarks of a decoration, each on a line of its own.
fn remarks(text: &str) -> String {
    text.lines().filter_map(|line| line.find('#').and_then(|at| line.get(at..))).map(|remark| format!("{}\n", remark.trim_end())).collect()
}

/// Sets a value, and leaves what stands around it.
pub fn set(table: &mut dyn TableLike, name: &str, mut value: Value) {
    match table.get_mut(name).and_then(Item::as_value_mut) {
        Some(old) => {
            value.decor_mut().clone_from(old.decor());
            *old = value;
        }
        None => drop(table.insert(name, Item::Value(value))),
    }
}

/// Brings an array of texts in line with another: what is not in it goes, what is new stands last.
fn renew(array: &mut Array, wanted: &Array) {
    let has = |array: &Array, text: Option<&str>| array.iter().any(|value| value.as_str() == text);
    for at in (0..array.len()).rev() {
        if array.get(at).is_some_and(|value| has(wanted, value.as_str())) {
            continue;
        }
        let gone = array.remove(at);
        let left = format!("{}{}", prefix(gone.decor()), suffix(gone.decor()));
        if !left.contains('#') {
            continue;
        }
        match array.get_mut(at).map(Value::decor_mut) {
            Some(next) => next.set_prefix(format!("{left}{}", prefix(next))),
            None => array.set_trailing(format!("{left}{}", array.trailing().as_str().unwrap_or_default())),
        }
    }
    for value in wanted.iter() {
        if !has(array, value.as_str()) {
            // On a line of its own where the others are.
            let before =
                array.iter().last().map(|last| prefix(last.decor())).and_then(|text| Some(text.get(text.rfind('\n')?..)?.to_owned()));
            array.push_formatted(value.clone().decorated(before.unwrap_or(if array.is_empty() { "" } else { " " }.into()), ""));
        }
    }
}

/// Brings a table in line: of what `was` told of it that is changed, or taken out, which `now` tells otherwise, or not.
pub fn amend(table: &mut Table, was: &Table, now: &Table) {
    for (name, item) in now.iter() {
        let Some(value) = item.as_value() else { continue };
        if was.get(name).is_some_and(|old| same(old, item)) {
            continue;
        }
        match (table.get_mut(name).and_then(Item::as_array_mut), value.as_array()) {
            (Some(array), Some(wanted)) => renew(array, wanted),
            _ => set(table, name, value.clone()),
        }
    }
    let gone: Vec<String> = was.iter().map(|(name, _)| name.to_owned()).filter(|name| !now.contains_key(name)).collect();
    for name in gone {
        let kept = table.get_key_value(&name).map(|(key, item)| format!("{}{}", remarks(prefix(key.leaf_decor())), inside(item)));
        table.remove(&name);
        let kept = kept.unwrap_or_default();
        if !kept.is_empty() {
            let above = format!("{}{kept}", prefix(table.decor()));
            table.decor_mut().set_prefix(above);
        }
    }
}

/// Whether both tell the same, however it is written.
fn same(one: &Item, other: &Item) -> bool {
    match (one.as_value(), other.as_value()) {
        (Some(Value::Array(one)), Some(Value::Array(other))) => one.iter().map(Value::as_str).eq(other.iter().map(Value::as_str)),
        (Some(Value::String(one)), Some(Value::String(other))) => one.value() == other.value(),
        (Some(one), Some(other)) => one.to_string().trim() == other.to_string().trim(),
        _ => false,
    }
}

/// The remarks within and behind a value.
fn inside(item: &Item) -> String {
    let Some(value) = item.as_value() else { return String::new() };
    let elements = value.as_array().map(|array| {
        let each = array.iter().map(|value| format!("{}{}", remarks(prefix(value.decor())), remarks(suffix(value.decor()))));
        each.collect::<String>() + &remarks(array.trailing().as_str().unwrap_or_default())
    });
    elements.unwrap_or_default() + &remarks(suffix(value.decor()))
}

/// Takes a table out of its array; what was remarked on it stands above the next one, or at the end.
pub fn take_out(document: &mut DocumentMut, array: &str, at: usize) {
    let Some(tables) = document.get_mut(array).and_then(Item::as_array_of_tables_mut) else { return };
    let Some(table) = tables.get(at) else { return };
    let fields = table.iter().filter_map(|(name, _)| table.get_key_value(name));
    let fields: String = fields.map(|(key, item)| remarks(prefix(key.leaf_decor())) + &inside(item)).collect();
    let left = remarks(prefix(table.decor())) + &remarks(suffix(table.decor())) + &fields;
    tables.remove(at);
    let is_empty = tables.is_empty();
    match tables.get_mut(at).map(Table::decor_mut) {
        _ if left.is_empty() => {}
        Some(next) => next.set_prefix(format!("{left}{}", prefix(next))),
        None => {
            let end = document.trailing().as_str().unwrap_or_default().to_owned();
            document.set_trailing(format!("{end}\n{left}"));
        }
    }
    if is_empty {
        document.remove(array);
    }
}

/// Puts a table behind those of its array.
pub fn put_in(document: &mut DocumentMut, array: &str, mut table: Table) {
    let first = document.is_empty();
    // What stands in a document without tables stands above the first.
    let head = if first { document.trailing().as_str().unwrap_or_default().to_owned() } else { String::new() };
    if first {
        document.set_trailing("");
    }
    let gap = if first && (head.is_empty() || head.ends_with("\n\n")) { "" } else { "\n" };
    table.decor_mut().set_prefix(format!("{head}{gap}"));
    let tables = document.entry(array).or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    if let Some(tables) = tables.as_array_of_tables_mut() {
        tables.push(table);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        text.parse::<DocumentMut>().unwrap().as_table().clone()
    }

    #[test]
    fn only_what_differs_is_written() {
        let mut document: DocumentMut = "# Ours.\n[[r]]\n# why\ntags = [\n  'a', # first\n  \"b\",\n]\nnote   =   'x' # so\nsev = 1 # gone\n\n# below\n[[r]]\nid = 'y' # end\n".parse().unwrap();
        let was = table("tags = ['a', 'b']\nnote = 'x'\nsev = 1\n");
        let now = table("tags = ['a', 'c']\nnote = 'z'\n");
        let of = |document: &mut DocumentMut| document["r"].as_array_of_tables_mut().unwrap().get_mut(0).unwrap().clone();
        let mut first = of(&mut document);
        amend(&mut first, &was, &now);
        *document["r"].as_array_of_tables_mut().unwrap().get_mut(0).unwrap() = first;
        let expected =
            "# Ours.\n# gone\n[[r]]\n# why\ntags = [\n  'a',\n  'c', # first\n]\nnote   =   'z' # so\n\n# below\n[[r]]\nid = 'y' # end\n";
        let told = document.to_string();
        for line in expected.lines() {
            let words = line.trim_matches(|c: char| c == ',' || c.is_whitespace());
            assert!(told.contains(words.split(", #").next().unwrap()), "{line}\n{told}");
        }
        assert!(told.contains("# first"), "{told}");
        take_out(&mut document, "r", 0);
        assert_eq!(document.to_string().matches('#').count(), 7, "{document}");
        take_out(&mut document, "r", 0);
        let mut empty = document.to_string();
        assert_eq!(empty.matches('#').count(), 7, "{document}");
        put_in(&mut document, "r", table("id = 'z'\n"));
        empty.push_str("\n[[r]]\nid = 'z'\n");
        assert_eq!(document.to_string().trim(), empty.trim());
    }
}
