//! Bytes of any encoding to UTF-8, remembering where they were no text.

use super::bytes::Bytes;
use crate::sources::error::SourceError;
use crate::sources::options::Encoding;
use encoding_rs::{Decoder, DecoderResult};
use std::collections::VecDeque;
use std::ops::Range;

/// Bytes decoded at a time.
const STEP: usize = 64 << 10;
/// U+FFFD stands where bytes were no text.
const REPLACEMENT: &[u8] = "\u{FFFD}".as_bytes();
/// Faults remembered apart. Beyond it neighbours are joined, so that a file of
/// nothing but faults takes no memory; rows between joined faults count as faulty too.
const MOST_FAULTS: usize = 1 << 16;

/// Bytes that are no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where their replacement stands in the decoded stream.
    pub(super) decoded: Range<u64>,
    /// Offset of the first of them in the unpacked file.
    pub(super) byte: u64,
}

/// A file as a stream of UTF-8.
///
/// UTF-8 itself passes through unchecked: whoever takes records out of the
/// stream checks them, and there the faults are found at no cost of their own.
pub(super) struct Characters {
    bytes: Bytes,
    transcoder: Option<Transcoder>,
    skipped: u64,
}

struct Transcoder {
    decoder: Decoder,
    raw: Vec<u8>,
    pending: Range<usize>,
    /// Offset in the unpacked file of `raw[pending.start]`.
    offset: u64,
    /// Bytes given out.
    decoded: u64,
    at_end: bool,
    finished: bool,
    faults: VecDeque<Fault>,
}

impl Characters {
    /// Decodes from behind a byte order mark of `mark` bytes.
    pub(super) fn new(mut bytes: Bytes, encoding: Encoding, mark: usize) -> Result<Self, SourceError> {
        let mut left = mark;
        while left > 0 {
            let mut skipped = [0; 4];
            match bytes.read(&mut skipped[..left.min(4)])? {
                0 => break,
                n => left -= n,
            }
        }
        let transcoder = (encoding != Encoding::UTF_8).then(|| Transcoder {
            decoder: encoding.0.new_decoder_without_bom_handling(),
            raw: vec![0; STEP],
            pending: 0..0,
            offset: mark as u64,
            decoded: 0,
            at_end: false,
            finished: false,
            faults: VecDeque::new(),
        });
        Ok(Self { bytes, transcoder, skipped: mark as u64 })
    }

    /// The file's name in messages.
    pub(super) fn file(&self) -> &str {
        self.bytes.file()
    }

    /// True where the stream is sure to be UTF-8 and faults are remembered.
    pub(super) fn is_transcoded(&self) -> bool {
        self.transcoder.is_some()
    }

    /// The offset in the unpacked file of a place in a stream that is passed through.
    pub(super) fn byte_at(&self, place: u64) -> u64 {
        self.skipped + place
    }

    /// Reads some text into a buffer of at least 16 bytes; 0 at the end.
    pub(super) fn read(&mut self, into: &mut [u8]) -> Result<usize, SourceError> {
        match &mut self.transcoder {
            None => self.bytes.read(into),
            Some(transcoder) => transcoder.read(&mut self.bytes, into),
        }
    }

    /// The first byte that was no text within a stretch of the decoded stream.
    /// Stretches are asked for in order; faults before this one are forgotten.
    pub(super) fn fault_within(&mut self, stretch: Range<u64>) -> Option<u64> {
        let faults = &mut self.transcoder.as_mut()?.faults;
        while faults.front().is_some_and(|f| f.decoded.end <= stretch.start) {
            faults.pop_front();
        }
        faults.front().filter(|f| f.decoded.start < stretch.end).map(|f| f.byte)
    }
}

impl Transcoder {
    fn read(&mut self, bytes: &mut Bytes, into: &mut [u8]) -> Result<usize, SourceError> {
        // Room is kept for one replacement, so that a fault can always be written out.
        let room = into.len().saturating_sub(REPLACEMENT.len());
        loop {
            if self.finished {
                return Ok(0);
            }
            if self.pending.is_empty() && !self.at_end {
                let n = bytes.read(&mut self.raw)?;
                self.pending = 0..n;
                self.at_end = n == 0;
            }
            let input = &self.raw[self.pending.clone()];
            let (result, taken, mut written) =
                self.decoder.decode_to_utf8_without_replacement(input, &mut into[..room], self.at_end);
            self.pending.start += taken;
            self.offset += taken as u64;
            match result {
                DecoderResult::InputEmpty => self.finished = self.at_end,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(bad, after) => {
                    into[written..written + REPLACEMENT.len()].copy_from_slice(REPLACEMENT);
                    let from = self.decoded + written as u64;
                    written += REPLACEMENT.len();
                    let back = u64::from(bad) + u64::from(after);
                    let byte = self.offset.saturating_sub(back);
                    self.note(Fault { decoded: from..from + REPLACEMENT.len() as u64, byte });
                }
            }
            self.decoded += written as u64;
            if written > 0 {
                return Ok(written);
            }
        }
    }

    fn note(&mut self, fault: Fault) {
        let many = self.faults.len() >= MOST_FAULTS;
        match self.faults.back_mut() {
            Some(last) if many || last.decoded.end == fault.decoded.start => {
                last.decoded.end = fault.decoded.end;
            }
            _ => self.faults.push_back(fault),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::options::{Compression, Limits};

    fn characters(data: &[u8], encoding: &str, mark: usize) -> Characters {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), data).unwrap();
        let bytes = Bytes::open(file.path(), "f", Compression::None, &Limits::default()).unwrap();
        Characters::new(bytes, encoding.parse().unwrap(), mark).unwrap()
    }

    fn all(characters: &mut Characters, step: usize) -> String {
        let (mut text, mut buffer) = (Vec::new(), vec![0; step]);
        loop {
            match characters.read(&mut buffer).unwrap() {
                0 => return String::from_utf8(text).unwrap(),
                n => text.extend_from_slice(&buffer[..n]),
            }
        }
    }

    #[test]
    fn encodings_come_out_as_utf_8_whatever_the_step() {
        for (label, text) in [
            ("windows-1251", "Слишком медленно"),
            ("windows-1250", "zażółć gęślą jaźń"),
            ("gb18030", "很快，好吃，味道足"),
            ("utf-16le", "é😀 — ok"),
            ("utf-16be", "é😀 — ok"),
        ] {
            let data: Vec<u8> = match label {
                "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
                _ => label.parse::<Encoding>().unwrap().0.encode(text).0.into_owned(),
            };
            for step in [16, 17, 64, 4096] {
                assert_eq!(all(&mut characters(&data, label, 0), step), text, "{label} {step}");
            }
        }
    }

    #[test]
    fn faults_know_their_byte() {
        // In GB 18030 0x81 begins a pair that 0x20 cannot end, and 0xFF begins nothing.
        let mut stream = characters(b"ok \x81 ab\xFF\xFFc", "gb18030", 0);
        let text = all(&mut stream, 64);
        assert_eq!(text, "ok \u{FFFD} ab\u{FFFD}\u{FFFD}c");
        assert_eq!(stream.fault_within(0..3), None);
        assert_eq!(stream.fault_within(0..7), Some(3));
        assert_eq!(stream.fault_within(7..99), Some(7));
        assert_eq!(stream.fault_within(99..200), None);
        // An odd byte at the end of UTF-16, behind its mark.
        let mut stream = characters(b"\xFF\xFEa\0b", "utf-16le", 2);
        assert_eq!(all(&mut stream, 64), "a\u{FFFD}");
        assert_eq!(stream.fault_within(0..9), Some(4));
    }

    #[test]
    fn a_file_of_faults_takes_no_memory() {
        let mut stream = characters(&vec![0xFF; 1 << 20], "gb18030", 0);
        let text = all(&mut stream, 4096);
        assert_eq!(text.len(), 3 << 20);
        assert_eq!(stream.transcoder.as_ref().unwrap().faults.len(), 1);
    }
}
