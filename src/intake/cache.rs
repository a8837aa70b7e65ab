//! What was read of returns, kept by content: only ever faster, never different.
//!
//! One file holds it for an input folder. It begins with a stamp: the program
//! and the definitions it was made with. Every entry carries its own hash. What
//! is for others, damaged or not there is read again. Only workbooks that could
//! be read are kept; what failed is tried again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

/// SHA-256 of the path below `returns/` and of the content: findings name the file they are about.
type Key = [u8; 32];

/// What earlier runs kept and what this one keeps.
pub(super) struct Cache {
    path: Option<PathBuf>,
    stamp: Key,
    bytes: Vec<u8>,
    known: BTreeMap<Key, Range<usize>>,
    kept: Mutex<Kept>,
}

/// What this run met.
#[derive(Default)]
struct Kept {
    again: BTreeSet<Key>,
    new: BTreeMap<Key, Vec<u8>>,
}

impl Cache {
    /// What was kept in the file at `path` under the same `stamp`: the definitions and limits that
    /// returns are read with. The program adds itself.
    pub fn open(path: Option<&Path>, stamp: &[&str]) -> Self {
        let stamp = key([env!("TONGKET_SOURCES")].iter().chain(stamp));
        let bytes = path.and_then(|path| fs::read(path).ok()).unwrap_or_default();
        let known = if bytes.starts_with(&stamp) { entries(&bytes) } else { BTreeMap::new() };
        Self { path: path.map(Path::to_owned), stamp, bytes, known, kept: Mutex::default() }
    }

    /// What was kept of a file, which is then kept again.
    pub fn get<T: DeserializeOwned>(&self, file: &str, sha256: &str) -> Option<T> {
        let key = key([file, sha256]);
        let value = postcard::from_bytes(&self.bytes[self.known.get(&key)?.clone()]).ok()?;
        self.kept().again.insert(key);
        Some(value)
    }

    /// Keeps what was made of a file.
    pub fn keep(&self, file: &str, sha256: &str, value: &impl Serialize) {
        if self.path.is_none() {
            return;
        }
        if let Ok(bytes) = postcard::to_stdvec(value) {
            self.kept().new.insert(key([file, sha256]), bytes);
        }
    }

    /// Writes what this run met; what it did not meet is forgotten. Where the disk refuses, the
    /// next run reads everything again.
    pub fn save(self) {
        let Some(path) = &self.path else { return };
        if self.kept().new.is_empty() && self.kept().again.len() == self.known.len() {
            return;
        }
        let beside = path.with_extension("moi");
        let folder = path.parent().unwrap_or(Path::new(""));
        let written = fs::create_dir_all(folder).and_then(|()| self.write(&beside));
        let _ = written.and_then(|()| fs::rename(&beside, path));
    }

    fn write(&self, path: &Path) -> io::Result<()> {
        let kept = self.kept();
        let again = kept.again.iter().map(|key| (key, &self.bytes[self.known[key].clone()]));
        let mut file = BufWriter::new(File::create(path)?);
        file.write_all(&self.stamp)?;
        for (key, value) in again.chain(kept.new.iter().map(|(key, value)| (key, &value[..]))) {
            file.write_all(key)?;
            file.write_all(&hash(key, value))?;
            file.write_all(&(value.len() as u64).to_le_bytes())?;
            file.write_all(value)?;
        }
        file.flush()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A hash over some texts, each with its length.
fn key<'t>(parts: impl IntoIterator<Item = impl AsRef<str> + 't>) -> Key {
    let mut hasher = Sha256::new();
    for part in parts {
        let part = part.as_ref().as_bytes();
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// Where the entries stand that are whole; after a damaged length there are none.
fn entries(bytes: &[u8]) -> BTreeMap<Key, Range<usize>> {
    let mut known = BTreeMap::new();
    let mut at = size_of::<Key>();
    while let Some((key, told, value)) = entry(bytes, at) {
        at = value.end;
        if hash(&key, &bytes[value.clone()]) == *told {
            known.insert(key, value);
        }
    }
    known
}

fn hash(key: &Key, value: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(key).chain_update(value).finalize().into()
}

fn entry(bytes: &[u8], at: usize) -> Option<(Key, &[u8; 32], Range<usize>)> {
    let (key, rest) = bytes.get(at..)?.split_first_chunk::<32>()?;
    let (hash, rest) = rest.split_first_chunk::<32>()?;
    let (length, _) = rest.split_first_chunk::<8>()?;
    let from = at + 72;
    let to = from.checked_add(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    (to <= bytes.len()).then_some((*key, hash, from..to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(path: &Path, stamp: &str) -> Option<u32> {
        Cache::open(Some(path), &[stamp]).get("a.xlsx", "00")
    }

    #[test]
    fn what_was_kept_is_known_to_the_same_definitions_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kho/input.bin");
        let cache = Cache::open(Some(&path), &["1"]);
        cache.keep("a.xlsx", "00", &7u32);
        cache.save();
        assert_eq!(kept(&path, "1"), Some(7));
        assert_eq!(kept(&path, "2"), None);
        assert_eq!(Cache::open(Some(&path), &["1"]).get::<u32>("a.xlsx", "01"), None);
    }

    #[test]
    fn a_damaged_file_is_as_good_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("input.bin");
        let cache = Cache::open(Some(&path), &["1"]);
        cache.keep("a.xlsx", "00", &7u32);
        cache.save();
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(&path, &damaged).unwrap();
            assert_eq!(kept(&path, "1"), None, "byte {at}");
            fs::write(&path, &whole[..at]).unwrap();
            assert_eq!(kept(&path, "1"), None, "cut at {at}");
        }
    }

    #[test]
    fn what_a_run_did_not_meet_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("input.bin");
        let cache = Cache::open(Some(&path), &[]);
        cache.keep("a.xlsx", "00", &7u32);
        cache.keep("b.xlsx", "00", &8u32);
        cache.save();
        let cache = Cache::open(Some(&path), &[]);
        assert_eq!(cache.get("b.xlsx", "00"), Some(8u32));
        cache.save();
        let cache = Cache::open(Some(&path), &[]);
        assert_eq!((cache.get::<u32>("a.xlsx", "00"), cache.get("b.xlsx", "00")), (None, Some(8u32)));
    }
}
