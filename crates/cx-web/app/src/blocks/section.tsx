import type { VNode } from 'preact';
import type { Block, Section } from '../document';
import { ChartFigure } from './chart';
import { Facts } from './facts';
import { Findings } from './findings';
import type { Level } from './level';
import { Refusals } from './refusals';
import { DataTable } from './table';
import { Tiles } from './tiles';
import { Unlocks } from './unlocks';

export function Part({ section }: { section: Section }): VNode {
  return (
    <section class="part" id={section.id}>
      <header class="part-head">
        <span class="number">{section.number}</span>
        <h2>{section.title}</h2>
        {section.question && <p class="question">{section.question}</p>}
      </header>
      <Blocks blocks={section.blocks} />
    </section>
  );
}

export function Blocks({ blocks }: { blocks: Block[] }): VNode {
  const heading = blocks.findIndex((block) => block.type === 'heading');
  return (
    <>
      {blocks.map((block, at) => (
        <OneBlock block={block} level={heading >= 0 && at > heading ? 'h4' : 'h3'} key={at} />
      ))}
    </>
  );
}

function OneBlock({ block, level }: { block: Block; level: Level }): VNode {
  switch (block.type) {
    case 'heading':
      return <h3 class="heading">{block.text}</h3>;
    case 'text':
      return <p class="prose">{block.text}</p>;
    case 'facts':
      return <Facts facts={block.facts} />;
    case 'findings':
      return <Findings findings={block.findings} />;
    case 'tiles':
      return <Tiles tiles={block.tiles} level={level} />;
    case 'chart':
      return <ChartFigure chart={block} level={level} />;
    case 'table':
      return block.folded ? (
        <details class="fold">
          <summary>{block.title}</summary>
          <DataTable table={block} />
        </details>
      ) : (
        <div class="table-block">
          <DataTable table={block} />
        </div>
      );
    case 'refusals':
      return <Refusals refusals={block.refusals} level={level} />;
    case 'unlocks':
      return <Unlocks steps={block.steps} />;
  }
}
