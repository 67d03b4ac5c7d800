//! Words for a shell: what is pasted there means the same, whatever its bytes are, and steers no terminal on the way.

use crate::sanitize;
use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt::Write;
use std::path::Path;

/// A word as a shell reads it: bare where that is enough, else quoted; what cannot be shown, or is no Unicode, in the escapes
/// of `$'…'`, which Bash, Zsh, Ksh and POSIX (2024) know.
pub fn word(word: &OsStr) -> String {
    match word.to_str() {
        Some(text) if !text.contains(sanitize::is_hostile) => shell_words::quote(text).into_owned(),
        _ => escaped(word.as_encoded_bytes()),
    }
}

/// A file as an argument of a program, which takes it for no option.
pub fn file(path: &Path) -> String {
    let dashed = path.as_os_str().as_encoded_bytes().first() == Some(&b'-');
    let path = if dashed { Cow::Owned(Path::new(".").join(path)) } else { Cow::Borrowed(path) };
    word(path.as_os_str())
}

fn escaped(bytes: &[u8]) -> String {
    let mut quoted = String::from("$'");
    let escape = |quoted: &mut String, bytes: &[u8]| {
        for byte in bytes {
            let _ = write!(quoted, "\\x{byte:02x}");
        }
    };
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\'' | '\\' => quoted.extend(['\\', c]),
                '\n' => quoted.push_str("\\n"),
                '\t' => quoted.push_str("\\t"),
                c if sanitize::is_hostile(c) => escape(&mut quoted, c.encode_utf8(&mut [0; 4]).as_bytes()),
                c => quoted.push(c),
            }
        }
        escape(&mut quoted, chunk.invalid());
    }
    quoted.push('\'');
    quoted
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    use std::process::Command;

    #[test]
    fn words_are_bare_where_that_is_enough() {
        for (name, pasted) in [
            ("a/b.txt", "a/b.txt"),
            ("a b", "'a b'"),
            ("it's", "'it'\\''s'"),
            ("a\u{1b}[2J\n'x\\", r"$'a\x1b[2J\n\'x\\'"),
            ("a\u{202e}b", r"$'a\xe2\x80\xaeb'"),
            ("-rf", "./-rf"),
        ] {
            assert_eq!(file(Path::new(name)), pasted);
        }
        assert_eq!(word(OsStr::from_bytes(b"a\xff")), r"$'a\xff'");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn a_shell_reads_what_was_meant(names in proptest::collection::vec(proptest::collection::vec(1_u8.., 1..12), 1..8)) {
            let names: Vec<_> = names.into_iter().map(std::ffi::OsString::from_vec).collect();
            let words: Vec<_> = names.iter().map(|name| word(name)).collect();
            prop_assert!(!words.iter().any(|word| word.contains(sanitize::is_hostile)));
            let Ok(output) = Command::new("bash").args(["-c", &format!("printf '%s\\0' {}", words.join(" "))]).output() else {
                return Ok(());
            };
            let meant: Vec<u8> = names.iter().flat_map(|name| [name.as_bytes(), b"\0"].concat()).collect();
            prop_assert_eq!(output.stdout, meant);
        }
    }
}
