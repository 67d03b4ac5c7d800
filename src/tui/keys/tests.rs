use super::*;
use crossterm::event::{KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use proptest::prelude::*;

const NONE: KeyModifiers = KeyModifiers::NONE;
const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
const ALT: KeyModifiers = KeyModifiers::ALT;
const CONTROL: KeyModifiers = KeyModifiers::CONTROL;

/// What comes of bytes that arrive at once, and of quiet after them.
fn read(bytes: &[u8]) -> Vec<Event> {
    let (mut keys, mut events) = (Keys::default(), Vec::new());
    keys.take(bytes, &mut events);
    if keys.patience().is_some() {
        keys.give_up(&mut events);
    }
    assert_eq!(keys.patience(), None, "{bytes:?}");
    events
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, modifiers))
}

fn letter(c: char) -> Event {
    key(KeyCode::Char(c), NONE)
}

fn mouse(kind: MouseEventKind, column: u16, row: u16) -> Event {
    Event::Mouse(MouseEvent { kind, column, row, modifiers: NONE })
}

#[test]
fn a_key_is_the_same_however_terminals_write_it() {
    use KeyCode::*;
    for (written, code, modifiers) in [
        ("\x1b[A \x1bOA", Up, NONE),
        ("\x1b[B \x1bOB", Down, NONE),
        ("\x1b[C \x1bOC", Right, NONE),
        ("\x1b[D \x1bOD", Left, NONE),
        ("\x1b[1;5A \x1b[5A \x1bO5A \x1bO1;5A \x1bOa", Up, CONTROL),
        ("\x1b[1;2D \x1b[d", Left, SHIFT),
        ("\x1b[1;3A \x1b\x1b[A \x1b\x1bOA", Up, ALT),
        ("\x1b[1;7C \x1b\x1bOc", Right, ALT | CONTROL),
        ("\x1b[H \x1bOH \x1b[1~ \x1b[7~", Home, NONE),
        ("\x1b[F \x1bOF \x1b[4~ \x1b[8~", End, NONE),
        ("\x1b[1;5H \x1b[7;5~ \x1b[7^", Home, CONTROL),
        ("\x1b[2~", Insert, NONE),
        ("\x1b[3~", Delete, NONE),
        ("\x1b[3;2~ \x1b[3$", Delete, SHIFT),
        ("\x1b[5~", PageUp, NONE),
        ("\x1b[6~", PageDown, NONE),
        ("\x1b[6;6~ \x1b[6@", PageDown, CONTROL | SHIFT),
        ("\x1bOP \x1b[11~ \x1b[[A \x1b[P", F(1), NONE),
        ("\x1bOS \x1b[14~ \x1b[[D \x1b[S", F(4), NONE),
        ("\x1b[15~ \x1b[[E", F(5), NONE),
        ("\x1b[1;2P \x1b[11;2~ \x1bO1;2P \x1b[11$", F(1), SHIFT),
        ("\x1b[1;2R", F(3), SHIFT),
        ("\x1b[17~", F(6), NONE),
        ("\x1b[24~", F(12), NONE),
        ("\x1b[34~", F(20), NONE),
        ("\x1b[Z", BackTab, SHIFT),
        ("\t", Tab, NONE),
        ("\r \x1bOM", Enter, NONE),
        ("\x1b\r", Enter, ALT),
        ("\x7f", Backspace, NONE),
        ("\x1b\x7f", Backspace, ALT),
        ("\x1b[27u \x1b[27;1u", Esc, NONE),
        ("\x1b[13;5u \x1b[27;5;13~", Enter, CONTROL),
        ("\x03 \x1b[99;5u \x1b[27;5;99~", Char('c'), CONTROL),
        ("\x1b\x03 \x1b[99;7u", Char('c'), ALT | CONTROL),
        ("\n", Char('j'), CONTROL),
        ("\0", Char(' '), CONTROL),
        ("\x1f", Char('7'), CONTROL),
        ("q \x1b[113u \x1b[113;1:1u", Char('q'), NONE),
        ("Q \x1b[27;2;81~ \x1b[113:81;2u", Char('Q'), SHIFT),
        ("\x1bq \x1b[113;3u", Char('q'), ALT),
        ("5 \x1bOu", Char('5'), NONE),
        ("é", Char('é'), NONE),
        ("\x1bé", Char('é'), ALT),
        ("日", Char('日'), NONE),
        ("🦀", Char('🦀'), NONE),
    ] {
        for written in written.split(' ') {
            assert_eq!(read(written.as_bytes()), [key(code, modifiers)], "{written:?}");
        }
    }
    let released = KeyEvent { kind: KeyEventKind::Release, ..KeyEvent::new(KeyCode::Char('q'), NONE) };
    assert_eq!(read(b"\x1b[113;1:3u"), [Event::Key(released)]);
}

#[test]
fn mice_focus_and_pastes_are_told() {
    use MouseEventKind::*;
    for (written, expected) in [
        (&b"\x1b[<0;1;2M"[..], mouse(Down(MouseButton::Left), 0, 1)),
        (b"\x1b[<0;300;200m", mouse(Up(MouseButton::Left), 299, 199)),
        (b"\x1b[<2;1;1M", mouse(Down(MouseButton::Right), 0, 0)),
        (b"\x1b[<32;5;5M", mouse(Drag(MouseButton::Left), 4, 4)),
        (b"\x1b[<35;5;5M", mouse(Moved, 4, 4)),
        (b"\x1b[<64;1;1M", mouse(ScrollUp, 0, 0)),
        (b"\x1b[<65;1;1M", mouse(ScrollDown, 0, 0)),
        (b"\x1b[M !\"", mouse(Down(MouseButton::Left), 0, 1)),
        (b"\x1b[M`\xff!", mouse(ScrollUp, 222, 0)),
        (b"\x1b[96;3;4M", mouse(ScrollUp, 2, 3)),
        (b"\x1b[I", Event::FocusGained),
        (b"\x1b[O", Event::FocusLost),
        (b"\x1b[200~\x1b[201~", Event::Paste("".into())),
        (b"\x1b[200~q\r\n\x1b[31m \xff\xc3\xa9\x1b[201~", Event::Paste("q\r\n\x1b[31m \u{fffd}é".into())),
    ] {
        assert_eq!(read(written), [expected], "{}", written.escape_ascii());
    }
    let held = mouse(Down(MouseButton::Left), 0, 0);
    let Event::Mouse(held) = held else { panic!() };
    assert_eq!(read(b"\x1b[<20;1;1M"), [Event::Mouse(MouseEvent { modifiers: SHIFT | CONTROL, ..held })]);
}

#[test]
fn what_says_nothing_to_us_is_passed_over() {
    for written in [
        "\x1b[?1;2c",
        "\x1b[>0;276;0c",
        "\x1b[?2026;2$y",
        "\x1b[24;80t",
        "\x1b[99~",
        "\x1b[57441;1u",
        "\x1b[<0;0;1M",
        "\x1b[<0;99999;1M",
        "\x1b[4294967296~",
        "\x1b]11;rgb:0000/0000/0000\x07",
        "\x1b]11;rgb:0000/0000/0000\x1b\\",
        "\x1bP1$r0m\x1b\\",
        "\x1b_Gi=1;OK\x1b\\",
        "\x1b[ q",
    ] {
        assert_eq!(read(format!("{written}q").as_bytes()), [letter('q')], "{written:?}");
    }
}

#[test]
fn what_breaks_off_does_not_swallow_what_follows() {
    let up = || key(KeyCode::Up, NONE);
    for (written, expected) in [
        (&b"\x1b[<0;1;1\x1b[A"[..], vec![up()]),
        (b"\x1b[1;\rq", vec![key(KeyCode::Enter, NONE), letter('q')]),
        (b"\x1b]0;half\x1b[A", vec![up()]),
        (b"\x1b]0;half\rq", vec![key(KeyCode::Enter, NONE), letter('q')]),
        (b"\x1bO\x1b[A", vec![up()]),
        (b"\x1b[M\x1b[A", vec![up()]),
        (b"\x1b[[\x1b[A", vec![up()]),
        (b"\xc3q", vec![letter('q')]),
        (b"\xf0\x9f\xa6q", vec![letter('q')]),
        (b"\xff\xfe\x80q", vec![letter('q')]),
        (b"\x1b\x1bq", vec![key(KeyCode::Esc, NONE), key(KeyCode::Esc, NONE), letter('q')]),
        (b"\x1b\x1b\x1b[A", vec![key(KeyCode::Esc, NONE), key(KeyCode::Esc, NONE), up()]),
    ] {
        assert_eq!(read(written), expected, "{}", written.escape_ascii());
    }
    let endless = [b"\x1b]".to_vec(), vec![b'x'; 2 * LONGEST], b"\rq".to_vec()].concat();
    assert_eq!(read(&endless).last(), Some(&letter('q')));
}

/// Half of each kind of sequence, and what it is when nothing follows.
#[test]
fn half_a_sequence_is_given_up_after_a_while() {
    let alt = |c: char| key(KeyCode::Char(c), if c.is_uppercase() { ALT | SHIFT } else { ALT });
    for (half, patience, expected) in [
        (&b"\x1b"[..], AFTER_ESC, vec![key(KeyCode::Esc, NONE)]),
        (b"\x1b\x1b", AFTER_ESC, vec![key(KeyCode::Esc, NONE); 2]),
        (b"\x1b[", OF_SEQUENCE, vec![alt('[')]),
        (b"\x1bO", OF_SEQUENCE, vec![alt('O')]),
        (b"\x1b]", OF_SEQUENCE, vec![alt(']')]),
        (b"\x1bP", OF_SEQUENCE, vec![alt('P')]),
        (b"\x1b_", OF_SEQUENCE, vec![alt('_')]),
        (b"\x1b[<0;1;1", OF_SEQUENCE, vec![]),
        (b"\x1b[1;5", OF_SEQUENCE, vec![]),
        (b"\x1b[[", OF_SEQUENCE, vec![]),
        (b"\x1b[M !", OF_SEQUENCE, vec![]),
        (b"\x1bO1", OF_SEQUENCE, vec![]),
        (b"\x1b]0;title", OF_SEQUENCE, vec![]),
        (b"\x1bP1$r", OF_SEQUENCE, vec![]),
        (b"\x1b\x1b[", OF_SEQUENCE, vec![]),
        (b"\xf0\x9f", OF_SEQUENCE, vec![]),
        (b"\x1b[200~half", OF_PASTE, vec![Event::Paste("half".into())]),
        (b"\x1b[200~", OF_PASTE, vec![Event::Paste("".into())]),
    ] {
        let (mut keys, mut events) = (Keys::default(), Vec::new());
        keys.take(half, &mut events);
        assert_eq!((keys.patience(), events.len()), (Some(patience), 0), "{}", half.escape_ascii());
        keys.give_up(&mut events);
        assert_eq!(events, expected, "{}", half.escape_ascii());
        assert_eq!(keys.patience(), None);
    }
}

#[test]
fn a_long_paste_in_pieces_is_one() {
    let text = "a line of text\r".repeat(1 << 16);
    let written = format!("\x1b[200~{text}\x1b[201~q");
    for length in [1000, 4096, 4095, 1 << 17] {
        let (mut keys, mut events) = (Keys::default(), Vec::new());
        written.as_bytes().chunks(length).for_each(|piece| keys.take(piece, &mut events));
        assert!(events == [Event::Paste(text.clone()), letter('q')], "{length}: {}", events.len());
    }
}

/// What sequences are made of.
const PIECES: &[&str] =
    &["\x1b", "\x1b[", "\x1bO", "\x1b]", "\x1b[M", "\x1b[<0;1;", "1;5", "A", "M", "~", "\x1b[200~", "\x1b[201~", "\x1b\\", "é", "\r"];

/// Bytes as terminals write them, and pieces of such.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece =
        prop_oneof![prop::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()), prop::collection::vec(any::<u8>(), 1..4)];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_key_after_quiet_is_that_key(bytes in bytes()) {
        let (mut keys, mut events) = (Keys::default(), Vec::new());
        keys.take(&bytes, &mut events);
        keys.give_up(&mut events);
        events.clear();
        keys.take(b"q", &mut events);
        prop_assert_eq!(events, [letter('q')]);
    }

    #[test]
    fn pieces_read_as_the_whole(bytes in bytes(), cut in 1..4_usize) {
        let (mut keys, mut events) = (Keys::default(), Vec::new());
        bytes.chunks(cut).for_each(|piece| keys.take(piece, &mut events));
        if keys.patience().is_some() {
            keys.give_up(&mut events);
        }
        prop_assert_eq!(events, read(&bytes));
    }
}
