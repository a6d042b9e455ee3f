//! How a file is to be read. Whatever is not set is found out by looking.

use super::dialect::{Delimiter, Mark};
use serde::{Deserialize, Serialize};

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Text with one record per line and a delimiter between cells.
    #[serde(alias = "csv", alias = "tsv", alias = "txt")]
    Delimited,
    /// One JSON object per line.
    #[serde(alias = "jsonl", alias = "ndjson")]
    JsonLines,
    /// Apache Parquet.
    Parquet,
    /// An Excel workbook.
    Xlsx,
    /// An OpenDocument spreadsheet.
    Ods,
}

impl Format {
    /// The word used in settings.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Delimited => "delimited",
            Self::JsonLines => "json_lines",
            Self::Parquet => "parquet",
            Self::Xlsx => "xlsx",
            Self::Ods => "ods",
        }
    }
}

/// Whether and how the whole file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Compression {
    /// As it is.
    None,
    /// gzip, one member or several.
    Gzip,
}

/// A text encoding, by any of its labels in the WHATWG Encoding Standard.
///
/// As that standard has it, `latin1` and `iso-8859-1` mean windows-1252.
///
/// # Examples
/// ```
/// use cx_core::sources::Encoding;
/// assert_eq!("cp1251".parse::<Encoding>().unwrap().name(), "windows-1251");
/// assert!("klingon".parse::<Encoding>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Encoding(pub(super) &'static encoding_rs::Encoding);

impl Encoding {
    /// UTF-8.
    pub const UTF_8: Self = Self(encoding_rs::UTF_8);

    /// The encoding's canonical name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

impl std::str::FromStr for Encoding {
    type Err = String;
    fn from_str(label: &str) -> Result<Self, String> {
        encoding_rs::Encoding::for_label_no_replacement(label.as_bytes()).map(Self).ok_or_else(|| {
            format!("`{label}` is not a text encoding; use utf-8, windows-1251, windows-1250, gb18030 and the like")
        })
    }
}

impl TryFrom<String> for Encoding {
    type Error = String;
    fn try_from(label: String) -> Result<Self, String> {
        label.parse()
    }
}

impl From<Encoding> for String {
    fn from(encoding: Encoding) -> Self {
        encoding.name().to_owned()
    }
}

/// Where the names of the columns come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Header {
    /// `true`: from the first row; `false`: there are none, and columns are numbered.
    Row(bool),
    /// The file has no header, and these are the names.
    Names(Vec<String>),
}

/// Bounds that keep a hostile or mistaken file from exhausting memory and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Longest record of a text file, row of a sheet, or piece of a workbook's markup, in bytes.
    pub record_bytes: usize,
    /// Most bytes that a packed text file may unpack to.
    pub text_bytes: u64,
    /// Most bytes that one packed byte may unpack to. Deflate cannot exceed
    /// 1032, so the default leaves honest files of any kind alone; lower it
    /// where files come from strangers.
    pub ratio: u64,
    /// Most bytes that one part of a workbook may unpack to, its sheets aside.
    pub workbook_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { record_bytes: 64 << 20, text_bytes: 1 << 40, ratio: 2000, workbook_bytes: 1 << 30 }
    }
}

/// Settings of one file or of a list of files. Every field may be left out.
///
/// # Examples
/// ```
/// use cx_core::sources::{Delimiter, Header, ReadOptions};
/// let options: ReadOptions = toml::from_str(r#"
///     delimiter = ";"
///     encoding = "windows-1250"
///     skip_lines = 2
///     header = ["customer", "score"]
/// "#).unwrap();
/// assert_eq!(options.delimiter, Some(Delimiter::Char(';')));
/// assert!(matches!(options.header, Some(Header::Names(names)) if names.len() == 2));
/// assert!(toml::from_str::<ReadOptions>("delimter = ';'").is_err());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReadOptions {
    /// The kind of file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// The text encoding; UTF-8 unless a byte order mark says otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Encoding>,
    /// `false` keeps a byte order mark at the beginning as data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_bom: Option<bool>,
    /// Keep rows with bytes that are not text in the encoding, each fault replaced by U+FFFD.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub lossy: bool,
    /// What stands between cells: one character, `tab`, `blanks` (any run of them) or `none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<Delimiter>,
    /// What encloses cells: `"`, another ASCII character, or `none`. Doubled, it stands for itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<Mark>,
    /// What goes before a quote inside quotes besides doubling: `\`, or `none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escape: Option<Mark>,
    /// Lines that begin with this are remarks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// Lines (text) or sheet rows before the header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skip_lines: Option<u64>,
    /// Whether the first row names the columns, or the names themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<Header>,
    /// Rows that together name the columns: a blank cell of the first takes the one to its left,
    /// and the parts are joined by ` / `. 1 unless set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_rows: Option<usize>,
    /// Rows after the header that are no data, such as question texts. 0 unless set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skip_rows_after_header: Option<usize>,
    /// The sheet of a workbook; the first visible one that is not empty unless set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Bounds on memory and time.
    #[serde(skip_serializing_if = "is_default")]
    pub limits: Limits,
}

fn is_default(limits: &Limits) -> bool {
    *limits == Limits::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_go_to_text_and_back() {
        let text = "format = \"csv\"\ndelimiter = \"tab\"\nquote = \"none\"\nescape = \"\\\\\"\n\
                    header = false\nhas_bom = true\nlossy = true\nsheet = \"Data\"\n[limits]\nratio = 9\n";
        let options: ReadOptions = toml::from_str(text).unwrap();
        assert_eq!(options.format, Some(Format::Delimited));
        assert_eq!(options.delimiter, Some(Delimiter::Char('\t')));
        assert_eq!(options.quote, Some(Mark::None));
        assert_eq!(options.escape, Some(Mark::Char(b'\\')));
        assert_eq!(options.header, Some(Header::Row(false)));
        assert_eq!(options.limits, Limits { ratio: 9, ..Limits::default() });
        let written = toml::to_string(&options).unwrap();
        assert_eq!(toml::from_str::<ReadOptions>(&written).unwrap(), options);
        assert_eq!(toml::to_string(&ReadOptions::default()).unwrap(), "");
    }

    #[test]
    fn settings_without_meaning_are_refused() {
        for text in
            ["delimiter = \"ab\"", "delimiter = \"\\n\"", "quote = \"ż\"", "encoding = \"x\"", "header = 3"]
        {
            assert!(toml::from_str::<ReadOptions>(text).is_err(), "{text}");
        }
    }
}
