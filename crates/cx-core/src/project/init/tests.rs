//! Whole folders, made up.

use super::survey_folder;
use crate::project::Settings;
use crate::tables::load::{Loaded, Options, load};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// The folder's settings, with these answers.
fn text_of(folder: &Path, answers: &[(&str, &str)]) -> String {
    let found = survey_folder(folder).unwrap();
    let answers: BTreeMap<String, String> =
        answers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    found.settings_text(&answers).unwrap()
}

fn open(folder: &Path) -> Vec<String> {
    let found = survey_folder(folder).unwrap();
    found.questions(&BTreeMap::new()).into_iter().map(|q| q.key).collect()
}

/// Parses and loads the text.
fn loaded(folder: &Path, text: &str) -> Loaded {
    let settings = Settings::parse("cx.toml", text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let cancel = AtomicBool::new(false);
    let options =
        Options { threads: 1, cancel: &cancel, stream_above: u64::MAX, count_repeats: false, hash: false };
    load(folder, &settings.sources, &settings.scales, settings.zone.as_ref(), settings.currency, &options)
        .unwrap_or_else(|e| panic!("{e}\n{text}"))
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[test]
fn nothing_to_recognise_is_said() {
    let empty = folder(&[("readme.md", "# hello")]);
    let error = survey_folder(empty.path()).unwrap_err();
    assert!(error.to_string().contains("no file that reads as a table"), "{error}");
    assert!(survey_folder(&empty.path().join("missing")).is_err());
}

fn rows(head: &str, n: usize, row: impl Fn(usize) -> String) -> String {
    let body: Vec<String> = (0..n).map(row).collect();
    format!("{head}\n{}\n", body.join("\n"))
}

#[test]
fn a_survey_with_questions_in_words() {
    let head = "Respondent ID,Submitted At,How likely are you to recommend us to a friend?,How satisfied are you overall?,How easy was it to get help?,Comments,Region";
    let text = rows(head, 60, |i| {
        let day = i % 28 + 1;
        format!(
            "{},2026-01-{day:02} 10:00,{},{},{},fine and friendly as always,{}",
            100 + i,
            i % 11,
            i % 5 + 1,
            i % 7 + 1,
            if i % 2 == 0 { "North" } else { "South" }
        )
    });
    let place = folder(&[("survey.csv", &text)]);
    assert_eq!(open(place.path()), ["project.time_zone"]);
    let text = text_of(place.path(), &[("project.time_zone", "Europe/Warsaw")]);
    for (question, scale) in [("recommend", "0-10"), ("satisfaction", "1-5"), ("effort", "1-7")] {
        let part = text.split_once(&format!("answers.{question}]")).unwrap().1;
        let found = part.lines().find(|l| l.starts_with("scale")).unwrap();
        assert_eq!(found, format!("scale = \"{scale}\""), "{text}");
    }
    assert!(text.contains("verbatim = \"Comments\"") && text.contains("dimensions = [\"Region\"]"), "{text}");
    let loaded = loaded(place.path(), &text);
    assert_eq!(loaded.data.table("responses").unwrap().rows, 180);
}

#[test]
fn headers_in_other_languages() {
    let polish = rows("Nr zamówienia;ID klienta;Data zamówienia;Kwota;Kanał", 40, |i| {
        format!(
            "Z{i};K{};{:02}.0{}.2026;{},50;{}",
            i % 7,
            i % 28 + 1,
            i % 3 + 1,
            i + 10,
            ["sklep", "www"][i % 2]
        )
    });
    let german = rows("Ticketnummer;Kundennummer;Eröffnet am;Gelöst am;Kanal", 40, |i| {
        format!(
            "T{i};{};2026-01-{:02};2026-02-{:02};{}",
            i % 9,
            i % 28 + 1,
            i % 28 + 1,
            ["Mail", "Telefon"][i % 2]
        )
    });
    let russian = rows(
        "id клиента,дата ответа,Вы порекомендуете нас друзьям?,Удовлетворены ли вы?",
        40,
        |i| format!("{i},2026-01-{:02},{},{}", i % 28 + 1, i % 11, i % 5 + 1),
    );
    let chinese = rows("客户编号,提交时间,您有多大可能推荐我们,总体满意度", 40, |i| {
        format!("{i},2026-01-{:02},{},{}", i % 28 + 1, i % 11, i % 5 + 1)
    });
    let place =
        folder(&[("pl.csv", &polish), ("de.csv", &german), ("ru.csv", &russian), ("zh.csv", &chinese)]);
    assert_eq!(open(place.path()), ["project.currency"]);
    let text = text_of(place.path(), &[("project.currency", "PLN")]);
    let loaded = loaded(place.path(), &text);
    let rows = |table: &str| loaded.data.table(table).unwrap().rows;
    assert_eq!((rows("transactions"), rows("interactions"), rows("responses")), (40, 40, 160), "{text}");
    assert!(text.contains("decimal = \",\"") && text.contains("format = \"%d.%m.%Y\""), "{text}");
    assert!(text.contains("delimiter = \";\""), "{text}");
    let sum = loaded.reports["transactions"].rejected;
    assert_eq!(sum, 0, "{text}");
}

#[test]
fn what_the_file_cannot_tell_is_asked_once_and_answered_by_its_key() {
    let text = rows("order id,order date,delivery date,amount", 40, |i| {
        format!(
            "O-{i},0{}/0{}/2026,0{}/0{}/2026,\"{},500\"",
            i % 9 + 1,
            i % 8 + 1,
            i % 9 + 1,
            i % 8 + 1,
            i + 1
        )
    });
    let place = folder(&[("orders.csv", &text)]);
    let asked = ["project.currency", "source.orders.format", "source.orders.amount.decimal"];
    assert_eq!(open(place.path()), asked);
    let waiting = text_of(place.path(), &[]);
    let error = Settings::parse("cx.toml", &waiting).unwrap_err();
    assert_eq!(error.open, asked, "settings are named as they are asked: {waiting}");
    assert!(waiting.contains("OPEN source.orders.format"), "{waiting}");
    let answers = [(asked[0], "EUR"), (asked[1], "%d/%m/%Y"), (asked[2], ",")];
    let text = text_of(place.path(), &answers);
    assert_eq!(text.matches("\"%d/%m/%Y\"").count(), 2, "{text}");
    let loaded = loaded(place.path(), &text);
    assert_eq!(loaded.data.table("transactions").unwrap().rows, 40);
    let found = survey_folder(place.path()).unwrap();
    let wrong = |key: &str, answer: &str| {
        found.settings_text(&BTreeMap::from([(key.to_owned(), answer.to_owned())])).unwrap_err().to_string()
    };
    assert!(wrong("source.orders.format", "%Y").contains("none of"));
    assert!(wrong("source.ordrs.format", "%Y").contains("nothing asks"));
    assert!(wrong("project.currency", "euro").contains("EUR"));
    assert!(wrong("source.orders.table", "reviews").contains("may be transactions"));
}

#[test]
fn effort_may_be_good_or_bad_and_is_asked() {
    let text = rows("response id,effort", 60, |i| format!("{i},{}", i % 7 + 1));
    let place = folder(&[("ces.csv", &text)]);
    assert_eq!(open(place.path()), ["source.ces.effort.scale"]);
    let text = text_of(place.path(), &[("source.ces.effort.scale", "1-7-low")]);
    assert!(text.contains("[scales.1-7-low]") && text.contains("best = 1"), "{text}");
    assert_eq!(loaded(place.path(), &text).data.table("responses").unwrap().rows, 60);
}

#[test]
fn tenure_in_an_unknown_unit_is_asked() {
    let text = rows("customer id,tenure,churn", 60, |i| format!("C{i},{},{}", i % 13, i % 2));
    let place = folder(&[("base.csv", &text)]);
    assert_eq!(open(place.path()), ["source.base.tenure", "source.base.day"]);
    let answers = [("source.base.tenure", "years"), ("source.base.day", "2026-01-31")];
    let text = text_of(place.path(), &answers);
    assert!(text.contains("factor = 12"), "{text}");
    let loaded = loaded(place.path(), &text);
    let customers = loaded.data.table("customers").unwrap();
    assert_eq!(customers.rows, 60);
    let first = customers.span.unwrap().0.to_rfc3339();
    assert!(first.starts_with("2014-01-31"), "{first}");
}

#[test]
fn qualtrics_rows_below_the_header_are_no_answers() {
    let mut text = String::from(
        "StartDate,EndDate,Status,Progress,Finished,RecordedDate,ResponseId,ExternalReference,UserLanguage,Q1,Q2\n\
         Start Date,End Date,Response Type,Progress,Finished,Recorded Date,Response ID,External Data Reference,User Language,\"How likely are you, overall, to recommend us?\",Why?\n\
         \"{\"\"ImportId\"\":\"\"startDate\"\",\"\"timeZone\"\":\"\"Europe/Warsaw\"\"}\",\"{\"\"ImportId\"\":\"\"endDate\"\"}\",\"{\"\"ImportId\"\":\"\"status\"\"}\",\"{\"\"ImportId\"\":\"\"progress\"\"}\",\"{\"\"ImportId\"\":\"\"finished\"\"}\",\"{\"\"ImportId\"\":\"\"recordedDate\"\"}\",\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\"{\"\"ImportId\"\":\"\"externalDataReference\"\"}\",\"{\"\"ImportId\"\":\"\"userLanguage\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"QID2_TEXT\"\"}\"\n",
    );
    text.push_str("2026-03-29 01:58:00,2026-03-29 03:02:00,IP Address,100,True,2026-03-29 03:02:01,R_a1,C-001,PL,0,\"Too slow\nand expensive\"\n");
    text.push_str(
        "2026-03-30 10:00:00,2026-03-30 10:01:00,IP Address,100,True,2026-03-30 10:01:02,R_a2,C-002,EN,10,\n",
    );
    text.push_str(
        "2026-03-30 11:00:00,2026-03-30 11:00:30,IP Address,45,False,2026-04-06 11:00:30,R_a3,C-003,EN,,\n",
    );
    let place = folder(&[("export.csv", &text)]);
    assert_eq!(open(place.path()), Vec::<String>::new(), "the export names its zone");
    let text = text_of(place.path(), &[]);
    assert!(
        text.contains("zone = \"Europe/Warsaw\"") && text.contains("answered_at = \"RecordedDate\""),
        "{text}"
    );
    let loaded = loaded(place.path(), &text);
    let responses = loaded.data.table("responses").unwrap();
    assert_eq!(responses.rows, 3, "{text}");
    let outcome = responses.column("outcome").unwrap().dictionary.clone().unwrap();
    assert!(outcome.find("partial").is_some() && outcome.find("answered").is_some(), "{text}");
}

#[test]
fn files_of_one_shape_are_one_source_and_strangers_are_named() {
    let orders = |from: usize| {
        rows("order_id,customer_id,occurred_at,amount", 30, |i| {
            format!("{},C{},2026-01-{:02}T10:00:00Z,12.50", from + i, i % 5, i % 28 + 1)
        })
    };
    let strange = rows("frequency,recency,periods,weights", 30, |i| format!("{i},{},6,{}", i % 5, i * 3));
    let place = folder(&[("orders_1.csv", &orders(0)), ("orders_2.csv", &orders(100)), ("x.csv", &strange)]);
    let text = text_of(place.path(), &[("project.currency", "EUR")]);
    assert!(text.contains("files = [\"orders_1.csv\", \"orders_2.csv\"]"), "{text}");
    assert!(text.contains("Not recognised: x.csv"), "{text}");
    assert_eq!(loaded(place.path(), &text).data.table("transactions").unwrap().rows, 60);
}

#[test]
fn reviews_and_answers_in_long_form() {
    let reviews = rows("review_id,date,rating,review,verified", 40, |i| {
        format!(
            "{i},2026-01-{:02},{},\"Came after {i} days and works as it should, thank you\",{}",
            i % 28 + 1,
            i % 5 + 1,
            i % 2
        )
    });
    let long = rows("response_id,answered_at,question,value", 60, |i| {
        let (question, value) =
            if i % 2 == 0 { ("NPS", i % 11) } else { ("Overall satisfaction", i % 5 + 1) };
        format!("{},2026-01-{:02},{question},{value}", i / 2, i % 28 + 1)
    });
    let place = folder(&[("reviews.csv", &reviews), ("long.csv", &long)]);
    assert_eq!(open(place.path()), Vec::<String>::new());
    let text = text_of(place.path(), &[]);
    let loaded = loaded(place.path(), &text);
    assert_eq!(loaded.data.table("reviews").unwrap().rows, 40, "{text}");
    let responses = loaded.data.table("responses").unwrap();
    assert_eq!(responses.rows, 60);
    let questions = responses.column("question").unwrap().dictionary.clone().unwrap();
    assert!(questions.find("recommend").is_some() && questions.find("satisfaction").is_some(), "{text}");
    assert_eq!(loaded.issues(&|_| true).len(), 0, "{text}");
}

#[test]
fn exports_known_by_their_headers() {
    let delighted = rows("id,person,survey_type,score,comment,created_at,updated_at", 60, |i| {
        let kind = ["nps", "csat"][i % 2];
        let score = if i % 2 == 0 { i % 11 } else { i % 5 + 1 };
        format!(
            "{i},p{i},{kind},{score},all was fine with the parcel this time,{},1774742400",
            1_774_742_400 + i
        )
    });
    let shop = rows(
        "Name,Email,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price",
        40,
        |i| {
            let first = if i % 2 == 0 { ("a@x.com", "paid", "EUR", "35.00") } else { ("", "", "", "") };
            format!(
                "#{},{},{},{},{},2026-01-02 09:59:00 +0100,2,Mug,10.00",
                1000 + i / 2,
                first.0,
                first.1,
                first.2,
                first.3
            )
        },
    );
    let tickets = rows(
        "id,requester_id,assignee_id,created_at,updated_at,solved_at,status,reopens,satisfaction_rating",
        60,
        |i| {
            let mood = ["good", "bad", "offered", "good"][i % 4];
            format!(
                "{i},{},7,2026-01-01T10:00:00Z,2026-01-02T10:00:00Z,2026-01-02T10:00:00Z,solved,{},{mood}",
                i % 30,
                i % 3
            )
        },
    );
    let place = folder(&[("delighted.csv", &delighted), ("shop.csv", &shop), ("tickets.csv", &tickets)]);
    assert_eq!(open(place.path()), ["project.currency"]);
    let text = text_of(place.path(), &[("project.currency", "EUR")]);
    let loaded = loaded(place.path(), &text);
    let rows = |table: &str| loaded.data.table(table).unwrap().rows;
    assert_eq!((rows("transactions"), rows("interactions"), rows("responses")), (40, 60, 120), "{text}");
    assert!(text.contains("`Lineitem quantity` * `Lineitem price`"), "{text}");
    assert!(text.contains("nps = \"recommend\"") && text.contains("csat = \"satisfaction\""), "{text}");
    assert!(text.contains("reopened = { expr = \"reopens > 0\" }"), "{text}");
    assert!(text.contains("blank = [\"offered\"]"), "{text}");
    let unread: Vec<_> =
        loaded.issues(&|_| true).into_iter().filter(|i| format!("{:?}", i.fault) == "NotANumber").collect();
    assert!(unread.is_empty(), "{unread:?}\n{text}");
}

#[test]
fn what_a_file_lacks_is_said() {
    let unnamed = rows("churn,tenure,contract", 60, |i| format!("{},{},month", ["yes", "no"][i % 2], i));
    let undated = rows("order id,amount", 60, |i| format!("{i},{}.50", i * 3));
    let unasked = rows("id,score", 60, |i| format!("{i},{}", i % 11));
    let place = folder(&[("base.csv", &unnamed), ("orders.csv", &undated), ("scores.csv", &unasked)]);
    let text = text_of(place.path(), &[]);
    let flat = text.replace("\n# ", " ");
    for part in ["no column names each of them once", "no column says when", "nothing says what was asked"] {
        assert!(flat.contains(part), "{part}: {text}");
    }
}

#[test]
fn a_survey_with_faults_in_it() {
    let text = rows("Response,State,NPS,Satisfaction,Geliefert?,Test", 400, |i| {
        let nps = match i % 100 {
            7 => "99".to_owned(),
            8 => "11".to_owned(),
            n => (n % 11).to_string(),
        };
        let satisfaction = if i % 40 == 3 { "Don't know".to_owned() } else { (i % 5 + 1).to_string() };
        let state = ["Completed", "Delivered", "Dismissed", "In progress"]
            [usize::from(i % 10 == 0) * (i / 10 % 3 + 1)];
        let test = if i % 100 == 50 { "yes" } else { "no" };
        format!(
            "{},{state},{nps},{satisfaction},{},{test}",
            if i == 9 { 8 } else { i },
            ["ja", "nein"][i % 2]
        )
    });
    let place = folder(&[("answers.csv", &text)]);
    assert_eq!(open(place.path()), Vec::<String>::new());
    let text = text_of(place.path(), &[]);
    assert!(text.contains("exclude = \"Test in ('yes')\""), "{text}");
    assert!(text.contains("dont_know = [99]") && text.contains("blank = [\"Don't know\"]"), "{text}");
    assert!(text.contains("1 rows repeat a submission"), "{text}");
    assert!(text.contains("Delivered = \"invited\""), "{text}");
    let loaded = loaded(place.path(), &text);
    let outcomes =
        loaded.data.table("responses").unwrap().column("outcome").unwrap().dictionary.clone().unwrap();
    for outcome in ["answered", "dont_know", "blank", "out_of_scale", "excluded", "dismissed", "partial"] {
        assert!(outcomes.find(outcome).is_some(), "{outcome}: {text}");
    }
    assert!(loaded.reports["responses"].superseded > 0);
}

#[test]
fn ratings_beyond_five_are_dated_or_asked_about() {
    let ratings = |stars: &dyn Fn(usize) -> usize| {
        rows("date,rating,review", 200, |i| {
            let (month, day) = (1 + i / 28, 1 + i % 28);
            format!("2026-{month:02}-{day:02},{},\"The {i}th stay was fine and the food too\"", stars(i))
        })
    };
    // From the 150th day on, every other rating is above five.
    let changed = folder(&[("reviews.csv", &ratings(&|i| if i < 150 { 1 + i % 5 } else { 3 + i % 7 }))]);
    assert!(open(changed.path()).is_empty());
    let text = text_of(changed.path(), &[]);
    assert!(text.contains("if(date >= '2026-06-11', 10, 5)"), "{text}");
    // Here and there one is: nobody can tell what the others are out of.
    let mixed = folder(&[("reviews.csv", &ratings(&|i| if i % 25 == 24 { 8 } else { 1 + i % 5 }))]);
    assert_eq!(open(mixed.path()), ["source.reviews.rating_max.value"]);
    let text = text_of(mixed.path(), &[("source.reviews.rating_max.value", "10")]);
    assert!(text.contains("rating_max = { value = \"10\" }"), "{text}");
}
