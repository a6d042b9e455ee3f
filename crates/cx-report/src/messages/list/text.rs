//! Messages of `text.ftl`: labels that only the terminal and Markdown forms show.

use super::declare::messages;

messages! {
    text_undated() = "text-undated";
    text_as_of(day: text) = "text-as-of";
    text_target(target: text, verdict: text) = "text-target";
    text_reproduce() = "text-reproduce";
    text_shown(shown: count, all: count) = "text-shown";
}
