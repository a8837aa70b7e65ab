//! The folders next to a site that its publication passes through, and how they change places.
//!
//! Whatever happens on the way, the folder readers open is the old site or the
//! new one, never half.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// A site that another run wrote carries this file; a folder without it is somebody else's.
pub(super) const MARK: &str = "data/manifest.json";

/// The folders next to the target that a publication passes through.
#[derive(Debug)]
pub(super) struct Beside {
    pub target: PathBuf,
    pub new: PathBuf,
    pub old: PathBuf,
}

impl Beside {
    /// Those of a target.
    ///
    /// # Errors
    /// When the target is no folder that could have neighbours.
    pub fn of(target: &Path) -> anyhow::Result<Self> {
        let name =
            target.file_name().with_context(|| format!("{} không phải là một thư mục đích", target.display()))?;
        let sibling = |suffix: &str| {
            let mut sibling = name.to_owned();
            sibling.push(suffix);
            target.with_file_name(sibling)
        };
        Ok(Self { target: target.to_owned(), new: sibling(".moi"), old: sibling(".cu") })
    }

    /// Puts right what an interrupted run left: its half-written site goes, a site it had set aside comes back.
    pub fn recover(&self) -> anyhow::Result<()> {
        let advice = || format!("không dọn được thư mục tạm cạnh {}", self.target.display());
        remove_if_there(&self.new).with_context(advice)?;
        if self.old.exists() {
            if self.target.exists() {
                remove_if_there(&self.old).with_context(advice)?;
            } else {
                fs::rename(&self.old, &self.target).with_context(advice)?;
            }
        }
        Ok(())
    }

    /// Only a site of ours is ever replaced.
    ///
    /// # Errors
    /// When other files are there.
    pub fn refuse_strangers(&self) -> anyhow::Result<()> {
        let Ok(mut entries) = fs::read_dir(&self.target) else { return Ok(()) };
        if entries.next().is_some() && !self.target.join(MARK).is_file() {
            bail!(
                "{} đang có tệp khác, không phải trang do tongket dựng; hãy chọn thư mục khác hoặc dọn thư mục này",
                self.target.display()
            );
        }
        Ok(())
    }

    /// The new site takes the place of the old one, which goes.
    ///
    /// # Errors
    /// When the disk refuses; the old site then stands.
    pub fn swap(&self) -> anyhow::Result<()> {
        if !self.target.exists() {
            fs::rename(&self.new, &self.target)?;
            return Ok(());
        }
        if exchange(&self.new, &self.target).is_ok() {
            // The old site now stands under the name of the new one.
            let _ = fs::remove_dir_all(&self.new);
            return Ok(());
        }
        self.swap_by_renaming()
    }

    /// Two renames; an interruption between them is put right by [`Beside::recover`] at the next run.
    pub(super) fn swap_by_renaming(&self) -> anyhow::Result<()> {
        fs::rename(&self.target, &self.old)?;
        if let Err(error) = fs::rename(&self.new, &self.target) {
            fs::rename(&self.old, &self.target)?;
            return Err(error.into());
        }
        let _ = fs::remove_dir_all(&self.old);
        Ok(())
    }
}

/// Exchanges two folders in one step, where the system can.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

fn remove_if_there(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
