//! Tokens to expressions: precedence climbing.

use super::ast::KEYWORDS;
use super::token::tokens;
use super::{BinaryOp, Expr, ExprError, Func, Literal, Token, TokenKind};
use std::ops::Range;

/// Deepest nesting accepted, so that hostile text cannot exhaust the stack.
const MAX_DEPTH: usize = 64;

/// Reads one expression from the whole text.
///
/// # Errors
/// [`ExprError`] with the place and a mend.
///
/// # Examples
/// ```
/// use cx_core::ground::expr::parse;
/// let e = parse("value >= 9 and channel in ('web','app')").unwrap();
/// assert_eq!(e.to_string(), "value >= 9 and channel in ('web', 'app')");
/// let error = parse("value >= ").unwrap_err();
/// assert_eq!(error.span, 9..9);
/// ```
pub fn parse(text: &str) -> Result<Expr, ExprError> {
    let mut parser = Parser::new(text)?;
    let expr = parser.expr()?;
    parser.end()?;
    Ok(expr)
}

/// A reader of tokens, shared by expressions and by the metric language above them.
#[derive(Debug)]
pub struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Parser {
    /// A parser over a text.
    pub fn new(text: &str) -> Result<Self, ExprError> {
        Ok(Self { tokens: tokens(text)?, at: 0, depth: 0 })
    }

    /// The next token, not yet taken.
    pub fn peek(&self) -> &Token {
        &self.tokens[self.at]
    }

    /// The token after the next.
    pub fn peek_second(&self) -> &Token {
        &self.tokens[(self.at + 1).min(self.tokens.len() - 1)]
    }

    /// Takes the next token; the end is never passed.
    pub fn take(&mut self) -> Token {
        let token = self.tokens[self.at].clone();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    /// Takes a mark if it comes next.
    pub fn accept(&mut self, mark: &str) -> bool {
        let yes = matches!(&self.peek().kind, TokenKind::Mark(m) if *m == mark);
        if yes {
            self.take();
        }
        yes
    }

    /// Takes a word if it comes next.
    pub fn accept_word(&mut self, word: &str) -> bool {
        let yes = self.is_word(word);
        if yes {
            self.take();
        }
        yes
    }

    /// True where this word comes next.
    pub fn is_word(&self, word: &str) -> bool {
        matches!(&self.peek().kind, TokenKind::Name(n) if n == word)
    }

    /// Takes a mark or complains.
    pub fn expect(&mut self, mark: &str) -> Result<(), ExprError> {
        if self.accept(mark) { Ok(()) } else { Err(self.unexpected(&format!("`{mark}`"))) }
    }

    /// Takes a word or complains.
    pub fn expect_word(&mut self, word: &str) -> Result<(), ExprError> {
        if self.accept_word(word) { Ok(()) } else { Err(self.unexpected(&format!("`{word}`"))) }
    }

    /// Takes a name and its place, or complains.
    pub fn name(&mut self, what: &str) -> Result<(String, Range<usize>), ExprError> {
        match &self.peek().kind {
            TokenKind::Name(n) if !KEYWORDS.contains(&n.as_str()) => {}
            TokenKind::Quoted(_) => {}
            _ => return Err(self.unexpected(what)),
        }
        let token = self.take();
        match token.kind {
            TokenKind::Name(n) | TokenKind::Quoted(n) => Ok((n, token.span)),
            _ => Err(ExprError::new(format!("expected {what}"), token.span)),
        }
    }

    /// Complains unless the text is over.
    pub fn end(&self) -> Result<(), ExprError> {
        if self.peek().kind == TokenKind::End { Ok(()) } else { Err(self.unexpected("the end")) }
    }

    /// A complaint about the next token.
    pub fn unexpected(&self, wanted: &str) -> ExprError {
        let token = self.peek();
        let found = match &token.kind {
            TokenKind::Name(n) | TokenKind::Quoted(n) => format!("`{n}`"),
            TokenKind::Number(_, text) => format!("`{text}`"),
            TokenKind::Text(t) => format!("'{t}'"),
            TokenKind::Span(_) => "a length of time".to_owned(),
            TokenKind::Mark(m) => format!("`{m}`"),
            TokenKind::End => "the end".to_owned(),
        };
        ExprError::new(format!("expected {wanted}, found {found}"), token.span.clone())
    }

    /// An expression.
    pub fn expr(&mut self) -> Result<Expr, ExprError> {
        self.climb(0)
    }

    fn climb(&mut self, floor: u8) -> Result<Expr, ExprError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(ExprError::new("nested too deeply", self.peek().span.clone())
                .help(format!("at most {MAX_DEPTH} levels")));
        }
        let mut left = self.prefix()?;
        loop {
            if floor <= 4 && self.postfix(&mut left)? {
                continue;
            }
            let Some(op) = self.operator() else { break };
            if op.strength() < floor {
                break;
            }
            self.take();
            let right = self.climb(op.strength() + 1)?;
            left = Expr::Binary(op, Box::new(left), Box::new(right));
            if op.is_comparison() && self.operator().is_some_and(BinaryOp::is_comparison) {
                return Err(ExprError::new("comparisons do not chain", self.peek().span.clone())
                    .help("write `a <= x and x < b`, or `x between a and b` with both ends included"));
            }
        }
        self.depth -= 1;
        Ok(left)
    }

    fn operator(&self) -> Option<BinaryOp> {
        match &self.peek().kind {
            TokenKind::Name(n) if n == "or" => Some(BinaryOp::Or),
            TokenKind::Name(n) if n == "and" => Some(BinaryOp::And),
            TokenKind::Mark(m) => Some(match *m {
                "=" => BinaryOp::Eq,
                "!=" => BinaryOp::Ne,
                "<" => BinaryOp::Lt,
                "<=" => BinaryOp::Le,
                ">" => BinaryOp::Gt,
                ">=" => BinaryOp::Ge,
                "+" => BinaryOp::Add,
                "-" => BinaryOp::Sub,
                "*" => BinaryOp::Mul,
                "/" => BinaryOp::Div,
                _ => return None,
            }),
            _ => None,
        }
    }

    fn prefix(&mut self) -> Result<Expr, ExprError> {
        if self.accept_word("not") {
            return Ok(Expr::Not(Box::new(self.climb(3)?)));
        }
        if self.accept("-") {
            return Ok(Expr::Neg(Box::new(self.climb(7)?)));
        }
        if self.accept("(") {
            let inner = self.climb(0)?;
            self.expect(")")?;
            return Ok(inner);
        }
        match &self.peek().kind {
            TokenKind::Name(n) if n == "if" => self.conditional(),
            TokenKind::Name(n) if n != "true" && n != "false" && !KEYWORDS.contains(&n.as_str()) => {
                if self.peek_second().kind == TokenKind::Mark("(") {
                    return self.call();
                }
                Ok(Expr::Col(self.name("a name")?.0))
            }
            TokenKind::Quoted(_) => Ok(Expr::Col(self.name("a name")?.0)),
            _ => Ok(Expr::Lit(self.literal()?)),
        }
    }

    /// `in (…)`, `not in (…)`, `is known`, `is missing`, `between a and b`.
    fn postfix(&mut self, left: &mut Expr) -> Result<bool, ExprError> {
        let negated =
            self.is_word("not") && matches!(&self.peek_second().kind, TokenKind::Name(n) if n == "in");
        if negated {
            self.take();
        }
        let taken = || Expr::TRUE;
        if self.accept_word("in") {
            let list = self.list()?;
            *left = Expr::In(Box::new(std::mem::replace(left, taken())), list, negated);
        } else if self.accept_word("is") {
            let missing = self.accept_word("missing");
            if !missing {
                self.expect_word("known").map_err(|e| e.help("write `is known` or `is missing`"))?;
            }
            *left = Expr::Known(Box::new(std::mem::replace(left, taken())), missing);
        } else if self.accept_word("between") {
            let low = self.climb(5)?;
            self.expect_word("and")?;
            let high = self.climb(5)?;
            let x = std::mem::replace(left, taken());
            let from = Expr::Binary(BinaryOp::Ge, Box::new(x.clone()), Box::new(low));
            let to = Expr::Binary(BinaryOp::Le, Box::new(x), Box::new(high));
            *left = Expr::Binary(BinaryOp::And, Box::new(from), Box::new(to));
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn list(&mut self) -> Result<Vec<Literal>, ExprError> {
        self.expect("(")?;
        let mut list = vec![self.literal()?];
        while self.accept(",") {
            list.push(self.literal()?);
        }
        self.expect(")")?;
        Ok(list)
    }

    /// A constant, with an optional minus sign.
    pub fn literal(&mut self) -> Result<Literal, ExprError> {
        let minus = self.accept("-");
        let token = self.peek().clone();
        let literal = match token.kind {
            TokenKind::Number(x, text) if minus => Literal::Number(-x, format!("-{text}")),
            TokenKind::Number(x, text) => Literal::Number(x, text),
            TokenKind::Span(micros) => Literal::Span(if minus { -micros } else { micros }),
            TokenKind::Text(t) if !minus => Literal::Text(t),
            TokenKind::Name(n) if !minus && n == "true" => Literal::Bool(true),
            TokenKind::Name(n) if !minus && n == "false" => Literal::Bool(false),
            _ => return Err(self.unexpected("a value")),
        };
        self.take();
        Ok(literal)
    }

    fn conditional(&mut self) -> Result<Expr, ExprError> {
        self.take();
        self.expect("(")?;
        let condition = self.climb(0)?;
        self.expect(",")?;
        let yes = self.climb(0)?;
        self.expect(",")?;
        let no = self.climb(0)?;
        self.expect(")")?;
        Ok(Expr::If(Box::new(condition), Box::new(yes), Box::new(no)))
    }

    fn call(&mut self) -> Result<Expr, ExprError> {
        let (name, span) = self.name("a function")?;
        let Some((_, func, arity)) = Func::ALL.iter().find(|(n, _, _)| *n == name) else {
            let names: Vec<&str> = Func::ALL.iter().map(|(n, _, _)| *n).collect();
            return Err(ExprError::new(format!("there is no function `{name}`"), span)
                .help(format!("functions of a row: {}, if", names.join(", "))));
        };
        self.expect("(")?;
        let mut args = vec![self.climb(0)?];
        while self.accept(",") {
            args.push(self.climb(0)?);
        }
        self.expect(")")?;
        if args.len() != *arity {
            return Err(ExprError::new(format!("`{name}` takes {arity}, not {}", args.len()), span));
        }
        Ok(Expr::Call(*func, args))
    }
}
