//! The files that could not be read, and those that were left out, line by line.

use crate::app::App;
use crate::theme::Role;

/// Why a file was left out, and what to do about it.
const LEFT_OUT: [&str; 3] = [
    "Skipped: nothing in them tells of an incident, or they are no text.",
    "A file that is named is read whatever it looks like: sevline FILE",
    "",
];

/// How many lines there are.
pub fn count(app: &App) -> usize {
    let left_out = if app.left_out.is_empty() { 0 } else { gap(app) + LEFT_OUT.len() + app.left_out.len() };
    app.problems.len() * 2 + left_out
}

/// One of the lines, raw: a path with what went wrong below it, then the names of what was left out.
pub fn line(app: &App, at: usize) -> Option<(Role, &str)> {
    if let Some(problem) = app.problems.get(at / 2) {
        return Some(if at.is_multiple_of(2) { (Role::Text, &problem.path) } else { (Role::Warning, &problem.message) });
    }
    let at = at.checked_sub(app.problems.len() * 2)?;
    let Some(at) = at.checked_sub(gap(app)) else { return Some((Role::Text, "")) };
    match LEFT_OUT.get(at) {
        Some(why) => Some((Role::Dim, why)),
        None => app.left_out.get(at - LEFT_OUT.len()).map(|name| (Role::Text, name.as_str())),
    }
}

/// The blank lines between the two.
fn gap(app: &App) -> usize {
    usize::from(!app.problems.is_empty())
}

/// What the lines are about, and how many files that are.
pub fn heading(app: &App) -> (&'static str, String) {
    let (problems, left_out) = (app.problems.len(), app.left_out.len());
    match (problems, left_out) {
        (_, 0) => ("Files that could not be read", problems.to_string()),
        (0, _) => ("Files skipped", left_out.to_string()),
        _ => ("Files that could not be read, and files skipped", format!("{problems} + {left_out}")),
    }
}
