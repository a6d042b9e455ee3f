//! What the HTML format makes of the sample, and what the application's tests take from it.

use super::company;
use cx_report::document::{Block, ChartData, Document};
use cx_report::formats::html::render;
use std::collections::BTreeSet;

/// A page with the four places that the built application has.
const TEMPLATE: &str = "<html lang=\"cx:lang\"><title>cx:title</title><div id=\"app\"><!--cx:static--></div><!--cx:data--></html>";

/// The text of the block that the application reads.
fn data_of(page: &str) -> &str {
    let (_, rest) = page.split_once(r#"<script type="application/json" id="data">"#).unwrap();
    rest.split_once("</script>").unwrap().0
}

/// The application's unit tests read this file; it must be what the document says today.
#[test]
fn the_applications_sample_is_this_document() {
    let kept = include_str!("../../../cx-web/app/fixtures/sample.json");
    let now = serde_json::to_string_pretty(&company::document()).unwrap() + "\n";
    assert!(
        kept == now,
        "run `cargo run -p cx-report --example sample > crates/cx-web/app/fixtures/sample.json`"
    );
}

#[test]
fn the_sample_has_every_kind_of_block_and_chart() {
    let document = company::document();
    let mut kinds = BTreeSet::new();
    for block in document.sections.iter().flat_map(|s| &s.blocks) {
        kinds.insert(match block {
            Block::Heading { .. } => "heading",
            Block::Text { .. } => "text",
            Block::Facts { .. } => "facts",
            Block::Findings { .. } => "findings",
            Block::Tiles { .. } => "tiles",
            Block::Table(_) => "table",
            Block::Refusals { .. } => "refusals",
            Block::Unlocks { .. } => "unlocks",
            Block::Chart(chart) => match chart.data {
                ChartData::Trend { .. } => "trend",
                ChartData::SmallMultiples { .. } => "small multiples",
                ChartData::Forest { .. } => "forest",
                ChartData::Distribution { .. } => "distribution",
                ChartData::Bridge { .. } => "bridge",
                ChartData::Heatmap { .. } => "heat map",
                ChartData::Records { .. } => "records",
                ChartData::Survival { .. } => "survival",
                ChartData::Bands { .. } => "bands",
                ChartData::Backtest { .. } => "backtest",
                ChartData::Control { .. } => "control",
                ChartData::EventStudy { .. } => "event study",
                ChartData::Density { .. } => "density",
                ChartData::Tornado { .. } => "tornado",
                ChartData::Amounts { .. } => "amounts",
                ChartData::Grades { .. } => "grades",
                ChartData::Dumbbell(_) => "dumbbell",
                ChartData::Calibration(_) => "calibration",
                ChartData::Claims(_) => "claims",
            },
        });
    }
    assert_eq!(kinds.len(), 27, "{kinds:?}");
}

/// Rows have as many cells as there are columns; the parts of a file add to it.
#[test]
fn the_sample_keeps_the_documents_own_rules() {
    for block in company::document().sections.iter().flat_map(|s| &s.blocks) {
        let table = match block {
            Block::Chart(chart) => {
                if let ChartData::Records { parts, total, .. } = &chart.data {
                    assert_eq!(parts.iter().map(|p| p.n).sum::<u64>(), *total);
                }
                &chart.table
            }
            Block::Table(table) => table,
            _ => continue,
        };
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.id);
    }
}

/// Every text of the document that is meant for a reader.
fn texts_of(document: &Document) -> Vec<String> {
    fn walk(value: &serde_json::Value, key: &str, out: &mut Vec<String>) {
        // Names that only the script needs. Rows behind a figure are looked at below.
        const INSIDE: [&str; 11] = [
            "unit",
            "type",
            "kind",
            "tone",
            "format",
            "direction",
            "finding",
            "id",
            "language",
            "currency",
            "n",
        ];
        match value {
            serde_json::Value::String(text) if !INSIDE.contains(&key) => out.push(text.clone()),
            serde_json::Value::Array(items) => items.iter().for_each(|item| walk(item, "", out)),
            // What a chart draws stands in its table.
            serde_json::Value::Object(fields) if key != "data" => {
                fields.iter().for_each(|(name, field)| walk(field, name, out));
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    walk(&serde_json::to_value(document).unwrap(), "", &mut out);
    // The cover's title is only a name for scripts.
    out.retain(|text| text != "Cover");
    // Tiles and derivations say how many rows stand behind them; cells lead to derivations.
    out.extend(document.derivations.iter().map(|d| format!("n = {}", d.figure.n)));
    for block in document.sections.iter().flat_map(|s| &s.blocks) {
        if let Block::Tiles { tiles } = block {
            out.extend(tiles.iter().map(|tile| format!("n = {}", tile.figure.n)));
        }
    }
    out
}

/// Without a script every word and number of the document can be read.
#[test]
fn the_page_without_a_script_says_everything() {
    let document = company::document();
    for page in [render(&document, None).unwrap(), render(&document, Some(TEMPLATE)).unwrap()] {
        let read = page
            .split(r#"<script type="application/json""#)
            .next()
            .unwrap()
            .replace("&#39;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&");
        for text in texts_of(&document) {
            assert!(read.contains(&text), "not on the page: {text}");
        }
    }
}

#[test]
fn every_tag_is_closed_in_order() {
    let page = render(&company::document(), None).unwrap();
    let body = page.split_once("<body>").unwrap().1.split_once("</body>").unwrap().0;
    let mut open = Vec::new();
    for piece in body.split('<').skip(1) {
        let name: String = piece.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
        match name.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop().as_deref(), Some(closed)),
            None => open.push(name),
        }
    }
    assert_eq!(open, Vec::<String>::new());
}

#[test]
fn links_lead_somewhere() {
    let page = render(&company::document(), None).unwrap();
    let targets: Vec<&str> =
        page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(targets.len() > 50);
    for target in targets {
        assert!(page.contains(&format!("id=\"{target}\"")), "{target}");
    }
}

/// Text from the data stays text: in the page, in attributes and in the JSON.
#[test]
fn hostile_text_stays_text() {
    let hostile = "</script><script>alert(1)</script><!--cx:data-->\"' onload=x \u{2028}";
    let mut document = company::document();
    document.title = hostile.into();
    document.company = hostile.into();
    document.language = "en\"><script>".into();
    document.sections[1].id = hostile.into();
    document.sections[1].title = hostile.into();
    let page = render(&document, Some(TEMPLATE)).unwrap();
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("</script>").count(), 1);
    assert!(!page.contains("<!--"));
    assert!(!page.contains('\u{2028}') || page.find('\u{2028}') < page.find("<script"));
    let data: serde_json::Value = serde_json::from_str(data_of(&page)).unwrap();
    assert_eq!(data["title"], hostile);
    let unescaped = data_of(&page).replace("\\u003c", "<").replace("\\u2028", "\u{2028}");
    assert!(unescaped == serde_json::to_string(&document).unwrap());
}

#[test]
fn a_template_without_its_places_is_not_used() {
    let page = render(&company::document(), Some("<html>broken</html>")).unwrap();
    assert!(page.starts_with("<!doctype html>"));
    assert!(page.contains("Charts need the built web application"));
}

/// The places in the built page are those that the format fills.
#[test]
fn the_built_application_takes_the_document() {
    let Some(template) = cx_web::report_template() else {
        println!("skipped: the web application is not built");
        return;
    };
    let document = company::document();
    let page = render(&document, Some(template)).unwrap();
    assert!(data_of(&page).contains(&document.input_hash));
    assert!(page.contains("Charts are drawn by a script"));
    for marker in ["cx:lang", "cx:title", "<!--cx:static-->", "<!--cx:data-->"] {
        assert!(template.contains(marker) && !page.contains(marker), "{marker}");
    }
    assert!(!template.contains("unsafe-inline"));
}

#[test]
fn the_language_of_labels_follows_the_document() {
    let mut document = company::document();
    document.language = "ru".into();
    let page = render(&document, Some(TEMPLATE)).unwrap();
    assert!(page.starts_with("<html lang=\"ru\">"));
    assert!(page.contains("Откуда взялась каждая цифра"));
}
