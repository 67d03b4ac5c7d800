//! Which of the incidents that are read a command is about, and in what order: the explorer's filter and sorting.

use crate::diagnostic::caret::Snippet;
use crate::query::Query;
use crate::query::order::Order;
use crate::source::{Source, Span};
use chrono::{NaiveDate, Utc};

/// What is selected; nothing of it means all, in the order in which they are read.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Select {
    /// Only incidents that pass, as in `sev>=high service:crm after:30d dur>30m`; `sevline filter` lists the fields
    #[arg(long, global = true, value_name = "QUERY", value_parser = filter, allow_hyphen_values = true)]
    pub filter: Option<Query>,
    /// Order by a column: severity, start, end, duration, organization, title, services, status, detect, ack, identify, mitigate,
    /// restore, resolve, lag, tags, format or file
    #[arg(long, global = true, value_name = "COLUMN[:asc|desc]", value_parser = Order::parse)]
    pub sort: Option<Order>,
    /// No more than the first N incidents
    #[arg(long, global = true, value_name = "N")]
    pub limit: Option<usize>,
}

impl Select {
    /// Whether incidents can be handed on as they are read.
    pub fn streams(&self) -> bool {
        self.sort.is_none() && self.limit.is_none()
    }
}

/// The columns that a mistake is shown in.
const ROOM: usize = 100;

/// Reads a filter. On the command line nobody is still typing: what cannot be used is an error.
fn filter(text: &str) -> Result<Query, String> {
    read(text, Utc::now().date_naive())
}

fn read(text: &str, today: NaiveDate) -> Result<Query, String> {
    let query = Query::new(text).on(Some(today));
    if query.mistakes().is_empty() {
        return Ok(query);
    }
    let source = Source::decode("--filter", text.as_bytes().to_vec());
    let shown = query.mistakes().iter().map(|mistake| {
        let Snippet { text, marks, .. } = Snippet::new(&source, Span::new(mistake.span.clone()), ROOM);
        format!("{mistake}\n  {text}\n  {marks}")
    });
    Err(shown.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_shown_with_its_place() {
        let said = filter("dur>30m sevv:high (x").unwrap_err();
        let expected = "there is no field “sevv”; did you mean “sev”?\n  dur>30m sevv:high (x\n          ^^^^\n\
                        the bracket is open; close it with )\n  dur>30m sevv:high (x\n                      ^";
        assert_eq!(said, expected);
        assert_eq!(filter("(((").unwrap_err().matches("the bracket is open").count(), 1);
        assert_eq!(filter("sev:high").unwrap().text(), "sev:high");
    }
}
