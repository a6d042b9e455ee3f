//! Fields bound to columns and to the fields before them.

use super::fields::BoundField;
use super::program::{BindError, Program, Slot};
use crate::ground::expr::{Expr, Ty};
use crate::reduce::plan::{Aggregate, Field};

/// Binds fields; one whose expressions name an earlier field gets a program of its own.
pub(super) fn bind_fields(
    fields: &[Field],
    program: &mut Program,
    find: &dyn Fn(&str) -> Option<Slot>,
) -> Result<(Vec<BoundField>, Vec<Option<Program>>), BindError> {
    let mut bound: Vec<BoundField> = Vec::new();
    let mut chained = Vec::new();
    for field in fields {
        let named = |x: &Option<Expr>| {
            x.as_ref().is_some_and(|x| x.columns().iter().any(|c| bound.iter().any(|b| b.name == *c)))
        };
        if named(&field.value) || named(&field.filter) {
            let mut own = Program::default();
            let known = |name: &str| {
                let told = |b: &&BoundField| matches!(b.ty(), Ty::Num | Ty::Time | Ty::Span);
                let earlier = bound.iter().find(|b| b.name == name).filter(told);
                earlier
                    .map(|b| Slot { name: b.name.clone(), ty: b.ty(), dictionary: None })
                    .or_else(|| find(name))
            };
            let made = bind_field(field, &mut own, &known)?;
            // Base columns must be read for it too.
            for slot in &own.slots {
                if let Some(slot) = find(slot.name.trim_start_matches('@')) {
                    program.slot(&slot);
                }
            }
            bound.push(made);
            chained.push(Some(own));
        } else {
            bound.push(bind_field(field, program, find)?);
            chained.push(None);
        }
    }
    Ok((bound, chained))
}

/// Binds one field and checks that its aggregate fits its value.
pub(super) fn bind_field(
    field: &Field,
    program: &mut Program,
    find: &dyn Fn(&str) -> Option<Slot>,
) -> Result<BoundField, BindError> {
    let value = field.value.as_ref().map(|v| program.bind(v, find)).transpose()?;
    let value_ty = value.map_or(Ty::Num, |n| program.ty(n));
    let fits = match field.aggregate {
        Aggregate::Count | Aggregate::Distinct | Aggregate::First | Aggregate::Last => true,
        Aggregate::Sum | Aggregate::Mean | Aggregate::Median => value_ty == Ty::Num,
        Aggregate::Any | Aggregate::All => value_ty == Ty::Bool,
        Aggregate::MedianGap => value_ty == Ty::Time,
        Aggregate::Min | Aggregate::Max => value_ty != Ty::Text,
    };
    if !fits {
        return Err(BindError(format!(
            "`{}` cannot be taken of the value of `{}`",
            field.aggregate.name(),
            field.name
        )));
    }
    let filter = field.filter.as_ref().map(|f| program.bind(f, find)).transpose()?;
    Ok(BoundField {
        name: field.name.clone(),
        aggregate: field.aggregate,
        value,
        value_ty,
        filter,
        window: field.window,
    })
}

/// The column of a field among units; text keeps the dictionary of its value.
pub(super) fn field_slot(bound: &BoundField, field: &Field, find: &dyn Fn(&str) -> Option<Slot>) -> Slot {
    let dictionary = match (&field.value, bound.ty()) {
        (Some(Expr::Col(name)), Ty::Text) => find(name).and_then(|slot| slot.dictionary),
        _ => None,
    };
    Slot { name: bound.name.clone(), ty: bound.ty(), dictionary }
}
