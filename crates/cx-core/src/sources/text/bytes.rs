//! The bytes of a file, unpacked where they are packed.

use crate::sources::error::{Problem, SourceError};
use crate::sources::options::{Compression, Limits};
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};
use std::path::Path;

/// Bytes asked of the system at a time where the file is packed.
const PACKED_BUFFER: usize = 128 << 10;

/// A file as a stream of unpacked bytes.
pub(in crate::sources) struct Bytes {
    reader: Reader,
    file: String,
    given: u64,
    most: u64,
}

enum Reader {
    Plain(File),
    Gzip(Box<MultiGzDecoder<BufReader<File>>>),
}

impl Bytes {
    /// Opens a file; `shown` names it in messages.
    pub(in crate::sources) fn open(
        path: &Path,
        shown: &str,
        compression: Compression,
        limits: &Limits,
    ) -> Result<Self, SourceError> {
        let fail = |error| SourceError::io(shown, error);
        let file = File::open(path).map_err(fail)?;
        let (reader, most) = match compression {
            Compression::None => (Reader::Plain(file), u64::MAX),
            Compression::Gzip => {
                let packed = file.metadata().map_err(fail)?.len();
                let most = packed.saturating_mul(limits.ratio).min(limits.text_bytes);
                let inner = BufReader::with_capacity(PACKED_BUFFER, file);
                (Reader::Gzip(Box::new(MultiGzDecoder::new(inner))), most)
            }
        };
        Ok(Self { reader, file: shown.to_owned(), given: 0, most })
    }

    /// The file's name in messages.
    pub(in crate::sources) fn file(&self) -> &str {
        &self.file
    }

    /// Reads some bytes; 0 at the end.
    pub(in crate::sources) fn read(&mut self, into: &mut [u8]) -> Result<usize, SourceError> {
        loop {
            let result = match &mut self.reader {
                Reader::Plain(file) => file.read(into),
                Reader::Gzip(decoder) => decoder.read(into),
            };
            match result {
                Ok(n) => {
                    self.given += n as u64;
                    if self.given > self.most {
                        return Err(self.error(Problem::Inflates { limit: self.most }));
                    }
                    return Ok(n);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(self.failure(error)),
            }
        }
    }

    fn failure(&self, error: std::io::Error) -> SourceError {
        let packed = matches!(self.reader, Reader::Gzip(_));
        match error.kind() {
            ErrorKind::InvalidInput | ErrorKind::InvalidData | ErrorKind::UnexpectedEof if packed => {
                self.error(Problem::Damaged { format: "gzip", detail: error.to_string() })
            }
            _ => SourceError::io(&self.file, error),
        }
    }

    fn error(&self, problem: Problem) -> SourceError {
        SourceError::new(&self.file, problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::error::ErrorKind;
    use std::io::Write;

    fn gzip(data: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn read_all(packed: &[u8], limits: &Limits) -> Result<Vec<u8>, SourceError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), packed).unwrap();
        let mut bytes = Bytes::open(file.path(), "f.gz", Compression::Gzip, limits)?;
        let (mut all, mut buffer) = (Vec::new(), [0; 1000]);
        loop {
            match bytes.read(&mut buffer)? {
                0 => return Ok(all),
                n => all.extend_from_slice(&buffer[..n]),
            }
        }
    }

    #[test]
    fn members_follow_one_another() {
        let packed = [gzip(b"first,"), gzip(b"second")].concat();
        assert_eq!(read_all(&packed, &Limits::default()).unwrap(), b"first,second");
    }

    #[test]
    fn cut_and_changed_files_are_damaged() {
        let packed = gzip(&vec![b'x'; 10_000]);
        let cut = read_all(&packed[..packed.len() - 6], &Limits::default()).unwrap_err();
        assert_eq!(cut.kind(), ErrorKind::Data);
        assert!(cut.to_string().starts_with("f.gz: is damaged or cut short as gzip"), "{cut}");
        let mut changed = packed.clone();
        let last = changed.len() - 5;
        changed[last] ^= 1;
        assert_eq!(read_all(&changed, &Limits::default()).unwrap_err().kind(), ErrorKind::Data);
    }

    #[test]
    fn bombs_stop_at_their_limit() {
        let packed = gzip(&vec![0; 1 << 20]);
        assert!(packed.len() < 2000);
        assert_eq!(read_all(&packed, &Limits::default()).unwrap().len(), 1 << 20);
        for limits in
            [Limits { ratio: 100, ..Limits::default() }, Limits { text_bytes: 1000, ..Limits::default() }]
        {
            assert_eq!(read_all(&packed, &limits).unwrap_err().kind(), ErrorKind::Limit);
        }
    }
}
