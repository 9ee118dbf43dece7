//! A folder that only one command writes at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::PathBuf;

use super::exit::Failure;

/// A file that is locked as long as this lives. The lock is the system's: it goes with the process that holds it, however that ends.
#[derive(Debug)]
pub(crate) struct FolderLock {
    path: PathBuf,
    _file: File,
}

impl FolderLock {
    /// Locks a file, which is made for that and taken away in the end.
    pub(crate) fn take(path: PathBuf) -> Result<Self, Failure> {
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(|error| Failure::file("written", &path, &error))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => Err(Failure::Running(format!(
                "{}: another command is at work on these points; wait for it, or choose another --out DIR",
                path.display()
            ))),
            // A file system without locks keeps nobody from sweeping.
            Err(TryLockError::Error(error)) if error.kind() != io::ErrorKind::Unsupported => {
                Err(Failure::file("locked", &path, &error))
            }
            Err(TryLockError::Error(_)) | Ok(()) => Ok(Self { path, _file: file }),
        }
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}
