//! Writes the report of an invented company, to try renderers and the web
//! application on every kind of block and chart.
//!
//! ```text
//! cargo run -p cx-report --example sample -- json      the document
//! cargo run -p cx-report --example sample -- html      the page, with the built application
//! cargo run -p cx-report --example sample -- html pl   the same with Polish labels and axis numbers
//! cargo run -p cx-report --example sample -- plain     the page without the application
//! ```

use std::error::Error;
use std::io::Write;

mod company;

#[cfg(test)]
mod checks;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let form = arguments.next().unwrap_or_else(|| "json".to_owned());
    let mut document = company::document();
    if let Some(language) = arguments.next() {
        document.language = language;
    }
    let text = match form.as_str() {
        "json" => serde_json::to_string_pretty(&document)? + "\n",
        "plain" => cx_report::formats::html::render(&document, None)?,
        "html" => {
            let page = cx_web::report_template().ok_or(
                "the web application is not built: run `npm ci && npm run build` in crates/cx-web/app",
            )?;
            cx_report::formats::html::render(&document, Some(page))?
        }
        other => return Err(format!("`{other}` is not a form; use json, html or plain").into()),
    };
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(())
}
