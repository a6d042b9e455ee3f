//! Each trap of text files by itself.

use super::*;
use std::fmt::Write;

fn some(rows: &[&[&str]]) -> Vec<Vec<Option<String>>> {
    rows.iter().map(|row| row.iter().map(|c| Some((*c).to_owned())).collect()).collect()
}

#[test]
fn delimiters_quotes_and_line_ends() {
    let want = some(&[&["1", "good, really"], &["2", "say \"hi\"\nplease"], &["", ""]]);
    for (text, settings) in [
        ("id,text\n1,\"good, really\"\n2,\"say \"\"hi\"\"\nplease\"\n,\n", ""),
        ("id;text\r\n1;good, really\r\n2;\"say \"\"hi\"\"\nplease\"\r\n;\r\n", ""),
        ("id\ttext\r1\tgood, really\r2\t\"say \"\"hi\"\"\nplease\"\r\t\r", ""),
        ("id|text\n1|good, really\n2|\"say \\\"hi\\\"\nplease\"\n|\n", ""),
        ("'id';'text'\n'1';'good, really'\n'2';'say \"hi\"\nplease'\n'';''\n", ""),
        ("id¦text\n1¦good, really\n2¦\"say \"\"hi\"\"\nplease\"\n¦\n", "delimiter = '¦'"),
        ("id~text\n1~good, really\n2~^say \"hi\"\nplease^\n~", "delimiter = '~'\nquote = '^'"),
        (
            "# made today\nid,text\n# a remark\n1,\"good, really\"\n2,\"say \"\"hi\"\"\nplease\"\n,",
            "comment = '#'",
        ),
        ("\u{FEFF}id,text\n1,\"good, really\"\n2,\"say \"\"hi\"\"\nplease\"\n,\n", ""),
    ] {
        for (packed, bytes) in [(false, text.as_bytes().to_vec()), (true, gzip(text.as_bytes()))] {
            let table = read(&bytes, settings).unwrap_or_else(|e| panic!("{e} in {text:?}"));
            assert_eq!(table.names, ["id", "text"], "{text:?} packed {packed}");
            assert_eq!(table.rows, want, "{text:?} packed {packed}");
            assert_eq!(table.rejected, []);
        }
    }
}

#[test]
fn rows_of_another_width_are_kept_out_with_their_text() {
    let text = "id,score,text\n1,9,ok\n2,8\n\"3\",\"7\",a,\"b\nc\"\n4,6,fine\nTotal rows: 4\n";
    let table = read(text.as_bytes(), "").unwrap();
    assert_eq!(table.rows, some(&[&["1", "9", "ok"], &["4", "6", "fine"]]));
    assert_eq!(table.lines, [2, 6]);
    let kept_out = |line, reason: &str, raw: &str| (line, reason.to_owned(), raw.to_owned());
    assert_eq!(
        table.rejected,
        [
            kept_out(3, "2 cells where the header has 3", "2,8"),
            kept_out(4, "4 cells where the header has 3", "\"3\",\"7\",a,\"b\nc\""),
            kept_out(7, "1 cells where the header has 3", "Total rows: 4"),
        ]
    );
}

#[test]
fn rows_all_ending_in_a_delimiter_keep_their_cells() {
    let table = read(b"id;score\n1;9;\n2;8;\n", "").unwrap();
    assert_eq!(table.names, ["id", "score", "column_3"]);
    assert_eq!(table.rows, some(&[&["1", "9", ""], &["2", "8", ""]]));
}

#[test]
fn encodings_by_mark_and_by_setting() {
    let text = "id;opinia\n1;zażółć gęślą jaźń\n2;\"dwa\nwiersze\"\n";
    let want = some(&[&["1", "zażółć gęślą jaźń"], &["2", "dwa\nwiersze"]]);
    let wide = |bytes: fn(u16) -> [u8; 2], mark: [u8; 2]| {
        let body = text.encode_utf16().flat_map(bytes);
        mark.into_iter().chain(body).collect::<Vec<u8>>()
    };
    let code_page = encoding_rs::WINDOWS_1250.encode(text).0.into_owned();
    for (bytes, settings) in [
        (text.as_bytes().to_vec(), ""),
        (wide(u16::to_le_bytes, [0xFF, 0xFE]), ""),
        (wide(u16::to_be_bytes, [0xFE, 0xFF]), ""),
        (wide(u16::to_le_bytes, [0xFF, 0xFE])[2..].to_vec(), "encoding = 'utf-16le'"),
        (code_page.clone(), "encoding = 'windows-1250'"),
        (gzip(&code_page), "encoding = 'cp1250'"),
        // A mark outweighs a setting: no text of another encoding begins with one.
        (wide(u16::to_le_bytes, [0xFF, 0xFE]), "encoding = 'utf-8'"),
    ] {
        let table = read(&bytes, settings).unwrap();
        assert_eq!(
            (table.names, table.rows, table.lines),
            (vec!["id".into(), "opinia".into()], want.clone(), vec![2, 3])
        );
    }
    let error = read(&wide(u16::to_le_bytes, [0xFF, 0xFE])[2..], "").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert_eq!(error.help().unwrap(), "set `encoding = \"utf-16le\"`");
}

#[test]
fn bytes_that_are_no_text_keep_their_row_out_unless_replaced() {
    let bytes = encoding_rs::WINDOWS_1250.encode("id;miasto\n1;Lodz\n2;Łódź\n3;Opole\n").0.into_owned();
    let table = read(&bytes, "").unwrap();
    assert_eq!(table.rows, some(&[&["1", "Lodz"], &["3", "Opole"]]));
    let (line, reason, raw) = &table.rejected[0];
    assert_eq!((*line, reason.as_str()), (3, "byte 19 is not text in the file's encoding"));
    assert!(raw.starts_with("2;"));
    let table = read(&bytes, "lossy = true").unwrap();
    assert_eq!(table.column("miasto"), [Some("Lodz"), Some("\u{FFFD}\u{FFFD}d\u{FFFD}"), Some("Opole")]);
    assert_eq!((table.repaired, table.rejected), (vec![(3, 19)], vec![]));

    let held = hold("f", &bytes);
    let seen = sniff(&held.path).unwrap();
    assert_eq!(seen.layout.encoding_hint, Some("windows-1250"));

    // In the header there is no row to keep out.
    let bytes = encoding_rs::WINDOWS_1251.encode("ид;отзыв клиента\n1;хорошо\n").0.into_owned();
    let error = read(&bytes, "").unwrap_err();
    assert_eq!((error.kind(), error.line()), (ErrorKind::Data, Some(1)));
    assert_eq!(error.help().unwrap(), "set `encoding = \"windows-1251\"`, which reads it without a fault");
    assert_eq!(read(&bytes, "encoding = 'windows-1251'").unwrap().names, ["ид", "отзыв клиента"]);
}

#[test]
fn headers_of_every_kind() {
    let names = |text: &str, settings: &str| read(text.as_bytes(), settings).unwrap().names;
    assert_eq!(names("a, b ,a,,\n1,2,3,4,5\n", ""), ["a", "b", "a_2", "column_4", "column_5"]);
    assert_eq!(names("1,2\n3,4\n", ""), ["column_1", "column_2"]);
    assert_eq!(names("1,2\n3,4\n", "header = true"), ["1", "2"]);
    assert_eq!(names("a,b\nc,d\n", "header = false"), ["column_1", "column_2"]);
    assert_eq!(names("1,2\n3,4\n", "header = ['x', 'y']"), ["x", "y"]);
    let error = read(b"1,2\n3,4\n", "header = ['x']").unwrap_err();
    assert_eq!(error.to_string(), "f, line 1: `header` lists 1 names, and the first row has 2 cells");

    // Names, question texts, import ids: three rows, the first of which counts.
    let three = "Q1,Q2\n\"How likely, overall?\",Why?\n\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"QID2\"\"}\"\n\
                 0,\"Too slow\nand expensive\"\n10,\n";
    let table = read(three.as_bytes(), "header = true\nskip_rows_after_header = 2").unwrap();
    assert_eq!((table.names.join("|"), table.lines), ("Q1|Q2".to_owned(), vec![4, 6]));
    let held = hold("f", three.as_bytes());
    let file =
        RawFile::open(&held.path, "f", &options("skip_rows_after_header = 2\nheader_rows = 1")).unwrap();
    assert_eq!(file.layout().head[2][1], "{\"ImportId\":\"QID2\"}");

    // A question over several options: two rows that name the columns together.
    let two =
        "Respondent ID,How likely?,What went well?,,\n,,Price,Speed,Other\n1001,9,Price,,\n1002,0,,Speed,\n";
    let table = read(two.as_bytes(), "header_rows = 2").unwrap();
    assert_eq!(
        table.names,
        [
            "Respondent ID",
            "How likely?",
            "What went well? / Price",
            "What went well? / Speed",
            "What went well? / Other"
        ]
    );
    assert_eq!(table.rows.len(), 2);
}

#[test]
fn files_of_nothing_and_of_little() {
    for bytes in [&b""[..], b"\n\n\r\n", b"\xEF\xBB\xBF", &gzip(b"")] {
        let error = read(bytes, "").unwrap_err();
        assert!(matches!(error.problem(), Problem::Empty), "{bytes:?}: {error}");
        assert_eq!(error.kind(), ErrorKind::Data);
    }
    assert!(matches!(read(b"# only\n# remarks\n", "comment = '#'").unwrap_err().problem(), Problem::Empty));
    let table = read(b"id,score\n", "").unwrap();
    assert_eq!((table.names.len(), table.rows.len()), (0, 0), "no batch at all");
    let held = hold("f", b"id,score\n");
    assert_eq!(
        RawFile::open(&held.path, "f", &ReadOptions::default()).unwrap().layout().names,
        ["id", "score"]
    );
    assert_eq!(read(b"x", "").unwrap_or_default().rows.len(), 0);
}

#[test]
fn marks_that_are_the_same_are_refused() {
    for (settings, setting) in [
        ("delimiter = '|'\nquote = '|'", "quote"),
        ("delimiter = '~'\nescape = '~'", "escape"),
        ("escape = '\"'", "escape"),
    ] {
        let error = read(b"a,b\n1,2\n", settings).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Setting);
        assert!(error.to_string().contains(setting), "{error}");
    }
}

#[test]
fn what_is_no_table_is_named() {
    for (bytes, what) in [
        (&b"\x28\xb5\x2f\xfd...."[..], "a zstd file"),
        (b"%PDF-1.7 ", "a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old .xls or a locked workbook"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0", "a binary file"),
        (b"[{\"a\": 1}, {\"a\": 2}]", "a JSON list"),
        (b"{\n  \"a\": 1\n}\n", "JSON spread over several lines"),
        (&gzip(b"PAR1......"), "packed twice"),
    ] {
        let error = read(bytes, "").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
        assert!(error.to_string().contains(what) && error.help().is_some(), "{error}");
    }
    let folder = tempfile::tempdir().unwrap();
    let open = |path: PathBuf| RawFile::open(path, "shown", &ReadOptions::default()).map(|_| ()).unwrap_err();
    assert!(matches!(open(folder.path().to_owned()).problem(), Problem::Folder));
    assert_eq!(open(folder.path().join("none.csv")).kind(), ErrorKind::NotFound);
}

#[test]
fn columns_are_chosen_by_name_once_and_in_order() {
    let held = hold("f", b"id,score,text\n1,9,x\n");
    let file = RawFile::open(&held.path, "f", &ReadOptions::default()).unwrap();
    let table = read_all(&file, &Projection::columns(["text", "id", "text"])).unwrap();
    assert_eq!((table.names.join("|"), table.rows), ("text|id".to_owned(), some(&[&["x", "1"]])));
    let error = file.tasks(0, &Projection::columns(["Score"])).map(|_| ()).unwrap_err();
    assert_eq!(
        (error.kind(), error.to_string()),
        (ErrorKind::NotFound, "f: there is no column `Score`".to_owned())
    );
    assert_eq!(error.help().unwrap(), "columns: `score`");
    let none = read_all(&file, &Projection::Columns(Vec::new())).unwrap();
    assert_eq!((none.rows, none.lines), (vec![vec![]], vec![2]));
}

#[test]
fn json_lines_flatten_and_grow_columns() {
    let text = "{\"id\": 1, \"who\": {\"name\": \"Ala\", \"tags\": [1, 2]}}\n\n\
                {\"id\": 20000000000000000000001, \"new\": 0.10}\nnonsense\n{\"id\": 3, \"id\": 4}\n{\"who\": {\"name\": null}}\n[1]\n{}";
    for bytes in [text.as_bytes().to_vec(), gzip(text.as_bytes())] {
        let table = read(&bytes, "").unwrap();
        assert_eq!(table.names, ["id", "who.name", "who.tags", "new"]);
        let none = "(null)";
        assert_eq!(
            table.texts(),
            [
                ["1", "Ala", "[1, 2]", none],
                ["20000000000000000000001", none, none, "0.10"],
                [none, none, none, none],
                [none, none, none, none],
            ]
        );
        assert_eq!(table.lines, [1, 3, 6, 8]);
        let places: Vec<(u64, &str)> =
            table.rejected.iter().map(|(line, reason, _)| (*line, reason.as_str())).collect();
        assert_eq!(
            places,
            [
                (4, "not a JSON object: no object begins here at place 1"),
                (5, "not a JSON object: the same name twice at place 11"),
                (7, "not a JSON object: no object begins here at place 1"),
            ]
        );
    }
    let held = hold("f.jsonl", text.as_bytes());
    let file = RawFile::open(&held.path, "f.jsonl", &ReadOptions::default()).unwrap();
    assert_eq!((file.layout().format, file.layout().names_complete), (Format::JsonLines, false));
    let table = read_all(&file, &Projection::columns(["new", "later"])).unwrap();
    assert_eq!(table.texts()[1], ["0.10", "(null)"]);
    assert_eq!((table.rows.len(), table.rejected.len()), (4, 3), "the same rows whatever is asked for");
    assert_eq!(file.sample(1).unwrap().len(), 1);
}

#[test]
fn names_that_come_late_become_columns_of_their_batch() {
    let mut text = String::new();
    for i in 0..70_000 {
        text.push_str(if i == 69_000 { "{\"a\":1,\"late\":2}\n" } else { "{\"a\":1}\n" });
    }
    let held = hold("f", text.as_bytes());
    let file = RawFile::open(&held.path, "f", &ReadOptions::default()).unwrap();
    let mut widths = Vec::new();
    let _ = file.tasks(0, &Projection::All).unwrap()[0]
        .run(&mut |batch| {
            widths.push((batch.frame.width(), batch.frame.height(), batch.first_row));
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(widths, [(1, 65_536, 0), (2, 4464, 65_536)]);
    let late = read_all(&file, &Projection::columns(["late"])).unwrap();
    assert_eq!(late.rows.iter().filter(|r| r[0].is_some()).count(), 1);
}

#[test]
fn more_names_than_columns_of_any_table_are_refused() {
    let line = |i: usize| {
        let fields: Vec<String> = (0..100).map(|j| format!("\"customer_{}\": 1", i * 100 + j)).collect();
        format!("{{{}}}\n", fields.join(", "))
    };
    let text: String = (0..200).map(line).collect();
    let error = read(text.as_bytes(), "").unwrap_err();
    assert_eq!((error.kind(), error.line()), (ErrorKind::Limit, Some(164)));
}

#[test]
fn wide_tables_come_in_batches_of_fewer_rows() {
    let text = format!("{}\n", vec!["1"; 4000].join(",")).repeat(2500);
    let held = hold("f", text.as_bytes());
    let file = RawFile::open(&held.path, "f", &ReadOptions::default()).unwrap();
    let mut heights = Vec::new();
    let _ = file.tasks(0, &Projection::All).unwrap()[0]
        .run(&mut |batch| {
            heights.push(batch.frame.height());
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(heights, [1049, 1049, 402], "about four million cells each");
}

#[test]
fn long_tables_come_in_batches_with_their_lines() {
    let mut text = String::from("id,text\n");
    for i in 0..150_000 {
        writeln!(text, "{i},\"two\nlines\"").unwrap();
    }
    let held = hold("f", text.as_bytes());
    let file = RawFile::open(&held.path, "f", &ReadOptions::default()).unwrap();
    let mut next = 0;
    let mut heights = Vec::new();
    let _ = file.tasks(3, &Projection::columns(["id"])).unwrap()[0]
        .run(&mut |batch| {
            assert_eq!((batch.file, batch.first_row), (3, next as u64));
            let ids = batch.frame.column("id").unwrap().str().unwrap().clone();
            for i in 0..batch.frame.height() {
                assert_eq!(ids.get(i), Some(next.to_string().as_str()));
                assert_eq!(batch.lines.of(i), 2 + 2 * next as u64);
                next += 1;
            }
            heights.push(batch.frame.height());
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(heights, [65_536, 65_536, 18_928]);
}

#[test]
fn lines_longer_than_the_look_are_seen_whole() {
    let row: Vec<String> = (0..60_000).map(|i| i.to_string()).collect();
    let text = format!("{0}\n{0}\n", row.join(";"));
    let held = hold("f", text.as_bytes());
    let file = RawFile::open(&held.path, "f", &ReadOptions::default()).unwrap();
    assert_eq!((file.layout().names.len(), file.layout().header), (60_000, false));
    let table = read_all(&file, &Projection::columns(["column_60000"])).unwrap();
    assert_eq!(table.texts(), [["59999"], ["59999"]]);
}

#[test]
fn rejected_rows_do_not_pile_up_in_memory() {
    let mut text = String::from("id,text\n");
    for _ in 0..100_000 {
        text.push_str("only one cell\n");
    }
    let held = hold("f", text.as_bytes());
    let file = RawFile::open(&held.path, "f", &options("delimiter = ','")).unwrap();
    let mut kept_out = Vec::new();
    let _ = file.tasks(0, &Projection::All).unwrap()[0]
        .run(&mut |batch| {
            kept_out.push(batch.rejected.len());
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(kept_out, [65_536, 34_464]);
}

#[test]
fn hostile_files_end_in_an_error_with_file_and_line() {
    let endless = vec![b'x'; 70 << 20];
    let error = read(&[b"a,b\n1,2\n", endless.as_slice()].concat(), "").unwrap_err();
    assert_eq!((error.kind(), error.line(), error.file()), (ErrorKind::Limit, Some(3), "f"));
    let bomb = gzip(&vec![b'\n'; 4 << 20]);
    let error = read(&bomb, "[limits]\nratio = 100").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
    let packed = gzip("id,text\n".repeat(100_000).as_bytes());
    let error = read(&packed[..packed.len() / 2], "").unwrap_err();
    assert_eq!((error.kind(), error.file()), (ErrorKind::Data, "f"));
    assert!(error.to_string().contains("cut short as gzip"), "{error}");
}
