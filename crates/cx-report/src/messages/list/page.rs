//! Messages of `page.ftl`: labels of the page, with and without its script.

use super::declare::messages;

messages! {
    page_contents() = "page-contents";
    page_as_of() = "page-as-of";
    page_about() = "page-about";
    page_version() = "page-version";
    page_input_hash() = "page-input-hash";
    page_reproduce() = "page-reproduce";
    page_good() = "page-good";
    page_bad() = "page-bad";
    page_warning() = "page-warning";
    page_neutral() = "page-neutral";
    page_target() = "page-target";
    page_not_given() = "page-not-given";
    page_caveats() = "page-caveats";
    page_derivations() = "page-derivations";
    page_figure() = "page-figure";
    page_formula() = "page-formula";
    page_inputs() = "page-inputs";
    page_population() = "page-population";
    page_interval() = "page-interval";
    page_source() = "page-source";
    page_files() = "page-files";
    page_explain() = "page-explain";
    page_lift() = "page-lift";
    page_unlocks() = "page-unlocks";
    page_no_application() = "page-no-application";
    page_no_script() = "page-no-script";
    page_change_none() = "page-change-none";
    page_change_up() = "page-change-up";
    page_change_down() = "page-change-down";
}
