import type { VNode } from 'preact';
import type { Change, Tile } from '../document';
import { usePage } from '../page';
import { Bullet } from './bullet';
import type { Level } from './level';
import { Caveats, Opens, ToneMark, useAbsence } from './marks';

export function Tiles({ tiles, level }: { tiles: Tile[]; level: Level }): VNode {
  return (
    <div class="tiles">
      {tiles.map((tile) => (
        <TileCard tile={tile} level={level} key={tile.finding} />
      ))}
    </div>
  );
}

function TileCard({ tile, level: Name }: { tile: Tile; level: Level }): VNode {
  const { words } = usePage();
  const absence = useAbsence();
  const { figure, target } = tile;
  const given = figure.value !== null;
  return (
    <article class={given ? 'tile' : 'tile absent'}>
      <Name class="name">{tile.name}</Name>
      <p class={isLong(figure.text) ? 'figure long' : 'figure'}>
        <Opens finding={tile.finding}>{given ? figure.text : words.not_given}</Opens>
        {figure.interval && <span class="interval">{figure.interval}</span>}
      </p>
      {given ? <Bullet tile={tile} /> : <p class="reason">{absence(figure)}</p>}
      {target && (
        <p class="target">
          <ToneMark tone={target.tone} />
          {words.target} {target.text} · {target.verdict}
        </p>
      )}
      {given && tile.change && <ChangeLine change={tile.change} />}
      <Caveats figure={figure} />
      <p class="origin">
        <code class="metric">{tile.metric}</code>
        {figure.n && <span class="n">n = {figure.n}</span>}
      </p>
    </article>
  );
}

/** True for a number that is too long for the large letters of a tile: sums of a whole company. */
export function isLong(text: string): boolean {
  return text.length > 11;
}

/** An arrow only where the change is proven; otherwise a dash. */
export function arrow(change: Change): 'up' | 'down' | 'none' {
  const { value } = change.figure;
  if (!change.significant || value === null || value === 0) return 'none';
  return value > 0 ? 'up' : 'down';
}

function ChangeLine({ change }: { change: Change }): VNode {
  const { words } = usePage();
  const absence = useAbsence();
  const way = arrow(change);
  const { figure } = change;
  return (
    <p class={`change tone-${change.significant ? change.tone : 'neutral'}`}>
      <span class="arrow" aria-hidden="true">
        {{ up: '▲', down: '▼', none: '–' }[way]}
      </span>
      <span class="unseen">{{ up: words.change_up, down: words.change_down, none: words.change_none }[way]}: </span>
      {figure.value !== null && (
        <>
          <span class="amount">{figure.text}</span>
          {figure.interval && <span class="interval">{figure.interval}</span>}{' '}
        </>
      )}
      <span class="against">{change.against}</span>
      {figure.value === null && <span class="reason">: {absence(figure)}</span>}
    </p>
  );
}
