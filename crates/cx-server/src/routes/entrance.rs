//! The link that is printed at the start.

use crate::access::{COOKIE, same_site};
use crate::app::Shared;
use crate::http::{Asking, Kind, Problem};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use schemars::JsonSchema;
use serde::Deserialize;

/// Parameters of the link.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Params {
    /// The token that was printed.
    token: String,
}

/// Gives the browser its cookie and leads on.
pub(super) async fn enter(
    State(app): State<Shared>,
    Asking(params): Asking<Params>,
    headers: HeaderMap,
) -> Result<(StatusCode, [(HeaderName, String); 2]), Problem> {
    if !same_site(&headers) || !app.keys.token.is(&params.token) {
        return Err(Problem::new(Kind::Unauthorized, "the link is not that of this start")
            .help("`cx serve` prints a new one at every start"));
    }
    let secure = if app.settings.behind_proxy { "; Secure" } else { "" };
    let session = app.keys.session.reveal();
    let cookie = format!("{COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict{secure}");
    Ok((StatusCode::SEE_OTHER, [(header::SET_COOKIE, cookie), (header::LOCATION, "/".to_owned())]))
}
