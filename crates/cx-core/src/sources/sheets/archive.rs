//! The zip archive around a workbook: what it holds, and that it is no bomb.

use crate::sources::error::{Problem, SourceError};
use crate::sources::options::{Format, Limits};
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};
use std::path::Path;
use zip::ZipArchive;
use zip::result::ZipError;

/// Most parts of a workbook.
const MOST_PARTS: usize = 1 << 16;

/// Opens the archive.
pub(super) fn open(path: &Path, shown: &str) -> Result<ZipArchive<BufReader<File>>, SourceError> {
    let file = File::open(path).map_err(|e| SourceError::io(shown, e))?;
    let archive = ZipArchive::new(BufReader::new(file)).map_err(|e| failure(shown, e))?;
    if archive.len() > MOST_PARTS {
        return Err(damaged(shown, "more parts than any workbook has"));
    }
    Ok(archive)
}

/// Which kind of workbook a zip archive is.
pub(in crate::sources) fn book_format(path: &Path, shown: &str) -> Result<Format, SourceError> {
    let archive = open(path, shown)?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    let foreign = |what, mend| Err(SourceError::new(shown, Problem::Foreign { what, mend }));
    if has("xl/workbook.bin") {
        foreign("a binary workbook", "save it as .xlsx")
    } else if archive.file_names_raw().any(|name| name.starts_with(b"xl/")) {
        Ok(Format::Xlsx)
    } else if has("content.xml") && has("mimetype") {
        Ok(Format::Ods)
    } else {
        foreign("a zip archive", "unpack it and name the files inside")
    }
}

/// Unpacks every part once, keeping nothing: sizes written in the archive can
/// lie, and the readers of workbooks hold shared strings and single pieces of
/// markup in memory.
pub(super) fn check(path: &Path, shown: &str, limits: &Limits) -> Result<(), SourceError> {
    let mut archive = open(path, shown)?;
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).map_err(|e| failure(shown, e))?;
        let name = part.name().map_err(|e| failure(shown, e))?.to_lowercase();
        // Pictures are never unpacked.
        if name.starts_with("xl/media/") || name.starts_with("pictures/") {
            continue;
        }
        let is_sheet = name.starts_with("xl/worksheets/") || name == "content.xml";
        let most = if is_sheet { limits.text_bytes } else { limits.workbook_bytes };
        check_part(&mut part, shown, most, limits.record_bytes)?;
    }
    Ok(())
}

fn check_part(part: &mut impl Read, shown: &str, most: u64, longest: usize) -> Result<(), SourceError> {
    let mut buffer = vec![0; 64 << 10];
    // Bytes in all, and since the last `<`: a piece of markup is held whole.
    let (mut total, mut piece) = (0_u64, 0_usize);
    loop {
        let n = match part.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(n) => n,
            Err(e) if e.kind() == ErrorKind::Interrupted => continue,
            Err(e) => return Err(failure(shown, ZipError::Io(e))),
        };
        total += n as u64;
        match buffer[..n].iter().rposition(|b| *b == b'<') {
            Some(last) => piece = n - last,
            None => piece += n,
        }
        if total > most {
            return Err(SourceError::new(shown, Problem::Inflates { limit: most }));
        }
        if piece > longest {
            return Err(SourceError::new(shown, Problem::LongRecord { limit: longest }));
        }
    }
}

/// What a failure of the archive means.
pub(super) fn failure(shown: &str, error: ZipError) -> SourceError {
    match error {
        ZipError::Io(e)
            if !matches!(
                e.kind(),
                ErrorKind::UnexpectedEof
                    | ErrorKind::InvalidData
                    | ErrorKind::InvalidInput
                    | ErrorKind::Other
            ) =>
        {
            SourceError::io(shown, e)
        }
        e => damaged(shown, &e.to_string()),
    }
}

/// A workbook that breaks its format's rules.
pub(super) fn damaged(shown: &str, detail: &str) -> SourceError {
    SourceError::new(shown, Problem::Damaged { format: "a workbook", detail: detail.to_owned() })
}
