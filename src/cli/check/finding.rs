//! A finding as it is printed: with its words underlined, as an object, as an annotation.

use super::Form;
use crate::app::show::doubt;
use crate::app::text::width;
use crate::cli::terminal::Terminal;
use crate::diagnostic::caret::Snippet;
use crate::diagnostic::{Diagnostic, Level};
use crate::export::escape;
use crate::sanitize;
use crate::source::{Cite, Source};
use serde::Serialize;
use std::borrow::Cow;
use std::io::{Result, Write};

/// What a check says of a report that may be none; no finding of the report's own, and so no [`Code`](crate::diagnostic::Code).
pub const DOUBTFUL: (&str, Level, &str) = ("doubtful", Level::Note, "The file may be no incident report.");

/// A finding with the report it is about; without a source where the report can no longer be read.
pub struct Finding<'a> {
    path: &'a str,
    code: &'static str,
    level: Level,
    message: Cow<'a, str>,
    help: Option<&'a str>,
    cites: &'a [Cite],
    source: Option<&'a Source>,
}

impl<'a> Finding<'a> {
    /// One of a report's own.
    pub fn of(path: &'a str, found: &'a Diagnostic, source: Option<&'a Source>) -> Self {
        let (code, level) = (found.code.name(), found.level());
        Self { path, code, level, message: found.message.as_str().into(), help: found.help.as_deref(), cites: &found.cites, source }
    }

    /// That the report may be none, and why.
    pub fn doubtful(path: &'a str, why: &str) -> Self {
        let (code, level, _) = DOUBTFUL;
        Self { path, code, level, message: doubt(why).into(), help: None, cites: &[], source: None }
    }

    /// The line it is about.
    fn snippet(&self, room: usize) -> Option<Snippet> {
        self.snippets(room).next()
    }

    /// The lines of all its words.
    fn snippets(&self, room: usize) -> impl Iterator<Item = Snippet> {
        let cites = self.source.map_or(&[][..], |_| self.cites);
        cites.iter().filter_map(move |cite| Some(Snippet::new(self.source?, cite.span, room)))
    }
}

/// Prints a finding.
pub fn print(out: &mut dyn Write, finding: &Finding, form: Form, terminal: &Terminal) -> Result<()> {
    match form {
        Form::Text => text(out, finding, terminal),
        Form::Json => json(out, finding),
        Form::Github => github(out, finding),
    }
}

fn text(out: &mut dyn Write, finding: &Finding, terminal: &Terminal) -> Result<()> {
    let level = finding.level;
    let head = format!("{}[{}]", level.name(), finding.code);
    writeln!(out, "{}: {}", terminal.level(&head, level), terminal.bold(&sanitize::line(&finding.message)))?;
    let path = sanitize::line(finding.path);
    let digits = finding.cites.iter().map(|cite| cite.line.to_string().len()).max().unwrap_or(1);
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
    if let Some(help) = finding.help {
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
    let snippet = finding.snippet(0);
    let record = Record {
        path: finding.path,
        line: finding.cites.first().map(|cite| cite.line),
        column: snippet.as_ref().map(|snippet| snippet.column),
        end_column: snippet.as_ref().map(|snippet| snippet.end_column),
        code: finding.code,
        level: finding.level.name(),
        message: &finding.message,
        help: finding.help,
    };
    record.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, escape::compact()))?;
    writeln!(out)
}

/// A workflow command of GitHub Actions, which shows the finding at its line of a pull request.
fn github(out: &mut dyn Write, finding: &Finding) -> Result<()> {
    let level = match finding.level {
        Level::Note => "notice",
        Level::Warning => "warning",
        Level::Error => "error",
    };
    let place = match (finding.snippet(0), finding.cites.first()) {
        (Some(snippet), _) => format!(",line={},col={}", snippet.line, snippet.column),
        (None, Some(cite)) => format!(",line={}", cite.line),
        (None, None) => String::new(),
    };
    let message = match finding.help {
        Some(help) => Cow::Owned(format!("{}\nhelp: {help}", finding.message)),
        None => Cow::Borrowed(&*finding.message),
    };
    let line = format!("::{level} file={}{place},title={}::{}", property(finding.path), finding.code, data(&message));
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
    use crate::diagnostic::Code;
    use crate::source::Span;

    const REPORT: &str = "Outage\nDuration: 45 minutes\n";

    fn printed(path: &str, found: &Diagnostic, form: Form, colour: bool) -> String {
        let source = Source::decode(path, REPORT.into());
        let terminal = Terminal { interactive: false, columns: None, colour };
        let mut out = Vec::new();
        print(&mut out, &Finding::of(path, found, Some(&source)), form, &terminal).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn says_what_is_doubtful_in_every_form() {
        let terminal = Terminal { interactive: false, columns: None, colour: false };
        for (form, expected) in [
            (Form::Text, "note[doubtful]: this may be no incident report: a drill␛\n --> a.md\n\n"),
            (
                Form::Json,
                "{\"path\":\"a.md\",\"line\":null,\"column\":null,\"end_column\":null,\"code\":\"doubtful\",\"level\":\"note\",\
                 \"message\":\"this may be no incident report: a drill\\u001b\",\"help\":null}\n",
            ),
            (Form::Github, "::notice file=a.md,title=doubtful::this may be no incident report: a drill␛\n"),
        ] {
            let mut out = Vec::new();
            print(&mut out, &Finding::doubtful("a.md", "a drill\u{1b}"), form, &terminal).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
        assert!(Code::ALL.iter().all(|code| code.name() != DOUBTFUL.0));
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
}
