//! Where the table of a sheet begins and how wide it is.

use super::row::SheetRow;
use super::rows::Book;
use crate::sources::error::SourceError;
use crate::sources::header::has_header;
use crate::sources::options::{Header, ReadOptions};
use std::ops::ControlFlow;

/// Rows judged.
const MOST_ROWS: usize = 300;

/// What the first rows of a sheet tell about the table in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sources) struct SheetShape {
    /// Sheet rows above the header.
    pub(in crate::sources) skip_lines: u64,
    /// Rows that are no data: the header, and those to be skipped below it.
    pub(in crate::sources) heading_rows: usize,
    /// Rows that name the columns.
    pub(in crate::sources) header: bool,
    /// Those rows and the skipped ones, as text.
    pub(in crate::sources) head: Vec<Vec<String>>,
    /// Columns.
    pub(in crate::sources) width: usize,
}

/// Judges a sheet by its first rows; what the options fix is taken as it is.
pub(in crate::sources) fn shape_of_sheet(
    book: &Book<'_>,
    sheet: &str,
    options: &ReadOptions,
) -> Result<SheetShape, SourceError> {
    let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
    let _ = book.rows(sheet, &mut |row: &SheetRow| {
        if row.number > options.skip_lines.unwrap_or(0) {
            rows.push((row.number, row.to_texts()));
        }
        Ok(if rows.len() < MOST_ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    Ok(judge(rows, options))
}

fn judge(mut rows: Vec<(u64, Vec<String>)>, options: &ReadOptions) -> SheetShape {
    let first = if options.skip_lines.is_some() { 0 } else { first_of_table(&rows) };
    let skip_lines =
        options.skip_lines.unwrap_or_else(|| if first == 0 { 0 } else { rows[first].0.saturating_sub(1) });
    let table: Vec<Vec<String>> = rows.drain(first.min(rows.len())..).map(|(_, cells)| cells).collect();
    let skipped = options.skip_rows_after_header.unwrap_or(0);
    let header_rows = options.header_rows.unwrap_or(1);
    let header = match &options.header {
        Some(Header::Row(yes)) => *yes,
        Some(Header::Names(_)) => false,
        None => options.header_rows.is_some() || has_header(&table),
    };
    let heading_rows = if header { header_rows + skipped } else { skipped };
    let mut width = table.iter().map(Vec::len).max().unwrap_or(0);
    if let Some(Header::Names(names)) = &options.header {
        width = names.len();
    }
    let head = table.into_iter().take(heading_rows).collect();
    SheetShape { skip_lines, heading_rows, header, head, width }
}

/// The first row that fills more than half as many cells as rows usually do.
fn first_of_table(rows: &[(u64, Vec<String>)]) -> usize {
    let filled = |cells: &[String]| cells.iter().filter(|c| !c.trim().is_empty()).count();
    let mut counts: Vec<usize> = rows.iter().map(|(_, cells)| filled(cells)).collect();
    counts.sort_unstable();
    let usual = counts.get(counts.len() * 3 / 4).copied().unwrap_or(0);
    let enough = if usual < 2 { 1 } else { usual / 2 + 1 };
    rows.iter().position(|(_, cells)| filled(cells) >= enough).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &[(u64, &str)]) -> Vec<(u64, Vec<String>)> {
        rows.iter().map(|(n, cells)| (*n, cells.split(',').map(str::to_owned).collect())).collect()
    }

    #[test]
    fn titles_above_the_table_are_skipped() {
        let rows = sheet(&[
            (1, "Report"),
            (2, "made,yesterday"),
            (5, "id,score,day,x"),
            (6, "1,9,2,"),
            (7, "2,8,1,3"),
        ]);
        let shape = judge(rows, &ReadOptions::default());
        assert_eq!((shape.skip_lines, shape.width, shape.header), (4, 4, true));
        let rows = sheet(&[(2, "Report"), (5, "id,score"), (6, "1,9"), (7, "2,8")]);
        let shape = judge(rows, &ReadOptions::default());
        assert_eq!((shape.skip_lines, shape.heading_rows, shape.width), (4, 1, 2));
        assert_eq!(shape.head, [["id", "score"]]);
    }

    #[test]
    fn sheets_of_one_column_and_of_nothing() {
        let shape = judge(sheet(&[(1, "text"), (2, "a"), (3, "b")]), &ReadOptions::default());
        assert_eq!((shape.skip_lines, shape.width, shape.header), (0, 1, true));
        let shape = judge(Vec::new(), &ReadOptions::default());
        assert_eq!((shape.width, shape.header), (0, false));
    }
}
