//! Keys about files, how they are read, and what their columns mean.

use super::place::{Place, key};

/// `[[source]]`, besides the tables it feeds.
pub(in crate::project) const SOURCE: Place = Place {
    name: "[[source]]",
    meaning: "Files of one shape and how they are read. Every other key is a canonical table it feeds, see the end of this page; `[[source.TABLE]]` feeds one several times.",
    keys: &[
        key("name", "text", "the first file", "\"shop orders\"", "What messages call it"),
        key(
            "files",
            "text or list",
            "needed",
            "[\"orders/**/*.csv\", \"late.csv.gz\"]",
            "Files and globs, relative to this file",
        ),
        key(
            "read",
            "table",
            "`{}`",
            "{ delimiter = \";\" }",
            "How the bytes are read; what is left open is found by looking",
        ),
        key(
            "blank",
            "text or list",
            "`[]`",
            "[\"?\", \"n/a\"]",
            "Texts that mean blank, besides the empty cell",
        ),
        key(
            "decimal",
            "`\".\"` or `\",\"`",
            "inferred, and asked for where both fit",
            "\",\"",
            "Decimal mark",
        ),
        key(
            "time_format",
            "strftime, `iso`, `unix` or `unix_ms`",
            "inferred, and asked for where several fit",
            "\"%d.%m.%Y %H:%M\"",
            "How moments are written",
        ),
        key("zone", "IANA name", "the project's", "\"Europe/Warsaw\"", "Zone of times that name none"),
        key("exclude", "condition", "none", "\"Test = 'yes'\"", "Rows out of scope, counted as excluded"),
        key(
            "last_state",
            "table with `per` and `by`",
            "every row counts",
            "{ per = \"Case\", by = \"Updated\" }",
            "Of an event log only each case's last row",
        ),
    ],
};

/// `last_state` of a source.
pub(in crate::project) const LAST_STATE: Place = Place {
    name: "last_state",
    meaning: "Of an event log only each case's last row.",
    keys: &[
        key("per", "column", "needed", "\"Case\"", "The column that names the case"),
        key(
            "by",
            "column",
            "needed",
            "\"Updated\"",
            "The moment or number that orders its rows; of rows that tie the later one in the file counts",
        ),
    ],
};

/// `read` of a source.
pub(in crate::project) const READ: Place = Place {
    name: "read",
    meaning: "How the bytes of a source's files are read. Every key may be left out.",
    keys: &[
        key(
            "format",
            "`delimited`, `json_lines`, `parquet`, `xlsx` or `ods`",
            "found from the bytes",
            "\"delimited\"",
            "The kind of file",
        ),
        key(
            "encoding",
            "encoding",
            "UTF-8, unless a byte order mark says otherwise",
            "\"windows-1250\"",
            "The text encoding",
        ),
        key(
            "has_bom",
            "true or false",
            "a byte order mark is taken off",
            "false",
            "`false` keeps a byte order mark as data",
        ),
        key(
            "lossy",
            "true or false",
            "`false`",
            "true",
            "Keeps rows with bytes that are no text, each replaced by U+FFFD",
        ),
        key(
            "delimiter",
            "character, `tab`, `blanks` or `none`",
            "found by looking",
            "\";\"",
            "What stands between cells",
        ),
        key(
            "quote",
            "character or `none`",
            "found by looking",
            "\"'\"",
            "What encloses cells; doubled, it stands for itself",
        ),
        key(
            "escape",
            "character or `none`",
            "found by looking",
            "\"\\\\\"",
            "What goes before a quote inside quotes, besides doubling",
        ),
        key("comment", "text", "none", "\"#\"", "Lines that begin with it are remarks"),
        key("skip_lines", "whole number", "found by looking", "1", "Lines or sheet rows before the header"),
        key(
            "header",
            "true, false or a list of names",
            "found by looking",
            "[\"customer\", \"score\"]",
            "Whether the first row names the columns, or the names",
        ),
        key("header_rows", "whole number", "1", "2", "Rows that together name the columns, joined by ` / `"),
        key("skip_rows_after_header", "whole number", "0", "1", "Rows after the header that are no data"),
        key(
            "sheet",
            "text",
            "the first visible one that is not empty",
            "\"Answers\"",
            "The sheet of a workbook",
        ),
        key(
            "limits",
            "table",
            "64 MiB a record, 1 TiB unpacked",
            "{ record_bytes = 1000000 }",
            "Bounds on memory and time: `record_bytes`, `text_bytes`, `ratio`, `workbook_bytes`",
        ),
    ],
};

/// A table that a source feeds, besides its columns.
pub(in crate::project) const TABLE: Place = Place {
    name: "[source.TABLE]",
    meaning: "How a file feeds a canonical table. Every other key is a column of that table: the name of a column in the file, or a table as under Columns.",
    keys: &[
        key("where", "condition", "all rows", "\"Kind != 'internal'\"", "Rows that feed this table"),
        key(
            "dimensions",
            "list of columns, or table",
            "none",
            "[\"Region\", \"Sales team\"]",
            "Text columns that figures are cut by: `region`, `sales_team`",
        ),
        key(
            "answers",
            "table",
            "none",
            "{ recommend = { column = \"NPS\", scale = \"0-10\" } }",
            "Wide survey answers: question → where it stands",
        ),
    ],
};

/// A column of a table that a source feeds.
pub(in crate::project) const RULE: Place = Place {
    name: "Columns",
    meaning: "A column is `\"Name in the file\"`, or a table with exactly one of `column`, `value`, `expr`, `day`, `months_before` and `days_before`, and any of the others.",
    keys: &[
        key("column", "column", "", "\"Ordered\"", "The cell of a column"),
        key("value", "text or number", "", "\"email\"", "The same for every row"),
        key(
            "expr",
            "expression",
            "",
            "\"Quantity * `Unit price`\"",
            "An expression over the columns of the file",
        ),
        key("day", "day", "", "2024-01-31", "That day, at its first instant"),
        key(
            "months_before",
            "column",
            "",
            "\"tenure\"",
            "So many months before the day of `of`: when a tenure began",
        ),
        key("days_before", "column", "", "\"age\"", "So many days before the day of `of`"),
        key("of", "day", "needed with the two above", "2024-01-31", "The day they count back from"),
        key(
            "where",
            "condition",
            "all rows",
            "\"State = 'Closed'\"",
            "Rows where it does not hold are blank",
        ),
        key("labels", "table of texts", "`{}`", "{ Retoure = \"return\" }", "Words and what they stand for"),
        key("blank", "text or list", "those of the source", "[\"-\"]", "Further texts that mean blank here"),
        key("decimal", "`\".\"` or `\",\"`", "that of the source", "\".\"", "Decimal mark of this column"),
        key(
            "format",
            "strftime, `iso`, `unix` or `unix_ms`",
            "that of the source",
            "\"%Y-%m-%d\"",
            "How moments of this column are written",
        ),
        key("zone", "IANA name", "that of the source", "\"UTC\"", "Zone of this column's times"),
        key("factor", "number", "`1`", "60", "Multiplies numbers: minutes to seconds"),
    ],
};

/// A question of `answers`.
pub(in crate::project) const ANSWERS: Place = Place {
    name: "[source.TABLE.answers]",
    meaning: "`QUESTION = { … }`: where the answers to a question stand in a wide file.",
    keys: &[
        key("column", "column", "this or `columns`", "\"NPS\"", "The question's column"),
        key(
            "columns",
            "list of columns",
            "this or `column`",
            "[\"Delivery\", \"Advice\"]",
            "Several columns, each an item of the question",
        ),
        key("scale", "scale", "needed", "\"0-10\"", "What the points mean: built in or declared"),
        key("where", "condition", "all rows", "\"Survey = 'Service'\"", "Rows in which it was asked"),
        key("labels", "table of texts", "`{}`", "{ Yes = \"1\" }", "Words and what they stand for"),
        key("blank", "text or list", "those of the source", "[\"0\"]", "Texts that mean blank here"),
        key("decimal", "`\".\"` or `\",\"`", "that of the source", "\",\"", "Decimal mark of these columns"),
        key("factor", "number", "`1`", "0.1", "Multiplies numbers: tenths to points"),
    ],
};
