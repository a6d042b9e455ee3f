//! Sees whether the web application was built. Node never runs here.

fn main() {
    println!("cargo::rustc-check-cfg=cfg(report_built)");
    // The folder is always there, so an unbuilt application does not make every build start anew.
    println!("cargo::rerun-if-changed=app/dist-report");
    if std::path::Path::new("app/dist-report/index.html").is_file() {
        println!("cargo::rustc-cfg=report_built");
    }
}
