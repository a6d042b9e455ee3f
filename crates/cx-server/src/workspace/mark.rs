//! Whether anything in a folder changed, without reading it.

use cx_core::analysis::{PLAN, PROMISES, Project};
use cx_core::sources::expand;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::time::UNIX_EPOCH;

/// Name, size and time of every file that answers depend on. Equal marks
/// stand for equal contents; different ones ask for a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark([u8; 32]);

impl Mark {
    /// The mark of a project's folder as it is now.
    pub(crate) fn of(dir: &Path) -> Self {
        let mut hasher = Sha256::new();
        for name in ["cx.toml", PLAN, PROMISES] {
            add(&mut hasher, &dir.join(name));
        }
        // Settings at fault name no files; mending them changes cx.toml.
        for source in Project::open(dir).iter().flat_map(|project| &project.settings.sources) {
            let patterns: Vec<&str> = source.files.iter().map(|file| file.value.as_str()).collect();
            match expand(dir, &patterns) {
                Ok(files) => files.iter().for_each(|file| add(&mut hasher, file)),
                Err(error) => hasher.update(error.to_string()),
            }
        }
        Self(hasher.finalize().into())
    }

    /// Itself as text.
    pub(crate) fn text(&self) -> String {
        crate::pool::hex(&self.0)
    }
}

fn add(hasher: &mut Sha256, path: &Path) {
    hasher.update(path.as_os_str().as_encoded_bytes());
    let Ok(meta) = path.metadata() else { return hasher.update([0]) };
    let changed = meta.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    hasher.update([1]);
    hasher.update(meta.len().to_le_bytes());
    hasher.update(changed.as_nanos().to_le_bytes());
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        // A file that took another's place, and one written again within a tick of the clock.
        hasher.update(meta.ino().to_le_bytes());
        hasher.update(meta.ctime_nsec().to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_and_a_changed_one_change_the_mark() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write(
            "cx.toml",
            "format = 1\n[project]\nname = \"Acme\"\n[[source]]\nname = \"a\"\nfiles = [\"a*.csv\"]\n[source.customers]\ncustomer_id = \"id\"\n",
        );
        write("a1.csv", "id\n1\n");
        let first = Mark::of(folder.path());
        assert_eq!(first, Mark::of(folder.path()));
        write("a2.csv", "id\n2\n");
        let second = Mark::of(folder.path());
        assert_ne!(first, second);
        write("a2.csv", "id\n22\n");
        let third = Mark::of(folder.path());
        assert_ne!(second, third);
        write("notes.txt", "nothing to do with it");
        assert_eq!(third, Mark::of(folder.path()));
        write("plan.toml", "");
        assert_ne!(third, Mark::of(folder.path()));
    }
}
