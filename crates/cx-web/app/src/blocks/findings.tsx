import type { VNode } from 'preact';
import type { Sentence } from '../document';
import { Opens, ToneMark } from './marks';

export function Findings({ findings }: { findings: Sentence[] }): VNode {
  return (
    <ol class="findings">
      {findings.map((sentence) => (
        <li class={`tone-${sentence.tone}`} key={sentence.finding}>
          <ToneMark tone={sentence.tone} />
          <p>
            <Opens finding={sentence.finding}>{sentence.text}</Opens>
          </p>
        </li>
      ))}
    </ol>
  );
}
