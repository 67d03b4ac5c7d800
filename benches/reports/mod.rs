//! Reports in the forms that sevline reads, made up from a seed: the same number gives the same report on every machine.
//!
//! Each is about 3 KB of original text about companies that do not exist, in words that vary enough for filters, sorting and
//! compression to have work to do.

mod forms;
mod words;

use std::fmt::Write;
use words::{CAUSES, COMPANIES, FIXES, MEASURES, PLACES, SERVICES, SYMPTOMS, TITLES};

/// One made-up report.
#[derive(Debug)]
pub struct Report {
    /// Where it stands below its folder, no more than 500 to a folder.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The report of that number.
pub fn report(seed: u64, number: usize) -> Report {
    let mut dice = Dice(seed ^ (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let story = Story::new(&mut dice);
    let (form, ending) = forms::ALL[number % forms::ALL.len()];
    let text = form(&story, &mut dice);
    Report { path: format!("{:04}/{}-{number:06}.{ending}", number / 500, story.slug()), text }
}

/// The record of that number as a table or a list of objects has it: keys and values.
#[allow(dead_code, reason = "only what writes large files needs it")]
pub fn record(seed: u64, number: usize) -> [(&'static str, String); 12] {
    let story = Story::new(&mut Dice(seed ^ (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
    let [service, _] = story.services;
    [
        ("id", format!("INC-{number}")),
        ("title", story.title),
        ("severity", format!("SEV{}", story.level + 1)),
        ("status", "resolved".to_owned()),
        ("service", service.to_owned()),
        ("started_at", story.start.iso()),
        ("detected_at", story.detected.iso()),
        ("acknowledged_at", story.acknowledged.iso()),
        ("ended_at", story.end.iso()),
        ("resolved_at", story.resolved.iso()),
        ("impact", format!("For some customers {} in {}.", story.symptom, story.place)),
        ("root_cause", format!("It happened because {}.", story.cause)),
    ]
}

/// Numbers that look random (splitmix64).
pub struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    pub fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % sides as u64) as usize
    }

    fn one_of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

/// A moment of the UTC calendar.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    /// Days since 2017-01-01.
    days: usize,
    /// Minutes since midnight.
    minutes: usize,
}

impl Stamp {
    fn plus(self, minutes: usize) -> Self {
        let all = self.minutes + minutes;
        Self { days: self.days + all / 1440, minutes: all % 1440 }
    }

    /// Year, month and day.
    fn date(self) -> (usize, usize, usize) {
        let (mut year, mut rest) = (2017, self.days);
        let leap = |year: usize| usize::from(year.is_multiple_of(4));
        while rest >= 365 + leap(year) {
            rest -= 365 + leap(year);
            year += 1;
        }
        let lengths = [31, 28 + leap(year), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let mut month = 0;
        while rest >= lengths[month] {
            rest -= lengths[month];
            month += 1;
        }
        (year, month + 1, rest + 1)
    }

    /// "2024-03-09".
    pub fn day(self) -> String {
        let (year, month, day) = self.date();
        format!("{year}-{month:02}-{day:02}")
    }

    /// "March 9, 2024".
    pub fn long_day(self) -> String {
        let (year, month, day) = self.date();
        format!("{} {day}, {year}", words::MONTHS[month - 1])
    }

    /// "Mar 09, 2024 - 14:04 UTC".
    pub fn posted(self) -> String {
        let (year, month, day) = self.date();
        format!("{} {day:02}, {year} - {} UTC", &words::MONTHS[month - 1][..3], self.clock())
    }

    /// "14:04".
    pub fn clock(self) -> String {
        format!("{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }

    /// "2024-03-09T14:04:00Z".
    pub fn iso(self) -> String {
        format!("{}T{}:00Z", self.day(), self.clock())
    }
}

/// What happened.
pub struct Story {
    pub number: usize,
    pub company: &'static str,
    pub title: String,
    pub services: [&'static str; 2],
    pub place: &'static str,
    pub level: usize,
    pub symptom: String,
    pub cause: String,
    pub fix: &'static str,
    pub measures: [&'static str; 3],
    pub start: Stamp,
    pub detected: Stamp,
    pub acknowledged: Stamp,
    pub mitigated: Stamp,
    pub end: Stamp,
    pub resolved: Stamp,
    pub published: Stamp,
    pub filler: String,
}

impl Story {
    fn new(dice: &mut Dice) -> Self {
        let first = dice.one_of(SERVICES);
        let services = [first, dice.one_of(SERVICES)];
        let start = Stamp { days: dice.below(3500), minutes: dice.below(1440) };
        let detected = start.plus(1 + dice.below(25));
        let acknowledged = detected.plus(1 + dice.below(15));
        let mitigated = acknowledged.plus(5 + dice.below(120));
        let end = mitigated.plus(3 + dice.below(60));
        let resolved = end.plus(5 + dice.below(90));
        let percent = 2 + dice.below(96);
        let mut filler = String::new();
        for _ in 0..5 {
            let (one, other, place) = (dice.one_of(SYMPTOMS), dice.one_of(MEASURES), dice.one_of(PLACES));
            let _ = write!(filler, "In {place} we saw that {one}, at {} requests a second. ", 40 + dice.below(9000));
            let _ = write!(filler, "From that we learned how to {other}, which {} teams now share. ", 2 + dice.below(9));
        }
        Self {
            number: 1000 + dice.below(90_000),
            company: dice.one_of(COMPANIES),
            title: format!("{} {}", first, dice.one_of(TITLES)),
            services,
            place: dice.one_of(PLACES),
            level: dice.below(4),
            symptom: format!("{} for about {percent}% of customers", dice.one_of(SYMPTOMS)),
            cause: format!("{} after release {}.{}.{}", dice.one_of(CAUSES), dice.below(9), dice.below(40), dice.below(20)),
            fix: dice.one_of(FIXES),
            measures: [dice.one_of(MEASURES), dice.one_of(MEASURES), dice.one_of(MEASURES)],
            start,
            detected,
            acknowledged,
            mitigated,
            end,
            resolved,
            published: resolved.plus(1440 * (1 + dice.below(6))),
            filler,
        }
    }

    fn slug(&self) -> String {
        self.title.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-")
    }
}
