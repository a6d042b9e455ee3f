//! The end of a draft: what the file suggests besides, and the columns left over.

use super::sketch::{Sketch, count};
use crate::project::init::draft::{Line, TableDraft, list, quoted};
use crate::project::init::moments::Naive;
use crate::project::init::places::of_country;
use crate::project::init::profile::{Holds, Profile};
use crate::project::init::words::Role;
use crate::project::sources::dimension_name;
use crate::tables::schema::{Kind, table};
use std::collections::BTreeMap;

/// Most values of a dimension that is taken without being asked for.
const DIMENSION_VALUES: u64 = 300;

impl Sketch<'_> {
    /// Texts that mean blank in the whole file.
    fn blanks(&mut self) {
        let mut signs: BTreeMap<&str, (u64, usize)> = BTreeMap::new();
        for column in &self.shape.columns {
            let measured = matches!(column.profile.holds(), Holds::Numbers | Holds::Moments | Holds::Nothing);
            for (sign, n) in &column.profile.signs {
                if measured || (sign == "?" && !column.profile.is_prose()) {
                    let entry = signs.entry(sign).or_default();
                    *entry = (entry.0 + n, entry.1 + 1);
                }
            }
        }
        if signs.is_empty() {
            return;
        }
        let texts: Vec<String> = signs.keys().map(|s| (*s).to_owned()).collect();
        let told: Vec<String> = signs
            .iter()
            .map(|(s, (n, c))| {
                format!("'{s}' stands in {} cells of {c} columns that hold something else", count(*n))
            })
            .collect();
        self.draft.lines.push(Line::new("blank", list(&texts), told.join("; ")));
    }

    /// Columns of few values that were not taken yet: figures can be cut by them.
    pub(super) fn dimensions(&mut self, to: &mut TableDraft) {
        let Some(spec) = table(to.table) else { return };
        for (i, column) in self.shape.columns.iter().enumerate() {
            if self.used.contains(&i) || column.roles.contains_key(&Role::Personal) || !cuts(&column.profile)
            {
                continue;
            }
            let mut name = dimension_name(&column.profile.name);
            if name.is_empty() {
                name = format!("column_{}", i + 1);
            }
            // A column of the table's own name is that column.
            let own =
                spec.column(&name).filter(|c| !c.derived && matches!(c.kind, Kind::Category | Kind::Bool));
            if let Some(own) = own.filter(|c| to.lines.iter().all(|l| l.key != c.name)) {
                self.put(to, own.name, i, "by its name");
                if self.used.contains(&i) {
                    continue;
                }
            }
            if column.roles.iter().any(|(r, fit)| r.question().is_some() && !fit.partly) && spec.is_survey() {
                self.draft.about.push(format!(
                    "`{}` may ask for something known, but its values are on no known scale: {}",
                    column.profile.name,
                    column.profile.shown()
                ));
                continue;
            }
            let taken = |n: &str, to: &TableDraft| {
                spec.column(n).is_some()
                    || matches!(n, "day" | "_row")
                    || to.dimensions.iter().any(|(d, _)| d == n)
            };
            if taken(&name, to) {
                name.push_str("_in_file");
            }
            if taken(&name, to) {
                continue;
            }
            to.dimensions.push((name, column.profile.name.clone()));
            self.used.insert(i);
        }
    }

    /// Zones and currencies that the countries of the file suggest.
    fn suggest(&mut self) {
        for column in self.shape.columns.iter().filter(|c| c.roles.contains_key(&Role::Country)) {
            let mut values: Vec<(&String, &u64)> = column.profile.values.iter().flatten().collect();
            values.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
            for (zone, money) in values.iter().take(3).filter_map(|(country, _)| of_country(country)) {
                self.draft.suggested_zones.push(zone.to_owned());
                self.draft.suggested_currencies.push(money.to_owned());
            }
        }
    }

    /// The draft, with what is left over named.
    pub(super) fn finish(
        mut self,
        what: &'static str,
        score: i32,
        tables: Vec<TableDraft>,
    ) -> super::Candidate {
        self.blanks();
        self.suggest();
        if let Some(zone) = self.shape.zone.clone().filter(|_| self.draft.naive > Some(Naive::No)) {
            let why = "the export itself names the zone of its moments";
            self.draft.lines.push(Line::new("zone", quoted(&zone), why));
            self.draft.naive = Some(Naive::No);
        }
        for (i, column) in self.shape.columns.iter().enumerate() {
            if !self.used.contains(&i) {
                self.draft
                    .unused
                    .push((column.profile.name.clone(), why_unused(&column.profile, &column.roles)));
            }
        }
        let rows = count(self.shape.rows);
        self.draft.about.push(format!("{what}: {rows} rows looked at"));
        if let Some(vendor) = self.shape.vendor {
            self.draft.about.push(format!("headers as in exports of {}: {}", vendor.name, vendor.note));
        }
        self.draft.tables = tables;
        super::Candidate { what, score, draft: self.draft }
    }
}

/// True where figures may be cut by the values.
fn cuts(profile: &Profile) -> bool {
    let values = profile.known() - profile.repeated;
    let few = (2..=DIMENSION_VALUES).contains(&values) && profile.known() >= 5 * values;
    let path = profile.cells.first().is_some_and(|c| c.starts_with("http") || c.starts_with('/'));
    match profile.holds() {
        Holds::Words | Holds::Text => few && !profile.is_prose() && !path,
        // Nought and one under a word are a yes or no.
        Holds::Numbers => few && values == 2 && profile.is_whole() && profile.numbers().max == 1.0,
        _ => false,
    }
}

fn why_unused(profile: &Profile, roles: &BTreeMap<Role, crate::project::init::header::Fit>) -> String {
    if roles.contains_key(&Role::Personal) {
        return "personal; not needed for any figure".to_owned();
    }
    let asks = roles.iter().any(|(role, fit)| role.question().is_some() && !fit.partly);
    if asks && profile.holds() == Holds::Numbers {
        return format!("asks for something by its name, but is on no known scale: {}", profile.shown());
    }
    match profile.holds() {
        Holds::Nothing => "always blank".to_owned(),
        Holds::Numbers if profile.is_padded() => {
            "numbers with noughts in front, perhaps identifiers".to_owned()
        }
        Holds::Numbers => format!("numbers {}, of no known use", profile.shown()),
        Holds::Moments => "moments of no known use".to_owned(),
        Holds::Words if profile.values.as_ref().is_some_and(|v| v.len() == 1) => {
            "one value throughout".to_owned()
        }
        Holds::Words => format!("few rows or many values: {}", profile.shown()),
        Holds::Text if profile.is_prose() => "free text".to_owned(),
        Holds::Text => "too many values to cut figures by".to_owned(),
    }
}
