//! Who stands where on what the rule looks at, and whether the rule was kept.

use super::super::Context;
use super::super::chosen::treats;
use super::super::gather::{of_initiative, told};
use super::super::measured::refused;
use crate::ground::estimate::Refused;
use crate::reduce::{Engine, ReduceError, Run};
use std::collections::BTreeMap;

/// Share of customers on the wrong side of the cut-off from which the rule did not decide.
const BROKEN: f64 = 0.01;

/// Customers by what the rule looked at, turned so that those at or above the cut-off are treated.
pub(super) struct Ruled {
    pub at: f64,
    /// Their place, and whether they were treated.
    pub customers: BTreeMap<String, (f64, bool)>,
    /// Customers left out, since they stand on the wrong side.
    pub wrong: u64,
}

impl Ruled {
    /// Reads the assignments of an initiative.
    ///
    /// # Errors
    /// See [`ReduceError`]; the inner refusal says why no rule can be seen.
    pub(super) fn read(
        context: &Context<'_>,
        id: &str,
        cut_off: f64,
        engine: &dyn Engine,
        machine: &Run<'_>,
    ) -> Result<Result<Self, Refused>, ReduceError> {
        let rows = format!(
            "assignments where initiative_id = INITIATIVE and customer_id is known and rule_value is known \
             per customer_id {{ t = max({}), v = max(rule_value) }}",
            treats(context)
        );
        let found =
            told(context, &rows, &of_initiative(id), &["t", "v"], engine, machine)?.unwrap_or_default();
        if found.is_empty() {
            return Ok(Err(refused(
                "cut-off",
                "the assignments do not say what the rule looked at",
                "`rule_value` of assignments for those on either side of the cut-off",
            )));
        }
        Ok(Self::of(found.into_iter().map(|(who, x)| (who, (x[1], x[0] > 0.0))).collect(), cut_off))
    }

    fn of(mut customers: BTreeMap<String, (f64, bool)>, cut_off: f64) -> Result<Self, Refused> {
        let right = |sign: f64| {
            customers.values().filter(|(v, treated)| (sign * v >= sign * cut_off) == *treated).count()
        };
        // A rule treats from the cut-off upwards, or downwards: those it treated say which.
        let sign = if right(1.0) >= right(-1.0) { 1.0 } else { -1.0 };
        let wrong = customers.len() - right(sign);
        if wrong as f64 > BROKEN * customers.len() as f64 {
            return Err(refused(
                "rule",
                format!("{wrong} of {} customers stand on the wrong side of the cut-off", customers.len()),
                "a rule that decides alone; where it only moves chances, an invitation by lot",
            ));
        }
        for (value, _) in customers.values_mut() {
            *value *= sign;
        }
        let at = sign * cut_off;
        customers.retain(|_, (value, treated)| (*value >= at) == *treated);
        Ok(Self { at, customers, wrong: wrong as u64 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn customers(list: &[(f64, bool)]) -> BTreeMap<String, (f64, bool)> {
        list.iter().enumerate().map(|(i, one)| (format!("C{i}"), *one)).collect()
    }

    #[test]
    fn a_rule_that_treats_downwards_is_turned_and_a_broken_one_refused() {
        let down: Vec<(f64, bool)> = (0..300).map(|i| (f64::from(i), i <= 100)).collect();
        let ruled = Ruled::of(customers(&down), 100.0).unwrap();
        assert_eq!((ruled.at, ruled.wrong, ruled.customers.len()), (-100.0, 0, 300));
        assert!(ruled.customers.values().all(|(v, treated)| (*v >= -100.0) == *treated));
        let mut slip = down.clone();
        slip[250].1 = true;
        let ruled = Ruled::of(customers(&slip), 100.0).unwrap();
        assert_eq!((ruled.wrong, ruled.customers.len()), (1, 299));
        let loose: Vec<(f64, bool)> = (0..300).map(|i| (f64::from(i), i % 3 == 0)).collect();
        assert_eq!(Ruled::of(customers(&loose), 100.0).err().unwrap().rule, "rule");
    }
}
