//! Parquet.

use super::*;
use polars::prelude::*;

/// Written by pyarrow 26: every type a table of customers may hold, and some it may not.
const TYPES: &[u8] = include_bytes!("files/types.parquet");
/// Written by pyarrow 26 as Spark does: INT96 times; and a column of the UUID extension type.
const SPARK: &[u8] = include_bytes!("files/spark.parquet");

/// Written by pyarrow 26: data pages of the second version, every encoding and every compression.
const ENCODINGS: &[u8] = include_bytes!("files/encodings.parquet");

fn parquet(frame: &mut DataFrame, group: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).with_row_group_size(Some(group)).finish(frame).unwrap();
    bytes
}

fn numbers(rows: usize, group: usize) -> Vec<u8> {
    let n = Column::new("n".into(), (0..rows as i64).collect::<Vec<_>>());
    let text = Column::new("text".into(), (0..rows).map(|i| format!("row {i}")).collect::<Vec<_>>());
    parquet(&mut DataFrame::new(rows, vec![n, text]).unwrap(), group)
}

#[test]
fn columns_keep_their_types() {
    let held = hold("types.parquet", TYPES);
    let file = RawFile::open(&held.path, "types.parquet", &ReadOptions::default()).unwrap();
    assert_eq!(file.layout().rows, Some(3));
    assert_eq!(file.layout().names.len(), 24);
    let unit = TimeUnit::Microseconds;
    let warsaw = TimeZone::opt_try_new(Some("Europe/Warsaw")).unwrap();
    for (name, dtype, values) in [
        ("i8", DataType::Int8, ["1", "null", "-3"]),
        ("u64", DataType::UInt64, ["1", "null", "9223372036854775808"]),
        ("i32", DataType::Int32, ["1", "2", "null"]),
        ("f64", DataType::Float64, ["0.1", "null", "-2.5"]),
        ("flag", DataType::Boolean, ["true", "null", "false"]),
        ("text", DataType::String, ["a", "ż", "null"]),
        ("large", DataType::String, ["a", "null", "c"]),
        ("category", DataType::String, ["x", "y", "x"]),
        ("day", DataType::Date, ["2026-01-31", "null", "1969-12-31"]),
        (
            "ms",
            DataType::Datetime(TimeUnit::Milliseconds, None),
            ["2026-01-31 10:05:00", "null", "2026-02-01 00:00:00"],
        ),
        (
            "ns",
            DataType::Datetime(TimeUnit::Nanoseconds, None),
            ["2026-01-31 10:05:00", "null", "2026-02-01 00:00:00"],
        ),
        ("span", DataType::Duration(unit), ["5s", "null", "2d"]),
        ("money", DataType::Decimal(10, 2), ["12.34", "null", "-0.01"]),
        ("nothing", DataType::Null, ["null", "null", "null"]),
    ] {
        let projection = Projection::columns([name]);
        let tasks = file.tasks(4, &projection).unwrap();
        assert_eq!(tasks.len(), 1);
        let _ = tasks[0]
            .run(&mut |batch| {
                let column = batch.frame.column(name).unwrap();
                assert_eq!(column.dtype(), &dtype, "{name}");
                let got: Vec<String> =
                    (0..3).map(|i| column.get(i).unwrap().str_value().into_owned()).collect();
                assert_eq!(got, values, "{name}");
                assert_eq!((batch.file, batch.first_row, &batch.lines), (4, 0, &Lines::From(1)));
                ControlFlow::Continue(())
            })
            .unwrap();
    }
    let other = |name: &str| {
        let mut dtype = DataType::Null;
        let mut nulls = 0;
        let _ = file.tasks(0, &Projection::columns([name])).unwrap()[0]
            .run(&mut |batch| {
                dtype = batch.frame.columns()[0].dtype().clone();
                nulls = batch.frame.columns()[0].null_count();
                ControlFlow::Continue(())
            })
            .unwrap();
        (dtype, nulls)
    };
    assert_eq!(other("zoned"), (DataType::Datetime(unit, warsaw), 1));
    assert_eq!(other("bytes"), (DataType::Binary, 1));
    assert_eq!(other("fixed"), (DataType::Binary, 1));
}

#[test]
fn types_that_are_not_read_matter_only_where_they_are_asked_for() {
    let held = hold("types.parquet", TYPES);
    let file = RawFile::open(&held.path, "types.parquet", &ReadOptions::default()).unwrap();
    for (name, what) in [
        ("clock", "times of day"),
        ("clock32", "times of day"),
        ("list", "lists"),
        ("record", "records"),
        ("map", "lists"),
        ("f16", "Float16"),
    ] {
        let error = file.tasks(0, &Projection::columns(["i32", name])).map(|_| ()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
        let text = error.to_string();
        assert!(text.contains(&format!("column `{name}` holds")) && text.contains(what), "{text}");
    }
    assert_eq!(file.tasks(0, &Projection::All).map(|_| ()).unwrap_err().kind(), ErrorKind::Unsupported);
    let sample = file.sample(2).unwrap();
    assert_eq!(sample.len(), 2);
    let cell = |name: &str| sample[0][file.layout().names.iter().position(|n| n == name).unwrap()].as_deref();
    assert_eq!(
        (cell("text"), cell("list"), cell("bytes"), cell("money"), cell("zoned")),
        (Some("a"), None, Some("(bytes)"), Some("12.34"), Some("2026-01-31T10:05:00Z"))
    );
}

#[test]
fn files_of_spark_and_extension_types_are_read() {
    let held = hold("spark.parquet", SPARK);
    let file = RawFile::open(&held.path, "spark.parquet", &ReadOptions::default()).unwrap();
    let _ = file.tasks(0, &Projection::columns(["uuid", "at"])).unwrap()[0]
        .run(&mut |batch| {
            assert_eq!(batch.frame.columns()[0].dtype(), &DataType::Binary);
            assert_eq!(batch.frame.columns()[1].get(0).unwrap().str_value(), "2026-01-31 10:05:00");
            ControlFlow::Continue(())
        })
        .unwrap();
}

#[test]
fn every_encoding_and_compression_is_read() {
    let held = hold("encodings.parquet", ENCODINGS);
    let file = RawFile::open(&held.path, "encodings.parquet", &ReadOptions::default()).unwrap();
    let table = read_all(&file, &Projection::All).unwrap();
    assert_eq!(table.rows.len(), 300);
    for (i, row) in table.rows.iter().enumerate() {
        let cells: Vec<Option<&str>> = row.iter().map(Option::as_deref).collect();
        let delta = (i * i).to_string();
        let word = [Some("red"), Some("green"), None, Some("blue")][i % 4];
        assert_eq!(cells[0], (i % 11 > 0).then_some(delta.as_str()), "{i}");
        assert_eq!(cells[1], Some(format!("customer {i:05}").as_str()));
        assert_eq!(cells[2], (i % 7 > 0).then_some("x".repeat(i % 13).as_str()), "{i}");
        assert_eq!(cells[3].unwrap().parse::<f64>().unwrap(), i as f64 / 3.0);
        assert_eq!((cells[4], cells[5]), (word, Some(if i % 3 == 0 { "true" } else { "false" })));
    }
}

#[test]
fn row_groups_are_read_apart_and_long_ones_in_slices() {
    let rows = (1 << 20) + 10;
    for group in [rows, 400_000] {
        let held = hold("n.parquet", &numbers(rows, group));
        let file = RawFile::open(&held.path, "n.parquet", &ReadOptions::default()).unwrap();
        assert_eq!(file.layout().rows, Some(rows as u64));
        let tasks = file.tasks(0, &Projection::columns(["text", "n"])).unwrap();
        let (mut got, mut first) = (Vec::new(), 0);
        // The last task first: each stands by itself.
        for task in tasks.iter().rev() {
            let _ = task
                .run(&mut |batch| {
                    let height = batch.frame.height();
                    got.push(height);
                    first = batch.first_row;
                    let n = batch.frame.columns()[1].i64().unwrap();
                    assert_eq!(batch.lines, Lines::From(first + 1));
                    for i in [0, height / 2, height - 1] {
                        assert_eq!(n.get(i), Some(first as i64 + i as i64));
                        let text = batch.frame.columns()[0].str().unwrap();
                        assert_eq!(text.get(i).unwrap(), format!("row {}", first + i as u64));
                    }
                    ControlFlow::Continue(())
                })
                .unwrap();
        }
        assert_eq!(got.iter().sum::<usize>(), rows);
        assert!(got.len() >= 2 && got.iter().all(|n| *n <= 1 << 20), "{got:?}");
        let weights: u64 = tasks.iter().map(Task::weight).sum();
        assert!(weights.abs_diff(file.bytes()) < 10);
    }
}

#[test]
fn rows_are_counted_without_columns() {
    let held = hold("n.parquet", &numbers(1000, 300));
    let file = RawFile::open(&held.path, "n.parquet", &ReadOptions::default()).unwrap();
    let mut rows = 0;
    for task in file.tasks(0, &Projection::Columns(Vec::new())).unwrap() {
        let _ = task
            .run(&mut |batch| {
                rows += batch.frame.height();
                ControlFlow::Continue(())
            })
            .unwrap();
    }
    assert_eq!(rows, 1000);
    let held = hold("none.parquet", &numbers(0, 300));
    let file = RawFile::open(&held.path, "none.parquet", &ReadOptions::default()).unwrap();
    assert_eq!((file.layout().rows, file.layout().names.len()), (Some(0), 2));
    assert_eq!(read_all(&file, &Projection::All).unwrap().rows.len(), 0);
    assert_eq!(file.sample(5).unwrap().len(), 0);
}

#[test]
fn damaged_files_are_named_and_never_panic() {
    let bytes = numbers(2000, 500);
    let read = |bytes: &[u8]| -> Result<usize, SourceError> {
        let held = hold("d.parquet", bytes);
        let file = RawFile::open(&held.path, "d.parquet", &ReadOptions::default())?;
        read_all(&file, &Projection::All).map(|t| t.rows.len())
    };
    assert_eq!(read(&bytes).unwrap(), 2000);
    let mut changed = 0;
    for cut in [4, 11, 100, bytes.len() / 2, bytes.len() - 1] {
        let error = read(&bytes[..cut]).unwrap_err();
        assert_eq!((error.kind(), error.file()), (ErrorKind::Data, "d.parquet"), "{error}");
    }
    for at in (4..bytes.len()).step_by(53) {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x10;
        changed += usize::from(read(&bytes).is_err());
    }
    assert!(changed > 20, "{changed} changes were noticed");
    // The middle is gone while the footer stands.
    let mut hollow = bytes.clone();
    let length = hollow.len();
    hollow[8..length / 2].fill(0xA5);
    assert_eq!(read(&hollow).unwrap_err().kind(), ErrorKind::Data);
}

#[test]
fn settings_that_contradict_the_file_are_refused() {
    let held = hold("n.parquet", &numbers(3, 3));
    let error = RawFile::open(&held.path, "n.parquet", &options("format = 'csv'")).map(|_| ()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Setting);
    let held = hold("n.csv", b"a,b\n1,2\n");
    let error = RawFile::open(&held.path, "n.csv", &options("format = 'parquet'")).map(|_| ()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Setting);
    assert_eq!(error.to_string(), "n.csv: the setting `format` is `parquet`, and the file is something else");
}
