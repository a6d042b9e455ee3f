//! Real files as they were published, when they are at hand.

use super::*;
use std::path::Path;

/// The folder of real data: `$CX_SHARED/data`, or `data` in a folder `shared` beside the workspace.
fn data() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("CX_SHARED").map_or_else(beside, PathBuf::from).join("data");
    if folder.is_dir() {
        return Some(folder);
    }
    let required = std::env::var("CX_REQUIRE").is_ok_and(|what| what == "all");
    assert!(!required, "CX_REQUIRE=all, and there is no real data at {}", folder.display());
    eprintln!("SKIPPED: no real data at {}; set CX_SHARED to the folder that holds `data`", folder.display());
    None
}

/// A file, how it must be seen without any settings, and how many rows it has.
struct Known {
    file: &'static str,
    rows: usize,
    columns: usize,
    delimiter: &'static str,
    skip_lines: u64,
    header: bool,
    line_ending: LineEnding,
    first: &'static str,
    last: &'static str,
}

const fn comma(
    file: &'static str,
    rows: usize,
    columns: usize,
    first: &'static str,
    last: &'static str,
) -> Known {
    Known {
        file,
        rows,
        columns,
        delimiter: ",",
        skip_lines: 0,
        header: true,
        line_ending: LineEnding::Lf,
        first,
        last,
    }
}

const KNOWN: [Known; 25] = [
    comma("telco_ibm/Telco-Customer-Churn.csv.gz", 7043, 21, "customerID", "Churn"),
    Known {
        skip_lines: 1,
        line_ending: LineEnding::CrLf,
        ..comma(
            "airline_invistico/Invistico_Airline.csv.gz",
            129_880,
            23,
            "satisfaction",
            "Arrival Delay in Minutes",
        )
    },
    comma("online_retail_uci/onlineretail.csv.gz", 541_909, 8, "InvoiceNo", "Country"),
    comma("skytrax_lounge/lounge.csv.gz", 2264, 21, "airline_name", "recommended"),
    Known {
        line_ending: LineEnding::CrLf,
        ..comma("incident_event_log/incident_event_log_first6000.csv.gz", 5998, 36, "number", "closed_at")
    },
    Known {
        delimiter: "blanks",
        line_ending: LineEnding::CrLf,
        ..comma("cdnow/CDNOW_master.txt", 69_659, 4, "customer_id", "dollar_value")
    },
    Known {
        delimiter: "blanks",
        header: false,
        line_ending: LineEnding::CrLf,
        ..comma("cdnow/CDNOW_sample.txt", 6919, 5, "column_1", "column_5")
    },
    comma("cdnow/cdnow_customers_summary.csv", 2357, 4, "ID", "T"),
    Known {
        line_ending: LineEnding::CrLf,
        ..comma("cdnow/cdnow_customers_summary_with_transactions.csv", 2357, 5, "ID", "zbar")
    },
    comma("modeldata_debian/attrition.csv", 1470, 31, "Age", "YearsWithCurrManager"),
    comma("modeldata_debian/mlc_churn.csv", 5000, 20, "state", "churn"),
    comma("modeldata_debian/wa_churn.csv.gz", 7043, 20, "churn", "total_charges"),
    comma("reviews_en/course_evaluations.csv", 566, 2, "sentiment", "text"),
    comma("reviews_en/kotzias_reviews_amazon_cells.csv", 1067, 2, "sentiment", "text"),
    comma("reviews_en/kotzias_reviews_imdb.csv", 1041, 2, "sentiment", "text"),
    comma("reviews_en/kotzias_reviews_yelp.csv", 1040, 2, "sentiment", "text"),
    comma("reviews_pl/split_even_rows_dev.csv.gz", 9063, 2, "label", "text"),
    comma("reviews_ru/tkk_test_etalon.csv", 2247, 11, "id", "skylink"),
    comma("reviews_zh/waimai_10k.csv.gz", 11_987, 2, "label", "review"),
    comma("bgbb_donations/donations.csv", 22, 4, "frequency", "weights"),
    comma("lalonde_nsw/cps_controls_causaldata.csv", 15_992, 11, "data_id", "re78"),
    comma("mass_housing_satisfaction/housing.csv", 72, 5, "Sat", "Freq"),
    comma("sbg_retention/customer_retention.csv", 13, 3, "year", "high_end"),
    comma("synthetic_control/california_prop99.csv", 31, 40, "Year", "Wyoming"),
    comma("synthetic_control/basque.csv", 774, 17, "regionno", "invest"),
];

#[test]
fn real_files_are_seen_and_read_without_settings() {
    let Some(data) = data() else { return };
    for known in &KNOWN {
        let path = data.join(known.file);
        let seen = sniff(&path).unwrap_or_else(|e| panic!("{e}"));
        let layout = &seen.layout;
        let name = known.file;
        assert_eq!(layout.dialect.as_ref().unwrap().delimiter.to_string(), known.delimiter, "{name}");
        assert_eq!((layout.skip_lines, layout.header), (known.skip_lines, known.header), "{name}");
        assert_eq!(layout.line_ending, Some(known.line_ending), "{name}");
        assert_eq!(layout.names.len(), known.columns, "{name}: {:?}", layout.names);
        assert_eq!(layout.names[0], known.first, "{name}");
        assert_eq!(layout.names.last().unwrap(), known.last, "{name}");
        assert_eq!((layout.encoding, layout.encoding_hint), (Encoding::UTF_8, None), "{name}");
        assert_eq!(layout.renamed, [], "{name}");

        let file = RawFile::open(&path, name, &ReadOptions::default()).unwrap();
        let first = Projection::columns([known.first]);
        let table = read_all(&file, &first).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(table.rejected, [], "{name}");
        assert_eq!(table.rows.len(), known.rows, "{name}");

        // What was found, written down as settings, reads the same.
        let fixed = RawFile::open(&path, name, &layout.options()).unwrap();
        assert_eq!(fixed.layout(), file.layout(), "{name}");
    }
}

#[test]
fn real_files_keep_their_known_figures() {
    let Some(data) = data() else { return };
    let column = |file: &str, name: &str| {
        let file = RawFile::open(data.join(file), file, &ReadOptions::default()).unwrap();
        let table = read_all(&file, &Projection::columns([name])).unwrap();
        let cells = table.rows.into_iter().map(|mut row| row.remove(0).unwrap()).collect::<Vec<_>>();
        (cells, table.lines)
    };
    let (totals, _) = column("telco_ibm/Telco-Customer-Churn.csv.gz", "TotalCharges");
    assert_eq!(totals.iter().filter(|t| *t == " ").count(), 11, "blanks of one space stay as they are");
    let (churn, _) = column("telco_ibm/Telco-Customer-Churn.csv.gz", "Churn");
    assert_eq!(churn.iter().filter(|c| *c == "Yes").count(), 1869);

    let (customers, lines) = column("online_retail_uci/onlineretail.csv.gz", "CustomerID");
    assert_eq!(customers.iter().filter(|c| c.is_empty()).count(), 135_080);
    assert_eq!((lines[0], *lines.last().unwrap()), (2, 541_910));

    let (delays, lines) = column("airline_invistico/Invistico_Airline.csv.gz", "Arrival Delay in Minutes");
    assert_eq!(delays.iter().filter(|d| d.is_empty()).count(), 393);
    assert_eq!(lines[0], 3, "below a title and the header");

    let (states, _) = column("incident_event_log/incident_event_log_first6000.csv.gz", "vendor");
    assert!(states.iter().all(|s| s == "?"));

    // 2,500,315.63 dollars and 167,881 disks in 69,659 purchases.
    let (dollars, _) = column("cdnow/CDNOW_master.txt", "dollar_value");
    let cents: i64 = dollars.iter().map(|d| d.replace('.', "").parse::<i64>().unwrap()).sum();
    assert_eq!(cents, 250_031_563);
    let (disks, _) = column("cdnow/CDNOW_master.txt", "number_of_cds");
    assert_eq!(disks.iter().map(|d| d.parse::<u32>().unwrap()).sum::<u32>(), 167_881);

    // Reviews with line breaks inside: the last line is far below the number of rows.
    let (ratings, lines) = column("skytrax_lounge/lounge.csv.gz", "recommended");
    assert_eq!(ratings.iter().filter(|r| *r == "1").count(), 816, "36.04 % of 2,264");
    assert_eq!(lines.len(), 2264);

    let hash = hash_file(&data.join("cdnow/CDNOW_master.txt")).unwrap();
    assert!(hash.sha256.starts_with("eff6889ed364c519") && hash.bytes == 1_950_500);
}

#[test]
fn two_million_cells_do_not_depend_on_the_threads() {
    let Some(data) = data() else { return };
    let files = [
        "online_retail_uci/onlineretail.csv.gz",
        "cdnow/CDNOW_master.txt",
        "telco_ibm/Telco-Customer-Churn.csv.gz",
    ];
    let files: Vec<RawFile> =
        files.iter().map(|f| RawFile::open(data.join(f), *f, &ReadOptions::default()).unwrap()).collect();
    let count = |threads: usize| {
        let rows = std::sync::Mutex::new(vec![0_usize; files.len()]);
        let cancel = std::sync::atomic::AtomicBool::new(false);
        for_each_batch(&files, &Projection::All, threads, &cancel, |task, batch| {
            assert_eq!(task, batch.file);
            rows.lock().unwrap()[batch.file] += batch.frame.height();
            Ok::<(), SourceError>(())
        })
        .unwrap();
        rows.into_inner().unwrap()
    };
    assert_eq!(count(1), [541_909, 69_659, 7043]);
    assert_eq!(count(3), count(1));
}
