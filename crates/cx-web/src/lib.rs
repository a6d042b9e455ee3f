//! The web application's built pages.
//!
//! The application lives in `app/` and is built with Node (`npm ci && npm run
//! build` there). A Rust build never runs Node: it embeds what it finds, and
//! without it the crate still compiles and says that there is nothing.

mod dashboard;
mod pages;

pub use dashboard::{Asset, dashboard, dashboard_built};
pub use pages::report_template;
