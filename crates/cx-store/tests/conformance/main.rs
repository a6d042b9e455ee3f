//! One suite, held against both databases: what passes on SQLite passes on
//! PostgreSQL, word for word.

#![allow(clippy::unwrap_used, reason = "what cannot be done fails the test")]
#![allow(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a skipped part and the figures of a run say so"
)]

mod accounts;
mod audit;
mod cluster;
mod durability;
mod erasure;
mod limits;
mod rows;
mod support;

use cluster::Cluster;
use support::Home;

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(work)
}

/// Every case once on SQLite, as a test each, and all of them on PostgreSQL, as
/// one test that shares a server.
macro_rules! cases {
    ($($module:ident: $($case:ident),* $(,)?;)*) => {
        mod sqlite {
            $(mod $module {
                $(#[test] fn $case() {
                    crate::block_on(crate::$module::$case(crate::Home::sqlite()));
                })*
            })*
        }

        #[test]
        fn postgres() {
            let Some(cluster) = Cluster::start(false) else { return };
            let mut failed = Vec::new();
            $($({
                let name = concat!(stringify!($module), "_", stringify!($case));
                let home = Home::postgres(&cluster, name);
                // Each in a thread of its own, so that one failure does not hide the next.
                let ended = std::thread::spawn(|| block_on($module::$case(home))).join();
                if ended.is_err() {
                    failed.push(name);
                }
            })*)*
            assert!(failed.is_empty(), "on PostgreSQL failed: {failed:?}");
        }
    };
}

cases! {
    accounts:
        first_start_is_used_once,
        first_start_ends_in_time,
        addresses_are_one_whatever_their_case,
        weak_input_is_refused,
        a_session_follows_the_log_in,
        a_session_ends_idle_or_old,
        a_planted_session_is_not_kept,
        a_barred_user_is_out_at_once,
        another_password_ends_sessions,
        failures_slow_down_an_account,
        failures_slow_down_an_address,
        strangers_see_no_workspace,
        a_workspace_keeps_an_admin,
        keys_open_one_workspace_until_they_end,
        no_secret_is_stored,
        another_key_is_refused;
    audit:
        the_chain_holds_and_names_its_first_break,
        a_workspace_sees_its_own_lines,
        customers_stand_as_keyed_hashes;
    rows:
        a_batch_is_taken_once,
        the_later_update_wins,
        versions_are_read_as_they_were,
        rejected_rows_rest_with_their_reason,
        what_cannot_be_kept_is_refused_whole,
        senders_at_once_do_not_meet;
    erasure:
        a_customer_is_erased_everywhere,
        no_byte_of_the_identifier_is_left,
        an_erasure_is_repeated_after_a_restore,
        rows_go_after_their_period,
        a_backup_comes_back;
    limits:
        a_full_disk_is_said_and_breaks_nothing,
        a_true_disk_full_or_read_only_breaks_nothing,
        a_folder_that_cannot_be_written_is_said,
        a_strange_file_is_not_taken_for_a_store,
        a_newer_store_is_refused;
}
