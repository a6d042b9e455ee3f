//! Workbooks.

use super::*;
use zip::write::SimpleFileOptions;

/// Written by openpyxl 3.1.
const XLSX: &[u8] = include_bytes!("files/answers.xlsx");
/// Written by odfpy 1.4.
const ODS: &[u8] = include_bytes!("files/answers.ods");

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of one sheet from the markup of its rows.
fn xlsx(rows: &str) -> Vec<u8> {
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    archive(&[
        (
            "_rels/.rels",
            &format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="r1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                r#"<workbook xmlns="{main}" xmlns:r="{relation}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="r1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!(r#"<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>"#),
        ),
    ])
}

fn ods(tables: &str) -> Vec<u8> {
    let names = ["office", "table", "text", "style"]
        .map(|n| format!(r#"xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0""#))
        .join(" ");
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "content.xml",
            &format!(
                r"<office:document-content {names}><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
            ),
        ),
    ])
}

fn open(bytes: &[u8], settings: &str) -> Result<(Held, RawFile), SourceError> {
    let held = hold("book", bytes);
    let file = RawFile::open(&held.path, "book", &options(settings))?;
    Ok((held, file))
}

#[test]
fn the_first_visible_sheet_with_a_cell_is_read() {
    let (_held, file) = open(XLSX, "").unwrap();
    let layout = file.layout();
    assert_eq!(layout.format, Format::Xlsx);
    assert_eq!(layout.sheets, ["Notes", "Hidden", "Answers"]);
    assert_eq!((layout.sheet.as_deref(), layout.skip_lines, layout.header), (Some("Answers"), 2, true));
    assert_eq!(layout.names, ["customer", "score", "answered", "took", "text", "ok", "column_7", "column_8"]);
    let table = read_all(&file, &Projection::All).unwrap();
    let none = "(null)";
    assert_eq!(
        table.texts(),
        [
            ["C-1", "9", "2026-03-29 01:58:00", "26:05:00", "slow,\nlate", "TRUE", none, none],
            ["C-2", "0", "2026-03-30", "10:05:00", "zażółć <&> \"q\"", "FALSE", none, none],
            ["C-3", none, none, none, none, none, none, none],
            ["C-4", "12.55", none, none, none, none, none, none],
            ["C-5", none, none, none, none, none, none, "a note outside"],
            ["C-6", none, none, none, none, "#N/A", none, none],
        ]
    );
    assert_eq!(table.lines, [4, 5, 6, 9, 10, 11], "sheet rows, blank ones counted");
    let sample = file.sample(1).unwrap();
    assert_eq!(sample[0][0].as_deref(), Some("C-1"));
    assert_eq!((sample.len(), sample[0][6].as_deref()), (1, None));
}

#[test]
fn open_document_sheets_keep_exact_values_and_repeats() {
    let (_held, file) = open(ODS, "").unwrap();
    let layout = file.layout();
    assert_eq!(layout.format, Format::Ods);
    assert_eq!(layout.sheets, ["Empty", "Hidden", "Answers"]);
    assert_eq!((layout.sheet.as_deref(), layout.skip_lines), (Some("Answers"), 2));
    let table = read_all(&file, &Projection::All).unwrap();
    let none = "(null)";
    assert_eq!(
        table.texts(),
        [
            ["C-1", "9.10", "2026-03-29 01:58:00", "26:05:00", "slow,    very\n\nlate", "TRUE"],
            ["C-2", "0", "2026-03-30", none, "zażółć <&> \"q\"", "FALSE"],
            ["C-3", none, none, none, none, none],
            ["C-3", none, none, none, none, none],
            ["C-4", none, none, "x", "x", none],
        ]
    );
    assert_eq!(table.lines, [4, 5, 6, 7, 1008]);
}

#[test]
fn a_sheet_is_chosen_by_name() {
    for bytes in [XLSX, ODS] {
        let (_held, file) = open(bytes, "sheet = 'Hidden'\nheader = false").unwrap();
        assert_eq!(read_all(&file, &Projection::All).unwrap().texts(), [["secret"]]);
        let error = open(bytes, "sheet = 'answers'").map(|_| ()).unwrap_err();
        assert_eq!(
            (error.kind(), error.to_string()),
            (ErrorKind::NotFound, "book: there is no sheet `answers`".to_owned())
        );
        assert!(error.help().unwrap().contains("`Answers`"));
    }
}

#[test]
fn cells_beyond_the_table_keep_a_row_out() {
    let (_held, file) =
        open(XLSX, "header = ['customer', 'score', 'answered', 'took', 'text', 'ok']\nskip_lines = 3")
            .unwrap();
    let table = read_all(&file, &Projection::columns(["customer"])).unwrap();
    assert_eq!(table.texts().concat(), ["C-1", "C-2", "C-3", "C-4", "C-6"]);
    assert_eq!(
        table.rejected,
        [(10, "8 cells where the header has 6".to_owned(), "C-5\t\t\t\t\t\t\ta note outside".to_owned())]
    );
}

#[test]
fn header_rows_and_rows_after_them() {
    let rows = |lines: &[&[&str]]| {
        let cell = |text: &&str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
        let row = |cells: &&[&str]| format!("<row>{}</row>", cells.iter().map(cell).collect::<String>());
        xlsx(&lines.iter().map(row).collect::<String>())
    };
    let book = rows(&[&["Q1", "", "Q2"], &["a", "b", "c"], &["how?", "how?", "why?"], &["1", "2", "3"]]);
    let (_held, file) = open(&book, "skip_lines = 0\nheader_rows = 2\nskip_rows_after_header = 1").unwrap();
    assert_eq!(file.layout().names, ["Q1 / a", "Q1 / b", "Q2 / c"]);
    assert_eq!(file.layout().head.len(), 3);
    let table = read_all(&file, &Projection::All).unwrap();
    assert_eq!((table.texts(), &table.lines), (vec![vec!["1", "2", "3"]], &vec![4]));
}

#[test]
fn two_cells_far_apart_take_no_memory() {
    let book = xlsx(
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>",
    );
    let (_held, file) = open(&book, "header = false").unwrap();
    let table = read_all(&file, &Projection::columns(["column_16384"])).unwrap();
    assert_eq!(table.lines, [1, 1_048_576]);
    let book = xlsx("<row r=\"1\"><c r=\"ZZZZZ1\"><v>1</v></c></row>");
    assert!(matches!(open(&book, "").map(|_| ()).unwrap_err().kind(), ErrorKind::Limit | ErrorKind::Data));
}

#[test]
fn rows_out_of_order_are_damage() {
    let book = xlsx("<row r=\"3\"><c r=\"A3\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>2</v></c></row>");
    let error = open(&book, "").map(|_| ()).unwrap_err();
    assert_eq!((error.kind(), error.line()), (ErrorKind::Data, Some(2)));
}

#[test]
fn repeats_beyond_any_sheet_are_refused() {
    let cell = r#"<table:table-cell office:value-type="float" office:value="1"/>"#;
    let book = ods(&format!(
        r#"<table:table table:name="S"><table:table-row table:number-rows-repeated="4000000000">{cell}</table:table-row></table:table>"#
    ));
    let (_held, file) = open(&book, "header = false").unwrap();
    let error = read_all(&file, &Projection::columns(["column_1"])).map(|_| ()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Data, "{error}");
    for (wide, limits) in [
        (
            r#"<table:table-cell table:number-columns-repeated="4000000000" office:value-type="float" office:value="1"/>"#,
            "",
        ),
        (
            r#"<table:table-cell office:value-type="string"><text:p><text:s text:c="4000000000"/></text:p></table:table-cell>"#,
            "",
        ),
        (
            r#"<table:table-cell table:number-columns-repeated="9000" office:value-type="float" office:value="123456789"/>"#,
            "[limits]\nrecord_bytes = 50000",
        ),
    ] {
        let book = ods(&format!(
            r#"<table:table table:name="S"><table:table-row>{wide}</table:table-row></table:table>"#
        ));
        let error = open(&book, limits).map(|_| ()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
    }
}

#[test]
fn repeated_rows_are_no_bomb() {
    let book = |repeats: u32, blanks: u32| {
        let cell = format!(
            r#"<table:table-cell office:value-type="string"><text:p>x<text:s text:c="{blanks}"/></text:p></table:table-cell>"#
        );
        ods(&format!(
            r#"<table:table table:name="S"><table:table-row table:number-rows-repeated="{repeats}">{cell}</table:table-row></table:table>"#
        ))
    };
    let (_held, file) = open(&book(100_000, 100), "header = false").unwrap();
    assert_eq!(read_all(&file, &Projection::Columns(Vec::new())).unwrap().lines.len(), 100_000);
    let error = open(&book(1_000_000, 16_000), "").map(|_| ()).unwrap_err();
    assert_eq!((error.kind(), error.line()), (ErrorKind::Limit, Some(1)));
}

#[test]
fn markup_that_is_cut_short_is_damaged() {
    let whole = r#"<table:table table:name="S"><table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>"#;
    assert!(open(&ods(whole), "").is_ok());
    let names = r#"xmlns:office="o" xmlns:table="t" xmlns:text="x""#;
    for cut in 1..whole.len() {
        let content = format!("<office:document-content {names}>{}", &whole[..cut]);
        let book = archive(&[
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", &content),
        ]);
        assert_eq!(open(&book, "").map(|_| ()).unwrap_err().kind(), ErrorKind::Data, "{content}");
    }
    for bytes in [XLSX, ODS] {
        for cut in [30, bytes.len() / 2, bytes.len() - 3] {
            let error = open(&bytes[..cut], "").map(|_| ()).unwrap_err();
            assert_eq!((error.kind(), error.file()), (ErrorKind::Data, "book"), "{error}");
        }
    }
}

#[test]
fn bombs_are_refused_before_they_are_opened() {
    let book = xlsx(&format!("<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>", "x".repeat(3_000_000)));
    assert!(book.len() < 20_000);
    let error = open(&book, "[limits]\nrecord_bytes = 1000000").map(|_| ()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
    let error = open(&book, "[limits]\ntext_bytes = 1000000").map(|_| ()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
    assert!(open(&book, "header = false").is_ok());
}

#[test]
fn other_archives_are_named() {
    for (parts, what) in [
        (vec![("xl/workbook.bin", "x")], "binary workbook"),
        (vec![("data.csv", "a,b\n")], "zip archive"),
        (vec![("word/document.xml", "x")], "zip archive"),
    ] {
        let error = open(&archive(&parts), "").map(|_| ()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unsupported);
        assert!(error.to_string().contains(what), "{error}");
    }
    let empty = xlsx("");
    assert!(matches!(open(&empty, "").map(|_| ()).unwrap_err().problem(), Problem::Empty));
}
