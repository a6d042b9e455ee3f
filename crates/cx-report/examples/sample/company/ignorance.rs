//! Section 11: what cannot be said, and what would change that.

use super::whole;
use cx_report::document::{Block, Refusal, Section, Unlock};

pub(crate) fn section() -> Section {
    let refusal = |question: &str, reason: &str, lift: &str| Refusal {
        question: question.into(),
        reason: reason.into(),
        lift: lift.into(),
    };
    let unlock = |data: &str, gives: &str, metrics: &[&str]| Unlock {
        data: data.into(),
        gives: gives.into(),
        metrics: metrics.iter().map(|m| (*m).into()).collect(),
    };
    whole::section(
        "11",
        "ignorance",
        "What we do not know",
        "What would change your mind?",
        vec![
            Block::Refusals {
                refusals: vec![
                    refusal(
                        "What is one point of NPS worth?",
                        "No file joins answers to later spending; a figure from other firms would not be ours.",
                        "Invoices with the survey's customer number, twelve months.",
                    ),
                    refusal(
                        "Did the new price list lower satisfaction?",
                        "It came two weeks after the modem guide everywhere at once: the two cannot be told apart.",
                        "Prices that change on different days in different regions.",
                    ),
                    refusal(
                        "Are embassies content?",
                        "Three customers: any figure would speak about persons.",
                        "Nothing. Small groups stay hidden.",
                    ),
                    refusal(
                        "Сколько клиентов уйдёт в следующем году?",
                        "Без дат окончания договоров отток не измерить.",
                        "Файл договоров с датами начала и окончания.",
                    ),
                ],
            },
            Block::Heading { text: "Next steps, cheapest first".into() },
            Block::Unlocks {
                steps: vec![
                    unlock(
                        "Contract end dates, one row per contract",
                        "Churn, survival by satisfaction band, revenue at risk.",
                        &["churn_voluntary_month", "survival_12m", "revenue_at_risk"],
                    ),
                    unlock(
                        "Invoices joined by customer",
                        "Value by band before and after adjustment; lifetime value.",
                        &["value_by_band", "clv_residual", "arpu_month", "earned_growth"],
                    ),
                    unlock(
                        "A flag for randomly delayed call-backs",
                        "Whether waits cause departures, at grade R instead of W.",
                        &[],
                    ),
                ],
            },
        ],
    )
}
