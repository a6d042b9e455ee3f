//! Rust source as the rules see it: paths, modules and functions, without
//! comments and text. Tokens are read by the compiler's own lexer, so that a
//! `crate::` in a comment, a string or a nested `use` is what it is.

use anyhow::{Result, anyhow};
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use std::str::FromStr;

/// A path written in the code, such as `crate::stats::Totals`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrittenPath {
    /// Its parts, `crate` and `super` resolved: the first is the folder for
    /// paths inside the crate, which start with `crate`.
    pub(crate) parts: Vec<String>,
    /// Where it stands.
    pub(crate) line: usize,
    /// True inside a module of tests.
    pub(crate) in_test: bool,
}

/// What a file of Rust holds.
#[derive(Debug, Default)]
pub(crate) struct Code {
    /// Every path of two or more parts.
    pub(crate) paths: Vec<WrittenPath>,
    /// Lines of functions with a body and of `impl` blocks, outside tests.
    pub(crate) logic: Vec<usize>,
    /// First and last lines of inline modules of tests.
    pub(crate) tests: Vec<(usize, usize)>,
}

/// Where the reader stands.
struct Place {
    module: Vec<String>,
    in_test: bool,
}

impl Code {
    /// Reads a file of a crate; `path` is relative to the crate's `src`.
    ///
    /// # Errors
    /// Where the text is not Rust.
    pub(crate) fn read(path: &str, text: &str) -> Result<Self> {
        let tokens = TokenStream::from_str(text).map_err(|error| {
            let at = error.span().start();
            anyhow!("line {}: not Rust: {error}", at.line)
        })?;
        let mut code = Self::default();
        code.walk(tokens, &Place { module: module_of(path), in_test: false });
        Ok(code)
    }

    fn walk(&mut self, tokens: TokenStream, place: &Place) {
        let all: Vec<TokenTree> = tokens.into_iter().collect();
        let mut i = 0;
        while i < all.len() {
            match &all[i] {
                TokenTree::Ident(word) if word == "mod" => {
                    if let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(body))) =
                        (all.get(i + 1), all.get(i + 2))
                        && body.delimiter() == Delimiter::Brace
                    {
                        let tests = is_test(&all[..i]);
                        if tests {
                            self.tests.push((start_of(&all[..i], word), body.span_close().end().line));
                        }
                        let mut module = place.module.clone();
                        module.push(name.to_string());
                        self.walk(body.stream(), &Place { module, in_test: place.in_test || tests });
                        i += 3;
                        continue;
                    }
                }
                TokenTree::Ident(word) if is_logic(&all, i) && !place.in_test && !is_test(&all[..i]) => {
                    self.logic.push(word.span().start().line);
                }
                TokenTree::Ident(word) if !follows_path(&all, i) => {
                    if let Some(next) = self.path(&all, i, word, place) {
                        i = next;
                        continue;
                    }
                }
                TokenTree::Group(group) => self.walk(group.stream(), place),
                _ => {}
            }
            i += 1;
        }
    }

    /// Reads the path that starts at `i`; gives the token after it.
    fn path(&mut self, all: &[TokenTree], i: usize, first: &Ident, place: &Place) -> Option<usize> {
        if !is_colons(all, i + 1) {
            return None;
        }
        let (parts, next) = segments(all, i);
        let line = first.span().start().line;
        let end = all.get(next).filter(|_| is_colons(all, next.wrapping_sub(2)));
        if let Some(TokenTree::Group(group)) = end {
            for branch in branches(group.stream()) {
                let whole = parts.iter().cloned().chain(branch).collect();
                self.add(whole, line, place);
            }
            return Some(next + 1);
        }
        self.add(parts, line, place);
        Some(next)
    }

    fn add(&mut self, parts: Vec<String>, line: usize, place: &Place) {
        let parts = resolve(parts, &place.module);
        self.paths.push(WrittenPath { parts, line, in_test: place.in_test });
    }
}

/// `tables/map/cells.rs` is the module `tables::map::cells`.
fn module_of(path: &str) -> Vec<String> {
    let stem = path.strip_suffix(".rs").unwrap_or(path);
    let mut parts: Vec<String> = stem.split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        parts.pop();
    }
    parts
}

/// `super` and `self` are written out from the module they stand in.
fn resolve(parts: Vec<String>, module: &[String]) -> Vec<String> {
    let mut base = module.to_vec();
    let ups = parts.iter().take_while(|part| *part == "super").count();
    let from = match parts.first().map(String::as_str) {
        Some("super") => {
            base.truncate(base.len().saturating_sub(ups));
            ups
        }
        Some("self") => {
            let ups = parts[1..].iter().take_while(|part| *part == "super").count();
            base.truncate(base.len().saturating_sub(ups));
            ups + 1
        }
        _ => return parts,
    };
    let mut whole = vec!["crate".to_owned()];
    whole.extend(base);
    whole.extend(parts.into_iter().skip(from));
    whole
}

/// The names of a path from `i` on, and the token after the last of them.
fn segments(all: &[TokenTree], mut i: usize) -> (Vec<String>, usize) {
    let mut parts = Vec::new();
    while let Some(TokenTree::Ident(word)) = all.get(i) {
        parts.push(word.to_string());
        if !is_colons(all, i + 1) {
            return (parts, i + 1);
        }
        i += 3;
    }
    (parts, i)
}

/// Every path inside the braces of a `use`.
fn branches(tokens: TokenStream) -> Vec<Vec<String>> {
    let all: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for branch in all.split(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == ',')) {
        let (parts, next) = segments(branch, 0);
        match branch.get(next) {
            Some(TokenTree::Group(group)) => {
                found.extend(
                    branches(group.stream())
                        .into_iter()
                        .map(|rest| parts.iter().cloned().chain(rest).collect()),
                );
            }
            _ if branch.is_empty() => {}
            _ => found.push(parts),
        }
    }
    found
}

fn is_colons(all: &[TokenTree], i: usize) -> bool {
    let colon = |i: usize| matches!(all.get(i), Some(TokenTree::Punct(p)) if p.as_char() == ':');
    colon(i) && colon(i + 1)
}

/// True where the token at `i` goes on a path or names a field.
fn follows_path(all: &[TokenTree], i: usize) -> bool {
    i >= 2 && is_colons(all, i - 2)
}

/// True where the attributes just before say that this is for tests.
fn is_test(before: &[TokenTree]) -> bool {
    attributes(before).any(|text| text.starts_with("cfg") && text.contains("test") || text == "test")
}

/// The attributes that end where a `mod` or `fn` starts, `pub` and the like skipped.
fn attributes(before: &[TokenTree]) -> impl Iterator<Item = String> {
    let mut found = Vec::new();
    let mut i = before.len();
    while i > 0 {
        match &before[i - 1] {
            TokenTree::Ident(word) if ["pub", "const", "async", "unsafe"].iter().any(|w| word == w) => i -= 1,
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => i -= 1,
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
                found.push(group.stream().to_string());
                i = i.saturating_sub(2);
            }
            _ => break,
        }
    }
    found.into_iter()
}

/// The line of the first attribute before a module, or of the module itself.
fn start_of(before: &[TokenTree], word: &Ident) -> usize {
    let attributes = before.iter().rev().take_while(|token| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Bracket,
        TokenTree::Punct(p) => p.as_char() == '#',
        _ => false,
    });
    attributes.last().map_or(word.span().start().line, |token| token.span().start().line)
}

/// True for the word that opens a function with a body (not a declaration, not
/// a type) or an `impl` block (not a type).
fn is_logic(all: &[TokenTree], i: usize) -> bool {
    let TokenTree::Ident(word) = &all[i] else { return false };
    let opens = if word == "fn" {
        matches!(all.get(i + 1), Some(TokenTree::Ident(_)))
    } else {
        let before = i.checked_sub(1).map(|i| &all[i]);
        word == "impl" && !matches!(before, Some(TokenTree::Punct(p)) if p.as_char() != ';')
    };
    let end = all[i..].iter().find_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(true),
        TokenTree::Punct(p) if p.as_char() == ';' => Some(false),
        _ => None,
    });
    opens && end == Some(true)
}
