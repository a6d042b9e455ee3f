import type { VNode } from 'preact';
import type { Refusal } from '../document';
import { usePage } from '../page';
import type { Level } from './level';

/** Figures that are not given, in the place and size of figures. */
export function Refusals({ refusals, level: Name }: { refusals: Refusal[]; level: Level }): VNode {
  const { words } = usePage();
  return (
    <div class="refusals">
      {refusals.map((refusal) => (
        <article class="refusal" key={refusal.question}>
          <Name class="name">{refusal.question}</Name>
          <p class="verdict">{words.not_given}</p>
          <p class="reason">{refusal.reason}</p>
          <p class="lift">
            <strong class="label">{words.lift}</strong> {refusal.lift}
          </p>
        </article>
      ))}
    </div>
  );
}
