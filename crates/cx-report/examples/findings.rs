//! Writes the report on the tests' findings, to look at sections and formats.
//!
//! ```text
//! cargo run -p cx-report --example findings -- text 80    a terminal of 80 columns
//! cargo run -p cx-report --example findings -- html       the page, with the application where it is built
//! cargo run -p cx-report --example findings -- md         also: csv, json
//! ```

use cx_report::formats::{csv, html, json, md, text};
use std::error::Error;
use std::io::{IsTerminal, Write};

#[path = "../tests/fixture/mod.rs"]
mod fixture;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let form = arguments.next().unwrap_or_else(|| "text".to_owned());
    let width = arguments.next().map_or(Ok(80), |w| w.parse())?;
    let document = cx_report::sections::build(&fixture::inputs(), "en");
    let output = match form.as_str() {
        "text" => text::render(&document, text::Terminal { width, colors: std::io::stdout().is_terminal() }),
        "md" => md::render(&document),
        "csv" => csv::render(&document),
        "json" => json::render(&document)?,
        "html" => html::render(&document, cx_web::report_template())?,
        other => return Err(format!("`{other}` is not a form; use text, md, csv, json or html").into()),
    };
    std::io::stdout().write_all(output.as_bytes())?;
    Ok(())
}
