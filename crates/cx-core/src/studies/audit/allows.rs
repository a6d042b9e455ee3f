//! What each table makes possible.

/// What a table makes possible, in words; empty for one that nothing waits for.
///
/// # Examples
/// ```
/// use cx_core::studies::audit::allows;
/// assert_eq!(allows("assignments"), "effects by lot, the best evidence there is");
/// ```
pub fn allows(table: &str) -> &'static str {
    match table {
        "responses" => "scores with intervals and what drives them",
        "customers" => "tenure, groups, and who never answers",
        "transactions" => "what scores go with, and what customers are worth",
        "subscriptions" => "who leaves, why, and what contracts are worth",
        "mrr_changes" => "growth and loss of recurring revenue",
        "interactions" => "effort and cost of service",
        "initiatives" => "effects before and after, against units without",
        "assignments" => "effects by lot, the best evidence there is",
        "costs" => "returns on investment and the cost of winning and keeping",
        "plan" => "targets and how far they are met",
        "reviews" => "reputation",
        "employee_responses" => "what employees' answers go with",
        "events" => "what else happened at the same time",
        "rates" => "amounts in other currencies",
        _ => "",
    }
}
