//! Who asks, found in the headers.

use super::{Right, Secret};
use crate::http::{Kind, Problem};
use axum::http::{HeaderMap, Method, header};

/// Name of the cookie.
pub(crate) const COOKIE: &str = "cx_session";

/// The header in which what changes something repeats the page's secret.
const CSRF: &str = "x-csrf-token";

/// The secrets of this start.
#[derive(Debug)]
pub(crate) struct Keys {
    /// What programs send as `Authorization: Bearer …`, and what the printed link holds.
    pub(crate) token: Secret,
    /// What a browser keeps after the link was opened.
    pub(crate) session: Secret,
    /// What a page has to repeat with every change: another site's page does not know it.
    pub(crate) csrf: Secret,
}

impl Keys {
    /// New secrets.
    pub(crate) fn random() -> Self {
        Self { token: Secret::random("cx_"), session: Secret::random(""), csrf: Secret::random("") }
    }
}

/// How a caller showed who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Caller {
    /// By the token.
    Program,
    /// By the cookie.
    Browser,
}

impl Caller {
    /// The caller of a request.
    ///
    /// # Errors
    /// [`Kind::Unauthorized`] where the request shows nothing that is known here;
    /// [`Kind::Forbidden`] where a browser is to change something and the page does not know the secret.
    pub(crate) fn of(keys: &Keys, method: &Method, headers: &HeaderMap) -> Result<Self, Problem> {
        let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
        if let Some(given) = text(header::AUTHORIZATION.as_str()) {
            let token = given.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
            return match token {
                Some((_, token)) if keys.token.is(token.trim()) => Ok(Self::Program),
                _ => Err(Problem::new(Kind::Unauthorized, "the token is not that of this start")
                    .help("`cx serve` printed it when it started")),
            };
        }
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
        let mut cookies =
            cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        if !cookies.any(|(name, value)| name == COOKIE && keys.session.is(value)) {
            return Err(Problem::new(Kind::Unauthorized, "nobody is signed in").help(
                "open the link that `cx serve` printed, or send its token as `Authorization: Bearer …`",
            ));
        }
        if !method.is_safe() && !text(CSRF).is_some_and(|given| keys.csrf.is(given)) {
            let detail =
                format!("a page that changes something repeats `csrf` of GET /api/v1/session in {CSRF}");
            return Err(Problem::new(Kind::Forbidden, detail));
        }
        Ok(Self::Browser)
    }

    /// Whether it may. The holder of the start token is the only caller there is, and may do everything.
    pub(crate) const fn may(self, right: Right) -> bool {
        let (Self::Program | Self::Browser) = self;
        match right {
            Right::Open | Right::SignedIn | Right::See | Right::Explore | Right::Operate => true,
        }
    }
}
