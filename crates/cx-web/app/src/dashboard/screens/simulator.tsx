import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { Blocks } from '../../blocks/section';
import type { Scenario, SimulationRequest, Workspace } from '../client';
import { command, Writer } from '../figures';
import { Head } from '../frame';
import { useLoad, When } from '../load';
import { Offers } from '../offers';
import { asking, one } from '../place';
import { Reading } from '../reading';
import { useShell } from '../shell';
import { BLANK, type Change, changesOf, COSTS, COUNTED, type Counted, type Lever, LEVERS, requestOf, simulateCommand, writeChange } from './levers';
import { scenarioBlocks } from './scenario';

/** What a change would be worth on the company's own base; every input stands in the address. */
export function SimulatorScreen({ workspace }: { workspace: Workspace }): VNode {
  const { say, place } = useShell();
  const request = requestOf(place);
  return (
    <section class="part">
      <Head title={say.label('screen_simulator')} />
      <div class="levers">
        <Changes />
        <Costs />
      </div>
      {request && <Result workspace={workspace} request={request} />}
    </section>
  );
}

function Changes(): VNode {
  const { say, place, go } = useShell();
  const changes = changesOf(place);
  const put = (next: Change[]): void => go((old) => asking(old, { set: next.map(writeChange) }), 'replace');
  const edit = (at: number, part: Partial<Change>): void => put(changes.map((change, i) => (i === at ? { ...change, ...part } : change)));
  return (
    <fieldset>
      <legend>{say.label('changes')}</legend>
      {changes.map((change, at) => (
        <div class="lever" key={at}>
          <label class="field">
            <span>{say.label('lever')}</span>
            <select value={change.lever} onChange={(event) => edit(at, { lever: event.currentTarget.value as Lever })}>
              {LEVERS.map((lever) => (
                <option value={lever} key={lever}>
                  {say.label(`lever_${lever}`)}
                </option>
              ))}
            </select>
          </label>
          {(['low', 'likely', 'high'] as const).map((end) => (
            <label class="field end" key={end}>
              <span>{say.label(end)}</span>
              <input type="number" step="any" value={change[end]} onChange={(event) => edit(at, { [end]: event.currentTarget.value })} />
            </label>
          ))}
          <label class="field">
            <span>{say.label('counted')}</span>
            <select value={change.counted} onChange={(event) => edit(at, { counted: event.currentTarget.value as Counted })}>
              {(Object.keys(COUNTED) as Counted[]).map((counted) => (
                <option value={counted} key={counted}>
                  {say.label(`counted_${counted}`)}
                </option>
              ))}
            </select>
          </label>
          {changes.length > 1 && (
            <button type="button" class="act" onClick={() => put(changes.filter((_, i) => i !== at))}>
              {say.label('remove')}
              <span class="unseen">: {say.label(`lever_${change.lever}`)}</span>
            </button>
          )}
        </div>
      ))}
      <button type="button" class="act" onClick={() => put([...changes, { ...BLANK, lever: LEVERS[changes.length % LEVERS.length] ?? 'churn' }])}>
        {say.label('add')}
      </button>
    </fieldset>
  );
}

function Costs(): VNode {
  const { say, place, go } = useShell();
  const put = (key: string, value: string): void => go((old) => asking(old, { [key]: value.trim() }), 'replace');
  const labels = { cost: 'cost_once', cost_yearly: 'cost_yearly', cost_per_customer: 'cost_per_customer', margin: 'own_margin' } as const;
  return (
    <fieldset>
      <legend>{say.label('money')}</legend>
      <div class="lever">
        {([...COSTS, 'margin'] as const).map((key) => (
          <label class="field" key={key}>
            <span>{say.label(labels[key])}</span>
            <input
              inputMode="decimal"
              spellcheck={false}
              value={one(place, key)}
              placeholder="100..150..200"
              onChange={(event) => put(key, event.currentTarget.value)}
            />
          </label>
        ))}
        <label class="field end">
          <span>{say.label('horizon')}</span>
          <input type="number" min="1" max="600" value={one(place, 'horizon') || '36'} onChange={(event) => put('horizon', event.currentTarget.value)} />
        </label>
        <label class="tick">
          <input
            type="checkbox"
            checked={one(place, 'as_promised') !== ''}
            onChange={(event) => put('as_promised', event.currentTarget.checked ? 'yes' : '')}
          />
          <span>{say.label('as_promised')}</span>
        </label>
      </div>
    </fieldset>
  );
}

function Result({ workspace, request }: { workspace: Workspace; request: SimulationRequest }): VNode {
  const { client, say } = useShell();
  const loaded = useLoad(`${workspace.id}\nsimulate\n${JSON.stringify(request)}`, (asking) => client.simulate(workspace.id, request, asking));
  return (
    <section class="under" aria-labelledby="result-name">
      <h2 id="result-name">{say.label('result')}</h2>
      <When loaded={loaded}>{(found) => <Found found={found} request={request} />}</When>
    </section>
  );
}

function Found({ found, request }: { found: Scenario; request: SimulationRequest }): VNode {
  const { say } = useShell();
  const write = useMemo(() => new Writer(say, found.currency), [say, found]);
  const blocks = useMemo(() => scenarioBlocks(found, write), [found, write]);
  const line = simulateCommand(request);
  const derivations = useMemo(() => {
    // What a scenario starts from is explained by its name; what it results in, by running it.
    const lineOf = (id: string): string => (id.startsWith('simulate/base/') ? command(['explain', id]) : line);
    return found.facts.map((fact) => ({ ...write.ofFact(fact), command: lineOf(fact.id) }));
  }, [found, write, line]);
  return (
    <Reading language={say.language} currency={found.currency} derivations={derivations}>
      <Blocks blocks={blocks} />
      <Offers blocks={blocks} answer={found} command={line} />
    </Reading>
  );
}
