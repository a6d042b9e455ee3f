//! The text form of [`Rows`].
//!
//! ```text
//! transactions where kind = 'sale' per customer_id { orders = distinct(order_id) }
//! interactions where kind = 'contact' each by customer_id, reason {
//!     later = count(of interactions where kind = 'contact' within (0d, 7d])
//! }
//! customers at period where acquired_at <= period.start
//! months { cost = sum(amount of costs where category = 'service') }
//! ```

use super::{Aggregate, Anchor, Bound, Clock, Field, Key, Range, Rows, Shape};
use crate::ground::expr::{Expr, ExprError, Literal, Parser, TokenKind};
use crate::ground::period::Grain;

/// Named constants of a declaration, such as a window `W = 7d`.
pub type Params = Vec<(String, Literal)>;

/// Reads [`Rows`] from the whole text.
///
/// # Errors
/// [`ExprError`] with the place and a mend.
///
/// # Examples
/// ```
/// use cx_core::reduce::plan::parse_rows;
/// let text = "interactions where case_id is known per case_id { channels = distinct(channel) }";
/// assert_eq!(parse_rows(text, &Vec::new()).unwrap().to_string(), text);
/// ```
pub fn parse_rows(text: &str, params: &Params) -> Result<Rows, ExprError> {
    let mut parser = Parser::new(text)?;
    let rows = parse_rows_with(&mut parser, params)?;
    parser.end()?;
    Ok(rows)
}

/// Reads [`Rows`] from where a parser stands.
pub fn parse_rows_with(parser: &mut Parser, params: &Params) -> Result<Rows, ExprError> {
    Reader { parser, params }.rows()
}

struct Reader<'a> {
    parser: &'a mut Parser,
    params: &'a Params,
}

impl Reader<'_> {
    fn rows(&mut self) -> Result<Rows, ExprError> {
        let (table, _) = self.parser.name("a table")?;
        if let Some(grain) = Grain::ALL.into_iter().find(|g| table.strip_suffix('s') == Some(g.word())) {
            let fields = self.fields(Some("a calendar"))?;
            let having = self.condition()?;
            let shape = Shape::Calendar { grain, fields };
            return Ok(Rows { table: String::new(), filter: None, clock: Clock::Main, shape, having });
        }
        let clock = self.clock()?;
        let filter = self.condition()?;
        let shape = self.shape()?;
        let having = if shape == Shape::Plain { None } else { self.condition()? };
        Ok(Rows { table, filter, clock, shape, having })
    }

    fn clock(&mut self) -> Result<Clock, ExprError> {
        if !self.parser.accept_word("at") {
            return Ok(Clock::Main);
        }
        let (name, _) = self.parser.name("a moment column, or `period`")?;
        Ok(if name == "period" { Clock::Period } else { Clock::Column(name) })
    }

    fn condition(&mut self) -> Result<Option<Expr>, ExprError> {
        if self.parser.accept_word("where") { self.expr().map(Some) } else { Ok(None) }
    }

    /// An expression with the declaration's constants put in.
    fn expr(&mut self) -> Result<Expr, ExprError> {
        let params = self.params;
        let named = |name: &str| params.iter().find(|(n, _)| n == name).map(|(_, v)| Expr::Lit(v.clone()));
        Ok(self.parser.expr()?.replace(&named))
    }

    fn shape(&mut self) -> Result<Shape, ExprError> {
        if self.parser.accept_word("per") {
            let mut keys = vec![self.key()?];
            while self.parser.accept(",") {
                keys.push(self.key()?);
            }
            let fields = self.fields(None)?;
            return Ok(Shape::Per { keys, fields });
        }
        if self.parser.accept_word("each") {
            self.parser.expect_word("by")?;
            let mut by = vec![self.pair()?];
            while self.parser.accept(",") {
                by.push(self.pair()?);
            }
            let fields = self.fields(Some("`each`"))?;
            return Ok(Shape::Each { by, fields });
        }
        Ok(Shape::Plain)
    }

    fn key(&mut self) -> Result<Key, ExprError> {
        let (name, _) = self.parser.name("a key column, or `day`")?;
        Ok(if name == "day" { Key::Day } else { Key::Column(name) })
    }

    fn pair(&mut self) -> Result<(String, String), ExprError> {
        let (own, _) = self.parser.name("a column")?;
        if self.parser.accept("=") {
            return Ok((own, self.parser.name("a column")?.0));
        }
        Ok((own.clone(), own))
    }

    /// The fields of a unit; `apart` names the shape whose fields look at rows that know nothing of the unit.
    fn fields(&mut self, apart: Option<&str>) -> Result<Vec<Field>, ExprError> {
        self.parser.expect("{")?;
        let mut fields: Vec<Field> = Vec::new();
        while !self.parser.accept("}") {
            let span = self.parser.peek().span.clone();
            let field = self.field()?;
            let columns: Vec<&str> =
                field.value.iter().chain(&field.filter).flat_map(Expr::columns).collect();
            let earlier = fields.iter().map(|f| &f.name).find(|name| columns.contains(&name.as_str()));
            if let (Some(shape), Some(earlier)) = (apart, earlier) {
                let fault = format!(
                    "`{}` names `{earlier}`, a field before it: in {shape} a field sees the columns of its rows only",
                    field.name
                );
                return Err(ExprError::new(fault, span).help(format!(
                    "use `{earlier}` after the braces or in the body; in `per KEY {{ … }}` a field may name those \
                     before it"
                )));
            }
            fields.push(field);
            if !self.parser.accept(",") {
                self.parser.expect("}")?;
                break;
            }
        }
        Ok(fields)
    }

    fn field(&mut self) -> Result<Field, ExprError> {
        let (name, _) = self.parser.name("a field name")?;
        self.parser.expect("=")?;
        let (function, span) = self.parser.name("an aggregate")?;
        let Some((_, aggregate)) = Aggregate::ALL.into_iter().find(|(n, _)| *n == function) else {
            let names: Vec<&str> = Aggregate::ALL.iter().map(|(n, _)| *n).collect();
            return Err(ExprError::new(format!("there is no aggregate `{function}`"), span)
                .help(format!("aggregates of rows: {}", names.join(", "))));
        };
        self.parser.expect("(")?;
        let starts_clause = ["of", "where", "within"].iter().any(|w| self.parser.is_word(w));
        let closes = matches!(self.parser.peek().kind, TokenKind::Mark(")"));
        let value = if starts_clause || closes { None } else { Some(self.expr()?) };
        let table = if self.parser.accept_word("of") { Some(self.parser.name("a table")?.0) } else { None };
        let clock =
            if self.parser.accept_word("at") { Some(self.parser.name("a moment column")?.0) } else { None };
        let filter = self.condition()?;
        let window = if self.parser.accept_word("within") { Some(self.range()?) } else { None };
        self.parser.expect(")")?;
        if value.is_none() && aggregate != Aggregate::Count {
            return Err(ExprError::new(format!("`{function}` needs a value"), span)
                .help(format!("write {function}(column)")));
        }
        Ok(Field { name, aggregate, table, clock, value, filter, window })
    }

    fn range(&mut self) -> Result<Range, ExprError> {
        let low_inclusive = self.parser.accept("[");
        if !low_inclusive {
            self.parser.expect("(")?;
        }
        let low = self.bound(low_inclusive)?;
        self.parser.expect(",")?;
        let mut high = self.bound(false)?;
        high.inclusive = self.parser.accept("]");
        if !high.inclusive {
            self.parser.expect(")")?;
        }
        Ok(Range { low, high })
    }

    fn bound(&mut self, inclusive: bool) -> Result<Bound, ExprError> {
        if self.parser.accept("..") {
            return Ok(Bound { anchor: Anchor::Open, offset: 0, inclusive });
        }
        let anchor = match &self.parser.peek().kind {
            TokenKind::Name(n) if n == "period.start" => Anchor::Start,
            TokenKind::Name(n) if n == "period.end" => Anchor::End,
            _ => return Ok(Bound { anchor: Anchor::Row, offset: self.span()?, inclusive }),
        };
        self.parser.take();
        let offset = if self.parser.accept("+") {
            self.span()?
        } else if self.parser.accept("-") {
            -self.span()?
        } else {
            0
        };
        Ok(Bound { anchor, offset, inclusive })
    }

    /// A length of time, or the name of a constant that is one.
    fn span(&mut self) -> Result<i64, ExprError> {
        if self.parser.accept("-") {
            return Ok(-self.span()?);
        }
        let token = self.parser.peek().clone();
        let found = match &token.kind {
            TokenKind::Span(micros) => Some(*micros),
            TokenKind::Name(name) => self.params.iter().find(|(n, _)| n == name).and_then(|(_, v)| match v {
                Literal::Span(micros) => Some(*micros),
                _ => None,
            }),
            _ => None,
        };
        let Some(micros) = found else {
            return Err(self.parser.unexpected("a length of time such as 7d, `period.start` or `..`"));
        };
        self.parser.take();
        Ok(micros)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_plan_are_inverse() {
        let params = vec![("W".to_owned(), Literal::Span(7 * 86_400_000_000))];
        for (text, written) in [
            ("responses", "responses"),
            (
                "costs at booked_at where category in ('service')",
                "costs at booked_at where category in ('service')",
            ),
            (
                "interactions where kind = 'contact' each by customer_id, reason { earlier = count(of interactions within [-W, 0d)), later = count(of interactions where kind = 'contact' within (0d, W]) } where earlier = 0",
                "interactions where kind = 'contact' each by customer_id, reason { earlier = count(of interactions within [-7d, 0d)), later = count(of interactions where kind = 'contact' within (0d, 7d]) } where earlier = 0",
            ),
            (
                "customers at period where acquired_at < period.end each by customer_id = referred_by { n = count(of customers within [period.start, period.end - W)) }",
                "customers at period where acquired_at < period.end each by customer_id = referred_by { n = count(of customers within [period.start, period.end - 7d)) }",
            ),
            (
                "months { cost = sum(amount of costs), n = count(of interactions) }",
                "months { cost = sum(amount of costs), n = count(of interactions) }",
            ),
            (
                "mrr_changes at period per customer_id { mrr = sum(delta within [.., period.start)) } where mrr > 0",
                "mrr_changes at period per customer_id { mrr = sum(delta within [.., period.start)) } where mrr > 0",
            ),
        ] {
            let rows = parse_rows(text, &params).unwrap_or_else(|e| panic!("{text}: {e} at {:?}", e.span));
            assert_eq!(rows.to_string(), written);
            assert_eq!(parse_rows(written, &params).unwrap(), rows);
        }
    }

    #[test]
    fn faults_point_at_their_place() {
        for (text, part) in [
            ("transactions per customer_id { n = frob(amount) }", "no aggregate `frob`"),
            ("transactions per customer_id { n = sum() }", "needs a value"),
            ("transactions per customer_id { n = count(within [W, 0d)) }", "expected a length of time"),
            ("transactions each customer_id { }", "expected `by`"),
            (
                "transactions each by customer_id { n = count(), m = count(where amount > n) }",
                "`m` names `n`, a field before it: in `each`",
            ),
            ("months { n = count(of costs), m = sum(amount * n of costs) }", "in a calendar"),
        ] {
            let error = parse_rows(text, &Vec::new()).unwrap_err();
            assert!(error.message.contains(part), "{text}: {error}");
        }
    }
}
