//! Unresolved pieces to incidents, by named policies, with the whole report in view.

mod action;
mod alone;
mod aside;
mod bounds;
mod brand;
mod calendar;
mod candidate;
pub mod cause;
mod changes;
mod check;
mod collect;
mod cuts;
mod dateline;
mod dates;
mod days;
mod duration;
mod event;
mod exported;
mod later;
mod letterhead;
mod limits;
mod mention;
mod midnight;
pub mod names;
mod naming;
mod phase;
mod point;
mod proper;
mod publisher;
mod reading;
mod recognise;
mod reference;
mod report;
mod response;
pub mod roles;
mod running;
pub mod sentences;
mod sequence;
mod settled;
mod severity;
mod story;
mod subject;
mod timed;
mod title;
pub mod typed;
mod unit;
mod update;
mod whole;
mod window;
mod zones;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Report};
pub use crate::extract::segment::Cut;
use crate::format;
use crate::format::form::Forms;
use crate::incident::Incident;
use crate::role::ByRole;
use crate::role::weights::Model;
use crate::source::{Cite, Source, Span};
use crate::work;
pub(crate) use limits::limited;
use recognise::{Rank, Tells};
use report::{Place, incident};
use sentences::Sentences;

pub use cuts::cuts;
pub use limits::Limits;
pub use settled::{Settled, Whose};

/// What to assume where a report says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The zone of clock times in a report that names no zone.
    pub assumed_zone: chrono_tz::Tz,
    /// The zones that the user settled for some of them.
    pub settled: Settled,
    /// How much of a file is taken in.
    pub limits: Limits,
    /// Where a file of text is cut into incidents.
    pub cut: Cut,
    /// The forms of records.
    pub forms: Forms,
}

/// So many bytes a reading may look at, each as often as it does: so many in any case, and so many for a byte of the file.
const WORK: u64 = 64 << 20;
const WORK_FOR_A_BYTE: u64 = 1000;

impl Default for Policy {
    fn default() -> Self {
        Self {
            assumed_zone: chrono_tz::UTC,
            settled: Settled::default(),
            limits: Limits::default(),
            cut: Cut::default(),
            forms: Forms::default(),
        }
    }
}

/// What a file turned out to hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The incidents in file order; of a text at least one, with what could be read, even when it is no report. Of records none
    /// where there are none, or where their form is not known, which is the fault.
    pub incidents: Vec<Incident>,
    /// Whether it reads like an incident report at all.
    pub is_report: bool,
    /// Why its structure could not be read to the end, and where.
    pub fault: Option<Diagnostic>,
}

/// Reads every incident of a file, as far as that costs no more work than any report of its size is worth.
pub fn read(source: &Source, policy: &Policy) -> Reading {
    read_by(source, policy, Model::own())
}

/// What weighs moments and names: the fitted weights, or a program that fits them.
pub trait Judge {
    /// The moment for each role.
    fn moments(&self, told: &roles::Told) -> ByRole<Option<roles::Chosen>>;
    /// The names of who writes and of what was hurt; asked first.
    fn names(&self, names: &names::Names) -> names::Named;
    /// Which sentences say why.
    fn cause(&self, sentences: &Sentences) -> cause::Judged;
    /// Which sentences tell of work; asked last.
    fn work(&self, sentences: &Sentences) -> Vec<bool>;
    /// Whether it wants to hear of work where lists tell it, too.
    fn listens(&self) -> bool {
        false
    }
}

impl Judge for Model {
    fn moments(&self, told: &roles::Told) -> ByRole<Option<roles::Chosen>> {
        self.place(told)
    }

    fn names(&self, names: &names::Names) -> names::Named {
        self.name(names)
    }

    fn cause(&self, sentences: &Sentences) -> cause::Judged {
        self.explain(sentences)
    }

    fn work(&self, sentences: &Sentences) -> Vec<bool> {
        Model::work(self, sentences)
    }
}

/// The same, with the roles of moments and names chosen by `judge`.
pub fn read_by(source: &Source, policy: &Policy, judge: &dyn Judge) -> Reading {
    if let Some(incidents) = exported::read(source) {
        return Reading { incidents, is_report: true, fault: None };
    }
    let most = WORK.saturating_add(WORK_FOR_A_BYTE.saturating_mul(source.text().len() as u64));
    let plain = source.plain();
    let (mut reading, ended) = work::limited(most, || read_whole(plain.as_ref().unwrap_or(source), policy, judge));
    if let Some(first) = reading.incidents.first_mut().filter(|_| ended) {
        let message = "reading this took more work than any report is worth, and was ended; more may stand in it";
        first.diagnostics.push(Diagnostic::new(Code::UnreadableReport, message, Some(first.extent)).help("split it, or break its lines"));
    }
    reading
}

fn read_whole(source: &Source, policy: &Policy, judge: &dyn Judge) -> Reading {
    let mut document = format::read_with(source, &policy.forms);
    let page = publisher::Page::default();
    // Each is an incident at least.
    document.reports.truncate(policy.limits.incidents.saturating_add(1));
    let mut reports = Vec::with_capacity(document.reports.len());
    // What is unsure of how a report was cut, with the number of its first incident.
    let mut unsure = Vec::new();
    for report in std::mem::take(&mut document.reports) {
        let segments = crate::extract::segment::reports(&report, policy.cut);
        unsure.extend(segments.unsure.map(|heading| (reports.len(), segments.reports.len(), source.cite(heading.whole()))));
        if segments.reports.is_empty() {
            reports.push((report, None));
            continue;
        }
        // Who writes is said once for all incidents of a review.
        let shared = publisher::of_review(source, &page, &report, &segments.reports);
        reports.extend(segments.reports.into_iter().map(|part| (part, shared.clone())));
    }
    let mut incidents: Vec<Incident> = Vec::with_capacity(reports.len().max(1));
    let mut tells = Tells::default();
    let beyond = reports.get(policy.limits.incidents).map(|(report, _)| report.extent);
    reports.truncate(policy.limits.incidents.max(1));
    for (index, (report, publisher)) in reports.into_iter().enumerate() {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        let (incident, told) = incident(source, &document, &report, Place { index, page: &page, publisher }, (policy, judge));
        tells.add(told);
        incidents.push(incident);
    }
    let rank =
        if incidents.is_empty() && document.problem.is_some() { Rank::Other } else { recognise::rank(document.format, source, &tells) };
    let mut is_report = rank != Rank::Other;
    if let Rank::Doubtful(because) = rank {
        incidents.iter_mut().for_each(|incident| incident.doubtful = Some(because.into()));
    }
    for (first, count, cite) in unsure {
        if let Some(incident) = incidents.get_mut(first) {
            incident.diagnostics.push(several(count, cite));
        }
    }
    if let (Some(span), Some(last)) = (beyond, incidents.last_mut()) {
        last.diagnostics.push(limited("incidents of a file", policy.limits.incidents, source.cite(Span { end: span.start, ..span })));
    }
    let mut fault = None;
    if let Some(problem) = document.problem {
        let trouble = Diagnostic::new(Code::UnreadableReport, problem.message, Some(source.cite(problem.span))).help(problem.help);
        fault = Some(trouble.clone());
        match incidents.first_mut() {
            Some(first) => first.diagnostics.push(trouble),
            // Of records in no known form nothing is known, not even that they are incidents.
            None if !problem.broken => {}
            None => {
                let report = Report::new(Span::new(0..source.text().len()));
                let empty = Document::new(document.format, Vec::new());
                let (mut incident, _) =
                    incident(source, &empty, &report, Place { index: 0, page: &page, publisher: None }, (policy, judge));
                incident.diagnostics = vec![trouble];
                incidents.push(incident);
                // An export that was cut off is told of wherever it lies; other JSON in a folder is nobody's report.
                let known = ["\"incidents\"", "\"incident_updates\""].iter().any(|key| source.text().contains(key));
                is_report |= problem.span.start > 0 && known;
            }
        }
    }
    Reading { incidents, is_report, fault }
}

/// That a report could have been cut otherwise than into `count` incidents.
fn several(count: usize, cite: Cite) -> Diagnostic {
    let message = match count {
        0 => "this is read as one incident, though several headings have a day of their own".to_owned(),
        _ => format!("this is read as {count} incidents, by the days in its headings alone"),
    };
    Diagnostic::new(Code::SeveralIncidents, message, Some(cite)).help("say in the explorer whether it is one or several")
}
