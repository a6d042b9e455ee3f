//! The text of the settings.

use super::asked::{PROJECT, check_project, check_table, currency_question, table_of, zone_question};
use super::draft::{AnswerDraft, Draft, Line, ScaleDraft, TableDraft, inline, key, list, plain, quoted};
use super::fill::{places, replaced, unknown};
use super::moments::Naive;
use super::question::Question;
use super::survey::{Found, InitError, Shape};
use std::collections::{BTreeMap, BTreeSet};

/// Width of comments.
const WIDTH: usize = 100;
/// Widest list on one line.
const LIST_WIDTH: usize = 90;
/// The whole text with answers filled in.
pub(super) fn settings_text(found: &Found, answers: &BTreeMap<String, String>) -> Result<String, InitError> {
    for (key, answer) in answers {
        check_project(key, answer)?;
        check_table(found, key, answer)?;
    }
    let (drafts, strange) = found.drafts(answers);
    // A question that an answer settles is asked by the draft without it.
    let (first, _) = found.drafts(&BTreeMap::new());
    let asked: Vec<Question> = drafts.iter().chain(&first).flat_map(|d| d.open.clone()).collect();
    let text = Writer { answered: answers.keys().cloned().collect(), ..Writer::default() }
        .whole(found, &drafts, &strange, answers);
    let places = places(&text).map_err(InitError::Text)?;
    let mut chosen = Vec::new();
    for (key, answer) in answers {
        let question = asked.iter().find(|q| q.key == *key);
        if let Some(question) = question {
            question.check(answer).map_err(|why| InitError::BadAnswer { key: key.clone(), why })?;
        }
        let fitting: Vec<_> = places.iter().filter(|p| p.answers_to(key)).collect();
        let settled = PROJECT.contains(&key.as_str()) || table_of(key).is_some() || question.is_some();
        if fitting.is_empty() && !settled {
            let mut known: Vec<String> = asked.iter().map(|q| q.key.clone()).collect();
            known.extend(PROJECT.map(str::to_owned));
            return Err(unknown(key, known));
        }
        chosen.extend(fitting.into_iter().map(|p| (p, answer)));
    }
    Ok(replaced(&text, chosen))
}

/// The text as it grows.
#[derive(Debug, Default)]
struct Writer {
    out: String,
    told: BTreeSet<String>,
    answered: BTreeSet<String>,
}

impl Writer {
    fn whole(
        mut self,
        found: &Found,
        drafts: &[Draft],
        strange: &[&Shape],
        answers: &BTreeMap<String, String>,
    ) -> String {
        self.comment("Settings of this project, written from the files beside it.");
        self.comment("Every decision stands under its reason; correct what is wrong.");
        self.comment(
            "What is written \"??\" waits for an answer: write it here, or run `cx init --set KEY=VALUE`.",
        );
        self.line("format = 1");
        self.project(found, drafts, answers);
        self.scales(drafts);
        for draft in drafts {
            self.source(draft);
        }
        self.strange(found, strange);
        self.out
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// A comment, broken into lines.
    fn comment(&mut self, text: &str) {
        self.indented("# ", "# ", text);
    }

    fn indented(&mut self, first: &str, rest: &str, text: &str) {
        let text = plain(text);
        let mut line = first.to_owned();
        let mut empty = true;
        for word in text.split_whitespace() {
            if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
                self.line(&line);
                rest.clone_into(&mut line);
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        self.line(&line);
    }

    /// A question at the place that waits for it; once in full, then by its key.
    fn open(&mut self, question: &Question) {
        let again = !self.told.insert(question.key.clone());
        if self.answered.contains(&question.key) {
            if !again {
                self.comment(&format!("answered: {}", question.ask));
            }
            return;
        }
        if again {
            self.comment(&format!("OPEN, as above: {}", question.key));
            return;
        }
        self.comment(&format!("OPEN {}: {} ({})", question.key, question.ask, question.why));
        for choice in &question.choices {
            self.indented("#   ", "#     ", &format!("\"{}\": {}", choice.value, choice.meaning));
        }
    }

    fn project(&mut self, found: &Found, drafts: &[Draft], answers: &BTreeMap<String, String>) {
        self.line("");
        self.line("[project]");
        let name = answers.get("project.name").unwrap_or(&found.name);
        self.line(&format!("name = {}", quoted(name)));
        let naive = drafts.iter().filter_map(|d| d.naive).max();
        match (answers.get("project.time_zone"), naive) {
            (Some(zone), _) => self.line(&format!("time_zone = {}", quoted(zone))),
            (None, Some(Naive::Times)) => {
                self.open(&zone_question(drafts));
                self.line("time_zone = \"??\"");
            }
            (None, naive) => {
                self.comment(match naive {
                    Some(Naive::Days) => {
                        "the files hold days without times of day, so the zone changes no figure"
                    }
                    _ => "no moment in the files needs a zone; calendar days are cut in this one",
                });
                self.line("time_zone = \"UTC\"");
            }
        }
        match answers.get("project.currency") {
            Some(code) => self.line(&format!("currency = {}", quoted(code))),
            None if drafts.iter().any(|d| d.has_money) => {
                self.open(&currency_question(drafts));
                self.line("currency = \"??\"");
            }
            None => {}
        }
        if let Some(day) = answers.get("project.as_of") {
            self.line(&format!("as_of = {}", quoted(day)));
        }
        self.comment("the metrics shown: core-20, full-50, or a list of ids (`cx catalog` names them)");
        self.line("profile = \"core-20\"");
    }

    fn scales(&mut self, drafts: &[Draft]) {
        let mut seen: BTreeMap<&str, &ScaleDraft> = BTreeMap::new();
        for scale in drafts.iter().flat_map(|d| &d.scales) {
            if seen.insert(&scale.name, scale).is_some() {
                continue;
            }
            self.line("");
            self.comment(&scale.why);
            self.line(&format!("[scales.{}]", key(&scale.name)));
            self.line(&format!("min = {}", scale.min));
            self.line(&format!("max = {}", scale.max));
            if scale.step != 1.0 {
                self.line(&format!("step = {}", scale.step));
            }
            if scale.low_is_best {
                self.line(&format!("best = {}", scale.min));
            }
            if !scale.dont_know.is_empty() {
                let codes: Vec<String> = scale.dont_know.iter().map(ToString::to_string).collect();
                self.line(&format!("dont_know = [{}]", codes.join(", ")));
            }
        }
        let questions: BTreeMap<&String, &String> =
            drafts.iter().flat_map(|d| &d.questions).map(|(q, s)| (q, s)).collect();
        if !questions.is_empty() {
            self.line("");
            self.comment("the scale of each question of files that hold one answer per row");
            self.line("[questions]");
            for (question, scale) in questions {
                let asked =
                    drafts.iter().flat_map(|d| &d.open).find(|q| q.key == format!("questions.{question}"));
                if let Some(asked) = asked.filter(|_| scale == "??") {
                    self.open(asked);
                }
                self.line(&format!("{} = {}", key(question), quoted(scale)));
            }
        }
    }

    fn source(&mut self, draft: &Draft) {
        self.line("");
        for about in &draft.about {
            self.comment(about);
        }
        self.line("[[source]]");
        self.line(&format!("name = {}", quoted(&draft.name)));
        self.line(&format!("files = {}", list(&draft.files)));
        for line in &draft.lines {
            self.setting(draft, "", line);
        }
        for table in &draft.tables {
            self.table(draft, table);
        }
        self.unused(draft);
    }

    fn table(&mut self, draft: &Draft, table: &TableDraft) {
        self.line("");
        self.line(&format!("[source.{}]", table.table));
        for line in &table.lines {
            self.setting(draft, table.table, line);
        }
        if !table.dimensions.is_empty() {
            self.comment("what figures can be cut by");
            let usual =
                |(name, column): &(String, String)| crate::project::sources::dimension_name(column) == *name;
            if table.dimensions.iter().all(usual) {
                let columns: Vec<String> = table.dimensions.iter().map(|(_, c)| c.clone()).collect();
                self.columns("dimensions", &columns);
            } else {
                for (name, column) in &table.dimensions {
                    self.line(&format!("dimensions.{} = {}", key(name), quoted(column)));
                }
            }
        }
        for answer in &table.answers {
            let again = table.answers.iter().filter(|a| a.question == answer.question).count() > 1;
            self.answer(draft, table.table, answer, again);
        }
    }

    /// One setting under its reason and under the questions it waits for.
    fn setting(&mut self, draft: &Draft, table: &str, line: &Line) {
        if !line.why.is_empty() {
            self.comment(&line.why);
        }
        let text = format!("{} = {}", key(&line.key), line.value);
        self.asked(draft, table, &line.key, &text);
        self.line(&text);
    }

    /// The questions that a line of the text waits for.
    fn asked(&mut self, draft: &Draft, table: &str, setting: &str, text: &str) {
        if !text.contains("\"??\"") {
            return;
        }
        let prefix = format!("source.{}.", draft.name);
        for question in &draft.open {
            let Some(rest) = question.key.strip_prefix(&prefix) else { continue };
            let steps: Vec<&str> = rest.split('.').collect();
            let Some((last, before)) = steps.split_last() else { continue };
            let leaf = |name: &str| text.contains(&format!("{name} = \"??\""));
            let fits_leaf = leaf(last)
                || (*last == "day" && leaf("of"))
                || (setting == "acquired_at" || setting == "started_at")
                    && *last == "tenure"
                    && leaf(setting);
            if fits_leaf && before.iter().all(|s| *s == table || *s == setting) {
                self.open(question);
            }
        }
    }

    /// A list on one line, or one entry a line.
    fn columns(&mut self, name: &str, columns: &[String]) {
        let short = format!("{name} = {}", list(columns));
        if short.chars().count() <= LIST_WIDTH {
            self.line(&short);
            return;
        }
        self.line(&format!("{name} = ["));
        for column in columns {
            self.line(&format!("  {},", quoted(column)));
        }
        self.line("]");
    }

    fn answer(&mut self, draft: &Draft, table: &str, answer: &AnswerDraft, again: bool) {
        self.line("");
        answer.why.iter().filter(|w| !w.is_empty()).for_each(|w| self.comment(w));
        let (open, close) = if again { ("[[", "]]") } else { ("[", "]") };
        self.line(&format!("{open}source.{table}.answers.{}{close}", key(&answer.question)));
        if answer.items {
            self.columns("columns", &answer.columns);
        } else if let Some(column) = answer.columns.first() {
            self.line(&format!("column = {}", quoted(column)));
        }
        let scale = format!("scale = {}", quoted(&answer.scale));
        self.asked(draft, table, &answer.question, &scale);
        self.line(&scale);
        if !answer.labels.is_empty() {
            let labels: Vec<(&str, String)> =
                answer.labels.iter().map(|(w, x)| (w.as_str(), x.to_string())).collect();
            self.line(&format!("labels = {}", inline(&labels)));
        }
        if !answer.blank.is_empty() {
            self.line(&format!("blank = {}", list(&answer.blank)));
        }
        if answer.decimal_comma {
            self.line("decimal = \",\"");
        }
    }

    /// Columns left over, by reason.
    fn unused(&mut self, draft: &Draft) {
        if draft.unused.is_empty() {
            return;
        }
        self.line("");
        self.comment(&format!("Columns of {} that feed nothing:", draft.name));
        let mut by: Vec<(&String, Vec<&String>)> = Vec::new();
        for (column, why) in &draft.unused {
            match by.iter_mut().find(|(w, _)| *w == why) {
                Some((_, columns)) => columns.push(column),
                None => by.push((why, vec![column])),
            }
        }
        for (why, columns) in by {
            let names: Vec<String> = columns.iter().map(|c| format!("`{c}`")).collect();
            self.indented("#   ", "#     ", &format!("{}: {why}", names.join(", ")));
        }
    }

    /// Files that feed nothing.
    fn strange(&mut self, found: &Found, strange: &[&Shape]) {
        for shape in strange {
            self.line("");
            let why = super::recognise::lacks(shape).unwrap_or_else(|| {
                "nothing in it looks like answers, orders, customers, cases or reviews".to_owned()
            });
            self.comment(&format!(
                "Not recognised: {} ({} columns): {why}. If it is of use, write a [[source]] for it.",
                shape.files.join(", "),
                shape.columns.len()
            ));
            for column in &shape.columns {
                self.indented(
                    "#   ",
                    "#     ",
                    &format!("`{}`: {}", column.profile.name, column.profile.shown()),
                );
            }
        }
        if !found.unread.is_empty() {
            self.line("");
            self.comment("Files that were not read:");
            for (file, why) in found.unread.iter().take(50) {
                self.indented("#   ", "#     ", &format!("{file}: {why}"));
            }
        }
    }
}
