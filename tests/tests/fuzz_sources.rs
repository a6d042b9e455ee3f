//! Whatever bytes a file holds, reading it ends in rows or in an error that names it.
//!
//! Valid files of every format are cut, flipped, overwritten and spliced, and
//! wild bytes are read as they are, under random settings. Cases are numbered
//! by seed, so a failure says how to repeat it. `CX_FUZZ_CASES` sets how many
//! cases each test runs (400 unless set), `CX_FUZZ_FIRST` with which seed they begin.

#![cfg(test)]

use cx_core::sources::{Lines, Projection, RawFile, ReadOptions, SourceError};
use polars::prelude::{Column, DataFrame, DataType, ParquetCompression, ParquetWriter, TimeUnit};
use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Longest time one small file may take.
const MOST_TIME: Duration = Duration::from_secs(20);

/// A Parquet file of encodings and compressions that our own writer does not use.
const ENCODINGS: &[u8] = include_bytes!("../../crates/cx-core/src/sources/tests/files/encodings.parquet");

/// SplitMix64: the same cases on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`, which is at least 1.
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    fn bytes(&mut self, n: usize) -> Vec<u8> {
        (0..n).map(|_| self.next() as u8).collect()
    }
}

fn cases() -> u64 {
    std::env::var("CX_FUZZ_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(400)
}

/// Runs one test's cases; each must end without a panic and within the time.
fn fuzz(name: &str, make: impl Fn(&mut Random) -> (Vec<u8>, ReadOptions)) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("f");
    let (mut read, mut refused) = (0_u64, 0_u64);
    let first = std::env::var("CX_FUZZ_FIRST").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    for seed in first..first + cases() {
        let (bytes, options) = make(&mut Random(seed));
        std::fs::write(&path, &bytes).unwrap();
        let begun = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| check(&path, &options)));
        match outcome {
            Ok(Ok(())) => read += 1,
            Ok(Err(error)) => {
                refused += 1;
                assert_eq!(error.file(), "shown", "{name}, seed {seed}");
                assert!(error.to_string().len() > "shown: ".len(), "{name}, seed {seed}");
                let _ = (error.help(), error.kind());
            }
            Err(panic) => {
                eprintln!("{name}, seed {seed}: panicked on {} bytes under {options:?}", bytes.len());
                std::panic::resume_unwind(panic);
            }
        }
        assert!(begun.elapsed() < MOST_TIME, "{name}, seed {seed}: took {:?}", begun.elapsed());
    }
    eprintln!("{name}: {read} read, {refused} refused");
    assert!(read + refused == cases());
}

/// Reads a file whole and by its first column alone, and holds the two together.
fn check(path: &std::path::Path, options: &ReadOptions) -> Result<(), SourceError> {
    let file = RawFile::open(path, "shown", options)?;
    let names = &file.layout().names;
    let distinct: std::collections::BTreeSet<_> = names.iter().collect();
    assert_eq!(distinct.len(), names.len(), "names are distinct");
    assert!(file.sample(20)?.iter().all(|row| row.len() == names.len()));
    let first = Projection::columns(names.first().cloned());
    let whole = count(&file, &Projection::All)?;
    assert_eq!(count(&file, &first)?, whole, "rows do not depend on the columns asked for");
    Ok(())
}

/// Rows kept and rows kept out.
fn count(file: &RawFile, projection: &Projection) -> Result<(usize, usize), SourceError> {
    let (mut kept, mut out, mut last) = (0, 0, 0);
    for task in file.tasks(0, projection)? {
        let _ = task.run(&mut |batch| {
            let height = batch.frame.height();
            assert_eq!(batch.first_row, kept as u64);
            assert!(batch.frame.columns().iter().all(|column| column.len() == height));
            if let Lines::Each(lines) = &batch.lines {
                assert_eq!(lines.len(), height);
                for line in lines {
                    assert!(*line > last, "lines go up");
                    last = *line;
                }
            }
            kept += height;
            out += batch.rejected.len();
            ControlFlow::Continue(())
        })?;
    }
    Ok((kept, out))
}

/// Damages bytes in one of the ways in which files get damaged.
fn damage(random: &mut Random, bytes: &mut Vec<u8>) {
    const TELLING: [&[u8]; 18] = [
        b"\"",
        b"\n",
        b"\r",
        b"\r\n",
        b",",
        b";",
        b"\\",
        b"\0",
        b"\xFF",
        b"\xC3",
        b"{",
        b"}",
        b"<",
        b">",
        b"&",
        b"]",
        b"\x7F\xFF\xFF\xFF",
        b"\xEF\xBB\xBF",
    ];
    for _ in 0..=random.below(4) {
        if bytes.is_empty() {
            return;
        }
        let at = random.below(bytes.len());
        match random.below(7) {
            0 => bytes.truncate(at),
            1 => bytes[at] ^= 1 << random.below(8),
            2 => bytes[at] = random.next() as u8,
            3 => {
                let end = (at + 1 + random.below(40)).min(bytes.len());
                bytes.drain(at..end);
            }
            4 => {
                let end = (at + 1 + random.below(200)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            5 => {
                let telling = *random.pick(&TELLING);
                bytes.splice(at..at, telling.iter().copied());
            }
            _ => {
                let end = (at + 8).min(bytes.len());
                let wild = random.bytes(end - at);
                bytes[at..end].copy_from_slice(&wild);
            }
        }
    }
}

/// Writes other numbers over some of those in a markup, which stays well formed.
fn renumber(random: &mut Random, bytes: &mut Vec<u8>) {
    const NUMBERS: [&str; 10] =
        ["0", "1", "-1", "3", "16385", "1048577", "4294967296", "99999999999999999999", "1e308", ""];
    for _ in 0..=random.below(3) {
        let digits: Vec<usize> = (0..bytes.len()).filter(|i| bytes[*i].is_ascii_digit()).collect();
        if digits.is_empty() {
            return;
        }
        let at = *random.pick(&digits);
        let number = *random.pick(&NUMBERS);
        bytes.splice(at..=at, number.bytes());
    }
}

/// Settings of which most are left out.
fn settings(random: &mut Random) -> ReadOptions {
    const LINES: [&str; 24] = [
        "delimiter = ','",
        "delimiter = ';'",
        "delimiter = 'tab'",
        "delimiter = 'blanks'",
        "delimiter = 'none'",
        "delimiter = '¦'",
        "quote = \"'\"",
        "quote = 'none'",
        "escape = '\\'",
        "comment = '#'",
        "comment = '\"a'",
        "skip_lines = 1",
        "skip_lines = 3",
        "header = false",
        "header = true",
        "header = ['a', 'b', 'c', 'd']",
        "header_rows = 2",
        "skip_rows_after_header = 2",
        "encoding = 'windows-1251'",
        "encoding = 'gb18030'",
        "encoding = 'utf-16le'",
        "has_bom = false",
        "lossy = true",
        "sheet = 'S'",
    ];
    let mut text = String::new();
    if random.below(3) > 0 {
        let mut keys = Vec::new();
        for _ in 0..random.below(4) {
            let line = random.pick(&LINES);
            let key = line.split(' ').next();
            if !keys.contains(&key) {
                keys.push(key);
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    if random.below(4) == 0 {
        text.push_str("[limits]\nrecord_bytes = 2000\n");
    }
    toml_options(&text)
}

fn toml_options(text: &str) -> ReadOptions {
    toml::from_str(text).unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn delimited(random: &mut Random) -> Vec<u8> {
    const CELLS: [&str; 12] = [
        "1",
        "9,5",
        "2026-01-31",
        "",
        "good; really",
        "zażółć",
        "\"quoted, cell\"",
        "\"two\nlines\"",
        "\"a \"\"b\"\"\"",
        " x ",
        "很快",
        "C-001",
    ];
    let delimiter = *random.pick(&[",", ";", "\t", "|", " ", "¦"]);
    let ending = *random.pick(&["\n", "\r\n", "\r"]);
    let mut text = String::new();
    if random.below(4) == 0 {
        text.push_str("Report of March\n\n");
    }
    let width = 1 + random.below(5);
    text.push_str(&["id", "score", "day", "text", "town", "x"][..width].join(delimiter));
    text.push_str(ending);
    for _ in 0..random.below(30) {
        let cells: Vec<&str> = (0..width).map(|_| *random.pick(&CELLS)).collect();
        text.push_str(&cells.join(delimiter));
        text.push_str(ending);
    }
    match random.below(6) {
        0 => [b"\xFF\xFE".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
        1 => [b"\xFE\xFF".to_vec(), text.encode_utf16().flat_map(u16::to_be_bytes).collect()].concat(),
        2 => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        _ => text.into_bytes(),
    }
}

fn json(random: &mut Random) -> Vec<u8> {
    const LINES: [&str; 6] = [
        r#"{"id": 1, "a": {"b": [1, {"c": null}], "d": "x\u00e9\ud83d\ude00"}}"#,
        r#"{"id": 2, "a": {"b": 0.10}, "e": true}"#,
        r#"{"id": 12345678901234567890123, "late": "\n\t\\"}"#,
        "{}",
        "",
        r#"{"id": -1.5e-7, "a.b": "", "": 0}"#,
    ];
    let mut text = String::from("{\"id\": 0}\n");
    for _ in 0..random.below(20) {
        let line = *random.pick(&LINES);
        text.push_str(line);
        text.push('\n');
    }
    text.into_bytes()
}

fn parquet(random: &mut Random) -> Vec<u8> {
    let rows = random.below(200);
    let numbers: Vec<Option<i64>> = (0..rows).map(|i| (i % 7 > 0).then_some(i as i64 * 1000)).collect();
    let texts: Vec<Option<String>> =
        (0..rows).map(|i| (i % 5 > 0).then(|| format!("text {}", i % 9))).collect();
    let floats: Vec<f64> = (0..rows).map(|i| i as f64 / 3.0).collect();
    let flags: Vec<bool> = (0..rows).map(|i| i % 3 == 0).collect();
    let numbers = Column::new("n".into(), numbers);
    let moments =
        numbers.cast(&DataType::Datetime(TimeUnit::Microseconds, None)).unwrap().with_name("at".into());
    let days = numbers.cast(&DataType::Int32).unwrap().cast(&DataType::Date).unwrap().with_name("day".into());
    let columns = vec![
        numbers,
        Column::new("text".into(), texts),
        Column::new("x".into(), floats),
        Column::new("flag".into(), flags),
        moments,
        days,
    ];
    let mut frame = DataFrame::new(rows, columns).unwrap();
    let mut bytes = Vec::new();
    let compressions =
        [ParquetCompression::Uncompressed, ParquetCompression::Snappy, ParquetCompression::Zstd(None)];
    let writer = ParquetWriter::new(&mut bytes).with_compression(*random.pick(&compressions));
    writer.with_row_group_size(Some(1 + random.below(150))).finish(&mut frame).unwrap();
    bytes
}

/// A zip archive whose parts may be damaged one by one, so that its check sums hold.
fn archive(random: &mut Random, parts: &[(&str, &str)], inside: bool) -> Vec<u8> {
    let victim = random.below(parts.len());
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (i, (name, text)) in parts.iter().enumerate() {
        let mut bytes = text.as_bytes().to_vec();
        if inside && (i == victim || i + 1 == parts.len()) {
            if random.below(4) == 0 { damage(random, &mut bytes) } else { renumber(random, &mut bytes) }
        }
        let method = *random.pick(&[zip::CompressionMethod::Deflated, zip::CompressionMethod::Stored]);
        zip.start_file(*name, zip::write::SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn xlsx(random: &mut Random, inside: bool) -> Vec<u8> {
    let parts = [
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#,
        ),
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="false"/><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#,
        ),
        (
            "xl/styles.xml",
            r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="[h]:mm:ss"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>"#,
        ),
        (
            "xl/sharedStrings.xml",
            r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="3"><si><t>customer</t></si><si><t>score &amp; more</t></si><si><r><t>rich </t></r><r><t>text</t></r></si></sst>"#,
        ),
        (
            "xl/worksheets/sheet1.xml",
            r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:D4"/><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>day</t></is></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>9.5</v></c><c r="C2" s="1"><v>45943.5</v></c></row><row r="3"><c r="A3" t="str"><f>1+1</f><v>two</v></c><c r="B3" t="b"><v>1</v></c><c r="C3" s="2"><v>1.25</v></c></row><row r="9"><c r="A9" t="e"><v>#N/A</v></c><c r="D9"><v>1e300</v></c></row></sheetData></worksheet>"#,
        ),
    ];
    archive(random, &parts, inside)
}

fn ods(random: &mut Random, inside: bool) -> Vec<u8> {
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<m/>"),
        (
            "content.xml",
            r#"<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s"><office:automatic-styles><style:style style:name="h"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="H" table:style-name="h"><table:table-row><table:table-cell office:value-type="string"><text:p>secret</text:p></table:table-cell></table:table-row></table:table><table:table table:name="S"><table:table-column table:number-columns-repeated="3"/><table:table-row><table:table-cell office:value-type="string"><text:p>customer</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>score</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation><text:p>C<text:s text:c="2"/>1 &lt;&#65;</text:p><text:p>more</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="9.50"><text:p>9,5</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#,
        ),
    ];
    archive(random, &parts, inside)
}

#[test]
fn wild_bytes() {
    fuzz("wild bytes", |random| {
        let n = random.below(400);
        let mut bytes = random.bytes(n);
        // Half of them from few characters, which get further into the readers.
        if random.below(2) == 0 {
            let few = b"a1,;\"\n\r\t{}:[]\\ |'#\xC5\xBC";
            for byte in &mut bytes {
                *byte = few[usize::from(*byte) % few.len()];
            }
        }
        let heads: [&[u8]; 8] =
            [b"", b"", b"", b"PAR1", b"PK\x03\x04", b"\x1f\x8b\x08", b"\xFF\xFE", b"{\"a\":"];
        let mut whole = random.pick(&heads).to_vec();
        whole.append(&mut bytes);
        (whole, settings(random))
    });
}

#[test]
fn delimited_text() {
    fuzz("delimited text", |random| {
        let mut bytes = delimited(random);
        damage(random, &mut bytes);
        if random.below(3) == 0 {
            bytes = gzip(&bytes);
        }
        (bytes, settings(random))
    });
}

#[test]
fn packed_text() {
    fuzz("packed text", |random| {
        let mut bytes = gzip(&delimited(random));
        damage(random, &mut bytes);
        (bytes, settings(random))
    });
}

#[test]
fn json_lines() {
    fuzz("JSON lines", |random| {
        let mut bytes = json(random);
        damage(random, &mut bytes);
        (bytes, toml_options(if random.below(2) == 0 { "" } else { "format = 'jsonl'\nlossy = true" }))
    });
}

#[test]
fn parquet_files() {
    fuzz("Parquet", |random| {
        let mut bytes = if random.below(3) == 0 { ENCODINGS.to_vec() } else { parquet(random) };
        if random.below(2) == 0 {
            // The footer is small and decides everything: damage it more often.
            let tail = bytes.len().saturating_sub(600 + random.below(600));
            let mut footer = bytes.split_off(tail);
            damage(random, &mut footer);
            bytes.append(&mut footer);
        } else if random.below(3) == 0 {
            damage(random, &mut bytes);
        } else {
            // Offsets stay right, so the pages themselves are reached.
            for _ in 0..=random.below(3) {
                let at = random.below(bytes.len());
                bytes[at] ^= 1 << random.below(8);
            }
        }
        (bytes, ReadOptions::default())
    });
}

#[test]
fn workbooks() {
    fuzz("workbooks", |random| {
        let inside = random.below(4) > 0;
        let mut bytes = if random.below(2) == 0 { xlsx(random, inside) } else { ods(random, inside) };
        if !inside {
            damage(random, &mut bytes);
        }
        (bytes, settings(random))
    });
}

/// The files that are damaged above are sound before they are.
#[test]
fn sound_files_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("f");
    for seed in 0..50 {
        let random = &mut Random(seed);
        let files =
            [json(random), parquet(random), xlsx(random, false), ods(random, false), gzip(&json(random))];
        for bytes in files {
            std::fs::write(&path, bytes).unwrap();
            check(&path, &ReadOptions::default()).unwrap_or_else(|e| panic!("seed {seed}: {e}"));
        }
    }
}
