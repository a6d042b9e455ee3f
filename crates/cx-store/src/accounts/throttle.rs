//! Failed log-ins slow down further ones, per account and per network address.
//!
//! A try is counted as a failure before the password is looked at and taken
//! back when it was right: a hundred tries at once are then a hundred tries.

use crate::database::{Transaction, values};
use crate::{Error, Moment, Policy, Store};
use std::time::Duration;

/// What tries are counted by.
pub(super) struct Subjects {
    account: String,
    address: String,
}

impl Subjects {
    /// The subjects of a try.
    pub(super) fn new(store: &Store, email_key: &str, address: &str) -> Self {
        Self {
            account: store.key.hash("login account", &[email_key]),
            address: store.key.hash("login address", &[address]),
        }
    }

    /// Counts a try; gives how long to wait where it may not be made.
    pub(super) async fn count(
        &self,
        tx: &mut Transaction,
        policy: &Policy,
        now: Moment,
    ) -> Result<Option<Duration>, Error> {
        // Always in the same order, so that two tries cannot wait for each other.
        let mut pairs = [
            (&self.account, policy.free_failures_of_account),
            (&self.address, policy.free_failures_of_address),
        ];
        pairs.sort_unstable();
        let mut wait = None;
        for (subject, free) in pairs {
            tx.execute(
                "INSERT INTO login_failures (subject, failures, last_at) VALUES ($1, 0, $2) \
                 ON CONFLICT (subject) DO UPDATE SET failures = login_failures.failures",
                values![subject, now],
            )
            .await?;
            let found = tx
                .row("SELECT failures, last_at FROM login_failures WHERE subject = $1", values![subject])
                .await?;
            let Some(mut row) = found else { continue };
            let (failures, last_at) = (row.int()?, row.moment()?);
            let forgotten = now.since(last_at) >= policy.failures_last;
            let failures = if forgotten { 0 } else { failures };
            let ends = last_at.after(wait_after(policy, failures, free));
            wait = wait.max((ends > now).then(|| ends.since(now)));
            tx.execute(
                "UPDATE login_failures SET failures = $1, last_at = $2 WHERE subject = $3",
                values![failures + 1, now, subject],
            )
            .await?;
        }
        Ok(wait)
    }

    /// Takes the try back: the account has shown itself, the address has one failure less.
    pub(super) async fn take_back(&self, tx: &mut Transaction) -> Result<(), Error> {
        tx.execute("DELETE FROM login_failures WHERE subject = $1", values![&self.account]).await?;
        tx.execute("DELETE FROM login_failures WHERE subject = $1 AND failures <= 1", values![&self.address])
            .await?;
        tx.execute(
            "UPDATE login_failures SET failures = failures - 1 WHERE subject = $1",
            values![&self.address],
        )
        .await?;
        Ok(())
    }
}

/// How long to wait after the last failure.
fn wait_after(policy: &Policy, failures: i64, free: u32) -> Duration {
    let paid = failures - i64::from(free);
    if paid < 0 {
        return Duration::ZERO;
    }
    let doubled = policy.wait.saturating_mul(2_u32.saturating_pow(u32::try_from(paid).unwrap_or(u32::MAX)));
    doubled.min(policy.longest_wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        let policy = Policy::default();
        let seconds = |failures| wait_after(&policy, failures, 5).as_secs();
        assert_eq!([4, 5, 6, 7, 14, 15, 500].map(seconds), [0, 1, 2, 4, 512, 900, 900]);
    }
}
