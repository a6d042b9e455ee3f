//! What a company can hold against a claim from its own records.

/// The own figure that tests a claim; `None` where there is none.
///
/// # Examples
/// ```
/// use cx_core::claims::counterpart;
/// assert_eq!(counterpart("C03"), Some("word_of_mouth_rate"));
/// assert_eq!(counterpart("C36"), None);
/// ```
pub fn counterpart(claim_id: &str) -> Option<&'static str> {
    Some(match claim_id {
        "C03" => "word_of_mouth_rate",
        "C04" => "moment_of_truth_lift",
        "C08" | "C09" => {
            "the lifetime value under five more points of retention, from the fitted survival curve"
        }
        "C11" => "bot_resolution_rate",
        "C15" | "C16" | "C18" | "C19" | "C20" | "C21" => "the effect of such an initiative here",
        "C28" => "acquisition_retention_cost_ratio",
        "C30" | "C40" => "employee_customer_link",
        "C33" => "the back-test of lifetime value",
        _ => return None,
    })
}
