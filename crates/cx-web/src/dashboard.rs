//! The dashboard: a page with its script and style, for a server to hand out.

/// A file of the dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asset {
    /// What is sent.
    pub body: &'static [u8],
    /// Its media type, with the character set.
    pub media_type: &'static str,
}

/// Whether the dashboard was built before this crate.
pub const fn dashboard_built() -> bool {
    cfg!(dashboard_built)
}

/// The file of the dashboard at a path of the server.
///
/// The page stands at `/`. It answers addresses of its own (`/w/…`, `/first`)
/// by script: a server sends the page for those too. Names of the files do not
/// change with their content, so a browser must ask whether they did.
///
/// `None` where there is no such file, or where the application was not built
/// before this crate.
///
/// # Examples
/// ```
/// assert_eq!(cx_web::dashboard("/").is_some(), cx_web::dashboard_built());
/// assert!(cx_web::dashboard("/assets/../build.rs").is_none());
/// ```
pub fn dashboard(path: &str) -> Option<Asset> {
    FILES.iter().find(|(known, _)| *known == path).map(|(_, asset)| *asset)
}

#[cfg(dashboard_built)]
const FILES: &[(&str, Asset)] = &[
    (
        "/",
        Asset {
            body: include_bytes!("../app/dist-dashboard/dashboard.html"),
            media_type: "text/html; charset=utf-8",
        },
    ),
    (
        "/assets/dashboard.js",
        Asset {
            body: include_bytes!("../app/dist-dashboard/assets/dashboard.js"),
            media_type: "text/javascript; charset=utf-8",
        },
    ),
    (
        "/assets/dashboard.css",
        Asset {
            body: include_bytes!("../app/dist-dashboard/assets/dashboard.css"),
            media_type: "text/css; charset=utf-8",
        },
    ),
];

#[cfg(not(dashboard_built))]
const FILES: &[(&str, Asset)] = &[];

#[cfg(test)]
mod tests {
    use super::*;

    /// The page, or word that there is none.
    fn page() -> Option<&'static str> {
        let found = dashboard("/");
        if found.is_none() {
            eprintln!("skipped: the dashboard was not built before this crate");
        }
        found.map(|asset| std::str::from_utf8(asset.body).expect("the page is text"))
    }

    #[test]
    fn the_page_names_only_files_that_are_there() {
        let Some(page) = page() else { return };
        let named: Vec<&str> =
            page.split('"').filter(|word| word.starts_with('/')).filter(|word| word.contains('.')).collect();
        assert_eq!(named.len(), 2, "{page}");
        for path in named {
            assert!(dashboard(path).is_some(), "{path}");
        }
    }

    #[test]
    fn the_page_holds_nothing_that_a_strict_policy_refuses() {
        let Some(page) = page() else { return };
        assert!(!page.contains("<style") && !page.contains(" style=") && !page.contains("javascript:"));
        for script in page.split("<script").skip(1) {
            let (tag, rest) = script.split_once('>').expect("a tag ends");
            assert!(tag.contains("src=") && rest.starts_with("</script>"), "{tag}");
        }
    }
}
