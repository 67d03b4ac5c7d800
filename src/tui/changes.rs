//! Who tells that files have changed: the system, where it can; else somebody has to look.

use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};

/// Has `tell` called whenever something in the folders of `paths` changes, as long as the watcher lives. None where the
/// system cannot say so of one of them: a folder of another machine, or more folders than it watches.
pub fn watched(paths: &[PathBuf], tell: impl Fn() + Send + 'static) -> Option<RecommendedWatcher> {
    if paths.iter().any(|path| is_remote(path)) {
        return None;
    }
    let heed = move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| event.need_rescan() || matters(&event.kind)) {
            tell();
        }
    };
    // Links are among the paths: followed here, they could lead to one folder by more ways than anybody can count.
    let mut watcher = RecommendedWatcher::new(heed, Config::default().with_follow_symlinks(false)).ok()?;
    for path in paths {
        // A file that is written anew is often another one of the same name: its folder tells.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let (place, depth) = if path.is_dir() { (path.as_path(), RecursiveMode::Recursive) } else { (folder, RecursiveMode::NonRecursive) };
        watcher.watch(place, depth).ok()?;
    }
    Some(watcher)
}

/// Whether it may have changed what is in a file: to read one changes nothing.
fn matters(kind: &EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if *access != AccessKind::Close(AccessMode::Write))
}

/// Whether others can change what is there without this system knowing.
#[cfg(target_os = "linux")]
fn is_remote(path: &Path) -> bool {
    // From the kernel's include/uapi/linux/magic.h and fs/smb: NFS, SMB, CIFS, SMB2, 9P, FUSE, Ceph, AFS.
    const REMOTE: [u32; 8] = [0x6969, 0x517b, 0xff53_4d42, 0xfe53_4d42, 0x0102_1997, 0x6573_5546, 0x00c3_6400, 0x5346_414f];
    // Their numbers have 32 bits, in a type as wide as the machine's.
    rustix::fs::statfs(path).is_ok_and(|found| REMOTE.contains(&(found.f_type as u32)))
}

/// Elsewhere the system is asked and trusted.
#[cfg(not(target_os = "linux"))]
fn is_remote(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn what_is_written_is_told_and_what_is_read_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "one").unwrap();
        let (sender, told) = mpsc::channel();
        let paths = [folder.path().to_path_buf()];
        let Some(_watcher) = watched(&paths, move || {
            let _ = sender.send(());
        }) else {
            return eprintln!("this system tells nothing of changes");
        };
        std::fs::read(&path).unwrap();
        assert!(told.try_recv().is_err());
        std::fs::create_dir(folder.path().join("below")).unwrap();
        told.recv().unwrap();
        for kind in [EventKind::Access(AccessKind::Open(AccessMode::Read)), EventKind::Access(AccessKind::Close(AccessMode::Read))] {
            assert!(!matters(&kind));
        }
    }
}
