//! Files that the explorer writes: never over another unless that was asked for.

use crate::app::cells;
use crate::app::output::{Form, Output, Shown, Written};
use crate::export::record::Record;
use crate::export::separated::Sheet;
use crate::export::table::Table;
use crate::library::Entry;
use crate::picture::{build, markdown, page, svg};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Result, Write};
use std::sync::Arc;

/// Writes a file.
pub fn write(output: &Output) -> Written {
    let path = std::path::absolute(&output.path).unwrap_or_else(|_| output.path.clone());
    let failed = |error| Written::Failed(format!("{} cannot be written: {error}", path.display()));
    if !output.over && path.exists() {
        return Written::Taken(path);
    }
    // All of it is made before anything is written: a file that is there stays whole where that fails.
    let bytes = match made(output) {
        Ok(bytes) => bytes,
        Err(error) => return failed(error),
    };
    let mut options = OpenOptions::new();
    let options = if output.over { options.write(true).create(true).truncate(true) } else { options.write(true).create_new(true) };
    match options.open(&path).and_then(|mut file| file.write_all(&bytes)) {
        Ok(()) => Written::Done(path, bytes.len()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Written::Taken(path),
        Err(error) => failed(error),
    }
}

fn made(output: &Output) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let (entries, chart) = match &output.shown {
        Shown::Timeline(entries, compress) => (entries, build::timeline(&borrowed(entries), output.clock, *compress)),
        Shown::Compared(entries, align, base) => (entries, build::compare(&borrowed(entries), *align, Some(*base), output.clock)),
    };
    match output.form {
        Form::Svg => bytes = svg(&chart).into_bytes(),
        Form::Html => bytes = page(&chart).into_bytes(),
        Form::Markdown if matches!(output.shown, Shown::Timeline(..)) && entries.len() > 1 => {
            writeln!(bytes, "## {} incidents\n", entries.len())?;
            let read: Vec<_> = entries.iter().map(|entry| (entry.incident(), entry.review())).collect();
            cells::markdown(&mut bytes, read.iter().map(|(incident, review)| (incident, *review)), &output.columns, output.clock)?;
        }
        Form::Markdown => markdown(&mut bytes, &chart)?,
        Form::Csv => sheet(&mut bytes, entries)?,
    }
    Ok(bytes)
}

fn borrowed(entries: &[Arc<Entry>]) -> Vec<&Entry> {
    entries.iter().map(AsRef::as_ref).collect()
}

/// The incidents or, of one, its events.
fn sheet(out: &mut Vec<u8>, entries: &[Arc<Entry>]) -> Result<()> {
    let table = if entries.len() == 1 { Table::Events } else { Table::Incidents };
    let mut sheet = Sheet::new(out, b',', table.columns())?;
    for entry in entries {
        let read = entry.read();
        let record = Record::of(&read, entry.review());
        table.rows(&record, &read).try_for_each(|row| sheet.row(&row, true))?;
    }
    sheet.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::compare::Align;
    use crate::app::show::{Clock, Zone};
    use crate::fixture;
    use crate::query::column::Columns;

    #[test]
    fn the_order_and_the_columns_of_the_list_are_those_of_a_table() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        let entries: Vec<_> = fixture::entries().into_iter().rev().take(3).collect();
        let clock = Clock::new(Zone::Utc, fixture::local);
        let columns = "title,format".parse().unwrap();
        let shown = Shown::Timeline(entries.clone(), false);
        write(&Output { path: path.clone(), form: Form::Markdown, shown, columns, clock, over: false });
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("## 3 incidents\n\n| TITLE | FORMAT |\n"), "{text}");
        let titles = entries.iter().map(|entry| crate::app::markdown::text(entry.incident().display_title()));
        let places: Vec<_> = titles.map(|title| text.find(&title)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} {text}");
    }

    #[test]
    fn every_form_is_written_and_no_file_is_written_over_unasked() {
        let folder = tempfile::tempdir().unwrap();
        let entries = fixture::entries();
        let all = [
            Shown::Timeline(entries.clone(), true),
            Shown::Timeline(entries[..1].to_vec(), false),
            Shown::Compared(entries[..2].to_vec(), Align::Start, 1),
        ];
        for (at, shown) in all.into_iter().enumerate() {
            for (form, ending) in Form::ALL {
                let path = folder.path().join(format!("{at}.{ending}"));
                let clock = Clock::new(Zone::Utc, fixture::local);
                let output = Output { path: path.clone(), form, shown: shown.clone(), columns: Columns::default(), clock, over: false };
                let Written::Done(_, bytes) = write(&output) else { panic!("{path:?}") };
                assert_eq!(std::fs::read(&path).unwrap().len(), bytes);
                std::fs::write(&path, "mine").unwrap();
                assert!(matches!(write(&output), Written::Taken(_)));
                assert_eq!(std::fs::read(&path).unwrap(), b"mine");
                assert!(matches!(write(&Output { over: true, ..output }), Written::Done(..)));
                assert_eq!(std::fs::read(&path).unwrap().len(), bytes);
            }
        }
        let nowhere = Output {
            path: folder.path().join("none/a.csv"),
            form: Form::Csv,
            shown: Shown::Timeline(entries, false),
            columns: Columns::default(),
            clock: Clock::new(Zone::Utc, fixture::local),
            over: false,
        };
        assert!(matches!(write(&nowhere), Written::Failed(why) if why.contains("cannot be written")));
    }
}
