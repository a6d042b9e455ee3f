import type { VNode } from 'preact';
import { asking, one } from '../place';
import { useShell } from '../shell';

/** Asks by which column figures are cut; the answer stands in the address. */
export function GroupsForm({ suggestions, metrics }: { suggestions: readonly string[]; metrics?: readonly { key: string; name: string }[] }): VNode {
  const { say, place, go } = useShell();
  const by = one(place, 'by');
  const metric = one(place, 'metric');
  return (
    <form
      class="ask"
      key={`${by}/${metric}`}
      aria-label={say.label('groups')}
      onSubmit={(event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget);
        const value = (name: string): string => String(given.get(name) ?? '').trim();
        go((old) => asking(old, { by: value('by'), ...(metrics ? { metric: value('metric') } : {}) }));
      }}
    >
      {metrics && (
        <label class="field">
          <span>{say.label('metric')}</span>
          <select name="metric" defaultValue={metric}>
            {metrics.map(({ key, name }) => (
              <option value={key} selected={key === metric} key={key}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label class="field">
        <span>{say.label('by')}</span>
        <input name="by" list="columns" defaultValue={by} placeholder={say.label('by_hint')} spellcheck={false} />
      </label>
      <datalist id="columns">
        {suggestions.map((column) => (
          <option value={column} key={column} />
        ))}
      </datalist>
      <button type="submit" class="act main">
        {say.label('ask')}
      </button>
    </form>
  );
}
