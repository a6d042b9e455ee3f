import { Fragment, type VNode } from 'preact';
import type { Unlock } from '../document';
import { usePage } from '../page';

export function Unlocks({ steps }: { steps: Unlock[] }): VNode {
  const { words } = usePage();
  return (
    <ol class="unlocks">
      {steps.map((step) => (
        <li key={step.data}>
          <p class="data">{step.data}</p>
          <p class="gives">{step.gives}</p>
          {step.metrics.length > 0 && (
            <p class="metrics">
              <span class="label">{words.unlocks}</span>
              {step.metrics.map((metric) => (
                <Fragment key={metric}>
                  {' '}
                  <code class="metric">{metric}</code>
                </Fragment>
              ))}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
