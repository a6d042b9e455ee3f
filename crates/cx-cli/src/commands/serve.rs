//! `cx serve`: the server over project folders.

use crate::args::{Log, ServeArgs};
use crate::output::Answer;
use crate::session::Session;
use cx_core::analysis::{Error, ErrorKind};
use cx_server::{LogForm, Settings, Started};
use std::io::Write;
use std::time::Duration;

/// Serves until the process is told to stop.
pub(crate) fn run(args: ServeArgs, session: &Session) -> Result<Answer, Error> {
    if session.global.as_of.is_some() || session.global.seed.is_some() {
        return Err(Error::new(ErrorKind::Usage, "a server takes the day and the seed from each cx.toml")
            .help("set `as_of` or `seed` there"));
    }
    let dirs = if args.dirs.is_empty() { vec![session.dir().to_path_buf()] } else { args.dirs };
    let mut settings = Settings::new(args.addr, dirs);
    settings.behind_proxy = args.behind_proxy;
    settings.studies = args.studies.map_or(settings.studies, usize::from);
    settings.threads = session.global.threads.map_or(settings.threads, std::num::NonZero::get);
    settings.queue = usize::from(args.queue);
    settings.time_limit = Duration::from_secs(u64::from(args.time_limit));
    settings.cache = (args.cache as usize) << 20;
    settings.body_limit = (args.body_limit as usize) << 20;
    settings.log = match args.log {
        Log::Text => LogForm::Text,
        Log::Json => LogForm::Json,
    };
    settings.quiet = session.global.quiet;
    cx_server::serve(settings, announce)?;
    Ok(Answer::text(String::new()))
}

/// Says where the server is. The link is for whoever started it: it goes to
/// standard output alone and never into the journal.
fn announce(started: &Started) -> Result<(), Error> {
    let Started { addr, link, token, workspaces } = started;
    let text =
        format!("Serving {} at http://{addr}\nOpen    {link}\nToken   {token}\n", workspaces.join(", "));
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| Error::new(ErrorKind::Io, format!("standard output cannot be written ({error})")))
}
