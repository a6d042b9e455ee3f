//! Running other programs.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// `cargo` with the given words, in the workspace.
pub(crate) fn cargo(root: &Path, words: &[&str]) -> Command {
    program(env!("CARGO"), root, words)
}

/// A program with the given words, in a folder.
pub(crate) fn program(name: &str, folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(words).current_dir(folder);
    command
}

/// What a person would type.
fn typed(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut text = name.to_string_lossy().into_owned();
    for word in command.get_args() {
        text.push(' ');
        text.push_str(&word.to_string_lossy());
    }
    text
}

/// Runs to the end and fails as the program fails.
///
/// # Errors
/// Where it does not start or ends with a failure.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let text = typed(command);
    println!("$ {text}");
    let status = command.status().with_context(|| format!("`{text}` did not start"))?;
    if !status.success() {
        bail!("`{text}` failed ({status})");
    }
    Ok(())
}

/// What a program wrote on its standard output, shown as it came, and whether it ended well.
#[derive(Debug)]
pub(crate) struct Heard {
    /// The lines.
    pub(crate) lines: Vec<String>,
    /// True where it ended with success.
    pub(crate) success: bool,
}

/// Runs to the end, shows what it writes and keeps it.
///
/// # Errors
/// Where it does not start, or its output cannot be read.
pub(crate) fn listen(command: &mut Command) -> Result<Heard> {
    let text = typed(command);
    println!("$ {text}");
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("`{text}` did not start"))?;
    let mut lines = Vec::new();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = String::from_utf8_lossy(&line?).into_owned();
            println!("{line}");
            lines.push(line);
        }
    }
    let success = child.wait()?.success();
    Ok(Heard { lines, success })
}
