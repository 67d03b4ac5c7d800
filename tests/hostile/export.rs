//! Rows 90 to 94: exports that other programs open.

use crate::lab::{COMMANDS, Case, Lab, api, case, mail};
use std::fs;

/// What means something to a spreadsheet, a browser, a shell or Markdown.
const LOADED: &str =
    "=cmd|' /C calc'!A0 <script>alert(1)</script><img src=x onerror=alert(1)> | `code` [a](javascript:x) ](x) \\\"> ${x} %0a::error::x";

pub const CASES: &[Case] = &[
    case(90, "cells that a spreadsheet would run", "with an apostrophe before them", |lab| {
        for (number, head) in ["=1+1", "+1", "-1", "@SUM(A1)", "\\t=1", "\\r=1", "＝1", " =1"].iter().enumerate() {
            lab.report(&format!("{number}.json"), api(&format!("{head} down"), &format!("{head} said")));
        }
        for args in [
            &["list", "--format", "csv"][..],
            &["list", "--format", "tsv"],
            &["export", "--format", "csv"],
            &["export", "--format", "csv", "--table", "events"],
        ] {
            let told = lab.run(&[args, &["."]].concat());
            let delimiter = if args.contains(&"tsv") { b'\t' } else { b',' };
            let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(told.out.as_bytes());
            let rows: Vec<_> = reader.records().map(|row| row.unwrap()).collect();
            assert!(rows.len() > 8, "{told:?}");
            for cell in rows.iter().flatten() {
                let formula = cell.trim_start().starts_with(['=', '+', '-', '@', '＝']) && cell.parse::<f64>().is_err();
                assert!(!formula, "{cell:?} in {}", told.out);
            }
        }
    }),
    case(91, "markup in a title", "escaped in HTML and SVG, which stay well-formed", |lab| {
        lab.report("a.txt", loaded());
        lab.report("b.txt", loaded().replace("14:57", "15:57"));
        for args in [&["timeline", "a.txt"][..], &["timeline", "a.txt", "b.txt"], &["compare", "a.txt", "b.txt"]] {
            for form in ["svg", "html"] {
                let told = lab.run(&[args, &["--format", form]].concat());
                let text = told.out.to_lowercase();
                assert!(!text.contains("<script>alert") && !text.contains("<img") && !text.contains("href=\"javascript"), "{}", told.out);
                if form == "svg" {
                    roxmltree::Document::parse(&told.out).unwrap();
                }
            }
        }
    }),
    case(
        92,
        "a target that is there",
        "exports go to standard output; the one file that is written on demand is never written over",
        |lab| {
            let told = lab.run(&["config", "--init"]);
            assert_eq!(told.status, 0, "{told:?}");
            let path = told.out.trim().to_owned();
            fs::write(&path, "# mine\n").unwrap();
            assert_eq!(lab.run(&["config", "--init"]).status, 1);
            assert_eq!(fs::read_to_string(path).unwrap(), "# mine\n");
        },
    ),
    case(93, "pipes, backticks and links for Markdown", "escaped: the table has its columns, and no link or code", |lab| {
        use pulldown_cmark::{Event, Options, Parser, Tag};
        lab.report("a.txt", loaded());
        for command in [&["list", "--format", "markdown"][..], &["timeline", "--format", "markdown"]] {
            let told = lab.run(&[command, &["a.txt"]].concat());
            for event in Parser::new_ext(&told.out, Options::ENABLE_TABLES) {
                match event {
                    Event::Html(html) | Event::InlineHtml(html) => panic!("{html} in {}", told.out),
                    Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => panic!("{dest_url} in {}", told.out),
                    // What sites make links of themselves.
                    Event::Code(code) if !code.contains(['@', ':']) => panic!("{code} in {}", told.out),
                    _ => {}
                }
            }
        }
    }),
    case(94, "an identifier with ../ in it", "names no file: nothing is written under a name from a report", |lab| {
        let hostile = api("../../../../tmp/sevline-was-here", "ok").replace("\"a1\"", "\"../../etc/passwd\"");
        lab.report("a.json", hostile);
        let names = |lab: &Lab| fs::read_dir(lab.path()).unwrap().count() + fs::read_dir(lab.home()).unwrap().count();
        let before = names(lab);
        for command in COMMANDS {
            lab.run(&[command, &["a.json"][..]].concat());
        }
        assert_eq!(names(lab), before);
    }),
];

fn loaded() -> String {
    mail(LOADED).replace("Checkout", LOADED)
}
