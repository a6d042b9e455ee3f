/** What of the report document stands on which screen. */

import type { Block, Document, Refusal, Section } from '../../document';

/** Most sentences in the strip of answers, and most refusals under it. */
const LEADING = 5;
const WITHHELD = 4;

/** Blocks under one heading; the first part of a section has none. */
export interface HeadedPart {
  heading: string | null;
  blocks: Block[];
}

/** A section taken apart at its headings. */
export function headed(section: Section): HeadedPart[] {
  const parts: HeadedPart[] = [{ heading: null, blocks: [] }];
  for (const block of section.blocks) {
    if (block.type === 'heading') parts.push({ heading: block.text, blocks: [block] });
    else parts.at(-1)?.blocks.push(block);
  }
  return parts.filter((part) => part.blocks.length > 0);
}

/** What stands before the first heading. */
export function opening(section: Section): Block[] {
  const until = section.blocks.findIndex((block) => block.type === 'heading');
  return until < 0 ? section.blocks : section.blocks.slice(0, until);
}

export function sectionOf(report: Document, id: string): Section | null {
  return report.sections.find((section) => section.id === id) ?? null;
}

/** Sections by their ids, in that order, as far as the report has them. */
export function sectionsOf(report: Document, ids: readonly string[]): Section[] {
  return ids.flatMap((id) => sectionOf(report, id) ?? []);
}

/** Blocks of one kind. */
export function only<T extends Block['type']>(blocks: readonly Block[], ...types: T[]): Extract<Block, { type: T }>[] {
  return blocks.filter((block): block is Extract<Block, { type: T }> => types.some((type) => type === block.type));
}

const isClaims = ({ blocks }: HeadedPart): boolean =>
  blocks.some(
    (block) =>
      (block.type === 'chart' && block.data.kind === 'claims') ||
      (block.type === 'findings' && block.findings.some(({ finding }) => finding.startsWith('claims/'))),
  );

/** What others claim, held against the own figures. */
export function claimsOf(report: Document): Section[] {
  return report.sections.flatMap((section) =>
    headed(section).flatMap((part, at) => {
      if (!isClaims(part)) return [];
      const [title, blocks] = part.heading === null ? [section.title, part.blocks] : [part.heading, part.blocks.slice(1)];
      return [{ id: `${section.id}-${at}`, number: '', title, question: '', blocks }];
    }),
  );
}

/** Risks without what stands among the claims. */
export function risksOf(report: Document): Section[] {
  return sectionsOf(report, ['risks']).map((section) => ({
    ...section,
    blocks: headed(section).filter((part) => !isClaims(part)).flatMap((part) => part.blocks),
  }));
}

/** Every figure that is not given, each question once. */
export function refusalsOf(report: Document): Refusal[] {
  const all = report.sections.flatMap((section) => only(section.blocks, 'refusals').flatMap((block) => block.refusals));
  return all.filter((one, at) => all.findIndex((other) => other.question === one.question) === at);
}

/** Each initiative with what the report says of it alone. */
export function initiatives(report: Document): { name: string; section: Section }[] {
  return sectionsOf(report, ['initiatives']).flatMap((section) =>
    headed(section).flatMap(({ heading, blocks }) =>
      heading === null ? [] : [{ name: heading, section: { ...section, blocks: blocks.slice(1) } }],
    ),
  );
}

/** What the home screen shows, in order. */
export function homeOf(report: Document): Block[] {
  return [leadingOf, programmeOf, promisesOf, withheldOf].flatMap((part) => part(report));
}

/** The first sentences of the answer. */
export function leadingOf(report: Document): Block[] {
  const findings = only(sectionOf(report, 'answer')?.blocks ?? [], 'findings').flatMap((block) => block.findings);
  return findings.length > 0 ? [{ type: 'findings', findings: findings.slice(0, LEADING) }] : [];
}

/** The first of what is not said. */
export function withheldOf(report: Document): Block[] {
  const refusals = refusalsOf(report);
  return refusals.length > 0 ? [{ type: 'refusals', refusals: refusals.slice(0, WITHHELD) }] : [];
}

/** Tiles of the programme and its draws: how much, and how sure that it pays. */
export function programmeOf(report: Document): Block[] {
  const section = sectionOf(report, 'initiatives');
  return only(section ? opening(section) : [], 'tiles', 'chart');
}

/** How many promises stand, and what was promised lately. */
export function promisesOf(report: Document): Block[] {
  const facts = only(sectionOf(report, 'promised')?.blocks ?? [], 'facts').slice(0, 1);
  const made = only(sectionOf(report, 'promises')?.blocks ?? [], 'findings').slice(0, 1);
  return [...facts, ...made];
}
