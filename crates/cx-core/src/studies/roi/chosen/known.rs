//! What was known of customers before they could choose, as numbers.

use super::people::Customer;
use crate::infer::effects::weighted::Person;

/// People of each kind who must have a mark, and be without it: fewer tell the two groups apart by chance.
const FEWEST: usize = 5;
/// Share of those who chose who must have bought in the past for buyers alone to be compared.
const BUYERS: f64 = 0.99;

/// Keeps those who bought in the past, where nearly all who chose did; how many others were left out.
pub(super) fn buyers(people: Vec<Customer>) -> (Vec<Customer>, usize) {
    let bought = |one: &Customer| one.orders.iter().sum::<f64>() > 0.0;
    let chose = people.iter().filter(|p| p.treated).count();
    let active = people.iter().filter(|p| p.treated && bought(p)).count();
    if chose == 0 || (active as f64) < BUYERS * chose as f64 {
        return (people, 0);
    }
    let all = people.len();
    let kept: Vec<Customer> = people.into_iter().filter(bought).collect();
    let left_out = all - kept.len();
    (kept, left_out)
}

/// Customers as people with covariates, every one of mean 0 and spread 1:
/// the logs of orders and of what they did by part of the past and over all of
/// it, of the mean order and of tenure, and their marks.
///
/// `sums` says which outcomes tell something of their own; `amount` which is
/// what was paid.
pub(super) fn known(customers: &[Customer], sums: &[usize], amount: Option<usize>) -> Vec<Person> {
    let log = |x: f64| x.max(0.0).ln_1p();
    let mut columns: Vec<Vec<f64>> = Vec::new();
    let mut put = |value: &dyn Fn(&Customer) -> f64| columns.push(customers.iter().map(value).collect());
    let parts = customers.first().map_or(0, |one| one.orders.len());
    for part in 0..parts {
        put(&|one| log(one.orders[part]));
        for sum in sums {
            put(&|one| log(one.did[*sum].past[part]));
        }
    }
    put(&|one| log(one.orders.iter().sum()));
    for sum in sums {
        put(&|one| log(one.did[*sum].before()));
    }
    if let Some(amount) = amount {
        put(&|one| {
            let orders: f64 = one.orders.iter().sum();
            if orders > 0.0 { log(one.did[amount].before() / orders) } else { 0.0 }
        });
    }
    put(&|one| log(one.tenure.unwrap_or(0.0)));
    for mark in 0..customers.first().map_or(0, |one| one.marks.len()) {
        let cell = |treated: bool, value: f64| {
            customers.iter().filter(|c| c.treated == treated && (c.marks[mark] - value).abs() < 0.5).count()
        };
        if [(true, 1.0), (true, 0.0), (false, 1.0), (false, 0.0)].iter().all(|(t, v)| cell(*t, *v) >= FEWEST)
        {
            put(&|one| one.marks[mark]);
        }
    }
    let columns: Vec<Vec<f64>> = columns.into_iter().filter_map(standard).collect();
    let person = |(i, one): (usize, &Customer)| Person {
        known: columns.iter().map(|column| column[i]).collect(),
        treated: one.treated,
        outcome: 0.0,
    };
    customers.iter().enumerate().map(person).collect()
}

/// A column of mean 0 and spread 1; none where everybody is alike.
fn standard(column: Vec<f64>) -> Option<Vec<f64>> {
    let n = column.len() as f64;
    let mean = column.iter().sum::<f64>() / n;
    let spread = (column.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt();
    (spread > 1e-9).then(|| column.into_iter().map(|x| (x - mean) / spread).collect())
}
