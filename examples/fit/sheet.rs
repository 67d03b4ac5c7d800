//! What the fit sees of an incident: rows of features, and for each question which rows answer it rightly.

/// The rows of an incident, and what is asked of them.
#[derive(Default)]
pub struct Sheet {
    /// `set/file#index`.
    pub name: String,
    /// Who wrote it.
    pub publisher: String,
    /// The features of each row, each once, sorted.
    pub rows: Vec<Vec<String>>,
    /// The questions.
    pub asks: Vec<Ask>,
}

/// A question: which of some rows is right. A yes or no is the choice between a row and one without features.
pub struct Ask {
    /// The name of the role in the table of weights.
    pub of: &'static str,
    /// The rows, by their places, and whether each is right.
    pub rows: Vec<(usize, bool)>,
}
