//! Fits the weights of `assets/model.tsv` on labelled reports, and tells what they are worth on publishers left out:
//! `sevline-fit [--publishers TABLE] [--model OUT.tsv] [--left-out OUT.ndjson] [--unseen SET]… [--ablate] SET…`.

#![allow(clippy::indexing_slicing)]

#[path = "fit/mod.rs"]
mod fit;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut request = fit::Request { publishers: "../shared/publishers.tsv".to_owned(), ..Default::default() };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--model" => request.model = args.next(),
            "--left-out" => request.left_out = args.next(),
            "--publishers" => request.publishers = args.next().unwrap_or_default(),
            "--unseen" => request.unseen.extend(args.next()),
            "--ablate" => request.ablate = true,
            _ if arg.starts_with('-') => {
                eprintln!("sevline-fit: there is no option {arg}");
                return ExitCode::from(2);
            }
            _ => request.sets.push(arg),
        }
    }
    if request.sets.is_empty() {
        eprintln!("usage: sevline-fit [--publishers TABLE] [--model OUT.tsv] [--left-out OUT.ndjson] [--unseen SET]… [--ablate] SET…");
        return ExitCode::from(2);
    }
    match fit::run(&request) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sevline-fit: {error}");
            ExitCode::FAILURE
        }
    }
}
