use cx_core::project::Settings;
use cx_core::tables::load::{Options, load};
use std::sync::atomic::AtomicBool;
fn main() {
    let dir = std::env::args().nth(1).unwrap();
    let toml = std::fs::read_to_string(std::env::args().nth(2).unwrap()).unwrap();
    let s = Settings::parse("cx.toml", &toml)
        .unwrap_or_else(|e| panic!("{e}\n  {}\n  help: {:?}", e.text, e.help));
    let cancel = AtomicBool::new(false);
    let t = std::time::Instant::now();
    let l = load(
        std::path::Path::new(&dir),
        &s.sources,
        &s.scales,
        s.zone.as_ref(),
        s.currency,
        &Options { threads: 2, cancel: &cancel, stream_above: 2_000_000, count_repeats: true, hash: true },
    )
    .unwrap_or_else(|e| panic!("{e}"));
    println!("{:?}", t.elapsed());
    for f in &l.files {
        println!(
            "{} rows {} broken {} {:?}",
            f.shown,
            f.rows,
            f.broken,
            f.hash.as_ref().map(|h| &h.sha256[..8])
        );
    }
    for (t, r) in &l.reports {
        println!(
            "{t}: read {} kept {} rejected {} excluded {} superseded {} quarantine {}",
            r.read,
            r.kept,
            r.rejected,
            r.excluded,
            r.superseded,
            r.quarantine.len()
        );
    }
    for i in l.issues(&|_| true) {
        println!(
            "  {:?} {:?} {}.{} x{} {:?}",
            i.severity,
            i.fault,
            i.table,
            i.column.clone().unwrap_or_default(),
            i.count,
            i.samples.first()
        );
    }
    for (n, t) in &l.data.tables {
        println!(
            "{n}: {} rows, span {:?}, cols {:?}",
            t.rows,
            t.span.map(|(a, b)| (a.to_rfc3339(), b.to_rfc3339())),
            t.columns.iter().map(|c| c.name.as_str()).collect::<Vec<_>>()
        );
    }
}
