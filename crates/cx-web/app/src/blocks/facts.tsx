import type { VNode } from 'preact';
import type { Fact } from '../document';
import { ToneMark } from './marks';

export function Facts({ facts }: { facts: Fact[] }): VNode {
  return (
    <dl class="facts">
      {facts.map((fact) => (
        <div class={`fact tone-${fact.tone}`} key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>
            {fact.tone !== 'neutral' && <ToneMark tone={fact.tone} />}
            {fact.value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
