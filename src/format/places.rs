//! Where characters stand that a parser counts.

/// Byte offsets of rising character offsets, in one pass.
pub struct Places<'t> {
    chars: std::str::CharIndices<'t>,
    done: usize,
    at: usize,
}

impl<'t> Places<'t> {
    /// Those of `text`.
    pub fn new(text: &'t str) -> Self {
        Self { chars: text.char_indices(), done: 0, at: 0 }
    }

    /// The byte at which so many characters end; none may be asked for that lies before the last.
    pub fn byte(&mut self, chars: usize) -> usize {
        while self.done < chars {
            match self.chars.next() {
                Some((at, c)) => self.at = at + c.len_utf8(),
                None => break,
            }
            self.done += 1;
        }
        self.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_every_width_are_counted() {
        let mut places = Places::new("aé☁b");
        assert_eq!([0, 1, 2, 2, 3, 4, 9].map(|chars| places.byte(chars)), [0, 1, 3, 3, 6, 7, 7]);
    }
}
