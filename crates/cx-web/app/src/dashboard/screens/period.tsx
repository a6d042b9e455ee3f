import type { VNode } from 'preact';
import { command } from '../figures';
import { asking, one, type Place } from '../place';
import { useShell } from '../shell';

/** Period and filter of a screen that asks the server for its figures; both go along to the next. */
export function PeriodBar(): VNode {
  const { say, place, go } = useShell();
  return (
    <form
      class="ask"
      key={`${one(place, 'from')}/${one(place, 'to')}/${one(place, 'where')}`}
      aria-label={say.label('period')}
      onSubmit={(event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget);
        const value = (name: string): string => String(given.get(name) ?? '');
        go((old) => asking(old, { from: value('from'), to: value('to'), where: value('where') }));
      }}
    >
      <label class="field">
        <span>{say.label('from')}</span>
        <input type="date" name="from" defaultValue={one(place, 'from')} />
      </label>
      <label class="field">
        <span>{say.label('to')}</span>
        <input type="date" name="to" defaultValue={one(place, 'to')} />
      </label>
      <label class="field wide">
        <span>{say.label('where')}</span>
        <input type="text" name="where" spellcheck={false} placeholder="channel = 'email'" defaultValue={one(place, 'where')} />
      </label>
      <button type="submit" class="act main">
        {say.label('ask')}
      </button>
    </form>
  );
}

/** Period and filter as the server takes them. */
export function asked(place: Place): { from: string; to: string; where: string } {
  return { from: one(place, 'from'), to: one(place, 'to'), where: one(place, 'where') };
}

/** The command line that answers the same. */
export function metricsCommand(place: Place, ids: readonly string[], more: readonly string[] = []): string {
  const { from, to, where } = asked(place);
  const flag = (name: string, value: string): string[] => (value === '' ? [] : [`--${name}`, value]);
  return command(['metrics', ...ids, ...more, ...flag('from', from), ...flag('to', to), ...flag('where', where)]);
}
