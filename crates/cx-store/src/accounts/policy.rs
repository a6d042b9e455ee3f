//! How long things last and how dear guessing is.

use std::time::Duration;

/// The rules of accounts.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// A session ends when nobody has used it for so long.
    pub session_idle: Duration,
    /// A session ends so long after the log-in, used or not.
    pub session_longest: Duration,
    /// The use of a session or key is written down at most this often.
    pub touch_every: Duration,
    /// Failed log-ins of one account that cost no waiting.
    pub free_failures_of_account: u32,
    /// Failed log-ins from one network address that cost no waiting.
    pub free_failures_of_address: u32,
    /// The wait after the first failure that is not free; it doubles with each further one.
    pub wait: Duration,
    /// The longest wait, so that nobody can lock a person out for good.
    pub longest_wait: Duration,
    /// Failures older than this are forgotten.
    pub failures_last: Duration,
    /// How dear one try of a password is.
    pub password_cost: PasswordCost,
    /// The shortest password that is taken, in characters.
    pub shortest_password: usize,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            session_idle: Duration::from_hours(2),
            session_longest: Duration::from_hours(7 * 24),
            touch_every: Duration::from_mins(1),
            free_failures_of_account: 5,
            free_failures_of_address: 20,
            wait: Duration::from_secs(1),
            longest_wait: Duration::from_mins(15),
            failures_last: Duration::from_hours(24),
            password_cost: PasswordCost::default(),
            shortest_password: 12,
        }
    }
}

/// Parameters of Argon2id. The default is OWASP's: 19 MiB, two passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Default for PasswordCost {
    fn default() -> Self {
        Self { memory: 19 * 1024, passes: 2 }
    }
}
