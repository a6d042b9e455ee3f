//! Rows as they are, cluster by cluster.

use super::chunk::{Chunk, Order};
use super::feed::{Clusters, Feed, When};
use super::needs::Need;
use super::program::Program;
use super::scope::{Attributes, Inputs};
use super::sink::Sink;
use super::store::{Group, Store};
use super::units::ROW;
use super::{eval::Evaluation, scope::Scope};
use crate::reduce::plan::Reduction;
use crate::reduce::{ReduceError, Reduced};
use crate::stats::cluster_hash;
use crate::tables::column::{Column, NO_CODE};
use crate::tables::dictionary::Dictionary;
use std::sync::Arc;

/// One reduction of rows in clusters.
#[derive(Debug)]
pub(super) struct Member {
    pub reduction: usize,
    pub feed: Feed,
    pub dictionaries: Vec<Option<Arc<Dictionary>>>,
    seed: Option<u64>,
}

/// All reductions of the rows of one table in the same clusters.
#[derive(Debug)]
pub(super) struct ClusteredJob {
    pub need: usize,
    pub program: Program,
    pub members: Vec<Member>,
    pub key_dictionary: Option<Arc<Dictionary>>,
}

impl ClusteredJob {
    pub(super) fn bind(
        &mut self,
        number: usize,
        reduction: &Reduction,
        scope: &Scope<'_>,
        clock: Option<&str>,
    ) -> Result<(), super::program::BindError> {
        let find = |name: &str| scope.find(name);
        let (feed, dictionaries) =
            Feed::bind(reduction, reduction.rows.filter.as_ref(), clock, &mut self.program, &find)?;
        let seed = reduction.resampling.map(|r| r.seed);
        self.members.push(Member { reduction: number, feed, dictionaries, seed });
        Ok(())
    }

    /// Sends the rows of some groups to the sinks, one per member.
    pub(super) fn run(
        &self,
        need: &Need,
        store: &Store,
        part: usize,
        groups: &[Group],
        attributes: &Attributes,
        sinks: &mut [Sink],
    ) -> Result<(), ReduceError> {
        let chunk = Chunk::unpack(need, store, part, groups, &Order::Any);
        let (names, views) = (chunk.names(), chunk.views());
        let inputs = Inputs::new(&self.program.slots, &names, &views, attributes);
        let mut values = Evaluation::new(&self.program, inputs.views(&views), chunk.rows);
        for (member, sink) in self.members.iter().zip(sinks) {
            let selected = values.selection(member.feed.condition);
            let hashes = member.seed.map_or_else(Vec::new, |seed| self.hashes(seed, &chunk));
            let lone = chunk.keys.iter().zip(&chunk.ends).filter(|(key, _)| **key == NO_CODE);
            sink.tally.lone +=
                lone.filter(|(_, end)| selected.binary_search(&(**end - 1)).is_ok()).count() as u64;
            let clusters = Clusters { ends: &chunk.ends, hashes: &hashes };
            member.feed.run(&mut values, &selected, When::Clock, Some(&clusters), sink)?;
        }
        Ok(())
    }

    fn hashes(&self, seed: u64, chunk: &Chunk) -> Vec<u64> {
        let places: &[i64] = match chunk.names.iter().position(|n| n == ROW).map(|i| &chunk.columns[i]) {
            Some(Column::Time(places)) => places,
            _ => &[],
        };
        let text = |key: u32| self.key_dictionary.as_ref().map_or_else(String::new, |d| d.text(key));
        chunk
            .keys
            .iter()
            .zip(&chunk.ends)
            .map(|(key, end)| match (*key, places.get((*end - 1) as usize)) {
                (NO_CODE, Some(place)) => cluster_hash(seed, &place.to_le_bytes()),
                (key, _) => cluster_hash(seed, text(key).as_bytes()),
            })
            .collect()
    }

    /// Fresh sinks, one per member.
    pub(super) fn sinks(
        &self,
        reductions: &[Reduction],
        resamples: &dyn Fn(&Reduction) -> bool,
    ) -> Vec<Sink> {
        self.members.iter().map(|m| &reductions[m.reduction]).map(|r| Sink::new(r, resamples(r))).collect()
    }

    pub(super) fn finish(&self, sinks: Vec<Sink>, results: &mut [Reduced]) -> Result<(), ReduceError> {
        for (member, sink) in self.members.iter().zip(sinks) {
            sink.finish(&mut results[member.reduction], &member.dictionaries)?;
        }
        Ok(())
    }
}
