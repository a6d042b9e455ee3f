//! Writes the report on a project's own records, without the command line around it.
//!
//! ```text
//! cargo run -p cx-report --example project -- DIR html > report.html     also: text, md, csv, json
//! ```

use cx_core::analysis::{Company, Options, Project};
use cx_report::formats::{csv, html, json, md, text};
use cx_report::gather::{Wish, gather};
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::AtomicBool;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let dir = arguments.next().ok_or("which folder?")?;
    let form = arguments.next().unwrap_or_else(|| "text".to_owned());
    let cancel = AtomicBool::new(false);
    let options = Options { threads: 2, thorough: true, ..Options::quiet(&cancel) };
    let company = Company::load(Project::open(Path::new(&dir)).map_err(|e| e.to_string())?, &options)
        .map_err(|e| e.to_string())?;
    let wish = Wish {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        command: "cx report -o report.html".to_owned(),
        explain: "cx explain".to_owned(),
        entries: None,
    };
    let document =
        cx_report::sections::build(&gather(&company, &wish, &options).map_err(|e| e.to_string())?, "en");
    let output = match form.as_str() {
        "text" => text::render(&document, text::Terminal { width: 100, colors: false }),
        "md" => md::render(&document),
        "csv" => csv::render(&document),
        "json" => json::render(&document)?,
        "html" => html::render(&document, cx_web::report_template())?,
        other => return Err(format!("`{other}` is not a form; use text, md, csv, json or html").into()),
    };
    std::io::stdout().write_all(output.as_bytes())?;
    Ok(())
}
