//! The grammar of what a terminal sends: characters, keys and mouse. Read as it arrives: what may go on is incomplete.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use nom::branch::alt;
use nom::bytes::streaming::{tag, take, take_while, take_while1};
use nom::combinator::{map, success, value, verify};
use nom::number::streaming::u8 as byte;
use nom::sequence::{preceded, terminated};
use nom::{IResult, Needed, Parser};

/// A key with more modifiers.
pub fn held(modifiers: KeyModifiers, key: KeyEvent) -> KeyEvent {
    KeyEvent { modifiers: key.modifiers | modifiers, ..key }
}

/// Up to two events at once; none of what says nothing to us.
pub type Found = [Option<Event>; 2];

const NOTHING: Found = [None, None];

fn one(event: impl Into<Option<Event>>) -> Found {
    [event.into(), None]
}

fn with_alt(found: Found) -> Found {
    found.map(|event| match event {
        Some(Event::Key(key)) => Some(Event::Key(held(KeyModifiers::ALT, key))),
        other => other,
    })
}

/// The first thing of the input.
pub fn sent(input: &[u8]) -> IResult<&[u8], Found> {
    let escape = || Some(Event::Key(KeyCode::Esc.into()));
    alt((
        preceded(tag("\x1b["), control),
        preceded(tag("\x1bO"), keypad),
        preceded((tag("\x1b"), verify(byte, |begun| b"]P_".contains(begun))), answer),
        // Some terminals send Alt so with keys that are sequences.
        map(preceded(tag("\x1b\x1b["), control), with_alt),
        map(preceded(tag("\x1b\x1bO"), keypad), with_alt),
        map(tag("\x1b\x1b"), move |_| [escape(), escape()]),
        map(preceded(tag("\x1b"), character), with_alt),
        character,
    ))
    .parse(input)
}

/// A character in UTF-8; a byte that belongs to none is passed over.
fn character(input: &[u8]) -> IResult<&[u8], Found> {
    let head = input.get(..4).unwrap_or(input);
    if let Some(c) = head.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next()) {
        return value(one(Event::Key(typed(c))), take(c.len_utf8())).parse(input);
    }
    match std::str::from_utf8(head).err().and_then(|error| error.error_len()) {
        Some(length) => value(NOTHING, take(length)).parse(input),
        None => Err(nom::Err::Incomplete(Needed::Unknown)),
    }
}

/// The key that types a character.
pub fn typed(c: char) -> KeyEvent {
    let control = |letter: u8| KeyEvent::new(KeyCode::Char(char::from(letter)), KeyModifiers::CONTROL);
    match c {
        '\u{1b}' => KeyCode::Esc.into(),
        '\r' => KeyCode::Enter.into(),
        '\t' => KeyCode::Tab.into(),
        '\x7f' => KeyCode::Backspace.into(),
        '\0' => control(b' '),
        '\x01'..='\x1a' => control(c as u8 + b'a' - 1),
        '\x1c'..='\x1f' => control(c as u8 + b'4' - 0x1c),
        c if c.is_uppercase() => KeyEvent::new(KeyCode::Char(c), KeyModifiers::SHIFT),
        c => KeyCode::Char(c).into(),
    }
}

/// What a terminal answers to questions that others asked: up to its end, or to what cannot stand in it.
fn answer(input: &[u8]) -> IResult<&[u8], Found> {
    preceded(take_while(|byte| byte >= b' '), alt((value(NOTHING, alt((tag("\x07"), tag("\x1b\\")))), success(NOTHING)))).parse(input)
}

/// What follows `ESC [`: as ECMA-48 has it, and three forms beside it, of Linux' console, of mice without numbers, and of
/// rxvt with Shift.
fn control(input: &[u8]) -> IResult<&[u8], Found> {
    let near = |byte: &u8| u32::from(*byte).checked_sub(33);
    alt((
        map(preceded(tag("["), verify(byte, |key| (b'A'..=b'E').contains(key))), |key| one(Event::Key(KeyCode::F(key - b'A' + 1).into()))),
        map(preceded(tag("M"), verify(take(3_usize), |bytes: &[u8]| bytes.iter().all(|byte| *byte >= b' '))), move |bytes: &[u8]| {
            let [bits, x, y] = bytes else { return NOTHING };
            one(near(x).zip(near(y)).and_then(|(x, y)| mouse(u32::from(*bits) - 32, x, y, false)))
        }),
        map(terminated(take_while1(|byte: u8| byte.is_ascii_digit()), tag("$")), |number| one(meaning(number, b'$'))),
        sequence,
    ))
    .parse(input)
}

/// Parameters, bytes between, and the last one. Where another byte stands it is broken off, and something else begins.
fn sequence(input: &[u8]) -> IResult<&[u8], Found> {
    let (input, written) = take_while(|byte| (0x30..=0x3f).contains(&byte))(input)?;
    let (input, between) = take_while(|byte| (0x20..=0x2f).contains(&byte))(input)?;
    let (after, last) = byte(input)?;
    match last {
        0x40..=0x7e if between.is_empty() => Ok((after, one(meaning(written, last)))),
        0x40..=0x7e => Ok((after, NOTHING)),
        _ => Ok((input, NOTHING)),
    }
}

/// What follows `ESC O`: keys with a letter, those of the number pad, and rxvt's arrows with Control.
fn keypad(input: &[u8]) -> IResult<&[u8], Found> {
    let (input, written) = take_while(|byte: u8| byte.is_ascii_digit() || byte == b';')(input)?;
    let (after, last) = byte(input)?;
    let key = match last {
        b'a'..=b'd' => lettered(last.to_ascii_uppercase()).map(|code| KeyEvent::new(code, KeyModifiers::CONTROL)),
        b'j'..=b'y' => Some(KeyCode::Char(char::from(last - 0x40)).into()),
        b'M' => Some(KeyCode::Enter.into()),
        b'A'..=b'S' if lettered(last).is_some() => return Ok((after, one(meaning(written, last)))),
        0x40..=0x7e => None,
        _ => return Ok((input, NOTHING)),
    };
    Ok((after, one(key.map(Event::Key))))
}

/// What a sequence of these parameters and this last byte means.
fn meaning(parameters: &[u8], last: u8) -> Option<Event> {
    let text = std::str::from_utf8(parameters).ok()?;
    let (text, in_numbers) = text.strip_prefix('<').map_or((text, false), |text| (text, true));
    let number = |at, part| text.split(';').nth(at)?.split(':').nth(part)?.parse::<u32>().ok();
    let place = |at| number(at, 0)?.checked_sub(1);
    match last {
        b'M' | b'm' if in_numbers => return mouse(number(0, 0)?, place(1)?, place(2)?, last == b'm'),
        b'M' => return mouse(number(0, 0)?.checked_sub(32)?, place(1)?, place(2)?, false),
        // What terminals answer is marked.
        _ if in_numbers || text.starts_with(['=', '>', '?']) => return None,
        b'I' if text.is_empty() => return Some(Event::FocusGained),
        b'O' if text.is_empty() => return Some(Event::FocusLost),
        _ => {}
    }
    let numbered = |modifiers| Some(KeyEvent::new(numbered(number(0, 0)?)?, modifiers));
    let coded = |at| {
        let c = char::from_u32(number(at, 1).or_else(|| number(at, 0))?)?;
        // The private ones are keys that terminals name only if they are asked to.
        Some(c).filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c)).map(typed)
    };
    let (key, modifiers) = match last {
        b'~' if number(0, 0) == Some(27) => (coded(2)?, number(1, 0)),
        b'~' => (numbered(KeyModifiers::NONE)?, number(1, 0)),
        b'$' => (numbered(KeyModifiers::SHIFT)?, None),
        b'^' => (numbered(KeyModifiers::CONTROL)?, None),
        b'@' => (numbered(KeyModifiers::CONTROL | KeyModifiers::SHIFT)?, None),
        b'u' => (coded(0)?, number(1, 0)),
        b'Z' => (KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT), number(1, 0)),
        b'a'..=b'd' => (KeyEvent::new(lettered(last.to_ascii_uppercase())?, KeyModifiers::SHIFT), None),
        _ => (lettered(last)?.into(), number(1, 0).or_else(|| number(0, 0))),
    };
    let kind = match number(1, 1) {
        Some(2) => KeyEventKind::Repeat,
        Some(3) => KeyEventKind::Release,
        _ => KeyEventKind::Press,
    };
    Some(Event::Key(KeyEvent { kind, ..held(modifiers_of(modifiers.unwrap_or(1)), key) }))
}

/// Modifiers as xterm numbers them: bits, and one.
fn modifiers_of(number: u32) -> KeyModifiers {
    use KeyModifiers as M;
    let bits = number.saturating_sub(1);
    let known = [(1, M::SHIFT), (2, M::ALT), (4, M::CONTROL), (8, M::SUPER), (16, M::HYPER), (32, M::META)];
    known.into_iter().filter(|(bit, _)| bits & bit != 0).map(|(_, modifier)| modifier).collect()
}

/// The key that ends in a letter.
fn lettered(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        _ => return None,
    })
}

/// The key that has a number.
fn numbered(number: u32) -> Option<KeyCode> {
    Some(match u8::try_from(number).ok()? {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        n @ 11..=15 => KeyCode::F(n - 10),
        n @ 17..=21 => KeyCode::F(n - 11),
        n @ 23..=26 => KeyCode::F(n - 12),
        n @ 28..=29 => KeyCode::F(n - 13),
        n @ 31..=34 => KeyCode::F(n - 14),
        _ => return None,
    })
}

/// What a mouse did, by the bits that say so, at a place counted from zero.
fn mouse(bits: u32, x: u32, y: u32, released: bool) -> Option<Event> {
    use MouseEventKind::*;
    let button = [MouseButton::Left, MouseButton::Middle, MouseButton::Right].get(bits as usize & 3).copied();
    let moved = bits & 0x20 != 0;
    let kind = match (bits & 0xc0, button) {
        (0, Some(button)) if released => Up(button),
        (0, Some(button)) if moved => Drag(button),
        (0, Some(button)) => Down(button),
        (0, None) if moved => Moved,
        (0, None) => Up(MouseButton::Left),
        (0x40, _) => *[ScrollUp, ScrollDown, ScrollLeft, ScrollRight].get(bits as usize & 3)?,
        _ => return None,
    };
    let modifiers = modifiers_of(1 + (bits >> 2 & 7));
    Some(Event::Mouse(MouseEvent { kind, column: u16::try_from(x).ok()?, row: u16::try_from(y).ok()?, modifiers }))
}
