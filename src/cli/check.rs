//! What does not add up in reports, as compilers say it: for people, for programs, and for the checks of GitHub.

use super::reading::read_files;
use super::terminal::Terminal;
use super::{Chosen, FINE, Failure, SOME_FAILED, complain, count, shown, stdout};
use crate::app::text::width;
use crate::diagnostic::caret::Snippet;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::export::escape;
use crate::library::{self, Entry, Origin};
use crate::resolve::Policy;
use crate::sanitize;
use crate::source::Source;
use clap::ValueEnum;
use serde::Serialize;
use std::io::{Result, Write};

/// The form of printed findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// With the line and the words underlined
    Text,
    /// One object a line
    Json,
    /// Annotations for GitHub Actions
    Github,
}

/// What fails a check besides errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings
    Warning,
    /// Warnings and notes
    Note,
}

impl Deny {
    fn level(self) -> Level {
        match self {
            Deny::Warning => Level::Warning,
            Deny::Note => Level::Note,
        }
    }
}

/// Prints every finding of every report; the status says whether one of them is an error.
pub fn run(chosen: &Chosen, policy: &Policy, form: Form, deny: Option<Deny>, terminal: &Terminal) -> std::result::Result<u8, Failure> {
    let mut out = stdout();
    let (mut counts, mut gone) = (Counts::default(), Vec::new());
    let mut tally = read_files(chosen, policy, &mut |rows| {
        let found: Vec<_> = rows.iter().flat_map(|row| row.entry.incident().diagnostics).collect();
        let found = || found.iter();
        let Some(entry) = rows.first().map(|row| &*row.entry).filter(|_| found().next().is_some()) else { return Ok(()) };
        counts.add(found());
        // Only a report with findings is read again, and only for the lines they stand on.
        let source = match library::source_of(entry) {
            Ok(source) => Some(source),
            Err(problem) => {
                gone.push(problem);
                None
            }
        };
        let path = path(entry);
        found().try_for_each(|found| print(&mut out, &Finding { path: &path, found, source: source.as_ref() }, form, terminal))
    })?;
    out.flush()?;
    gone.iter().for_each(|problem| tally.trouble(problem));
    let (reports, orphans) = (tally.reports(), tally.orphans());
    let status = tally.finish();
    if reports > 0 {
        complain(&counts.summary(reports, deny));
    }
    if orphans > 0 {
        let reviews = count(orphans, "review is", "reviews are");
        complain(&format!("{reviews} of no incident that its file has now; “orphaned reviews” in the explorer's menu `a` lists them"));
    }
    Ok(if counts.fails(deny) { SOME_FAILED } else { status })
}

/// Prints every code with its level and its meaning.
pub fn codes(terminal: &Terminal) -> Result<u8> {
    let mut out = stdout();
    let room = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0);
    for code in Code::ALL {
        let level = terminal.level(&format!("{:7}", code.level().name()), code.level());
        writeln!(out, "{:room$}  {level}  {}", code.name(), code.meaning())?;
    }
    out.flush()?;
    Ok(FINE)
}

/// The path as a person or a program opens it: not as it stands below a folder that was named.
fn path(entry: &Entry) -> String {
    match &entry.origin {
        Origin::File(path) => shown(path),
        Origin::Memory(_) => entry.source.path.clone(),
    }
}

/// How many findings there are of each level.
#[derive(Debug, Default)]
struct Counts {
    reports: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl Counts {
    fn add<'a>(&mut self, found: impl Iterator<Item = &'a Diagnostic>) {
        self.reports += 1;
        for found in found {
            match found.level() {
                Level::Error => self.errors += 1,
                Level::Warning => self.warnings += 1,
                Level::Note => self.notes += 1,
            }
        }
    }

    fn fails(&self, deny: Option<Deny>) -> bool {
        let least = deny.map_or(Level::Error, Deny::level);
        self.errors > 0 || (self.warnings > 0 && least <= Level::Warning) || (self.notes > 0 && least <= Level::Note)
    }

    fn summary(&self, reports: usize, deny: Option<Deny>) -> String {
        let all = self.errors + self.warnings + self.notes;
        let read = count(reports, "report", "reports");
        if all == 0 {
            return format!("no findings in {read}");
        }
        let levels = [(self.errors, "error", "errors"), (self.warnings, "warning", "warnings"), (self.notes, "note", "notes")];
        let levels: Vec<_> = levels.into_iter().filter(|level| level.0 > 0).map(|(n, one, many)| count(n, one, many)).collect();
        let denied = match deny {
            None => "",
            Some(Deny::Warning) => "; warnings count as errors",
            Some(Deny::Note) => "; warnings and notes count as errors",
        };
        format!("{} in {} of {read}: {}{denied}", count(all, "finding", "findings"), self.reports, levels.join(", "))
    }
}

/// A finding with the report it is about; without a source where the report can no longer be read.
struct Finding<'a> {
    path: &'a str,
    found: &'a Diagnostic,
    source: Option<&'a Source>,
}

impl Finding<'_> {
    /// The line it is about.
    fn snippet(&self, room: usize) -> Option<Snippet> {
        self.snippets(room).next()
    }

    /// The lines of all its words.
    fn snippets(&self, room: usize) -> impl Iterator<Item = Snippet> {
        let cites = self.source.map_or(&[][..], |_| &self.found.cites);
        cites.iter().filter_map(move |cite| Some(Snippet::new(self.source?, cite.span, room)))
    }
}

fn print(out: &mut dyn Write, finding: &Finding, form: Form, terminal: &Terminal) -> Result<()> {
    match form {
        Form::Text => text(out, finding, terminal),
        Form::Json => json(out, finding),
        Form::Github => github(out, finding),
    }
}

fn text(out: &mut dyn Write, finding: &Finding, terminal: &Terminal) -> Result<()> {
    let (found, level) = (finding.found, finding.found.level());
    let head = format!("{}[{}]", level.name(), found.code.name());
    writeln!(out, "{}: {}", terminal.level(&head, level), terminal.bold(&sanitize::line(&found.message)))?;
    let path = sanitize::line(finding.path);
    let digits = found.cites.iter().map(|cite| cite.line.to_string().len()).max().unwrap_or(1);
    let (gap, arrow) = (" ".repeat(digits), terminal.frame("-->"));
    // The number, a blank, the rule and a blank stand before the line.
    let mut snippets = finding.snippets(terminal.text_width().saturating_sub(digits + 3)).peekable();
    if snippets.peek().is_none() {
        writeln!(out, "{gap}{arrow} {path}")?;
    }
    for (index, snippet) in snippets.enumerate() {
        let arrow = if index == 0 { &arrow } else { &terminal.frame(":::") };
        writeln!(out, "{gap}{arrow} {path}:{}:{}", snippet.line, snippet.column)?;
        let (rule, number) = (terminal.frame(&format!("{gap} |")), terminal.frame(&format!("{:>digits$} |", snippet.line)));
        writeln!(out, "{rule}\n{number} {}", snippet.text)?;
        let blank = width(&snippet.marks) - width(snippet.marks.trim_start());
        let marks = terminal.level(snippet.marks.trim_start(), level);
        writeln!(out, "{rule} {}{marks}", " ".repeat(blank))?;
    }
    if let Some(help) = &found.help {
        writeln!(out, "{gap} {} help: {}", terminal.frame("="), sanitize::line(help))?;
    }
    writeln!(out)
}

/// A finding for a program.
#[derive(Serialize)]
struct Record<'a> {
    path: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    end_column: Option<u32>,
    code: &'static str,
    level: &'static str,
    message: &'a str,
    help: Option<&'a str>,
}

fn json(out: &mut dyn Write, finding: &Finding) -> Result<()> {
    let (found, snippet) = (finding.found, finding.snippet(0));
    let record = Record {
        path: finding.path,
        line: found.cite().map(|cite| cite.line),
        column: snippet.as_ref().map(|snippet| snippet.column),
        end_column: snippet.as_ref().map(|snippet| snippet.end_column),
        code: found.code.name(),
        level: found.level().name(),
        message: &found.message,
        help: found.help.as_deref(),
    };
    record.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, escape::compact()))?;
    writeln!(out)
}

/// A workflow command of GitHub Actions, which shows the finding at its line of a pull request.
fn github(out: &mut dyn Write, finding: &Finding) -> Result<()> {
    let found = finding.found;
    let level = match found.level() {
        Level::Note => "notice",
        Level::Warning => "warning",
        Level::Error => "error",
    };
    let place = match (finding.snippet(0), found.cite()) {
        (Some(snippet), _) => format!(",line={},col={}", snippet.line, snippet.column),
        (None, Some(cite)) => format!(",line={}", cite.line),
        (None, None) => String::new(),
    };
    let message = match &found.help {
        Some(help) => format!("{}\nhelp: {help}", found.message),
        None => found.message.clone(),
    };
    let line = format!("::{level} file={}{place},title={}::{}", property(finding.path), found.code.name(), data(&message));
    writeln!(out, "{}", sanitize::line(&line))
}

/// What GitHub takes for the end of a line or of an escape.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The same for a property, which also ends at a colon or a comma.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    const REPORT: &str = "Outage\nDuration: 45 minutes\n";

    fn printed(path: &str, found: &Diagnostic, form: Form, colour: bool) -> String {
        let source = Source::decode(path, REPORT.into());
        let terminal = Terminal { interactive: false, columns: None, colour };
        let mut out = Vec::new();
        print(&mut out, &Finding { path, found, source: Some(&source) }, form, &terminal).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn mismatch(message: &str) -> Diagnostic {
        let cite = Source::decode("a", REPORT.into()).cite(Span { start: 17, end: 27 });
        Diagnostic::new(Code::DurationMismatch, message, Some(cite)).help("both are kept")
    }

    #[test]
    fn says_it_as_compilers_do() {
        assert_eq!(
            printed("a.md", &mismatch("45 or 75"), Form::Text, false),
            "warning[duration-mismatch]: 45 or 75\n --> a.md:2:11\n  |\n2 | Duration: 45 minutes\n  |           ^^^^^^^^^^\n  = help: both are kept\n\n"
        );
        let placeless = Diagnostic::new(Code::NoTimes, "no time was found", None);
        assert_eq!(printed("a.md", &placeless, Form::Text, false), "warning[no-times]: no time was found\n --> a.md\n\n");
        assert!(printed("a.md", &placeless, Form::Text, true).starts_with("\u{1b}[1;33mwarning[no-times]\u{1b}[0m: "));
    }

    #[test]
    fn says_it_to_programs() {
        assert_eq!(
            printed("a.md", &mismatch("“45”\u{1b}"), Form::Json, true),
            "{\"path\":\"a.md\",\"line\":2,\"column\":11,\"end_column\":21,\"code\":\"duration-mismatch\",\"level\":\"warning\",\
             \"message\":\"“45”\\u001b\",\"help\":\"both are kept\"}\n"
        );
        let placeless = Diagnostic::new(Code::NoTimes, "none", None);
        assert!(printed("a.md", &placeless, Form::Json, false).contains(r#""line":null,"column":null,"end_column":null"#));
    }

    #[test]
    fn escapes_what_github_reads_otherwise() {
        for (path, message, line) in [
            ("a.md", "plain: a, b", "::warning file=a.md,line=2,col=11,title=duration-mismatch::plain: a, b%0Ahelp: both are kept\n"),
            ("a,b:c%.md", "50 %", "::warning file=a%2Cb%3Ac%25.md,line=2,col=11,title=duration-mismatch::50 %25%0Ahelp: both are kept\n"),
            (
                "a\n::error::x",
                "a\r\nb",
                "::warning file=a%0A%3A%3Aerror%3A%3Ax,line=2,col=11,title=duration-mismatch::a%0D%0Ab%0Ahelp: both are kept\n",
            ),
            ("a\u{1b}.md", "\u{202e}", "::warning file=a␛.md,line=2,col=11,title=duration-mismatch::�%0Ahelp: both are kept\n"),
        ] {
            assert_eq!(printed(path, &mismatch(message), Form::Github, true), line);
        }
        let note = Diagnostic::new(Code::UnknownSeverity, "x", None);
        assert_eq!(printed("a.md", &note, Form::Github, false), "::notice file=a.md,title=unknown-severity::x\n");
    }

    #[test]
    fn counts_and_fails() {
        let mut counts = Counts::default();
        assert_eq!(counts.summary(1, None), "no findings in 1 report");
        assert!(!counts.fails(Some(Deny::Note)));
        counts.add([&Diagnostic::new(Code::ZoneAssumed, "x", None)].into_iter());
        assert!(!counts.fails(None) && !counts.fails(Some(Deny::Warning)) && counts.fails(Some(Deny::Note)));
        counts.add([&mismatch("x"), &mismatch("y")].into_iter());
        assert_eq!(counts.summary(70, Some(Deny::Warning)), "3 findings in 2 of 70 reports: 2 warnings, 1 note; warnings count as errors");
        assert!(!counts.fails(None) && counts.fails(Some(Deny::Warning)));
        counts.add([&Diagnostic::new(Code::UnreadableReport, "x", None)].into_iter());
        assert!(counts.fails(None));
    }
}
