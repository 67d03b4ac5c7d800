//! What a filter can ask for, from the tables that read it.

use crate::query::field::{Field, HAS, IS};
use crate::query::period;

const HEAD: &str = "\
Words are searched in title, organization, services, summary and cause. Every part must hold; OR stands between
alternatives, brackets hold together, and - before a part leaves out what it asks for. Several values widen:
sev:high,unknown. `:` finds a part of a name, `=` the whole name; numbers and times are also compared by < <= > >= and
ranges: dur:30m..2h.

  sev>=high service:crm after:2024-01 dur>30m
  checkout OR \"rate limit\" -is:maintenance
  start:last-quarter ack>10m (org:batch OR org:relay)

Examples:
  sevline list --filter 'sev>=high' reports/
  sevline list --filter before:2w reports/
  sevline filter | less";

/// How filters are written, with every field and value by name.
pub fn text() -> String {
    let named = |names: Vec<(String, &'static str)>| {
        let room = names.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        names.iter().map(|(name, meaning)| format!("  {name:room$}  {meaning}\n")).collect::<String>()
    };
    let fields = Field::ALL.iter().map(|field| {
        let others: Vec<_> = field.aliases().collect();
        let others = if others.is_empty() { String::new() } else { format!(" ({})", others.join(", ")) };
        (format!("{}{others}", field.name()), field.meaning())
    });
    let [has, is] = [HAS, IS].map(|table| named(table.iter().map(|entry| (entry.name.to_owned(), entry.meaning)).collect()));
    format!(
        "{HEAD}\n\nFields, with other names in brackets:\n{}\nhas:\n{has}\nis:\n{is}\nTimes, in UTC:\n{}",
        named(fields.collect()),
        named(period::MEANINGS.iter().map(|&(written, meaning)| (written.to_owned(), meaning)).collect()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Query;

    #[test]
    fn fits_a_terminal_and_tells_times_that_can_be_read() {
        let text = text();
        assert!(text.lines().all(|line| line.chars().count() <= 120), "{text}");
        assert!(text.contains("  ack (acknowledge, acknowledged, tta)") && text.contains("\n  ongoing "), "{text}");
        for (written, _) in period::MEANINGS {
            for time in written.split(", ") {
                let query = Query::new(format!("start:{time}")).on("2024-03-15".parse().ok());
                assert_eq!(query.mistakes(), [], "{time}");
            }
        }
    }
}
