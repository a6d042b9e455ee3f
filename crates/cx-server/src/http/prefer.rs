//! How long a client waits: `Prefer: wait=30` (RFC 7240).

use axum::http::HeaderMap;
use std::time::Duration;

/// Most seconds that a client may ask to wait.
const LONGEST: u64 = 60;

/// How long this request waits for its answer.
pub(crate) fn patience(headers: &HeaderMap, usual: Duration) -> Duration {
    let mut wishes =
        headers.get_all("prefer").iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(','));
    let wait = wishes.find_map(|wish| wish.trim().strip_prefix("wait=")?.parse::<u64>().ok());
    wait.map_or(usual, |seconds| Duration::from_secs(seconds.min(LONGEST)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_followed_up_to_the_limit() {
        let of = |text: &'static str| {
            let headers = HeaderMap::from_iter([(
                axum::http::HeaderName::from_static("prefer"),
                axum::http::HeaderValue::from_static(text),
            )]);
            patience(&headers, Duration::from_secs(10)).as_secs()
        };
        assert_eq!(of("wait=3"), 3);
        assert_eq!(of("respond-async, wait=0"), 0);
        assert_eq!(of("wait=9999"), 60);
        assert_eq!(of("wait=soon"), 10);
        assert_eq!(patience(&HeaderMap::new(), Duration::from_secs(10)).as_secs(), 10);
    }
}
