//! What the first bytes of a file say it is.

use super::error::Problem;
use super::options::Encoding;

/// A file by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Magic {
    Gzip,
    Zip,
    Parquet,
    /// Something with a mark of its own that is not read: what, and how to mend it.
    Foreign(&'static str, &'static str),
    /// No mark: text, for all one can tell.
    Text,
}

const UNPACK: &str = "unpack it first, or pack it with gzip";
const EXPORT: &str = "export it as CSV, Parquet or .xlsx";

const MARKS: [(&[u8], Magic); 15] = [
    (b"\x1f\x8b", Magic::Gzip),
    (b"PK\x03\x04", Magic::Zip),
    (b"PK\x05\x06", Magic::Zip),
    (b"PAR1", Magic::Parquet),
    (b"PARE", Magic::Foreign("an encrypted Parquet file", "write it without encryption")),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        Magic::Foreign("an old .xls or a locked workbook", "save it as .xlsx without a password"),
    ),
    (b"\x28\xb5\x2f\xfd", Magic::Foreign("a zstd file", UNPACK)),
    (b"\xfd7zXZ\0", Magic::Foreign("an xz file", UNPACK)),
    (b"BZh", Magic::Foreign("a bzip2 file", UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Magic::Foreign("a 7z archive", UNPACK)),
    (b"ARROW1", Magic::Foreign("an Arrow file", EXPORT)),
    (b"SQLite format 3\0", Magic::Foreign("a SQLite database", EXPORT)),
    (b"%PDF-", Magic::Foreign("a PDF document", EXPORT)),
    (b"$FL2", Magic::Foreign("an SPSS file", EXPORT)),
    (b"Obj\x01", Magic::Foreign("an Avro file", EXPORT)),
];

/// Reads the mark.
pub(super) fn magic(head: &[u8]) -> Magic {
    MARKS.iter().find(|(mark, _)| head.starts_with(mark)).map_or(Magic::Text, |(_, magic)| *magic)
}

impl Magic {
    /// Why something packed inside gzip is not read, where it is not.
    pub(super) fn inner_problem(self) -> Option<Problem> {
        match self {
            Self::Text => None,
            Self::Foreign(what, mend) => Some(Problem::Foreign { what, mend }),
            Self::Gzip | Self::Zip | Self::Parquet => Some(Problem::Foreign {
                what: "packed twice over (gzip around a format that packs itself)",
                mend: "unpack the gzip",
            }),
        }
    }
}

/// The encoding that a byte order mark names, and its length; `Err` for UTF-32.
pub(super) fn byte_order_mark(head: &[u8]) -> Result<Option<(Encoding, usize)>, Problem> {
    match head {
        [0xEF, 0xBB, 0xBF, ..] => Ok(Some((Encoding::UTF_8, 3))),
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => {
            Err(Problem::Foreign { what: "UTF-32 text", mend: "save it as UTF-8" })
        }
        [0xFF, 0xFE, ..] => Ok(Some((Encoding(encoding_rs::UTF_16LE), 2))),
        [0xFE, 0xFF, ..] => Ok(Some((Encoding(encoding_rs::UTF_16BE), 2))),
        _ => Ok(None),
    }
}

/// True where so much is neither text nor white space that no table can be meant.
pub(super) fn is_binary(sample: &[u8]) -> bool {
    let wild = sample.iter().filter(|b| matches!(b, 0 | 2..=8 | 14..=26 | 28..=30 | 0x7F)).count();
    sample.contains(&0) && wild * 20 > sample.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read() {
        assert_eq!(magic(b"PAR1...."), Magic::Parquet);
        assert_eq!(magic(b"\x1f\x8b\x08"), Magic::Gzip);
        assert_eq!(magic(b"id,score\n"), Magic::Text);
        assert!(matches!(magic(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Magic::Foreign(..)));
        assert_eq!(byte_order_mark("\u{FEFF}a".as_bytes()).unwrap(), Some((Encoding::UTF_8, 3)));
        assert_eq!(byte_order_mark(b"\xFF\xFEa\0").unwrap().unwrap().1, 2);
        assert!(byte_order_mark(b"\xFF\xFE\0\0").is_err());
        assert_eq!(byte_order_mark(b"ab").unwrap(), None);
    }

    #[test]
    fn binary_is_told_from_text_with_a_stray_zero() {
        assert!(is_binary(&[0, 1, 2, 3, 0xFF, 0xD8, 0, 7]));
        assert!(!is_binary(format!("id,text\n1,a\0b\n{}", "2,fine\n".repeat(20)).as_bytes()));
        assert!(!is_binary("zażółć".as_bytes()));
    }
}
