//! Sees which pages of the web application were built. Node never runs here.

fn main() {
    // The folders are always there, so an unbuilt application does not make every build start anew.
    for (name, page) in
        [("report", "app/dist-report/index.html"), ("dashboard", "app/dist-dashboard/dashboard.html")]
    {
        println!("cargo::rustc-check-cfg=cfg({name}_built)");
        println!("cargo::rerun-if-changed=app/dist-{name}");
        if std::path::Path::new(page).is_file() {
            println!("cargo::rustc-cfg={name}_built");
        }
    }
}
