//! OpenDocument spreadsheets, a row at a time.
//!
//! Read here rather than by calamine, which holds every sheet of such a file
//! in memory at once and does not stop at the end of markup that is cut short.

use super::archive::{damaged, failure, open};
use super::row::{MOST_COLUMNS, SheetRow};
use super::rows::{Book, SheetName};
use crate::sources::error::{Problem, SourceError};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;
use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;

/// Most rows of a sheet (the limit of the format's own programs).
const MOST_ROWS: u64 = 1 << 20;
/// Most cells and bytes of text that repeated rows may stand for.
const MOST_REPEATED: u64 = 1 << 28;
/// What the part that names the format must begin with.
const MIMETYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

type Each<'e> = dyn FnMut(&SheetRow) -> Result<ControlFlow<()>, SourceError> + 'e;

/// The sheets of a workbook in its order.
pub(super) fn names(book: &Book<'_>) -> Result<Vec<SheetName>, SourceError> {
    let mut names = Vec::new();
    let _ = walk(
        book,
        &mut |sheet| {
            names.push(SheetName { name: sheet.name.clone(), visible: sheet.visible });
            false
        },
        &mut |_| Ok(ControlFlow::Continue(())),
    )?;
    Ok(names)
}

/// Hands on the rows of one sheet that have a filled cell.
pub(super) fn read(
    book: &Book<'_>,
    sheet: &str,
    each: &mut Each<'_>,
) -> Result<ControlFlow<()>, SourceError> {
    let mut found = false;
    walk(
        book,
        &mut |s| {
            let wanted = !found && s.name == sheet;
            found |= wanted;
            wanted
        },
        each,
    )
}

/// Goes through all sheets and hands on the rows of those that are wanted.
fn walk(
    book: &Book<'_>,
    wanted: &mut dyn FnMut(&SheetName) -> bool,
    each: &mut Each<'_>,
) -> Result<ControlFlow<()>, SourceError> {
    let mut archive = open(book.path, book.shown)?;
    let mut mimetype = Vec::new();
    let mut part = archive.by_name("mimetype").map_err(|e| failure(book.shown, e))?;
    part.by_ref().take(64).read_to_end(&mut mimetype).map_err(|e| failure(book.shown, e.into()))?;
    drop(part);
    if !mimetype.starts_with(MIMETYPE) {
        return Err(damaged(book.shown, "not a spreadsheet by its own type"));
    }
    let content = archive.by_name("content.xml").map_err(|e| failure(book.shown, e))?;
    let mut reader = Reader::from_reader(BufReader::new(content));
    reader.config_mut().expand_empty_elements = true;
    let mut content = Content { book, reader, buffer: Vec::new(), hidden: HashSet::new() };
    content.walk(wanted, each)
}

/// The markup of a workbook's content as it is read.
struct Content<'b, R> {
    book: &'b Book<'b>,
    reader: Reader<R>,
    buffer: Vec<u8>,
    hidden: HashSet<String>,
}

/// One step through the markup.
enum Step {
    Start(String, Vec<(String, String)>),
    End(String),
    Text(String),
    Other,
}

impl Step {
    fn is_end(&self, name: &str) -> bool {
        matches!(self, Self::End(n) if n == name)
    }
}

impl<R: BufRead> Content<'_, R> {
    fn step(&mut self) -> Result<Option<Step>, SourceError> {
        self.buffer.clear();
        let shown = self.book.shown;
        let fail = |e: quick_xml::Error| damaged(shown, &e.to_string());
        let step = match self.reader.read_event_into(&mut self.buffer).map_err(fail)? {
            Event::Eof => return Ok(None),
            Event::Start(e) => Step::Start(e.name().as_ref().to_owned(), attributes(&e).map_err(fail)?),
            Event::End(e) => Step::End(e.name().as_ref().to_owned()),
            Event::Text(e) => Step::Text(e.xml10_content().into_owned()),
            Event::CData(e) => Step::Text(e.xml10_content().into_owned()),
            Event::GeneralRef(e) => Step::Text(entity(&e).map_err(fail)?),
            _ => Step::Other,
        };
        Ok(Some(step))
    }

    /// A step inside an element, where the end of the file is a fault.
    fn inner_step(&mut self) -> Result<Step, SourceError> {
        self.step()?.ok_or_else(|| damaged(self.book.shown, "its markup ends too early"))
    }

    fn walk(
        &mut self,
        wanted: &mut dyn FnMut(&SheetName) -> bool,
        each: &mut Each<'_>,
    ) -> Result<ControlFlow<()>, SourceError> {
        let mut style = None;
        while let Some(step) = self.step()? {
            let Step::Start(name, attributes) = step else { continue };
            match name.as_str() {
                "style:style" => style = attribute(&attributes, "style:name").map(str::to_owned),
                "style:table-properties" if attribute(&attributes, "table:display") == Some("false") => {
                    self.hidden.extend(style.take());
                }
                "table:table" => {
                    let visible =
                        attribute(&attributes, "table:style-name").is_none_or(|s| !self.hidden.contains(s));
                    let name = attribute(&attributes, "table:name").unwrap_or_default().to_owned();
                    if wanted(&SheetName { name, visible }) {
                        if self.table(each)?.is_break() {
                            return Ok(ControlFlow::Break(()));
                        }
                    } else {
                        self.skip()?;
                    }
                }
                _ => {}
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Passes over the rest of the element just begun.
    fn skip(&mut self) -> Result<(), SourceError> {
        let mut depth = 1;
        while depth > 0 {
            match self.inner_step()? {
                Step::Start(..) => depth += 1,
                Step::End(_) => depth -= 1,
                _ => {}
            }
        }
        Ok(())
    }

    fn table(&mut self, each: &mut Each<'_>) -> Result<ControlFlow<()>, SourceError> {
        let mut row = SheetRow::default();
        let (mut above, mut repeated) = (0, 0);
        loop {
            match self.inner_step()? {
                Step::Start(name, attributes) => match name.as_str() {
                    "table:table-row" => {
                        let repeats = count(&attributes, "table:number-rows-repeated");
                        row.number = above + 1;
                        self.row(&mut row)?;
                        repeated += repeats.saturating_sub(1).min(MOST_ROWS) * row.size() as u64;
                        if repeated > MOST_REPEATED {
                            let problem = Problem::Inflates { limit: MOST_REPEATED };
                            return Err(SourceError::new(self.book.shown, problem).at_line(row.number));
                        }
                        // A filled row may stand for many; blank ones fill the rest of a sheet.
                        for _ in 0..if row.width() > 0 { repeats } else { 0 } {
                            if row.number > MOST_ROWS {
                                return Err(damaged(self.book.shown, "more rows than any sheet has"));
                            }
                            if each(&row)?.is_break() {
                                return Ok(ControlFlow::Break(()));
                            }
                            row.number += 1;
                        }
                        above = above.saturating_add(repeats);
                    }
                    "table:table-header-rows" | "table:table-rows" | "table:table-row-group" => {}
                    _ => self.skip()?,
                },
                step if step.is_end("table:table") => return Ok(ControlFlow::Continue(())),
                _ => {}
            }
        }
    }

    fn row(&mut self, row: &mut SheetRow) -> Result<(), SourceError> {
        row.clear();
        let mut column = 0_usize;
        loop {
            match self.inner_step()? {
                Step::Start(name, attributes) if name.ends_with("table-cell") => {
                    let repeats = count(&attributes, "table:number-columns-repeated");
                    let text = self.cell(&name, &attributes)?;
                    if !text.is_empty() {
                        for i in 0..repeats.min(MOST_COLUMNS as u64 + 1) as usize {
                            let most = self.book.limits.record_bytes;
                            row.put(column.saturating_add(i), &text, self.book.shown, most)?;
                        }
                    }
                    column = column.saturating_add(repeats as usize);
                }
                Step::Start(..) => self.skip()?,
                step if step.is_end("table:table-row") => return Ok(()),
                _ => {}
            }
        }
    }

    /// The text of a cell: its exact value where it has one, else its paragraphs.
    fn cell(&mut self, name: &str, attributes: &[(String, String)]) -> Result<String, SourceError> {
        let value = value_of(attributes);
        let (mut text, mut paragraphs) = (String::new(), 0);
        loop {
            match self.inner_step()? {
                Step::Start(inner, _) if inner == "text:p" => {
                    if paragraphs > 0 {
                        text.push('\n');
                    }
                    paragraphs += 1;
                    self.paragraph(&mut text)?;
                }
                // Notes and drawings have paragraphs of their own.
                Step::Start(..) => self.skip()?,
                step if step.is_end(name) => return Ok(value.unwrap_or(text)),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, text: &mut String) -> Result<(), SourceError> {
        let mut depth = 1;
        while depth > 0 {
            match self.inner_step()? {
                Step::Start(name, attributes) => {
                    match name.as_str() {
                        "text:s" => {
                            let blanks = count(&attributes, "text:c");
                            if blanks > self.book.limits.record_bytes as u64 {
                                let problem = Problem::LongRecord { limit: self.book.limits.record_bytes };
                                return Err(SourceError::new(self.book.shown, problem));
                            }
                            text.extend(std::iter::repeat_n(' ', blanks as usize));
                        }
                        "text:tab" => text.push('\t'),
                        "text:line-break" => text.push('\n'),
                        "office:annotation" => {
                            self.skip()?;
                            continue;
                        }
                        _ => {}
                    }
                    depth += 1;
                }
                Step::End(_) => depth -= 1,
                Step::Text(t) => text.push_str(&t),
                Step::Other => {}
            }
            if text.len() > self.book.limits.record_bytes {
                let problem = Problem::LongRecord { limit: self.book.limits.record_bytes };
                return Err(SourceError::new(self.book.shown, problem));
            }
        }
        Ok(())
    }
}

/// The exact value that a cell's attributes hold, where they hold one.
fn value_of(attributes: &[(String, String)]) -> Option<String> {
    let get = |name| attribute(attributes, name);
    match get("office:value-type")? {
        "float" | "percentage" | "currency" => get("office:value").map(str::to_owned),
        "boolean" => get("office:boolean-value").map(str::to_uppercase),
        "date" => get("office:date-value").map(|date| date.replacen('T', " ", 1)),
        "time" => get("office:time-value").map(|span| clock_time(span).unwrap_or_else(|| span.to_owned())),
        "string" => get("office:string-value").map(str::to_owned),
        _ => None,
    }
}

/// `PT26H05M00.25S` as `26:05:00.25`.
fn clock_time(span: &str) -> Option<String> {
    let (sign, span) = span.strip_prefix('-').map_or(("", span), |rest| ("-", rest));
    let (hours, rest) = span.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?;
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let number = |s: &str| s.parse::<u32>().ok();
    let mut text = format!("{sign}{:02}:{:02}:{:02}", number(hours)?, number(minutes)?, number(whole)?);
    let fraction = fraction.trim_end_matches('0');
    if fraction.bytes().all(|b| b.is_ascii_digit()) && !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    Some(text)
}

fn attributes(start: &BytesStart<'_>) -> quick_xml::Result<Vec<(String, String)>> {
    start
        .attributes()
        .with_checks(false)
        .map(|attribute| {
            let attribute = attribute?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0)?;
            Ok((attribute.key.as_ref().to_owned(), value.into_owned()))
        })
        .collect()
}

fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// How often an element repeats: 1 unless it says otherwise.
fn count(attributes: &[(String, String)], name: &str) -> u64 {
    attribute(attributes, name).and_then(|text| text.parse().ok()).unwrap_or(1)
}

fn entity(reference: &BytesRef<'_>) -> quick_xml::Result<String> {
    if let Some(text) = quick_xml::escape::resolve_xml_entity(reference.as_ref()) {
        return Ok(text.to_owned());
    }
    let unknown = || {
        let name = reference.as_ref().to_owned();
        quick_xml::Error::Escape(quick_xml::escape::EscapeError::UnrecognizedEntity(0..0, name))
    };
    reference.resolve_char_ref()?.map(String::from).ok_or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_become_clock_times() {
        assert_eq!(clock_time("PT10H05M00S").unwrap(), "10:05:00");
        assert_eq!(clock_time("PT26H05M07.250000S").unwrap(), "26:05:07.25");
        assert_eq!(clock_time("-PT00H30M00S").unwrap(), "-00:30:00");
        assert_eq!(clock_time("P1D"), None);
    }
}
