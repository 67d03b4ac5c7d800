//! What a person can ask the explorer to do: one table from which keys, footer and help are made.

/// Where keys are read: the pane or screen that has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Every place, also while text is typed.
    Always,
    /// Every place but those that take text.
    Anywhere,
    /// The list, the detail and the timeline.
    Panes,
    /// The incident list.
    List,
    /// The facts of one incident.
    Detail,
    /// The time axis of one incident.
    Timeline,
    /// Marked incidents side by side.
    Compare,
    /// Counts and lengths of what is shown.
    Statistics,
    /// A report's own words.
    Source,
    /// A menu whose values have keys: severities, sort columns.
    Menu,
    /// A menu that typing narrows: services, saved filters.
    Picker,
    /// A text to read: help, problems.
    Page,
    /// The search prompt.
    Prompt,
}

impl Context {
    /// Every context with its name in the keymap.
    pub const ALL: &[(Context, &str)] = &[
        (Context::Always, "always"),
        (Context::Anywhere, "anywhere"),
        (Context::Panes, "panes"),
        (Context::List, "list"),
        (Context::Detail, "detail"),
        (Context::Timeline, "timeline"),
        (Context::Compare, "compare"),
        (Context::Statistics, "statistics"),
        (Context::Source, "source"),
        (Context::Menu, "menu"),
        (Context::Picker, "picker"),
        (Context::Page, "page"),
        (Context::Prompt, "prompt"),
    ];

    /// Its heading in the help.
    pub fn title(self) -> &'static str {
        match self {
            Context::Always => "Always",
            Context::Anywhere => "Everywhere but at a prompt",
            Context::Panes => "List, detail and timeline",
            Context::List => "List",
            Context::Detail => "Detail",
            Context::Timeline => "Timeline",
            Context::Compare => "Compare",
            Context::Statistics => "Statistics",
            Context::Source => "Source",
            Context::Menu => "Menu",
            Context::Picker => "Menu to type in",
            Context::Page => "Help and problems",
            Context::Prompt => "Prompt",
        }
    }
}

macro_rules! actions {
    ($($group:literal { $($variant:ident $name:literal $hint:literal $meaning:literal;)* })*) => {
        /// A named action; the name is what the keymap calls it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $($(#[doc = $meaning] $variant,)*)* }

        impl Action {
            /// Every action, in the order in which help and footer show them.
            pub const ALL: &[Action] = &[$($(Action::$variant,)*)*];

            /// The name in the keymap.
            pub fn name(self) -> &'static str {
                match self { $($(Action::$variant => $name,)*)* }
            }

            /// The word in the footer; empty for what goes without saying.
            pub fn hint(self) -> &'static str {
                match self { $($(Action::$variant => $hint,)*)* }
            }

            /// What it does, in one sentence.
            pub fn meaning(self) -> &'static str {
                match self { $($(Action::$variant => $meaning,)*)* }
            }

            /// The heading it stands under in the help.
            pub fn group(self) -> &'static str {
                match self { $($(Action::$variant => $group,)*)* }
            }

            /// The action of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|action| action.name() == name)
            }
        }
    };
}

actions! {
    "Look" {
        Open "open" "open" "Go into the incident, or to the words a fact was read from.";
        Accept "accept" "keep" "Keep what was typed or chosen.";
        NewLine "new-line" "line" "Begin another line of a note.";
        Toggle "toggle" "toggle" "Switch the chosen value on or off.";
        Exclude "exclude" "exclude" "Hide what has the chosen value, or stop hiding it.";
        Clear "clear" "clear" "Switch all values off; delete a saved filter.";
        NextCite "next-cite" "words" "Go to the next words that a fact was read from.";
        PreviousCite "previous-cite" "" "Go to the words before.";
        Find "find" "find" "Find words in this text.";
        FindNext "find-next" "match" "Go to the next match.";
        FindPrevious "find-previous" "" "Go to the match before.";
    }
    "Filter and order" {
        Search "search" "search" "Filter by words and fields, such as sev>=high dur>30m.";
        Complete "complete" "complete" "Complete the field or the name at the cursor.";
        CompleteBack "complete-back" "" "Go back to the completion before.";
        Severities "severities" "severity" "Filter by severity.";
        Services "services" "service" "Filter by service.";
        Organizations "organizations" "" "Filter by organization.";
        Statuses "statuses" "" "Filter by status.";
        Formats "formats" "" "Filter by the format of the file.";
        Dates "dates" "" "Filter by the year, quarter or month of the start.";
        Filters "filters" "filters" "Recall a saved filter.";
        SaveFilter "save-filter" "save" "Save the filter under a name.";
        SortBy "sort-by" "order" "Choose the column the list is sorted by.";
        Reverse "reverse" "" "Reverse the order of the list.";
    }
    "Compare" {
        Mark "mark" "mark" "Mark the incident, or take its mark off; go to the next.";
        Compare "compare" "compare" "Compare the marked incidents, or this with the next one.";
        Align "align" "align" "Change the moment at which the incidents are aligned.";
        Base "base" "base" "Measure the differences against this incident.";
        Turn "turn" "numbers" "Turn to the table of lengths, or back to the timelines.";
    }
    "Review" {
        Review "review" "annotate" "Annotate the incident: tags, a note, corrections.";
        Orphans "orphans" "" "List the reviews whose incident is gone.";
        Cut "cut" "" "Read the file as one incident or as several.";
        Undo "undo" "undo" "Undo what you last annotated, unmarked or deleted.";
        Redo "redo" "" "Redo what was undone.";
    }
    "Elsewhere" {
        Copy "copy" "copy" "Copy a fact, words, the row or an export command.";
        WriteFile "write" "write" "Write what is shown to a file: SVG, HTML, CSV, Markdown.";
        Editor "edit" "edit" "Open the report at this line in your editor.";
    }
    "Count" {
        Statistics "statistics" "statistics" "Count what is shown, and summarise how long it lasted.";
    }
    "Table" {
        Columns "columns" "columns" "Choose the columns of the list.";
        Rows "rows" "rows" "Give each incident of the list one line, or two.";
    }
    "Time" {
        ZoomIn "zoom-in" "zoom" "Show less time, larger.";
        ZoomOut "zoom-out" "" "Show more time, smaller.";
        Fit "fit" "fit" "Show everything.";
        PanLeft "pan-left" "pan" "Move to earlier times.";
        PanRight "pan-right" "" "Move to later times.";
        PreviousEvent "previous-event" "" "Go to the event or the incident before.";
        NextEvent "next-event" "event" "Go to the next event, or the next incident of several.";
        PreviousPhase "previous-phase" "" "Go back to where a phase begins or ends.";
        NextPhase "next-phase" "phase" "Go on to where a phase begins or ends.";
        Select "select-range" "range" "Begin to select a stretch of time, or drop it.";
        AllIncidents "all-incidents" "one/all" "Show one or all incidents on the time axis.";
        Compress "compress" "dead time" "Leave dead time out, or show it.";
        Zone "zone" "zone" "Show times in UTC, in local time or as reported.";
    }
    "Move" {
        NextPane "next-pane" "pane" "Give the focus to the next pane.";
        PreviousPane "previous-pane" "" "Give the focus to the previous pane.";
        Maximise "maximise" "large" "Give the pane the whole screen, or not.";
        BorderBack "border-back" "resize" "Move the pane's border left; the timeline's, up.";
        BorderOn "border-on" "" "Move the pane's border right; the timeline's, down.";
        Left "left" "left" "Move left: the cursor, the column or the tab.";
        Right "right" "" "Move right.";
        Up "up" "" "Move up.";
        Down "down" "" "Move down.";
        HalfUp "half-page-up" "" "Move up half a page.";
        HalfDown "half-page-down" "" "Move down half a page.";
        PageUp "page-up" "" "Move up a page.";
        PageDown "page-down" "" "Move down a page.";
        Top "top" "" "Move to the top.";
        Bottom "bottom" "" "Move to the bottom.";
    }
    "Program" {
        Help "help" "keys" "Show all keys.";
        Tour "tour" "" "Take a tour of the explorer in six steps.";
        Palette "palette" "commands" "Find a command or a field of the filter, and use it.";
        Themes "themes" "" "Choose the colours.";
        Problems "problems" "problems" "Show the files that could not be read or were skipped.";
        ReadAgain "read-again" "" "Read all files again.";
        Repaint "repaint" "" "Draw the screen anew.";
        Cancel "cancel" "cancel" "Close the prompt or the view; clear filter, then marks.";
        Back "back" "back" "Go back one view; from the list, quit.";
        Mouse "mouse" "" "Let the mouse select and scroll, or not.";
        Suspend "suspend" "" "Suspend the program; the shell's fg resumes it.";
        Quit "quit" "" "Quit at once.";
    }
}

impl Action {
    /// Whether it means something only while a prompt or a menu is open.
    pub fn is_for_prompts(self) -> bool {
        use Action::{Accept, Clear, Complete, CompleteBack, Exclude, Palette, Toggle};
        matches!(self, Accept | Clear | Complete | CompleteBack | Exclude | Palette | Toggle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_read_back() {
        for &action in Action::ALL {
            assert_eq!(Action::from_name(action.name()), Some(action));
            assert!(action.meaning().ends_with('.'));
            assert!(action.meaning().len() <= 60, "the help has 60 cells at 80 columns: {}", action.meaning());
        }
    }
}
