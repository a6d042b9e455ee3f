//! The headers of Parquet's pages, held against what the footer says.
//!
//! The decoder believes a page's header: a damaged count makes it ask for
//! exabytes, and an allocation that fails ends the process, which nothing can
//! catch. So the headers of a column chunk are walked before it is decoded.
//! They are small and far apart, which makes the walk cheap.
//!
//! Headers are structs in Thrift's compact protocol (parquet.thrift, `PageHeader`).

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

/// Bytes read for one header at first; statistics in it can make it longer.
const HEADER: usize = 1 << 10;
/// Longest header.
const MOST_HEADER: usize = 1 << 20;
/// A page that unpacks to more than this must have a plausible packed size.
const LARGE_PAGE: i64 = 256 << 20;
/// Most bytes that one packed byte of a large page may unpack to.
const MOST_RATIO: i64 = 1000;

/// Walks the pages of one flat column chunk and says what is wrong with them.
pub(super) fn check_pages(
    file: &mut File,
    chunk: Range<u64>,
    rows: usize,
) -> io::Result<Result<(), &'static str>> {
    let length = file.metadata()?.len();
    if chunk.start > chunk.end || chunk.end > length {
        return Ok(Err("a column lies beyond the end of the file"));
    }
    let (mut at, mut values) = (chunk.start, 0_i64);
    while values < rows as i64 {
        if at >= chunk.end {
            return Ok(Err("a column ends before its row group does"));
        }
        let Some((header, size)) = read_header(file, at, chunk.end)? else {
            return Ok(Err("a page has no sound header"));
        };
        if let Err(fault) = header.check(rows as i64 - values, chunk.end - at - size as u64) {
            return Ok(Err(fault));
        }
        values += header.values.unwrap_or(0);
        at += size as u64 + header.packed as u64;
    }
    Ok(Ok(()))
}

/// The header at a place, and its length.
fn read_header(file: &mut File, at: u64, end: u64) -> io::Result<Option<(PageHeader, usize)>> {
    let mut window = HEADER;
    loop {
        let most = (end - at).min(window as u64);
        let mut bytes = Vec::with_capacity(most as usize);
        file.seek(SeekFrom::Start(at))?;
        file.take(most).read_to_end(&mut bytes)?;
        let mut cursor = Cursor { bytes: &bytes, at: 0 };
        if let Some(header) = PageHeader::parse(&mut cursor) {
            return Ok(Some((header, cursor.at)));
        }
        if most < window as u64 || window >= MOST_HEADER {
            return Ok(None);
        }
        window *= 32;
    }
}

/// What a page says of itself.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct PageHeader {
    unpacked: i64,
    packed: i64,
    /// Values of a data page.
    values: Option<i64>,
    /// Values of a dictionary page.
    entries: Option<i64>,
    /// Bytes of definition and repetition levels (second version of data pages).
    levels: i64,
}

impl PageHeader {
    fn parse(cursor: &mut Cursor<'_>) -> Option<Self> {
        let mut header = Self::default();
        let (mut id, mut sized) = (0, 0);
        loop {
            let kind = cursor.field(&mut id)?;
            match (id, kind) {
                (_, STOP) => break,
                (2, INT) => {
                    header.unpacked = cursor.int()?;
                    sized += 1;
                }
                (3, INT) => {
                    header.packed = cursor.int()?;
                    sized += 1;
                }
                (5, STRUCT) => header.values = Some(cursor.ints([1])?[0]?),
                (7, STRUCT) => header.entries = Some(cursor.ints([1])?[0]?),
                (8, STRUCT) => {
                    let [values, definition, repetition] = cursor.ints([1, 5, 6])?;
                    header.values = Some(values?);
                    let levels = [definition.unwrap_or(0), repetition.unwrap_or(0)];
                    header.levels = if levels.iter().any(|n| *n < 0) { -1 } else { levels.iter().sum() };
                }
                (_, kind) => cursor.skip(kind, 0)?,
            }
        }
        (sized == 2).then_some(header)
    }

    /// Holds the header against the values still missing and the bytes left in the chunk.
    fn check(&self, missing: i64, left: u64) -> Result<(), &'static str> {
        if self.packed < 0 || self.packed as u64 > left {
            return Err("a page lies beyond its column");
        }
        let plausible = self.packed.saturating_mul(MOST_RATIO).max(LARGE_PAGE);
        if self.unpacked < 0 || self.unpacked > plausible {
            return Err("a page unpacks to more than can be meant");
        }
        if self.values.is_some_and(|n| n < 0 || n > missing) {
            return Err("a page has more values than its row group has rows");
        }
        if self.entries.is_some_and(|n| n < 0 || n > self.unpacked) {
            return Err("a dictionary has more entries than bytes");
        }
        if self.levels < 0 || self.levels > self.unpacked {
            return Err("the levels of a page are longer than the page");
        }
        Ok(())
    }
}

// Types of the compact protocol.
const STOP: u8 = 0;
const INT: u8 = 5;
const STRUCT: u8 = 12;
/// Deepest nesting; real headers have three levels.
const MOST_DEPTH: usize = 16;

/// A reader of the compact protocol; `None` where the bytes end or make no sense.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    /// Seven bits a byte, the lowest first.
    fn unsigned(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    /// Zigzag: 0, −1, 1, −2, … as 0, 1, 2, 3, …
    fn int(&mut self) -> Option<i64> {
        let n = self.unsigned()?;
        Some((n >> 1) as i64 ^ -((n & 1) as i64))
    }

    /// The next field's type, its number in `id`; [`STOP`] at the end of the struct.
    fn field(&mut self, id: &mut i64) -> Option<u8> {
        let head = self.byte()?;
        if head == STOP {
            return Some(STOP);
        }
        *id = if head >> 4 == 0 { self.int()? } else { id.checked_add(i64::from(head >> 4))? };
        Some(head & 0x0F)
    }

    /// A struct's integers with these numbers; the other fields are passed over.
    fn ints<const N: usize>(&mut self, wanted: [i64; N]) -> Option<[Option<i64>; N]> {
        let (mut found, mut id) = ([None; N], 0);
        loop {
            let kind = self.field(&mut id)?;
            if kind == STOP {
                return Some(found);
            }
            match wanted.iter().position(|w| *w == id && kind == INT) {
                Some(place) => found[place] = Some(self.int()?),
                None => self.skip(kind, 1)?,
            }
        }
    }

    /// Passes over a value.
    fn skip(&mut self, kind: u8, depth: usize) -> Option<()> {
        if depth > MOST_DEPTH {
            return None;
        }
        match kind {
            // True and false stand in the type itself.
            1 | 2 => {}
            3 => {
                self.byte()?;
            }
            4..=6 => {
                self.unsigned()?;
            }
            7 => self.jump(8)?,
            8 => {
                let length = self.unsigned()?;
                self.jump(length)?;
            }
            9 | 10 => {
                let head = self.byte()?;
                let length = if head >> 4 == 15 { self.unsigned()? } else { u64::from(head >> 4) };
                for _ in 0..length {
                    self.skip_item(head & 0x0F, depth)?;
                }
            }
            11 => {
                let length = self.unsigned()?;
                let kinds = if length > 0 { self.byte()? } else { 0 };
                for _ in 0..length {
                    self.skip_item(kinds >> 4, depth)?;
                    self.skip_item(kinds & 0x0F, depth)?;
                }
            }
            STRUCT => {
                let mut id = 0;
                loop {
                    match self.field(&mut id)? {
                        STOP => break,
                        kind => self.skip(kind, depth + 1)?,
                    }
                }
            }
            _ => return None,
        }
        Some(())
    }

    /// Passes over an item of a collection, where true and false take a byte.
    fn skip_item(&mut self, kind: u8, depth: usize) -> Option<()> {
        if matches!(kind, 1 | 2) { self.byte().map(|_| ()) } else { self.skip(kind, depth + 1) }
    }

    fn jump(&mut self, length: u64) -> Option<()> {
        let left = (self.bytes.len() - self.at) as u64;
        (length <= left).then(|| self.at += length as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_parsed_and_bytes_that_end_are_not() {
        // type 0, unpacked 300, packed 200, data page {values 50, encoding 0, …, statistics {max "ab"}}
        let bytes = [
            0x15, 0x00, 0x15, 0xD8, 0x04, 0x15, 0x90, 0x03, 0x2C, 0x15, 0x64, 0x15, 0x00, 0x15, 0x06, 0x15,
            0x06, 0x1C, 0x18, 0x02, b'a', b'b', 0x00, 0x00, 0x00,
        ];
        let parse = |bytes: &[u8]| PageHeader::parse(&mut Cursor { bytes, at: 0 });
        let header = parse(&bytes).unwrap();
        assert_eq!(
            header,
            PageHeader { unpacked: 300, packed: 200, values: Some(50), ..PageHeader::default() }
        );
        for cut in 0..bytes.len() {
            assert_eq!(parse(&bytes[..cut]), None, "{cut}");
        }
        assert_eq!(parse(&[0x00]), None, "sizes are required");
        assert_eq!(parse(&[0xFF; 40]), None);
        let nested = [0x1C; 100];
        assert_eq!(parse(&nested), None, "nested without end");
    }

    #[test]
    fn counts_are_held_against_the_footer() {
        let sound = PageHeader { unpacked: 300, packed: 200, values: Some(50), entries: None, levels: 7 };
        assert_eq!(sound.check(50, 200), Ok(()));
        for wrong in [
            PageHeader { packed: 201, ..sound },
            PageHeader { packed: -1, ..sound },
            PageHeader { unpacked: -1, ..sound },
            PageHeader { unpacked: 1 << 30, ..sound },
            PageHeader { values: Some(51), ..sound },
            PageHeader { values: Some(-2), ..sound },
            PageHeader { entries: Some(301), ..sound },
            PageHeader { levels: 301, ..sound },
            PageHeader { levels: -1, ..sound },
        ] {
            assert!(wrong.check(50, 200).is_err(), "{wrong:?}");
        }
    }
}
