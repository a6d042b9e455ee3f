//! Every formula on its own: a small table of text in, a result out.
//!
//! One entry of [`CALCS`] is one formula: its name, the columns it needs by
//! role, its options, and the function that runs it. The command line, the
//! server and the docs read that list; none of them knows a formula. This
//! module reads no files and knows no flags: it is handed cells and option
//! values as plain text and refuses, with row, column and remedy, whatever it
//! cannot read. A blank cell is missing, never 0, and is counted.
//!
//! ```
//! use cx_core::calc::{call, Request, Table};
//! let table = Table::from_rows(&["score"], &[&["10"], &["9"], &["7"], &["3"]]).unwrap();
//! let result = call("nps", &Request::on(&table)).unwrap();
//! let json = serde_json::to_value(&result).unwrap();
//! assert_eq!(json["results"]["nps"]["value"], 25.0);
//! assert_eq!(json["results"]["n"]["value"], 4);
//! ```
//!
//! Options alone stand in for a table where that says enough, and what must not
//! be given is a figure with its rule, so that the other figures still come:
//!
//! ```
//! use cx_core::calc::{call, Request};
//! let of = |cost: &str| call("roi", &Request::bare().option("benefit", "150").option("cost", cost)).unwrap();
//! let json = serde_json::to_value(of("100")).unwrap();
//! assert_eq!(json["results"]["forms"]["standard"]["value"], 0.5);
//! assert_eq!(json["results"]["forms"]["table"]["value"], -0.5);
//! let free = serde_json::to_value(of("0")).unwrap();
//! assert_eq!(free["results"]["roi"]["absent"]["rule"], "no_cost");
//! assert_eq!(free["results"]["npv"]["value"], 150.0);
//! ```

mod answers;
mod args;
mod call;
mod cells;
mod error;
mod list;
mod request;
mod result;
mod spec;
mod table;
mod timeline;

mod agreement;
mod causal;
mod control_chart;
mod drivers;
mod forecast;
mod money;
mod retention;
mod scores;
mod value;

pub use call::call;
pub use error::{CalcError, Kind};
pub use list::{CALCS, find};
pub use request::Request;
pub use result::{CalcResult, Entry, Figure, GroupCaveat, Limit, Results, Value};
pub use spec::{Calc, Choice, Default, Holds, Role, SecondTable};
pub use table::{Column, Table};

pub(crate) use args::Args;
pub(crate) use result::Answer;

#[cfg(test)]
mod conformance;
