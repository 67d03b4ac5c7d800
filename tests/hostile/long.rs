//! Long use: any keys, sizes and pastes while files change beneath, as long as one likes, with memory, threads and open
//! files that do not grow.

use crate::beneath::disturb;
use crate::common::terminal::Session;
use crate::lab::{Lab, leave, mail, skipped};
use crate::wire;
use std::fs;
use std::io::Write;
use std::time::{Duration, Instant};

/// So many things happen between two looks at the screen.
const BURST: usize = 12;

/// Keys that neither end nor stop the explorer, and write nothing but frames: no q, no editor, no commands, no copying, no
/// mouse.
const KEYS: &[&str] = &[
    "j",
    "k",
    "g",
    "G",
    "h",
    "l",
    "\r",
    "\t",
    " ",
    "c",
    "t",
    "m",
    "z",
    "s",
    "S",
    "v",
    "V",
    "F",
    "f",
    "o",
    "O",
    "#",
    "!",
    "?",
    "/",
    "n",
    "N",
    "]",
    "[",
    "{",
    "}",
    "+",
    "-",
    "0",
    "H",
    "L",
    "x",
    "a",
    "u",
    "U",
    "R",
    "b",
    "w",
    ":\x1b\x1b",
    "\x1b\x1b",
    "\x1b\x1b",
    "\x1b\x1b",
    "\x1b\x1b",
    "\x1b[A",
    "\x1b[B",
    "\x1b[C",
    "\x1b[D",
    "\x1b[5~",
    "\x1b[6~",
    "\x7f",
    "\x15",
    "\x13",
    "\x14",
    "/sv",
    "dur>30m",
    "tabl",
];

const PASTES: &[&str] = &["sev>=high or text:\"the\"", "\u{202e}\u{9b}2Jx", "(((", "e\u{301}\u{200b}事", "org:acme\r\nq\r\n"];

const SIZES: &[(u16, u16)] = &[(24, 80), (36, 120), (10, 40), (1, 1), (60, 200), (4, 23), (5, 24), (200, 100)];

/// Numbers in no order, the same for the same start.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// Memory in KiB, threads, and open files of a program.
type Use = [u64; 3];

fn used(pid: u32) -> Option<Use> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let number = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next()?.parse().ok());
    let files = fs::read_dir(format!("/proc/{pid}/fd")).ok()?.count() as u64;
    Some([number("VmRSS:")?, number("Threads:")?, files])
}

#[test]
#[ignore = "as long as LONG_SECONDS says; .ci/long runs it"]
fn any_use_for_long_grows_nothing() {
    let number = |name: &str, usual: u64| std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual);
    let (seconds, seed) = (number("LONG_SECONDS", 30), number("LONG_SEED", 0x9e37_79b9_7f4a_7c15));
    let lab = Lab::new();
    for at in 0..60 {
        lab.write(&format!("stable{at:02}.txt"), mail(&format!("Stable {at}")));
    }
    let start = || {
        let mut command = lab.explorer(&["."]);
        // While another program has the terminal, that writes what is typed: no editor can be started.
        command.env("VISUAL", "'");
        let mut session = Session::start_at(command, (200, 220));
        session.wait_for("incidents");
        session
    };
    let (mut numbers, began) = (Numbers(seed), Instant::now());
    let (mut session, mut steps, mut runs) = (start(), 0_usize, 1);
    let mut turn = false;
    let mut uses: Vec<Use> = Vec::new();
    let mut said: Vec<String> = Vec::new();
    while began.elapsed() < Duration::from_secs(seconds) {
        said.clear();
        for _ in 0..BURST {
            steps += 1;
            match numbers.below(20) {
                0 | 1 => disturb(lab.path(), steps),
                2 => said.push(format!("\x1b[200~{}\x1b[201~", numbers.of(PASTES))),
                _ => said.push(numbers.of(KEYS).into()),
            }
        }
        said.iter().for_each(|keys| session.send(keys));
        // Whatever was said, another size than before is drawn, or it was the end that a command brought.
        let (rows, columns) = numbers.of(SIZES);
        turn = !turn;
        session.resize_unseen(rows, columns + u16::from(turn));
        if let Some(status) = session.child.try_wait().unwrap() {
            assert!(status.success(), "{said:?}: {status:?}");
            (session, runs) = (start(), runs + 1);
            uses.clear();
            continue;
        }
        wire::check(&session.take_frames());
        uses.extend(session.child.process_id().and_then(used));
    }
    let Some(((first, rest), last)) = uses.split_first().zip(uses.last()) else { return skipped("growth: nothing tells it here") };
    // What runs for a moment makes peaks, the higher the busier the machine; what is never given back raises the least.
    let least = |uses: &[Use], what: usize| uses.iter().map(|one| one[what]).min().unwrap_or(0);
    let quarter = rest.len() / 4;
    let (early, late) = (&rest[..quarter], &rest[rest.len() - quarter..]);
    let told = format!("{steps} steps in {runs} runs; KiB, threads, files: first {first:?}, last {last:?}");
    let [was, is] = [early, late].map(|uses| [0, 1, 2].map(|what| least(uses, what)));
    let _ = writeln!(std::io::stderr(), "{told}; least of the first quarter {was:?}, of the last {is:?}");
    for (what, room) in [(0, 24 << 10), (1, 2), (2, 4)] {
        assert!(is[what] <= was[what] + room, "{told}");
    }
    session.resize_unseen(24, 80);
    // Behind an Esc that was said last the end would be another key.
    session.send("j");
    leave(session);
}
