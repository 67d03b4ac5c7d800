//! Who writes, by where a document has its publisher's name: the imprint, the head, the signature.

use super::alone::first_of;
use super::brand;
use super::proper::{is_name, is_organization};
use crate::basis::Rule;
use crate::document::sheet::{Sheet, place};
use crate::extract::words::{Words, list};
use std::ops::Range;

/// What parts a line into a name and what the document is.
const PARTS: [&str; 8] = [" - ", " – ", " — ", " | ", " · ", " :: ", " • ", "  "];
/// How many lines at the top are its head, and at the end its close.
const HEAD: usize = 4;
const CLOSE: usize = 8;
/// The imprint is among so many lines at the end.
const IMPRINT: usize = 40;

/// Finds the name in one place of a sheet.
type Place = fn(&Sheet) -> Option<Range<usize>>;

/// The publisher's name as a range of the text of `sheet`, a whole document, and where it stands in it.
pub fn name(sheet: &Sheet) -> Option<(Range<usize>, Rule)> {
    let places: [(Place, Rule); 3] = [(imprint, Rule::Imprint), (masthead, Rule::Masthead), (signature, Rule::Signature)];
    places.into_iter().find_map(|(find, rule)| Some((find(sheet)?, rule)))
}

/// "© 2019–2025 Tollgrove Audio LLC", "Copyright Mossbeam": whose the words are.
fn imprint(sheet: &Sheet) -> Option<Range<usize>> {
    let text = sheet.text();
    if !list(Words::ImprintMarks).is_in(text) {
        return None;
    }
    for line in sheet.lines().rev().take(IMPRINT) {
        let words = text.get(line.clone())?;
        let Some(mark) = list(Words::ImprintMarks).first(words).map(|mark| mark.end) else { continue };
        let rest = words.get(mark..)?;
        let lead = rest.find(char::is_alphabetic).filter(|lead| !rest.get(..*lead).unwrap_or_default().contains('.'));
        let Some(start) = lead.map(|lead| mark + lead) else { continue };
        let after = words.get(start..)?;
        let stop = [". ", ", all", " All ", " all ", " | ", " · ", " - ", " – "].iter().filter_map(|stop| after.find(stop)).min();
        let name = after.get(..stop.unwrap_or(after.len()))?.trim_end_matches(['.', ' ', ',']);
        // "© Tollgrove 2025"
        let year = |word: &str| word.len() >= 4 && word.starts_with(|c: char| c.is_ascii_digit()) && !word.contains(char::is_alphabetic);
        let name = name.rsplit_once(' ').filter(|(_, last)| year(last)).map_or(name, |(name, _)| name);
        if is_name(name) {
            return Some(line.start + start..line.start + start + name.len());
        }
    }
    None
}

/// "Mosswater NOC - fault notification", "Tollgrove plc", "Orrery Status · 2024-04-20" in the first lines.
fn masthead(sheet: &Sheet) -> Option<Range<usize>> {
    let text = sheet.text();
    let head: Vec<_> = sheet.lines().take(HEAD).collect();
    // A name of several words over a date is who writes.
    let dated = head.windows(2).find_map(|pair| {
        let [line, next] = pair else { return None };
        let words = text.get(line.clone())?;
        let name = words.contains(' ') && is_name(words) && brand::is_own(words);
        (name && super::title::is_date(text.get(next.clone())?)).then(|| line.clone())
    });
    let named = head.into_iter().find_map(|line| {
        let parts = parts(text, line);
        parts.iter().find_map(|part| {
            let whole = text.get(part.clone())?;
            let name = list(Words::MastheadEnds).strip_end(whole).map(|name| name.trim_end_matches(',')).filter(|name| is_name(name));
            let name = name.or(is_organization(whole).then_some(whole)).map(|name| part.start..part.start + name.len());
            // "Centre for Research Computing, Tarn Institute of Science"
            let office =
                || whole.split(", ").all(is_name).then(|| whole.rsplit_once(", ")).flatten().filter(|(_, name)| is_organization(name));
            name.or_else(|| office().map(|(_, name)| place(text, name)))
        })
    });
    named.or(dated)
}

/// "Kirkgate Hosting Ltd - NOC", "The Ravel Team", "Tellwire Support" at the end.
fn signature(sheet: &Sheet) -> Option<Range<usize>> {
    let text = sheet.text();
    sheet.lines().rev().take(CLOSE).find_map(|range| {
        let line = text.get(range.clone())?;
        let body = line
            .split_once(':')
            .filter(|(label, _)| list(Words::SignedLabels).holds(label.trim()))
            .map_or(line, |(_, rest)| rest.trim_start());
        let body = ["The ", "For ", "On behalf of "].iter().find_map(|lead| body.strip_prefix(lead)).unwrap_or(body);
        let start = range.start + (line.len() - body.len());
        let stop = first_of(body, &[" - ", " – ", " — ", " · ", ", ", " | ", " (", "  "]).map_or(body.len(), |mark| mark.start);
        let whole = body.get(..stop)?.trim_end_matches(['.', ',']);
        let tail = body.get(stop..)?.trim_start_matches([',', ' ', '-', '–', '—', '|', '·']);
        let tail = tail.split_once("  ").map_or(tail, |(tail, _)| tail);
        // A sentence that happens to start with a name is none.
        if whole.len() > 60 || tail.len() > 60 || whole.contains(". ") {
            return None;
        }
        let signed = list(Words::SignedBy).strip_end(whole).filter(|name| is_name(name));
        let dated = list(Words::ImprintTails).strip_start(tail).is_some();
        let name = signed.or((is_organization(whole) || dated && is_name(whole)).then_some(whole));
        // "Chief Operating Officer, Copperhill Bank"
        let office = || is_organization(tail.trim_end_matches('.')).then(|| place(text, tail));
        name.map(|name| start..start + name.len()).or_else(office)
    })
}

/// The parts of a line, trimmed.
fn parts(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut rest = text.get(line).unwrap_or_default();
    loop {
        let gap = first_of(rest, &PARTS);
        let part = rest.get(..gap.as_ref().map_or(rest.len(), |gap| gap.start)).unwrap_or_default();
        let bare = part.trim_matches([' ', '*', '_', '\t']);
        if !bare.is_empty() {
            parts.push(place(text, bare));
        }
        let Some(behind) = gap.and_then(|gap| rest.get(gap.end..)) else { return parts };
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Option<&str> {
        name(&Sheet::of(text)).and_then(|(range, _)| text.get(range))
    }

    #[test]
    fn signatures_and_their_look_alikes() {
        for (text, want) in [
            ("It broke.\n\nKirkgate Hosting Ltd - NOC\n", Some("Kirkgate Hosting Ltd")),
            ("Sorry.\n\nDean\nTellwire Support\n", Some("Tellwire")),
            ("Sincerely,\nThe Ravel Team\n", Some("Ravel")),
            ("It broke.\n\nKirkgate Hosting Ltd · Org. no. 999 888 777 · Bergen\n", Some("Kirkgate Hosting Ltd")),
            ("It broke.\n\nTarn University - IT Services            Printed 2023-12-04 15:07\n", Some("Tarn University")),
            ("Regret.\n\nChief Manager\nSahyadri Co-operative Bank Ltd., Pune\n", Some("Sahyadri Co-operative Bank Ltd")),
            ("All well.\n\n*Fjell Ferries, customer service, weekdays 8-16*\n", Some("Fjell Ferries")),
            ("All well.\n\nContact : Minamoto Backbone Customer Support Center (24h)\n", Some("Minamoto Backbone")),
            ("Sorry.\nIt broke.\nIt works.\nAll is well.\n\nAda Quill\nChief Officer, Copperhill Bank\n", Some("Copperhill Bank")),
            ("We fixed it.\n\nThe Team\n", None),
            ("- Load alarm at 80%\n- Breaker study\n", None),
            ("All restored.\nNext Steps\n", None),
            ("All restored.\nKind regards,\nNetwork Operations\n", None),
            ("All restored.\nAda Quill\nVP Customer Success\n", None),
        ] {
            assert_eq!(named(text), want, "{text}");
        }
    }

    #[test]
    fn heads_of_documents_and_their_look_alikes() {
        for (text, want) in [
            ("MOSSWATER NOC - FAULT NOTIFICATION\n\nLink down.\n", Some("MOSSWATER")),
            ("Link down.\n\nMosswater Networks GmbH, NOC\n", Some("Mosswater Networks GmbH")),
            ("Tollgrove Bank plc\nMedia statement, Monday\n\nWe are sorry.\n", Some("Tollgrove Bank plc")),
            ("Payments paused\nOrrery Status · 2024-04-20\n\nUpdate.\n", Some("Orrery")),
            ("# Downtime on Monday\n\n**Lamp & Moth Games** | Community Team | 29 March\n\nIt broke.\n", Some("Lamp & Moth Games")),
            ("TARNBRIDGE STATUS LOG          (server time)\n\n11:02 down\n", Some("TARNBRIDGE")),
            ("STATE OF SOUTH FELL - DEPARTMENT OF LABOUR\n\nSummary.\n", Some("STATE OF SOUTH FELL")),
            ("MEDIA STATEMENT\n\nSouthern Deeds Registry\nThursday 4 July 2019\n\nIt broke.\n", Some("Southern Deeds Registry")),
            ("Unavailability of Net Banking\n\nIt broke.\n", None),
            ("Database Status\n\nAll well.\n", None),
            ("Checkout - Incident report\n\nIt broke.\n", None),
            ("Postmortem of the Kafka outage\n\nKafka went down.\n", None),
        ] {
            assert_eq!(named(text), want, "{text}");
        }
    }

    #[test]
    fn imprints() {
        for (text, want) in [
            ("It broke.\n\n© 2019–2025 Tollgrove Audio LLC\n", Some("Tollgrove Audio LLC")),
            ("It broke.\nCopyright 2024 Mossbeam. All rights reserved.\n", Some("Mossbeam")),
            ("<p>It broke.</p><footer><p>&copy; 2023 University of Tarn. Founded 1908.</p></footer>", Some("University of Tarn")),
            ("It broke.\n\n© Tollgrove 2019–2025 - legal notice\n", Some("Tollgrove")),
            ("It broke.\n© 2024 All rights reserved.\n", None),
        ] {
            assert_eq!(named(text), want, "{text}");
        }
    }
}
