//! Exports known by their headers: how they are read and what is peculiar to them.

use crate::sources::{Layout, ReadOptions};
use crate::tables::schema::TableSpec;

/// A known export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Vendor {
    /// Whose.
    pub name: &'static str,
    /// Headers it is known by, in small letters; all must be there.
    pub headers: &'static [&'static str],
    /// Table the file feeds.
    pub table: Option<&'static str>,
    /// Zone of its moments where the export fixes it.
    pub zone: Option<&'static str>,
    /// What its columns are, by header in small letters.
    pub columns: &'static [(&'static str, &'static str)],
    /// What to know about it.
    pub note: &'static str,
}

/// Exports by their headers, the most particular first.
pub(super) const VENDORS: [Vendor; 12] = [
    Vendor {
        name: "Qualtrics",
        headers: &["startdate", "enddate", "finished", "recordeddate", "responseid"],
        table: Some("responses"),
        zone: None,
        columns: &[
            ("responseid", "response_id"),
            ("externalreference", "customer_id"),
            ("externaldatareference", "customer_id"),
            ("recordeddate", "answered_at"),
            ("finished", "status"),
            ("userlanguage", "language"),
            ("distributionchannel", "mode"),
        ],
        note: "rows below the header hold question texts and import ids; previews and tests are no answers",
    },
    Vendor {
        name: "SurveyMonkey",
        headers: &["respondent id", "collector id"],
        table: Some("responses"),
        zone: None,
        columns: &[
            ("respondent id", "response_id"),
            ("custom data 1", "customer_id"),
            ("end date", "answered_at"),
            ("date modified", "answered_at"),
        ],
        note: "two header rows: questions, and the options or rows of each",
    },
    Vendor {
        name: "Typeform",
        headers: &["#", "submit date (utc)"],
        table: Some("responses"),
        zone: Some("UTC"),
        columns: &[("#", "response_id"), ("submit date (utc)", "answered_at"), ("response type", "status")],
        note: "moments are in UTC; the scale of a question is not in the file",
    },
    Vendor {
        name: "Formbricks",
        headers: &["response id", "survey id", "finished"],
        table: Some("responses"),
        zone: None,
        columns: &[
            ("response id", "response_id"),
            ("user id", "customer_id"),
            ("timestamp", "answered_at"),
            ("finished", "status"),
        ],
        note: "moments are in the display zone of the organisation",
    },
    Vendor {
        name: "feedback records",
        headers: &["submission_id", "collected_at", "field_id", "value_number"],
        table: Some("responses"),
        zone: None,
        columns: &[
            ("submission_id", "response_id"),
            ("user_id", "customer_id"),
            ("collected_at", "answered_at"),
            ("field_label", "question"),
            ("value_number", "value"),
            ("language", "language"),
            ("source_type", "channel"),
        ],
        note: "one row per answer",
    },
    Vendor {
        name: "LimeSurvey",
        headers: &["submitdate", "lastpage", "startlanguage"],
        table: Some("responses"),
        zone: None,
        columns: &[
            ("id", "response_id"),
            ("response_id", "response_id"),
            ("token", "customer_id"),
            ("submitdate", "answered_at"),
            ("startlanguage", "language"),
        ],
        note: "a blank submit date is an unfinished survey",
    },
    Vendor {
        name: "Delighted",
        headers: &["survey_type", "score", "comment", "created_at"],
        table: Some("responses"),
        zone: None,
        columns: &[("id", "response_id"), ("person", "customer_id"), ("created_at", "answered_at")],
        note: "one score per row, its kind in survey_type",
    },
    Vendor {
        name: "Shopify",
        headers: &["name", "financial status", "lineitem quantity", "lineitem price"],
        table: Some("transactions"),
        zone: None,
        columns: &[
            ("name", "order_id"),
            ("created at", "occurred_at"),
            ("email", "customer_id"),
            ("lineitem quantity", "quantity"),
            ("lineitem name", "product"),
            ("lineitem discount", "discount"),
            ("lineitem compare at price", "list_price"),
        ],
        note: "one row per line; order totals and the customer stand on the first row of an order only",
    },
    Vendor {
        name: "Zendesk tickets",
        headers: &["requester_id", "assignee_id", "created_at", "status"],
        table: Some("interactions"),
        zone: None,
        columns: &[
            ("id", "interaction_id"),
            ("ticket_id", "case_id"),
            ("requester_id", "customer_id"),
            ("created_at", "occurred_at"),
            ("assignee_id", "agent"),
            ("solved_at", "resolved_at"),
        ],
        note: "one row per ticket",
    },
    Vendor {
        name: "Salesforce cases",
        headers: &["casenumber", "createddate", "closeddate", "origin"],
        table: Some("interactions"),
        zone: None,
        columns: &[
            ("casenumber", "case_id"),
            ("id", "interaction_id"),
            ("accountid", "customer_id"),
            ("createddate", "occurred_at"),
            ("closeddate", "closed_at"),
            ("origin", "channel"),
        ],
        note: "one row per case",
    },
    Vendor {
        name: "Salesforce cases",
        headers: &["case number", "date/time opened", "date/time closed"],
        table: Some("interactions"),
        zone: None,
        columns: &[
            ("case number", "case_id"),
            ("account id", "customer_id"),
            ("date/time opened", "occurred_at"),
            ("date/time closed", "closed_at"),
            ("case origin", "channel"),
        ],
        note: "a report of cases",
    },
    Vendor {
        name: "ServiceNow incidents",
        headers: &["number", "incident_state", "opened_at", "sys_updated_at"],
        table: Some("interactions"),
        zone: None,
        columns: &[
            ("number", "case_id"),
            ("caller_id", "customer_id"),
            ("opened_at", "occurred_at"),
            ("contact_type", "channel"),
        ],
        note: "one row per state of an incident",
    },
];

/// The vendor whose headers these are.
pub(super) fn vendor_of(names: &[String]) -> Option<&'static Vendor> {
    let small: Vec<String> = names.iter().map(|n| n.to_lowercase()).collect();
    VENDORS.iter().find(|v| v.headers.iter().all(|h| small.iter().any(|n| n == h)))
}

/// The column of a file that feeds a canonical column by the vendor's own names.
pub(super) fn column_of(vendor: &Vendor, spec: &TableSpec, canonical: &str, names: &[&str]) -> Option<usize> {
    debug_assert!(spec.column(canonical).is_some(), "{canonical}");
    let of = vendor.columns.iter().filter(|(_, c)| *c == canonical);
    of.into_iter().find_map(|(header, _)| names.iter().position(|n| n.to_lowercase() == *header))
}

/// How a known export must be read, by its first rows; none where nothing is peculiar.
pub(super) fn reading(
    layout: &Layout,
    sample: &[Vec<Option<String>>],
) -> Option<(ReadOptions, &'static str)> {
    let first_cell =
        |row: usize| sample.get(row).is_some_and(|r| r.iter().flatten().any(|c| c.contains("\"ImportId\"")));
    let vendor = vendor_of(&layout.names)?;
    let base = ReadOptions {
        header: layout.header.then_some(crate::sources::Header::Row(true)),
        ..layout_marks(layout)
    };
    match vendor.name {
        "Qualtrics" if first_cell(1) => Some((
            ReadOptions { skip_rows_after_header: Some(2), ..base },
            "the two rows below the header hold question texts and import ids",
        )),
        "Qualtrics" if sample.first().is_some_and(|r| r.iter().flatten().any(|c| c == "Response ID")) => {
            Some((
                ReadOptions { skip_rows_after_header: Some(1), ..base },
                "the row below the header holds question texts",
            ))
        }
        "SurveyMonkey"
            if sample
                .first()
                .is_some_and(|r| r.first().is_some_and(|c| c.as_deref().unwrap_or("").is_empty())) =>
        {
            Some((
                ReadOptions { header_rows: Some(2), header: None, ..base },
                "two rows name the columns: questions, and the options of each",
            ))
        }
        _ => None,
    }
}

/// The delimiter and lines to skip, kept when a file is opened anew.
fn layout_marks(layout: &Layout) -> ReadOptions {
    let whole = layout.options();
    ReadOptions {
        delimiter: whole.delimiter,
        skip_lines: whole.skip_lines,
        encoding: whole.encoding,
        ..ReadOptions::default()
    }
}
