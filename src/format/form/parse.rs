//! The file of a form: TOML to a [`Form`], or the first mistake with its place.

use super::path::Path;
use super::{Form, Posts, Slot};
use crate::names;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A mistake in the file of a form, and the byte at which it stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct Mistake {
    /// The byte.
    pub at: usize,
    /// What is wrong.
    pub why: String,
}

/// One value or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Several {
    One(String),
    Many(Vec<String>),
}

impl Several {
    fn into_vec(self) -> Vec<String> {
        match self {
            Several::One(one) => vec![one],
            Several::Many(many) => many,
        }
    }
}

type Paths = Option<Spanned<Several>>;
type Named<T> = BTreeMap<Spanned<String>, T>;

/// A form as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    name: String,
    records: Paths,
    has: Paths,
    #[serde(default)]
    is: Named<Several>,
    #[serde(default)]
    only: Named<Several>,
    group: Option<Spanned<Several>>,
    #[serde(default)]
    fields: Named<Spanned<Several>>,
    #[serde(default)]
    values: Named<BTreeMap<String, String>>,
    updates: Option<WrittenPosts>,
    notes: Option<WrittenPosts>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPosts {
    list: Paths,
    time: Paths,
    label: Paths,
    text: Paths,
    split: Option<char>,
}

fn paths(written: Paths) -> Result<Vec<Path>, Mistake> {
    let Some(written) = written else { return Ok(Vec::new()) };
    let at = written.span().start;
    written.into_inner().into_vec().iter().map(|path| Path::parse(path).map_err(|why| Mistake { at, why })).collect()
}

fn slot(name: &Spanned<String>) -> Result<Slot, Mistake> {
    let known = Slot::from_name(name.get_ref());
    known.ok_or_else(|| {
        let near = names::suggestion(name.get_ref(), Slot::ALL.iter().map(|slot| slot.name()));
        Mistake { at: name.span().start, why: format!("`{}` is nothing that a value can tell{near}", name.get_ref()) }
    })
}

fn equals(written: Named<Several>) -> Result<Vec<(Path, Vec<String>)>, Mistake> {
    let one = |(path, values): (Spanned<String>, Several)| {
        let parsed = Path::parse(path.get_ref()).map_err(|why| Mistake { at: path.span().start, why })?;
        Ok((parsed, values.into_vec()))
    };
    written.into_iter().map(one).collect()
}

fn posts(written: WrittenPosts) -> Result<Posts, Mistake> {
    let WrittenPosts { list, time, label, text, split } = written;
    Ok(Posts { list: paths(list)?, time: paths(time)?, label: paths(label)?, text: paths(text)?, split })
}

impl Form {
    /// Reads the file of a form called `id`.
    pub fn parse(id: &str, text: &str) -> Result<Self, Mistake> {
        let written: Written = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            Mistake { at, why: format!("this form cannot be read: {}", error.message()) }
        })?;
        let fields = written.fields.into_iter().map(|(name, paths)| Ok((slot(&name)?, self::paths(Some(paths))?)));
        let values = written.values.into_iter().map(|(name, values)| Ok((slot(&name)?, values.into_iter().collect())));
        Ok(Self {
            id: id.to_owned(),
            name: written.name,
            records: paths(written.records)?,
            has: paths(written.has)?,
            is: equals(written.is)?,
            only: equals(written.only)?,
            group: paths(written.group)?.into_iter().next(),
            fields: fields.collect::<Result<_, Mistake>>()?,
            values: values.collect::<Result<_, Mistake>>()?,
            updates: written.updates.map(posts).transpose()?,
            notes: written.notes.map(posts).transpose()?.into_iter().collect(),
            own: false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_has_its_place() {
        for (text, at, why) in [
            ("nam = 1", 0, "unknown field"),
            ("name = \"x\"\n[fields]\ntitel = \"a\"\n", 20, "did you mean `title`?"),
            ("name = \"x\"\n[fields]\ntitle = \"a[b\"\n", 28, "is not closed"),
            ("name = \"x\"\n[updates]\nwhen = \"a\"\n", 21, "unknown field"),
        ] {
            let Err(mistake) = Form::parse("x", text) else { unreachable!("{text}") };
            assert_eq!(mistake.at, at, "{text}: {}", mistake.why);
            assert!(mistake.why.contains(why), "{}", mistake.why);
        }
    }
}
