//! What a route is.

use crate::access::Right;
use crate::app::Shared;
use axum::routing::MethodRouter;
use schemars::Schema;

/// The method of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Post,
    Delete,
}

impl Verb {
    /// As HTTP writes it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// What a route answers with where all is well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answers {
    /// A study's result as JSON, with a tag; 202 where it takes longer than the request waits.
    Study,
    /// A page made by a study.
    StudyPage,
    /// JSON that is made at once.
    Json,
    /// Text of a media type.
    Text(&'static str),
    /// A page or its parts, the same for everybody, with a tag.
    Page,
    /// Events without an end.
    Events,
    /// Nothing but the status.
    Nothing,
    /// A way to another page.
    Elsewhere,
}

/// One route.
pub(crate) struct Route {
    pub(crate) verb: Verb,
    /// The address, as the document writes it. The last parameter may hold
    /// slashes where its name is followed by `…`.
    pub(crate) path: &'static str,
    pub(crate) right: Right,
    /// Where it stands among the others.
    pub(crate) tag: &'static str,
    pub(crate) summary: &'static str,
    /// Parameters of the address.
    pub(crate) query: Option<fn() -> Schema>,
    /// The body.
    pub(crate) body: Option<fn() -> Schema>,
    pub(crate) answers: Answers,
    pub(crate) handler: fn() -> MethodRouter<Shared>,
}

impl Route {
    /// The address as the router writes it.
    pub(crate) fn pattern(&self) -> String {
        match self.path.strip_suffix("…}") {
            Some(start) => match start.rsplit_once('{') {
                Some((before, name)) => format!("{before}{{*{name}}}"),
                None => self.path.to_owned(),
            },
            None => self.path.to_owned(),
        }
    }

    /// The address as the document writes it.
    pub(crate) fn address(&self) -> String {
        self.path.replace('…', "")
    }

    /// Names of the parameters in the address.
    pub(crate) fn parameters(&self) -> Vec<String> {
        let address = self.address();
        let names = address.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        names.map(str::to_owned).collect()
    }
}
