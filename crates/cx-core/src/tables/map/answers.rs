//! Survey cells: what became of each row, and the answer on every axis.

use super::apply::{Mapped, Work};
use super::cells::Cell;
use super::codes::Codes;
use super::compile::{Answer, Compiled, Mapper, Source};
use super::outcome::{Given, Status, on_scale, outcome};
use super::quick::numbers;
use crate::ground::issue::Severity;
use crate::tables::column::{Column, NO_CODE, NO_TIME};
use crate::tables::scale::{Place, Scale};
use crate::tables::schema::survey::OUTCOMES;

impl Compiled {
    /// True where a number in the cell is the value, whatever it is.
    fn is_plain(&self) -> bool {
        self.filter.is_none() && self.labels.is_empty() && self.blank.is_empty() && self.factor == 1.0
    }

    /// Reads the cell of an answer on a scale.
    fn given(&self, cell: Cell<'_>, scale: &Scale) -> Given {
        if self.is_blank(&cell) {
            return Given::Blank;
        }
        let cell = self.labelled(cell);
        match self.number(&cell) {
            Ok((None, _)) => Given::Blank,
            Ok((Some(x), _)) => on_scale(x, scale),
            Err(_) => match scale.label(&cell.text()).map(|x| (x, scale.place(x))) {
                Some((_, Place::DontKnow)) => Given::DontKnow,
                Some((x, _)) => Given::Point(x),
                None => Given::Unreadable,
            },
        }
    }
}

/// The columns that answers fill, by row of the chunk.
struct Filled {
    question: Vec<u32>,
    item: Vec<u32>,
    scale: Vec<u32>,
    value: Vec<f64>,
    outcome: Vec<u32>,
    answered: Vec<u8>,
    /// Columns of the scale that are wanted: which, and their values.
    on_scale: Vec<(usize, Vec<f64>)>,
    /// Codes of the outcomes.
    words: [u32; OUTCOMES.len()],
}

/// Columns of the scale.
const ON_SCALE: [&str; 7] =
    ["harmonised", "from_best", "from_worst", "boxes", "scale_min", "scale_max", "scale_best"];

impl Filled {
    fn new(mapper: &Mapper, rows: usize) -> Self {
        let wanted = |name: &str| mapper.place(name).is_some_and(|i| mapper.wants(i));
        let dictionary = mapper.place("outcome").and_then(|i| mapper.columns[i].dictionary.as_ref());
        Self {
            question: Vec::with_capacity(rows),
            item: Vec::with_capacity(rows),
            scale: Vec::with_capacity(rows),
            value: Vec::with_capacity(rows),
            outcome: Vec::with_capacity(rows),
            answered: Vec::with_capacity(rows),
            on_scale: (0..ON_SCALE.len())
                .filter(|i| wanted(ON_SCALE[*i]))
                .map(|i| (i, Vec::with_capacity(rows)))
                .collect(),
            words: std::array::from_fn(|i| dictionary.map_or(NO_CODE, |d| d.code(OUTCOMES[i]))),
        }
    }

    fn add(&mut self, given: Given, status: Status, excluded: bool, code: u32, scale: &Scale) {
        let became = outcome(given, status, excluded);
        self.outcome.push(self.words[became]);
        self.answered.push(u8::from(became == 0));
        self.scale.push(code);
        let value = if let (Given::Point(x), 0) = (given, became) { x } else { f64::NAN };
        self.value.push(value);
        for (which, column) in &mut self.on_scale {
            let x = match which {
                _ if value.is_nan() => f64::NAN,
                0 => scale.harmonised(value),
                1 => scale.from_best(value),
                2 => scale.from_worst(value),
                3 => scale.boxes(),
                4 => scale.min,
                5 => scale.max,
                _ => scale.best,
            };
            column.push(x);
        }
    }
}

impl Work<'_> {
    /// Tables of answers: no row is dropped; its outcome says why it does not count.
    pub(super) fn survey(mut self) -> Mapped {
        let in_scope = self.rows.len();
        let mut rows = std::mem::take(&mut self.rows);
        rows.append(&mut self.excluded);
        let mapper = self.mapper;
        let n = rows.len();
        let copies = mapper.answers.len().max(1);
        let mut base = mapper.blanks(n);
        let mut keep = vec![true; n];
        for output in &mapper.outputs {
            if mapper.columns[output.column].name != "value" {
                base[output.column] = self.output(output, &rows, &mut keep);
            }
        }
        self.derive(&mut base, &rows);
        self.name_submissions(&mut base, &rows);
        self.mark_comments(&mut base, &rows);
        self.put_out_of_scope(&mut base, in_scope);
        let statuses = self.statuses(&base, n);
        let mut filled = Filled::new(mapper, n * copies);
        if mapper.answers.is_empty() {
            self.long(&rows, in_scope, &statuses, &base, &mut filled);
        } else {
            for answer in &mapper.answers {
                self.wide(answer, &rows, in_scope, &statuses, &mut filled);
            }
        }
        let mut columns = if copies == 1 { base } else { base.iter().map(|c| repeated(c, copies)).collect() };
        let mut set = |name: &str, column: Column| {
            if let Some(i) = mapper.place(name) {
                columns[i] = column;
            }
        };
        if !mapper.answers.is_empty() {
            set("question", Column::Codes(filled.question));
            if mapper.answers.iter().any(|a| a.item.is_some()) {
                let own_touchpoint =
                    mapper.outputs.iter().any(|o| mapper.columns[o.column].name == "touchpoint");
                set("item", Column::Codes(filled.item.clone()));
                if !own_touchpoint {
                    set("touchpoint", Column::Codes(self.touchpoints(&filled.item)));
                }
            }
        }
        set("scale", Column::Codes(filled.scale));
        set("value", Column::Num(filled.value));
        set("outcome", Column::Codes(filled.outcome));
        set("answered", Column::Bool(filled.answered));
        for (which, values) in filled.on_scale {
            set(ON_SCALE[which], Column::Num(values));
        }
        Mapped {
            columns,
            rows: n * copies,
            read: (n * copies) as u64,
            faults: self.faults,
            rejected: self.rejected,
        }
    }

    /// Rows that settings leave out keep their place, so that the file reconciles;
    /// but they were no invitations, which is what a status and its moment stand for.
    fn put_out_of_scope(&self, base: &mut [Column], in_scope: usize) {
        for name in ["status", "invited_at"] {
            match self.mapper.place(name).map(|place| &mut base[place]) {
                Some(Column::Codes(codes)) if codes.len() > in_scope => codes[in_scope..].fill(NO_CODE),
                Some(Column::Time(times)) if times.len() > in_scope => times[in_scope..].fill(NO_TIME),
                _ => {}
            }
        }
    }

    /// Answers without a submission id are named by the row they stand in.
    fn name_submissions(&self, base: &mut [Column], rows: &[usize]) {
        let Some(to) = self.mapper.place("response_id") else { return };
        let Some(dictionary) = &self.mapper.columns[to].dictionary else { return };
        if let Column::Codes(codes) = &mut base[to] {
            for (code, row) in codes.iter_mut().zip(rows) {
                if *code == NO_CODE {
                    *code = dictionary.code(&format!("row {}:{}", self.file, self.line(*row)));
                }
            }
        }
    }

    fn mark_comments(&self, base: &mut [Column], rows: &[usize]) {
        let (Some(to), Some(rule)) = (self.mapper.place("has_comment"), &self.mapper.comment) else { return };
        let has = |row: &usize| match &rule.from {
            Source::Column(i) => !rule.is_blank(&self.cell(*i, *row)),
            _ => false,
        };
        base[to] = Column::Bool(rows.iter().map(|r| u8::from(has(r))).collect());
    }

    fn statuses(&self, base: &[Column], n: usize) -> Vec<Status> {
        let Some(place) = self.mapper.place("status") else { return vec![Status::Unknown; n] };
        let (Column::Codes(codes), Some(dictionary)) = (&base[place], &self.mapper.columns[place].dictionary)
        else {
            return vec![Status::Unknown; n];
        };
        let known: Vec<(u32, Status)> = [
            ("invited", Status::Invited),
            ("delivered", Status::Invited),
            ("started", Status::Started),
            ("completed", Status::Completed),
            ("dismissed", Status::Dismissed),
        ]
        .into_iter()
        .filter_map(|(word, status)| Some((dictionary.find(word)?, status)))
        .collect();
        let most = known.iter().map(|(c, _)| *c as usize + 1).max().unwrap_or(0);
        let mut by_code = vec![Status::Unknown; most];
        for (code, status) in known {
            by_code[code as usize] = status;
        }
        codes.iter().map(|c| by_code.get(*c as usize).copied().unwrap_or(Status::Unknown)).collect()
    }

    /// One question column of a wide file.
    fn wide(
        &mut self,
        answer: &Answer,
        rows: &[usize],
        in_scope: usize,
        statuses: &[Status],
        filled: &mut Filled,
    ) {
        let mapper = self.mapper;
        let code = |column: &str, text: &str| {
            mapper
                .place(column)
                .and_then(|i| mapper.columns[i].dictionary.as_ref())
                .map_or(NO_CODE, |d| d.code(text))
        };
        let question = code("question", &answer.question);
        let item = answer.item.as_deref().map_or(NO_CODE, |item| code("item", item));
        let scale = code("scale", &answer.scale_name);
        for (at, row) in rows.iter().enumerate() {
            let given = match &answer.rule.from {
                Source::Column(i) if self.applies(&answer.rule, *row) => {
                    answer.rule.given(self.cell(*i, *row), &answer.scale)
                }
                _ => Given::Blank,
            };
            filled.question.push(question);
            filled.item.push(item);
            filled.add(given, statuses[at], at >= in_scope, scale, &answer.scale);
            self.complain(given, &answer.rule, *row, at >= in_scope);
        }
    }

    /// One answer per row, the question in a column of its own.
    fn long(
        &mut self,
        rows: &[usize],
        in_scope: usize,
        statuses: &[Status],
        base: &[Column],
        filled: &mut Filled,
    ) {
        let mapper = self.mapper;
        let rule = mapper.outputs.iter().find(|o| mapper.columns[o.column].name == "value").map(|o| &o.rule);
        let questions = mapper.place("question").map(|i| (&base[i], mapper.columns[i].dictionary.as_ref()));
        let scales = mapper.place("scale").and_then(|i| mapper.columns[i].dictionary.clone());
        // By the question's code, blank first; looked up when first met.
        let mut known: Vec<Option<Option<(u32, &Scale)>>> = Vec::new();
        // Where the file holds plain numbers there is no need to look at every cell.
        let plain = rule.filter(|r| r.is_plain()).and_then(|r| match r.from {
            Source::Column(i) => numbers(self.raw.frame.columns()[i].as_materialized_series()),
            _ => None,
        });
        let plain = if let Some(Column::Num(values)) = &plain { Some(values) } else { None };
        for (at, row) in rows.iter().enumerate() {
            let question = match questions {
                Some((Column::Codes(codes), _)) => codes[at],
                _ => NO_CODE,
            };
            let place = question.wrapping_add(1) as usize;
            if known.len() <= place {
                known.resize(place + 1, None);
            }
            let scale = *known[place].get_or_insert_with(|| {
                let text = questions.and_then(|(_, d)| d).map(|d| d.text(question))?;
                let (name, scale) = mapper.question_scales.get(&text)?;
                Some((scales.as_ref().map_or(NO_CODE, |d| d.code(name)), scale))
            });
            let given = match (rule.map(|r| (r, &r.from)), scale) {
                _ if plain.is_some_and(|v| v[*row].is_nan()) => Given::Blank,
                (_, Some((_, scale))) if let Some(values) = plain => on_scale(values[*row], scale),
                (Some((rule, Source::Column(i))), Some((_, scale))) if self.applies(rule, *row) => {
                    rule.given(self.cell(*i, *row), scale)
                }
                (Some((rule, Source::Column(i))), None) if !rule.is_blank(&self.cell(*i, *row)) => {
                    // An answer to a question without a scale cannot be read as anything.
                    Given::Unreadable
                }
                _ => Given::Blank,
            };
            let (code, scale) = scale.map_or((NO_CODE, &NO_SCALE), |(c, s)| (c, s));
            filled.add(given, statuses[at], at >= in_scope, code, scale);
            if let Some(rule) = rule {
                self.complain(given, rule, *row, at >= in_scope);
            }
        }
    }

    fn complain(&mut self, given: Given, rule: &Compiled, row: usize, excluded: bool) {
        let Some(fault) = given.fault().filter(|_| !excluded) else { return };
        let text = self.shown(rule, row);
        self.note(fault, Severity::Row, "value", rule, row, &text);
        self.reject(row, fault, rule.shown.clone());
    }

    /// Items are touchpoints too, in the dictionary of touchpoints.
    fn touchpoints(&self, items: &[u32]) -> Vec<u32> {
        let mapper = self.mapper;
        let dictionary = mapper.place("item").and_then(|i| mapper.columns[i].dictionary.clone());
        let Some(info) = mapper.place("touchpoint").map(|i| &mapper.columns[i]) else {
            return items.to_vec();
        };
        let mut codes = Codes::new(info);
        let mut known: std::collections::HashMap<u32, u32> = std::collections::HashMap::new();
        let mut code = |item: u32| match (&dictionary, item) {
            (Some(d), item) if item != NO_CODE => {
                *known.entry(item).or_insert_with(|| codes.text(&d.text(item)))
            }
            _ => NO_CODE,
        };
        items.iter().map(|i| code(*i)).collect()
    }
}

/// Stands in where a question has no scale.
static NO_SCALE: Scale = Scale::new(0.0, 1.0);

/// A column as often, one after the other.
pub(super) fn repeated(column: &Column, times: usize) -> Column {
    match column {
        Column::Num(v) => Column::Num(v.repeat(times)),
        Column::Bool(v) => Column::Bool(v.repeat(times)),
        Column::Time(v) => Column::Time(v.repeat(times)),
        Column::Codes(v) => Column::Codes(v.repeat(times)),
        Column::Text(v) => Column::Text(vec![v.clone(); times].concat()),
    }
}
