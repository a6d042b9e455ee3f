//! Yes and no.

/// Words for yes, lower case: English, Polish, Russian, Chinese.
const YES: [&str; 9] = ["yes", "y", "true", "t", "1", "tak", "да", "是", "on"];
/// Words for no.
const NO: [&str; 10] = ["no", "n", "false", "f", "0", "nie", "нет", "否", "off", "не"];

/// Reads a yes or no; case does not matter.
pub fn parse(text: &str) -> Option<bool> {
    let word = text.trim().to_lowercase();
    if YES.contains(&word.as_str()) {
        Some(true)
    } else if NO.contains(&word.as_str()) {
        Some(false)
    } else {
        None
    }
}
