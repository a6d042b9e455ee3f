//! A project in a temporary folder and runs of `cx` on it.

use std::path::Path;
use std::process::Command;

/// Settings of one file of 0 to 10 answers.
pub(crate) const SURVEY: &str = "format = 1\n[project]\nname = \"Acme\"\ntime_zone = \"Europe/Warsaw\"\n\
    [questions]\nrecommend = \"0-10\"\n\
    [[source]]\nname = \"survey\"\nfiles = [\"answers.csv\"]\n\
    [source.responses]\nresponse_id = \"id\"\nanswered_at = \"day\"\nquestion = { value = \"recommend\" }\n\
    value = \"score\"\n";

/// What a run said.
#[derive(Debug)]
pub(crate) struct Run {
    /// Its exit code; 255 where a signal ended it.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Run {
    /// Its output as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}", self.out))
    }
}

/// A project in a temporary folder.
#[derive(Debug)]
pub(crate) struct Project(tempfile::TempDir);

impl Project {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// A folder with settings and files.
    pub(crate) fn new(settings: &str, files: &[(&str, &str)]) -> Self {
        let project = Self::empty();
        project.write("cx.toml", settings);
        for (name, text) in files {
            project.write(name, text);
        }
        project
    }

    /// Its folder.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file.
    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).expect("a file is written");
    }

    /// The text of a file.
    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).expect("a file is read")
    }

    /// Runs `cx` in it, on a page of 100 columns without colour.
    pub(crate) fn cx(&self, args: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_cx"))
            .args(args)
            .current_dir(self.path())
            .env("COLUMNS", "100")
            .env("NO_COLOR", "1")
            .output()
            .expect("cx runs");
        Run {
            code: output.status.code().unwrap_or(255),
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
        }
    }
}
