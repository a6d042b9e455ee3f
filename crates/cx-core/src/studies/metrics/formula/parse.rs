//! Text to formulas.

use super::ast::{Arith, Body, Formula, Measure, Total, TotalKind};
use crate::ground::expr::{Expr, ExprError, Literal, Parser, TokenKind};
use crate::reduce::plan::{Cluster, Params, parse_rows_with};

/// Bodies that stand alone, with how they are written; sums, counts, means and
/// shares may also be joined by arithmetic.
pub const BODIES: [(&str, &str); 26] = [
    ("share", "share(condition [where condition])"),
    ("mean", "mean(value [where condition])"),
    ("sum", "sum(value [where condition])"),
    ("count", "count([where condition])"),
    ("net", "net(up, down)"),
    ("rate", "rate(events, exposure)"),
    ("median", "median(value)"),
    ("quantile", "quantile(value, q)"),
    ("smallest", "smallest(value)"),
    ("median_time", "median_time(exit, event[, entry])"),
    ("time_quantile", "time_quantile(exit, event, q[, entry])"),
    ("survival", "survival(exit, event, at[, entry])"),
    ("restricted_mean", "restricted_mean(exit, event, horizon[, entry])"),
    ("incidence", "incidence(exit, cause, other_cause, at[, entry])"),
    ("mix", "mix(column)"),
    ("top_share", "top_share(value, q)"),
    ("kish", "kish()"),
    ("displayed", "displayed(value, step)"),
    ("bayes", "bayes(value)"),
    ("balanced", "balanced(value, column)"),
    ("spread", "spread(value, column)"),
    ("importance_index", "importance_index(value [where condition], importance [where condition], column)"),
    ("reliability", "reliability(value, column)"),
    ("representativeness", "representativeness(answered, column, ...)"),
    ("earned_growth", "earned_growth(before, retained, earned, unknown)"),
    ("earned_ratio", "earned_ratio(before, retained, earned, unknown, bought)"),
];

/// Reads a formula from the whole text; `params` stand for their values.
///
/// # Errors
/// [`ExprError`] with the place and a mend.
///
/// # Examples
/// ```
/// use cx_core::studies::metrics::formula::parse_formula;
/// let text = "share(from_best < boxes) of responses where question = 'satisfaction' and answered";
/// assert_eq!(parse_formula(text, &Vec::new()).unwrap().to_string(), text);
/// let error = parse_formula("shar(x) of responses", &Vec::new()).unwrap_err();
/// assert!(error.help.unwrap().starts_with("bodies of a formula: share"));
/// ```
pub fn parse_formula(text: &str, params: &Params) -> Result<Formula, ExprError> {
    let mut reader = Reader { parser: Parser::new(text)?, params };
    let body = reader.body()?;
    reader.parser.expect_word("of").map_err(|e| e.help("a formula reads BODY of ROWS"))?;
    let rows = parse_rows_with(&mut reader.parser, params)?;
    let mut formula = Formula { body, rows, weight: None, cluster: None };
    if reader.parser.accept_word("weighted") {
        reader.parser.expect_word("by")?;
        formula.weight = Some(reader.expr()?);
    }
    if reader.parser.accept_word("clustered") {
        reader.parser.expect_word("by")?;
        let (name, _) = reader.parser.name("a column, or `row`")?;
        formula.cluster = Some(if name == "row" { Cluster::Unit } else { Cluster::Column(name) });
    }
    reader.parser.end()?;
    Ok(formula)
}

struct Reader<'a> {
    parser: Parser,
    params: &'a Params,
}

impl Reader<'_> {
    /// A body that stands alone, or arithmetic.
    fn body(&mut self) -> Result<Body, ExprError> {
        let alone = match &self.parser.peek().kind {
            TokenKind::Name(n) if self.parser.peek_second().kind == TokenKind::Mark("(") => n.clone(),
            _ => return self.sum().map(Body::Arithmetic),
        };
        if matches!(alone.as_str(), "share" | "mean" | "sum" | "count" | "abs") {
            return self.sum().map(Body::Arithmetic);
        }
        let (name, span) = self.parser.name("a body")?;
        if name == "attainment" {
            self.parser.expect("(")?;
            self.parser.expect(")")?;
            return Ok(Body::Attainment);
        }
        if !BODIES.iter().any(|(n, _)| *n == name) {
            let names: Vec<&str> = BODIES.iter().map(|(n, _)| *n).collect();
            return Err(ExprError::new(format!("there is no body `{name}`"), span)
                .help(format!("bodies of a formula: {}", names.join(", "))));
        }
        self.parser.expect("(")?;
        let body = self.alone(&name)?;
        self.parser.expect(")").map_err(|e| match BODIES.iter().find(|(n, _)| *n == name) {
            Some((_, written)) => e.help(format!("it is written {written}")),
            None => e,
        })?;
        Ok(body)
    }

    fn alone(&mut self, name: &str) -> Result<Body, ExprError> {
        Ok(match name {
            "net" => Body::Net(self.expr()?, self.next_expr()?),
            "rate" => Body::Rate(self.expr()?, self.next_expr()?),
            "median" => Body::Quantile(self.expr()?, 0.5),
            "quantile" => Body::Quantile(self.expr()?, self.next_share()?),
            "smallest" => Body::Smallest(self.expr()?),
            "median_time" => self.life(1, |_| Ok(Measure::Quantile(0.5)))?,
            "time_quantile" => self.life(1, |r| r.next_share().map(Measure::Quantile))?,
            "survival" => self.life(1, |r| r.next_number().map(Measure::Survival))?,
            "restricted_mean" => self.life(1, |r| r.next_number().map(Measure::RestrictedMean))?,
            "incidence" => self.life(2, |r| r.next_number().map(Measure::Incidence))?,
            "mix" => Body::Mix(self.column()?),
            "top_share" => Body::TopShare(self.expr()?, self.next_share()?),
            "displayed" => Body::Displayed(self.expr()?, self.next_number()?),
            "bayes" => Body::Bayes(self.expr()?),
            "balanced" => Body::Balanced(self.expr()?, self.next_column()?),
            "spread" => Body::Spread(self.expr()?, self.next_column()?),
            "reliability" => Body::Reliability(self.expr()?, self.next_column()?),
            "importance_index" => {
                let value = (self.expr()?, self.condition()?);
                let importance = (self.next_expr()?, self.condition()?);
                Body::ImportanceIndex { value, importance, items: self.next_column()? }
            }
            "representativeness" => {
                let answered = self.expr()?;
                let mut columns = vec![self.next_column()?];
                while self.parser.accept(",") {
                    columns.push(self.column()?);
                }
                Body::Representativeness(answered, columns)
            }
            "earned_growth" => {
                Body::EarnedGrowth([self.expr()?, self.next_expr()?, self.next_expr()?, self.next_expr()?])
            }
            "earned_ratio" => Body::EarnedRatio([
                self.expr()?,
                self.next_expr()?,
                self.next_expr()?,
                self.next_expr()?,
                self.next_expr()?,
            ]),
            _ => Body::Kish,
        })
    }

    fn life(
        &mut self,
        causes: usize,
        measure: impl Fn(&mut Self) -> Result<Measure, ExprError>,
    ) -> Result<Body, ExprError> {
        let exit = self.expr()?;
        let causes = (0..causes).map(|_| self.next_expr()).collect::<Result<_, _>>()?;
        let measure = measure(self)?;
        let entry = if self.parser.accept(",") { Some(self.expr()?) } else { None };
        Ok(Body::Life { measure, exit, causes, entry })
    }

    fn sum(&mut self) -> Result<Arith, ExprError> {
        let mut left = self.product()?;
        loop {
            if self.parser.accept("+") {
                left = Arith::Add(Box::new(left), Box::new(self.product()?));
            } else if self.parser.accept("-") {
                left = Arith::Sub(Box::new(left), Box::new(self.product()?));
            } else {
                return Ok(left);
            }
        }
    }

    fn product(&mut self) -> Result<Arith, ExprError> {
        let mut left = self.factor()?;
        loop {
            if self.parser.accept("*") {
                left = Arith::Mul(Box::new(left), Box::new(self.factor()?));
            } else if self.parser.accept("/") {
                left = Arith::Div(Box::new(left), Box::new(self.factor()?));
            } else {
                return Ok(left);
            }
        }
    }

    fn factor(&mut self) -> Result<Arith, ExprError> {
        if self.parser.accept("-") {
            return Ok(Arith::Neg(Box::new(self.factor()?)));
        }
        if self.parser.accept("(") {
            let inner = self.sum()?;
            self.parser.expect(")")?;
            return Ok(inner);
        }
        if let TokenKind::Number(x, _) = self.parser.peek().kind {
            self.parser.take();
            return Ok(Arith::Number(x));
        }
        let named = match &self.parser.peek().kind {
            TokenKind::Name(n) => n.clone(),
            _ => return Err(self.parser.unexpected("a total such as sum(amount)")),
        };
        if self.parser.peek_second().kind != TokenKind::Mark("(") {
            return self.number().map(Arith::Number);
        }
        let kind = match named.as_str() {
            "count" => TotalKind::Count,
            "sum" => TotalKind::Sum,
            "mean" => TotalKind::Mean,
            "share" => TotalKind::Share,
            "abs" => {
                self.parser.take();
                self.parser.expect("(")?;
                let inner = self.sum()?;
                self.parser.expect(")")?;
                return Ok(Arith::Abs(Box::new(inner)));
            }
            _ => {
                return Err(self
                    .parser
                    .unexpected("count, sum, mean or share")
                    .help("only these can be joined by arithmetic"));
            }
        };
        self.parser.take();
        self.parser.expect("(")?;
        let value = if kind == TotalKind::Count { None } else { Some(self.expr()?) };
        let filter = self.condition()?;
        self.parser.expect(")")?;
        Ok(Arith::Total(Total { kind, value, filter }))
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

    fn next_expr(&mut self) -> Result<Expr, ExprError> {
        self.parser.expect(",")?;
        self.expr()
    }

    fn column(&mut self) -> Result<String, ExprError> {
        Ok(self.parser.name("a column")?.0)
    }

    fn next_column(&mut self) -> Result<String, ExprError> {
        self.parser.expect(",")?;
        self.column()
    }

    fn next_number(&mut self) -> Result<f64, ExprError> {
        self.parser.expect(",")?;
        self.number()
    }

    fn next_share(&mut self) -> Result<f64, ExprError> {
        self.parser.expect(",")?;
        let span = self.parser.peek().span.clone();
        let q = self.number()?;
        if !(0.0..=1.0).contains(&q) {
            return Err(ExprError::new(format!("{q} is no share"), span).help("write a number from 0 to 1"));
        }
        Ok(q)
    }

    /// A number, or the name of a constant that is one.
    fn number(&mut self) -> Result<f64, ExprError> {
        if let TokenKind::Name(name) = &self.parser.peek().kind {
            let found = self.params.iter().find(|(n, _)| n == name);
            if let Some((_, Literal::Number(x, _))) = found {
                let x = *x;
                self.parser.take();
                return Ok(x);
            }
            return Err(self.parser.unexpected("a number"));
        }
        let token = self.parser.peek().clone();
        match self.parser.literal()? {
            Literal::Number(x, _) => Ok(x),
            _ => Err(ExprError::new("expected a number", token.span)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_formula_are_inverse() {
        let params = vec![
            ("W".to_owned(), Literal::Span(7 * 86_400_000_000)),
            ("q".to_owned(), Literal::Number(0.9, "0.9".to_owned())),
        ];
        for (text, written) in [
            ("count() of customers", "count() of customers"),
            (
                "(sum(a) - sum(b where c)) / sum(b) of months { a = count(of customers) }",
                "(sum(a) - sum(b where c)) / sum(b) of months { a = count(of customers) }",
            ),
            (
                "abs(mean(x where c) - mean(x where d)) of reviews",
                "abs(mean(x where c) - mean(x where d)) of reviews",
            ),
            (
                "100 * share(x) / 2 of responses clustered by row",
                "100 * share(x) / 2 of responses clustered by row",
            ),
            ("quantile(handle_s, q) of interactions", "quantile(handle_s, 0.9) of interactions"),
            (
                "median_time(hours(x), y is known, 3) of interactions where z < W weighted by w clustered by agent",
                "median_time(hours(x), y is known, 3) of interactions where z < 7d weighted by w clustered by agent",
            ),
            ("incidence(x, a, b, 12) of customers", "incidence(x, a, b, 12) of customers"),
            (
                "importance_index(harmonised where question = 'attribute', value where question = 'importance', item) of responses",
                "importance_index(harmonised where question = 'attribute', value where question = 'importance', item) of responses",
            ),
        ] {
            let formula =
                parse_formula(text, &params).unwrap_or_else(|e| panic!("{text}: {e} at {:?}", e.span));
            assert_eq!(formula.to_string(), written);
            assert_eq!(parse_formula(written, &params).unwrap(), formula);
        }
    }

    #[test]
    fn faults_point_at_their_place() {
        for (text, part) in [
            ("share(x)", "expected `of`"),
            ("net(x) of responses", "expected `,`"),
            ("quantile(x, 90) of responses", "is no share"),
            ("sum(a) / net(x, y) of responses", "expected count, sum, mean or share"),
            ("frob(x) of responses", "there is no body `frob`"),
        ] {
            let error = parse_formula(text, &Vec::new()).unwrap_err();
            assert!(error.message.contains(part), "{text}: {error}");
        }
    }
}
