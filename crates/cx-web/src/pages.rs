//! What was built.

/// The report page: one file with its script and style inside, into which
/// `cx_report::formats::html` puts a document. `None` where the application
/// was not built before this crate.
///
/// # Examples
/// ```
/// if let Some(page) = cx_web::report_template() {
///     assert!(page.contains("<!--cx:data-->"));
/// }
/// ```
pub const fn report_template() -> Option<&'static str> {
    #[cfg(report_built)]
    {
        Some(include_str!("../app/dist-report/index.html"))
    }
    #[cfg(not(report_built))]
    {
        None
    }
}
