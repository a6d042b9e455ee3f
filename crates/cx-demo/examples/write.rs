//! Writes a demo company: `cargo run -p cx-demo --example write -- DIR [COMPANY [CUSTOMERS [SEED]]]`.
#![expect(clippy::print_stdout, reason = "what it wrote is what it is for")]

use cx_demo::{Company, DEFAULT_SEED, Size, write};
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let dir = args.first().ok_or("name the folder to write into")?;
    let company = args.get(1).map_or(Ok(Company::Ecommerce), |word| word.parse())?;
    let size = args
        .get(2)
        .map(|n| n.parse())
        .transpose()?
        .map_or_else(Size::default, |customers| Size { customers });
    let seed = args.get(3).map_or(Ok(DEFAULT_SEED), |n| n.parse())?;
    let written = write(company, Path::new(dir), seed, size)?;
    println!("{}: {} rows in {} files", written.name, written.rows, written.files.len());
    println!("settings {}", written.settings.display());
    Ok(())
}
