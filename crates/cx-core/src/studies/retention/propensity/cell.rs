//! Customers of like covariates and random group.

use super::super::levels::Covariate;

/// Customers of like covariates and random group.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    /// Level of each covariate.
    pub levels: Vec<usize>,
    /// Random group.
    pub group: u32,
    /// Customers, or months of customers.
    pub n: u64,
    /// Those with the event.
    pub yes: u64,
}

/// Fewest of either outcome at a level that has a coefficient of its own.
const LEAST: u64 = 5;

/// Covariates whose thin levels have joined their neighbours.
#[derive(Debug, Clone)]
pub(super) struct Broadened {
    pub covariates: Vec<Covariate>,
    /// Per covariate: the new level of each old one.
    to: Vec<Vec<usize>>,
}

impl Broadened {
    /// Levels too thin to stand alone join the one before them; the first joins the next.
    pub(super) fn of(covariates: &[Covariate], cells: &[Cell]) -> Self {
        let mut out = Self { covariates: Vec::new(), to: Vec::new() };
        for (place, covariate) in covariates.iter().enumerate() {
            // Stretches of neighbouring levels with their counts.
            let mut stretches: Vec<(Vec<usize>, u64, u64)> = Vec::new();
            let thin = |yes: u64, no: u64| yes < LEAST || no < LEAST;
            for level in 0..covariate.levels.len() {
                let at = || cells.iter().filter(|c| c.levels[place] == level);
                let (yes, n): (u64, u64) = (at().map(|c| c.yes).sum(), at().map(|c| c.n).sum());
                match stretches.last_mut() {
                    Some((levels, y, no)) if thin(*y, *no) || thin(yes, n - yes) => {
                        levels.push(level);
                        (*y, *no) = (*y + yes, *no + n - yes);
                    }
                    _ => stretches.push((vec![level], yes, n - yes)),
                }
            }
            let mut to = vec![0; covariate.levels.len()];
            for (new, (levels, ..)) in stretches.iter().enumerate() {
                for old in levels {
                    to[*old] = new;
                }
            }
            let label = |levels: &[usize]| {
                levels.iter().map(|l| covariate.levels[*l].as_str()).collect::<Vec<_>>().join(" or ")
            };
            out.covariates.push(Covariate {
                name: covariate.name.clone(),
                levels: stretches.iter().map(|(levels, ..)| label(levels)).collect(),
                reference: to.get(covariate.reference).copied().unwrap_or_default(),
            });
            out.to.push(to);
        }
        out
    }

    /// The new levels of some old ones.
    pub(super) fn levels(&self, old: &[usize]) -> Vec<usize> {
        old.iter().zip(&self.to).map(|(level, to)| to.get(*level).copied().unwrap_or_default()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thin_levels_join_their_neighbours() {
        let covariate = Covariate {
            name: "age".to_owned(),
            levels: ["a", "b", "c", "d"].map(str::to_owned).to_vec(),
            reference: 3,
        };
        let cell = |level, n, yes| Cell { levels: vec![level], group: 0, n, yes };
        let cells = [cell(0, 50, 2), cell(1, 50, 20), cell(2, 60, 30), cell(3, 4, 4)];
        let broad = Broadened::of(&[covariate], &cells);
        assert_eq!(broad.covariates[0].levels, ["a or b", "c or d"]);
        assert_eq!(broad.covariates[0].reference, 1);
        assert_eq!(broad.levels(&[3]), [1]);
    }
}
