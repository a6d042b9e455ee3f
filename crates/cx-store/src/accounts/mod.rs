//! Who may enter: users, the link of the first start, sessions, keys of
//! programs, and what slows down guessing.

mod api_key;
mod first_start;
mod login;
mod password;
mod policy;
mod role;
mod session;
mod throttle;
mod user;

pub use api_key::{ApiKey, NewApiKey};
pub use login::LogIn;
pub use policy::{PasswordCost, Policy};
pub use role::{Role, Scope};
pub use session::Session;
pub use user::{NewUser, User, UserId};
