//! The forms that reports come in.

use super::{Dice, Stamp, Story};
use std::fmt::Write;

type Form = fn(&Story, &mut Dice) -> String;

/// Every form, and how the name of its files ends.
pub const ALL: [(Form, &str); 10] = [
    (status_text, "txt"),
    (postmortem, "md"),
    (mail, "txt"),
    (status_json, "json"),
    (review, "txt"),
    (status_html, "html"),
    (front_matter, "md"),
    (feed, "atom"),
    (summary, "txt"),
    (google_json, "json"),
];

const SEVERITIES: [&str; 4] = ["SEV1", "SEV2", "SEV3", "SEV4"];
const IMPACTS: [&str; 4] = ["critical", "major", "minor", "none"];

/// The updates of a status page, the newest first.
fn updates(story: &Story) -> [(&'static str, Stamp, String); 4] {
    let [service, other] = story.services;
    [
        ("Resolved", story.resolved, format!("{service} has been stable since {} UTC and this incident is resolved.", story.end.clock())),
        ("Monitoring", story.mitigated.plus(2), format!("We {} and see recovery. {other} may lag behind for a while.", story.fix)),
        ("Identified", story.acknowledged.plus(4), format!("We found that {}. A fix is being prepared.", story.cause)),
        ("Investigating", story.acknowledged, format!("We are looking into reports that {} in {}.", story.symptom, story.place)),
    ]
}

/// A status page saved as text.
fn status_text(story: &Story, _: &mut Dice) -> String {
    let mut text = format!("{}\nIncident Report for {}\n\nPostmortem\n\nWhat happened\n\n", story.title, story.company);
    let _ = write!(
        text,
        "On {}, between {} and {} UTC, {}. {}\n\nWhy it happened\n\n{}: {}.\n\nHow we fixed it\n\nAt {} the on-call engineer was \
         alerted. We {} at {}, and by {} everything was back.\n\n{}\n\nWhat we are changing\n\n",
        story.start.long_day(),
        story.start.clock(),
        story.end.clock(),
        story.symptom,
        story.filler,
        story.services[1],
        story.cause,
        story.detected.clock(),
        story.fix,
        story.mitigated.clock(),
        story.end.clock(),
        story.filler,
    );
    for measure in story.measures {
        let _ = writeln!(text, "* We will {measure}.");
    }
    let _ = writeln!(text, "Posted {}\n", story.published.posted());
    for (state, at, said) in updates(story) {
        let _ = writeln!(text, "{state}\n\n{said}\nPosted {}\n", at.posted());
    }
    let _ = writeln!(text, "This incident affected: {} and {} ({}).", story.services[0], story.services[1], story.place);
    text
}

/// A post-mortem in Markdown with a timeline.
fn postmortem(story: &Story, _: &mut Dice) -> String {
    let mut text = format!(
        "# {}: {}\n\n**Date:** {}\n**Severity:** {}\n**Status:** Resolved\n**Services:** {}, {}\n\n## Summary\n\nOn {} from {} to {} UTC {}. \
         {}\n\n## Root cause\n\nAn engineer found that {}. {}\n\n## Timeline (UTC)\n\n",
        story.company,
        story.title,
        story.start.day(),
        SEVERITIES[story.level],
        story.services[0],
        story.services[1],
        story.start.day(),
        story.start.clock(),
        story.end.clock(),
        story.symptom,
        story.filler,
        story.cause,
        story.filler,
    );
    let events = [
        (story.start, "Impact begins"),
        (story.detected, "Monitoring alerts the on-call engineer"),
        (story.acknowledged, "The page is acknowledged and an incident is opened"),
        (story.mitigated, "Mitigation is in place, errors fall"),
        (story.end, "Service is fully restored"),
        (story.resolved, "Incident declared resolved"),
    ];
    for (at, what) in events {
        let _ = writeln!(text, "- {} {what}", at.clock());
    }
    let _ = write!(text, "\n## Action items\n\n| Action | Owner | Due | Status |\n| --- | --- | --- | --- |\n");
    for (at, measure) in story.measures.iter().enumerate() {
        let due = story.published.plus(1440 * 14 * (at + 1)).day();
        let _ = writeln!(text, "| {measure} | team {} | {due} | {} |", at + 1, if at == 0 { "done" } else { "open" });
    }
    let _ = writeln!(text, "\n## Lessons learned\n\nWe {} and it helped. {}", story.fix, story.filler);
    text
}

/// A mail about the reason of an outage.
fn mail(story: &Story, _: &mut Dice) -> String {
    let stamp = |at: Stamp| format!("{} {}:00 +0000", at.day(), at.clock());
    format!(
        "Subject: RFO {} - {}\nFrom: support@{}.example\nDate: {}\n\nHello,\n\nhere is the Reason For Outage you asked for.\n\nIncident:  {}\n\
         Begin:     {}\nEnd:       {}\nPriority:  P{}\nSite:      {}\n\nDescription:\nAt {} UTC {}. {}\n\nCause:\n{}. {}\n\nMeasures:\n \
         1) {}\n 2) {}\n 3) {}\n\n{}\n\nBest regards\n{} Support\n",
        story.number,
        story.title,
        story.slug(),
        story.published.iso(),
        story.title,
        stamp(story.start),
        stamp(story.end),
        story.level + 1,
        story.place,
        story.start.clock(),
        story.symptom,
        story.filler,
        story.cause,
        story.filler,
        story.measures[0],
        story.measures[1],
        story.measures[2],
        story.filler,
        story.company,
    )
}

/// An export of a status page: two incidents, as pages have many.
fn status_json(story: &Story, dice: &mut Dice) -> String {
    let other = Story::new(dice);
    let incident = |story: &Story| {
        let post = |(at, (state, stamp, said)): (usize, (&str, Stamp, String))| {
            format!(
                "    {{\n     \"id\": \"u{}{at}\",\n     \"status\": \"{}\",\n     \"body\": \"{said}\",\n     \"created_at\": \"{}\",\n     \
                 \"display_at\": \"{}\",\n     \"affected_components\": [{{\"name\": \"{}\"}}]\n    }}",
                story.number,
                state.to_lowercase(),
                stamp.iso(),
                stamp.iso(),
                story.services[at % 2],
            )
        };
        let posts = updates(story).into_iter().enumerate().map(post).collect::<Vec<_>>().join(",\n");
        format!(
            "  {{\n   \"id\": \"{}\",\n   \"name\": \"{}\",\n   \"status\": \"resolved\",\n   \"impact\": \"{}\",\n   \"created_at\": \"{}\",\n   \
             \"started_at\": \"{}\",\n   \"resolved_at\": \"{}\",\n   \"incident_updates\": [\n{posts}\n   ]\n  }}",
            story.number,
            story.title,
            IMPACTS[story.level],
            story.acknowledged.iso(),
            story.start.iso(),
            story.resolved.iso(),
        )
    };
    format!(
        "{{\n \"page\": {{\"id\": \"p{}\", \"name\": \"{}\", \"time_zone\": \"Etc/UTC\"}},\n \"incidents\": [\n{},\n{}\n ]\n}}\n",
        story.number,
        story.company,
        incident(story),
        incident(&other),
    )
}

/// A review after the incident, as a cloud writes it.
fn review(story: &Story, _: &mut Dice) -> String {
    let day = story.start.long_day();
    let mut text = format!(
        "Post Incident Review (PIR) – {} – {}\n\nTracking ID: {}-{}\n\nWhat happened?\n\nBetween {} UTC and {} UTC on {day}, {}. Impacted services \
         included {} and {}.\n\nWhat went wrong and why?\n\n{}. {}\n\nHow did we respond?\n\n",
        story.company,
        story.title,
        &story.slug()[..2],
        story.number,
        story.start.clock(),
        story.end.clock(),
        story.symptom,
        story.services[0],
        story.services[1],
        story.cause,
        story.filler,
    );
    let events = [
        (story.start, "Customer impact began."),
        (story.detected, "Monitoring raised the first alert."),
        (story.acknowledged, "Engineers joined the call."),
        (story.mitigated, "The change was completed and failure rates fell."),
        (story.end, "Customer impact fully mitigated."),
    ];
    for (at, what) in events {
        let _ = writeln!(text, "• {} UTC on {} – {what}", at.clock(), at.long_day());
    }
    let _ = write!(text, "\nHow are we making incidents like this less likely?\n\n");
    for measure in story.measures {
        let _ = writeln!(text, "• We are going to {measure}. (Completed)");
    }
    let _ = writeln!(text, "\n{}\n\n{}", story.filler, story.filler);
    text
}

/// A status page saved as a page.
fn status_html(story: &Story, _: &mut Dice) -> String {
    let mut text = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{} Status - {}</title>\n</head>\n<body class=\"status incident\">\n\
         <div class=\"incident-title page-title\">\n<h1 class=\"incident-name impact-{}\">{}</h1>\n<p class=\"subheader\">Incident Report for \
         <a href=\"/\">{}</a></p>\n</div>\n",
        story.company.replace('&', "&amp;"),
        story.title,
        IMPACTS[story.level],
        story.title,
        story.company.replace('&', "&amp;"),
    );
    for (at, (state, stamp, said)) in updates(story).into_iter().enumerate() {
        let more = if at == 0 { format!("<br /><br />{}", story.filler) } else { String::new() };
        let (day, clock) = (stamp.long_day(), stamp.clock());
        let _ = write!(
            text,
            "<div class=\"row update-row\">\n<div class=\"update-title span3\">{state}</div>\n<div class=\"span9 update-container\">\n\
             <div class=\"update-body\"><span class=\"whitespace-pre-wrap\">{said}{more}</span></div>\n\
             <div class=\"update-timestamp\">Posted {day} - {clock} UTC</div>\n</div>\n</div>\n",
        );
    }
    let _ = writeln!(
        text,
        "<p>This incident affected: {} and {}.</p>\n<!-- {} -->\n</body>\n</html>",
        story.services[0], story.services[1], story.filler
    );
    text
}

/// A page of a static status site.
fn front_matter(story: &Story, _: &mut Dice) -> String {
    let mut text = format!(
        "---\ntitle: \"{}\"\ndate: {}\nresolved: true\nresolvedWhen: {}\nseverity: {}\naffected: [\"{}\", \"{}\"]\nsection: issue\n---\n\n",
        story.title,
        story.start.iso(),
        story.end.iso(),
        ["down", "disrupted", "notice", "notice"][story.level],
        story.services[0],
        story.services[1],
    );
    for (state, at, said) in updates(story) {
        let _ = writeln!(text, "**{state}, {} UTC:** {said} {}\n", at.clock(), &story.filler[..story.filler.len() / 2]);
    }
    text
}

/// A feed with two entries.
fn feed(story: &Story, dice: &mut Dice) -> String {
    let other = Story::new(dice);
    let entry = |story: &Story| {
        let mut posts = String::new();
        for (state, at, said) in updates(story) {
            let _ = write!(
                posts,
                "&lt;p&gt;&lt;small&gt;{}, {} UTC&lt;/small&gt;&lt;br /&gt;&lt;strong&gt;{state}&lt;/strong&gt; - {said}&lt;/p&gt;",
                at.long_day(),
                at.clock(),
            );
        }
        format!(
            "  <entry>\n    <id>tag:status.example,2005:Incident/{}</id>\n    <published>{}</published>\n    <updated>{}</updated>\n    <title>{}</title>\n    \
             <content type=\"html\">{posts}&lt;p&gt;{}&lt;/p&gt;</content>\n  </entry>\n",
            story.number,
            story.acknowledged.iso(),
            story.resolved.iso(),
            story.title,
            &story.filler[..story.filler.len() / 3],
        )
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xml:lang=\"en-US\" xmlns=\"http://www.w3.org/2005/Atom\">\n  <id>tag:status.example,2005:/history</id>\n  \
         <title>{} Status - Incident History</title>\n  <updated>{}</updated>\n{}{}</feed>\n",
        story.company.replace('&', "&amp;"),
        story.resolved.iso(),
        entry(story),
        entry(&other),
    )
}

/// A summary in prose, as a cloud writes it.
fn summary(story: &Story, _: &mut Dice) -> String {
    format!(
        "Summary of the {} {} Service Event in {}\n\nWe would like to share more details about the service disruption of {}. At {} UTC, {}. \
         {}\n\nOur monitoring noticed at {} UTC. By {} UTC engineers had found that {}. They {} and at {} UTC most customers could work again; \
         all impact ended at {} UTC.\n\n{}\n\nTo keep this from happening again we will {}, {} and {}. {}\n\nWe apologize for the impact to our \
         customers.\n",
        story.company,
        story.services[0],
        story.place,
        story.start.long_day(),
        story.start.clock(),
        story.symptom,
        story.filler,
        story.detected.clock(),
        story.acknowledged.clock(),
        story.cause,
        story.fix,
        story.mitigated.clock(),
        story.end.clock(),
        story.filler,
        story.measures[0],
        story.measures[1],
        story.measures[2],
        story.filler,
    )
}

/// An export in the form of a cloud's status history.
fn google_json(story: &Story, _: &mut Dice) -> String {
    let posts: Vec<_> = updates(story)
        .into_iter()
        .map(|(state, at, said)| {
            let said = format!("**{state}** {said} {}", &story.filler[..story.filler.len() / 3]);
            format!("   {{\"created\": \"{}\", \"modified\": \"{}\", \"when\": \"{}\", \"text\": \"{said}\", \"status\": \"SERVICE_DISRUPTION\"}}", at.iso(), at.iso(), at.iso())
        })
        .collect();
    format!(
        "[\n {{\n  \"id\": \"g{}\",\n  \"number\": \"{}\",\n  \"begin\": \"{}\",\n  \"created\": \"{}\",\n  \"end\": \"{}\",\n  \"modified\": \"{}\",\n  \
         \"external_desc\": \"{}: {}\",\n  \"updates\": [\n{}\n  ],\n  \"status_impact\": \"{}\",\n  \"severity\": \"{}\",\n  \"service_name\": \"{}\",\n  \
         \"affected_products\": [{{\"title\": \"{}\", \"id\": \"a1\"}}, {{\"title\": \"{}\", \"id\": \"a2\"}}],\n  \"uri\": \"incidents/{}\"\n }}\n]\n",
        story.number,
        story.number,
        story.start.iso(),
        story.acknowledged.iso(),
        story.end.iso(),
        story.resolved.iso(),
        story.title,
        story.symptom,
        posts.join(",\n"),
        ["SERVICE_OUTAGE", "SERVICE_DISRUPTION", "SERVICE_DISRUPTION", "SERVICE_INFORMATION"][story.level],
        ["high", "medium", "medium", "low"][story.level],
        story.services[0],
        story.services[0],
        story.services[1],
        story.number,
    )
}
