use super::*;
use crate::sources::dialect::Mark;
use crate::sources::error::ErrorKind;
use crate::sources::options::{Compression, Limits};
use proptest::prelude::*;

type Row = (u64, Vec<String>, String);

fn records(data: &[u8], dialect: &Dialect, limit: usize) -> Records {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), data).unwrap();
    let bytes = Bytes::open(file.path(), "f.csv", Compression::None, &Limits::default()).unwrap();
    Records::new(bytes, Encoding::UTF_8, 0, Rule::Cells(dialect.clone()), limit, false).unwrap()
}

fn rows(records: &mut Records) -> Result<Vec<Row>, SourceError> {
    let mut rows = Vec::new();
    while let Some(record) = records.next()? {
        let cells = record.cells().map(str::to_owned).collect();
        rows.push((record.line, cells, String::from_utf8_lossy(record.raw).into_owned()));
    }
    Ok(rows)
}

fn read(text: &str, dialect: &Dialect) -> Vec<Row> {
    rows(&mut records(text.as_bytes(), dialect, 64 << 20)).unwrap()
}

fn lines(text: &str, dialect: &Dialect) -> Vec<(u64, usize)> {
    read(text, dialect).into_iter().map(|(line, cells, _)| (line, cells.len())).collect()
}

/// The same dialect read by the other engine: the delimiter becomes a
/// character outside ASCII in text and dialect alike.
fn other_engine(text: &str) -> (String, Dialect) {
    (text.replace(',', "¦"), Dialect { delimiter: Delimiter::Char('¦'), ..Dialect::COMMA })
}

#[test]
fn lines_are_those_of_an_editor() {
    for (text, want) in [
        ("a,b\nc,d\n", vec![(1, 2), (2, 2)]),
        ("a,b\r\nc,d", vec![(1, 2), (2, 2)]),
        ("a,b\rc,d\r", vec![(1, 2), (2, 2)]),
        ("\n\r\n\ra,b\n\n\nc,d", vec![(4, 2), (7, 2)]),
        ("\"a\nb\",c\r\nd,e", vec![(1, 2), (3, 2)]),
        ("\"a\r\nb\",c\r\nd,e", vec![(1, 2), (3, 2)]),
        ("\"a\rb\r\n\n\",c\r\nd,e", vec![(1, 2), (5, 2)]),
        ("a,\n,b\n,\n", vec![(1, 2), (2, 2), (3, 2)]),
        ("\"\"\n\"\"", vec![(1, 1), (2, 1)]),
    ] {
        assert_eq!(lines(text, &Dialect::COMMA), want, "{text:?}");
        let (text, dialect) = other_engine(text);
        assert_eq!(lines(&text, &dialect), want, "{text:?} by the other engine");
    }
}

#[test]
fn remarks_and_leading_lines_are_passed_over() {
    let dialect = Dialect { comment: Some("--".to_owned()), ..Dialect::COMMA };
    let text = "-- one, two\r\na,-b\n-- three\n\n--\nc,\"\n--d\"\n--";
    let got = read(text, &dialect);
    assert_eq!(got.iter().map(|(line, ..)| *line).collect::<Vec<_>>(), [2, 6]);
    assert_eq!(got[1].1, ["c", "\n--d"]);

    let mut reader = records(b"junk \" line\r\nmore\ra,b\n1,2\n", &Dialect::COMMA, 1 << 20);
    reader.skip_lines(2).unwrap();
    let got = rows(&mut reader).unwrap();
    assert_eq!((got[0].0, got[1].0), (3, 4));
    let mut reader = records(b"one\n", &Dialect::COMMA, 1 << 20);
    reader.skip_lines(5).unwrap();
    assert_eq!(rows(&mut reader).unwrap(), []);
}

#[test]
fn a_mark_in_the_text_is_text() {
    let got = read("\u{FEFF}a,b\n", &Dialect::COMMA);
    assert_eq!(got[0].1, ["\u{FEFF}a", "b"]);
}

#[test]
fn records_longer_than_the_limit_are_refused_with_their_line() {
    let text = format!("a,b\n1,\"{}", "x\n".repeat(3000));
    for (text, dialect) in [(text.clone(), Dialect::COMMA), other_engine(&text)] {
        let error = rows(&mut records(text.as_bytes(), &dialect, 2000)).map(|_| ()).unwrap_err();
        assert_eq!((error.kind(), error.line()), (ErrorKind::Limit, Some(2)), "{error}");
        assert!(error.text().unwrap().starts_with('1'), "{error}");
    }
    // Just below the limit is fine, and memory stays near it.
    let text = format!("{}\n", "y".repeat(1900)).repeat(2000);
    let mut reader = records(text.as_bytes(), &Dialect::COMMA, 2000);
    assert_eq!(rows(&mut reader).unwrap().len(), 2000);
    // Remarks may be of any length.
    let text = format!("#{}\na,b\n", "z".repeat(100_000));
    let dialect = Dialect { comment: Some("#".to_owned()), ..Dialect::COMMA };
    assert_eq!(rows(&mut records(text.as_bytes(), &dialect, 2000)).unwrap()[0].0, 2);
}

#[test]
fn more_cells_than_any_table_has_are_refused() {
    let text = ",".repeat(MOST_CELLS + 1);
    let error = rows(&mut records(text.as_bytes(), &Dialect::COMMA, 64 << 20)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
    assert_eq!(error.line(), Some(1));
}

#[test]
fn a_quote_left_open_is_an_error() {
    for text in ["a,b\n1,\"2\n3,4\n", "a,b\n1,\"2"] {
        for (text, dialect) in [(text.to_owned(), Dialect::COMMA), other_engine(text)] {
            let error = rows(&mut records(text.as_bytes(), &dialect, 1 << 20)).unwrap_err();
            assert!(matches!(error.problem(), Problem::OpenQuote), "{error}");
            assert_eq!(error.line(), Some(2));
        }
    }
    assert_eq!(read("a\n\"b\"", &Dialect::COMMA).len(), 2);
}

#[test]
fn bytes_that_are_no_text_are_placed() {
    let data = b"a,b\n1,ok\n2,\xFFx\n\xC3,\xA9\n3,\xC4\x85\n";
    let mut reader = records(data, &Dialect::COMMA, 1 << 20);
    let mut bad = Vec::new();
    while let Some(record) = reader.next().unwrap() {
        bad.push((record.line, record.bad, record.raw.to_vec()));
    }
    let places: Vec<_> = bad.iter().map(|(line, byte, _)| (*line, *byte)).collect();
    // The fourth record: two halves of one letter on both sides of a delimiter.
    assert_eq!(places, [(1, None), (2, None), (3, Some(11)), (4, Some(14)), (5, None)]);
    assert_eq!(bad[2].2, b"2,\xFFx");

    let mut reader = records(data, &Dialect::COMMA, 1 << 20);
    reader.lossy = true;
    let got = rows(&mut reader).unwrap();
    assert_eq!(got[2].1, ["2", "\u{FFFD}x"]);
    assert_eq!(got[3].1, ["\u{FFFD}", "\u{FFFD}"]);
    assert_eq!(got[4].1, ["3", "ą"]);
}

#[test]
fn transcoded_faults_are_placed_by_their_byte_in_the_file() {
    let data = b"a;b\n1;\x81 \n2;\xB9\xFE\n";
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), data).unwrap();
    let bytes = Bytes::open(file.path(), "f", Compression::None, &Limits::default()).unwrap();
    let dialect = Dialect { delimiter: Delimiter::Char(';'), ..Dialect::COMMA };
    let encoding = "gb18030".parse().unwrap();
    let mut reader = Records::new(bytes, encoding, 0, Rule::Cells(dialect), 1 << 20, false).unwrap();
    let mut bad = Vec::new();
    while let Some(record) = reader.next().unwrap() {
        bad.push((record.line, record.bad));
    }
    assert_eq!(bad, [(1, None), (2, Some(6)), (3, None)]);
}

#[test]
fn letters_of_several_bytes_pass_the_edge_of_the_window() {
    for length in 1..40 {
        let text = format!("{}\n", "ż,很".repeat(length)).repeat(3000 / length);
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let bytes = Bytes::open(file.path(), "f", Compression::None, &Limits::default()).unwrap();
        let encoding = "utf-16le".parse().unwrap();
        let mut reader = Records::new(bytes, encoding, 0, Rule::Cells(Dialect::COMMA), 1000, false).unwrap();
        let got = rows(&mut reader).unwrap();
        assert_eq!(got.len(), 3000 / length);
        assert!(got.iter().all(|(_, cells, _)| cells.concat() == "ż很".repeat(length)), "{length}");
    }
}

/// A table written as text, and what it must read back to.
#[derive(Debug, Clone)]
struct Written {
    text: String,
    rows: Vec<(u64, Vec<String>)>,
}

fn written() -> impl Strategy<Value = (Written, Dialect)> {
    let delimiter =
        prop_oneof![Just(','), Just(';'), Just('\t'), Just('|'), Just(' '), Just('¦'), Just('、')];
    let cell = "[a-c,;|\t \"'\\\\\r\n¦、ż\u{FEFF}]{0,6}";
    let table = (1..5_usize).prop_flat_map(move |width| {
        prop::collection::vec(prop::collection::vec((cell, any::<bool>()), width), 0..12)
    });
    let endings = prop::sample::select(vec!["\n", "\r\n", "\r"]);
    (delimiter, table, endings, any::<bool>(), any::<bool>(), 0..3_u8).prop_map(
        |(delimiter, table, ending, last_ended, backslash, blank_lines)| {
            let escape = if backslash { Mark::Char(b'\\') } else { Mark::None };
            let dialect = Dialect { delimiter: Delimiter::Char(delimiter), escape, ..Dialect::COMMA };
            let (mut text, mut line, mut rows) = (String::new(), 1, Vec::new());
            let count = table.len();
            for (i, row) in table.into_iter().enumerate() {
                let single = row.len() == 1;
                let cells: Vec<String> = row.iter().map(|(cell, _)| cell.clone()).collect();
                let row: Vec<String> = row
                    .into_iter()
                    .map(|(cell, quoted)| {
                        write_cell(&cell, quoted || (single && cell.is_empty()), delimiter, backslash)
                    })
                    .collect();
                let row = row.join(&delimiter.to_string());
                rows.push((line, cells));
                let breaks = row.matches("\r\n").count();
                line += (row.matches('\n').count() + row.matches('\r').count() - breaks + 1) as u64;
                text.push_str(&row);
                if i + 1 < count || last_ended {
                    text.push_str(ending);
                    if i % 3 == 2 {
                        text.push_str(&ending.repeat(blank_lines.into()));
                        line += u64::from(blank_lines);
                    }
                }
            }
            (Written { text, rows }, dialect)
        },
    )
}

fn write_cell(cell: &str, quoted: bool, delimiter: char, backslash: bool) -> String {
    let must = cell.contains([delimiter, '"', '\r', '\n']);
    if !quoted && !must {
        return cell.to_owned();
    }
    let body =
        if backslash { cell.replace('\\', "\\\\").replace('"', "\\\"") } else { cell.replace('"', "\"\"") };
    format!("\"{body}\"")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// Any table of strings reads back as it was written, each row with its line.
    #[test]
    fn what_is_written_is_read((table, dialect) in written()) {
        let got = read(&table.text, &dialect);
        let got: Vec<(u64, Vec<String>)> = got.into_iter().map(|(line, cells, _)| (line, cells)).collect();
        prop_assert_eq!(got, table.rows, "{:?}", table.text);
    }

    /// Both engines give the same cells for any text, well formed or not.
    #[test]
    fn both_engines_agree(text in "[ab,\"\\\\\r\n]{0,40}", backslash in any::<bool>()) {
        let escape = if backslash { Mark::Char(b'\\') } else { Mark::None };
        let core = Dialect { escape, ..Dialect::COMMA };
        let other = Dialect { delimiter: Delimiter::Char('¦'), escape, ..Dialect::COMMA };
        let one = rows(&mut records(text.as_bytes(), &core, 1 << 20)).map_err(|e| e.line());
        let two = rows(&mut records(text.replace(',', "¦").as_bytes(), &other, 1 << 20)).map_err(|e| e.line());
        let two = two.map(|rows| {
            let back = |s: String| s.replace('¦', ",");
            rows.into_iter()
                .map(|(line, cells, raw)| (line, cells.into_iter().map(back).collect(), back(raw)))
                .collect()
        });
        prop_assert_eq!(one, two);
    }
}
