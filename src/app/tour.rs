//! A tour of the explorer: six steps, each of which tells the next key to press and is done by pressing it.

use crate::app::action::{Action, Context};
use crate::app::layout::Pane;
use crate::app::{App, View};

/// What a step is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Step {
    /// Open an incident.
    #[default]
    Incident,
    /// See the words that a fact was read from.
    Words,
    /// Look closer at the time axis.
    Time,
    /// Mark two incidents and compare them.
    Compare,
    /// Filter the list.
    Filter,
    /// Leave, and open one's own reports.
    Own,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Step; 6] = [Step::Incident, Step::Words, Step::Time, Step::Compare, Step::Filter, Step::Own];

    /// The step after it.
    pub fn next(self) -> Option<Self> {
        Self::ALL.iter().copied().skip_while(|step| *step != self).nth(1)
    }

    /// Its place, from 1.
    pub fn number(self) -> usize {
        self as usize + 1
    }
}

/// Where on the tour a person is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tour {
    /// The step that is told.
    pub step: Step,
    /// The filter that was in force when it began.
    pub(super) filter: String,
}

/// A sentence with a key in it: the action whose key it is, where that is read; what comes before it, and what after.
pub type Told = (&'static str, Context, Action, &'static str);

impl App {
    /// Whether the tour has the keys that go on and leave it: what is typed or chosen from comes first.
    pub fn is_touring(&self) -> bool {
        self.tour.is_some() && matches!(self.top(), None | Some(View::Compare(_) | View::Statistics(_) | View::Source(_)))
    }

    /// Whether Enter goes on with the tour, for what it does else is not what the step is about.
    pub fn goes_on(&self) -> bool {
        let step = self.tour.as_ref().filter(|_| self.is_touring()).map(|tour| tour.step);
        step.is_some_and(|step| !matches!(self.told(step), (_, _, Action::Open, _)) || !self.can(Action::Open))
    }

    /// What the tour says now: the next key to press on the way to what the step is about.
    pub fn told(&self, step: Step) -> Told {
        let context = self.context();
        let back = |after| ("Press", context, Action::Back, after);
        let at_list = self.views.is_empty() && self.focus == Pane::List;
        match step {
            Step::Incident if !self.views.is_empty() => back("to go back to the list."),
            Step::Incident => ("Press", context, Action::Open, "to open the incident."),
            Step::Words if at_list => ("Press", context, Action::Open, "to open the incident again."),
            Step::Words => ("Press", context, Action::Open, "to see where this was read."),
            Step::Time if !self.views.is_empty() => back("to go back to the incident."),
            Step::Time => ("Press", context, Action::ZoomIn, "to look closer at the time axis."),
            Step::Compare if !at_list => back("to go back to the list."),
            Step::Compare => match self.list.marks.len() {
                0 => ("Press", context, Action::Mark, "to mark this incident."),
                1 => ("Press", context, Action::Mark, "to mark another one."),
                _ => ("Press", context, Action::Compare, "to compare the marked incidents."),
            },
            Step::Filter if matches!(self.top(), Some(View::Prompt(_))) => {
                ("Type a word such as checkout, then press", context, Action::Accept, "")
            }
            Step::Filter if !at_list => back("to go back to the list."),
            Step::Filter => ("Press", context, Action::Search, "to filter by a word."),
            Step::Own => ("Press", Context::List, Action::Back, "to leave; open yours: sevline FOLDER"),
        }
    }
}
