//! `cx verify`: one byte anywhere is found.

use super::initiatives::project;
use super::project::{Project, Run};
use super::promises::{add, promise};

/// A file with one byte exchanged for its neighbour.
fn tamper(project: &Project, file: &str, place: usize) -> Vec<u8> {
    let path = project.path().join(file);
    let before = std::fs::read(&path).expect("a file is read");
    let mut after = before.clone();
    after[place] ^= 1;
    std::fs::write(path, after).expect("a file is written");
    before
}

fn failed(run: &Run) -> Vec<(String, String)> {
    let found = run.json();
    let checks = found["checks"].as_array().expect("checks").iter().filter(|one| one["holds"] == false);
    let text = |one: &serde_json::Value, name: &str| one[name].as_str().expect("text").to_owned();
    checks.map(|one| (text(one, "what"), text(one, "says"))).collect()
}

#[test]
fn one_byte_anywhere_is_found_and_named() {
    let project = project();
    assert_eq!(add(&project, &promise("P1", 10.0, "2026-06-15"), "2026-02-01T09:00:00Z").code, 0);
    let sealed = project.cx(&["verify", "--seal", "report.seal"]);
    assert_eq!(sealed.code, 0, "{}", sealed.err);
    let whole = project.cx(&["verify", "report.seal"]);
    assert_eq!(whole.code, 0, "{}{}", whole.out, whole.err);
    assert!(whole.out.contains("made again it is the same, byte for byte"), "{}", whole.out);

    let find = |text: &[u8], words: &str| {
        text.windows(words.len()).position(|w| w == words.as_bytes()).expect("the words are there")
    };
    let bytes = |file: &str| std::fs::read(project.path().join(file)).expect("a file is read");
    for (file, words, what, says) in [
        ("orders.csv", ",2026-03-15,", "orders.csv", "the file was changed"),
        ("cx.toml", "Acme", "cx.toml", "the settings were changed"),
        ("promises.jsonl", "A. Owner", "promises.jsonl", "line 1: `hash`"),
    ] {
        // The last digit of a day, and letters of words.
        let place = find(&bytes(file), words) + words.len() - 2;
        let before = tamper(&project, file, place);
        let run = project.cx(&["verify", "report.seal", "--format", "json"]);
        assert_eq!(run.code, 1, "{file}: {}", run.out);
        let found = failed(&run);
        assert!(found.iter().any(|(w, s)| w == what && s.contains(says)), "{file}: {found:?}");
        // A report shows its promises: the ledger is one more thing that it is made of.
        assert!(found.iter().any(|(w, _)| w == "report"), "{file}: {found:?}");
        std::fs::write(project.path().join(file), before).expect("a file is written");
    }
    assert_eq!(project.cx(&["verify", "report.seal"]).code, 0, "put right it holds again");

    // A ledger grows; what was sealed of it stays, and the report is made again by that.
    assert_eq!(add(&project, &promise("P2", 9.0, "2027-06-15"), "2026-02-02T09:00:00Z").code, 0);
    let grown = project.cx(&["verify", "report.seal"]);
    assert_eq!((grown.code, grown.out.contains("1 records were added")), (0, true), "{}", grown.out);
    std::fs::remove_file(project.path().join("promises.jsonl")).expect("a file goes");
    let gone = project.cx(&["verify", "report.seal", "--format", "json"]);
    assert!(failed(&gone).iter().any(|(_, says)| says.contains("there is no ledger, and one ended with")));
}

#[test]
fn a_chain_is_held_against_a_hash_seen_before() {
    let project = project();
    for (id, at) in [("P1", "2026-02-01T09:00:00Z"), ("P2", "2026-02-02T09:00:00Z")] {
        assert_eq!(add(&project, &promise(id, 10.0, "2026-06-15"), at).code, 0);
    }
    let head =
        project.cx(&["evaluate", "--format", "json"]).json()["head"].as_str().expect("a hash").to_owned();
    assert_eq!(project.cx(&["verify", "--head", &head]).code, 0);
    let text = project.read("promises.jsonl");
    let first = text.split_inclusive('\n').next().expect("a line");
    std::fs::write(project.path().join("promises.jsonl"), first).expect("a file is written");
    assert_eq!(project.cx(&["verify"]).code, 0, "a shorter chain is a chain");
    let cut = project.cx(&["verify", "--head", &head]);
    assert_eq!((cut.code, cut.out.contains("lines were cut off")), (1, true), "{}", cut.out);
    assert_eq!(project.cx(&["verify", "none.seal"]).code, 4);
    assert_eq!(project.cx(&["verify", "cx.toml"]).code, 3);
}
