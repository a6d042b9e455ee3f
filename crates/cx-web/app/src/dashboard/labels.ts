import { type Arguments, Messages } from '../fluent';

/** Labels of the dashboard; `dashboard.ftl` holds them. */
export const LABELS = [
  'screen_home', 'screen_metrics', 'screen_segments', 'screen_value', 'screen_initiatives', 'screen_simulator',
  'screen_promised', 'screen_claims', 'screen_data', 'skip', 'screens', 'menu', 'workspace', 'language', 'sign_in',
  'sign_out', 'email', 'password', 'name', 'first_title', 'first_note', 'first_missing', 'create', 'no_workspaces',
  'loading', 'computing', 'problem', 'unreachable', 'unreachable_help', 'mend', 'request', 'try_again',
  'not_found', 'to_home', 'stale', 'refresh', 'leading', 'programme', 'due', 'withheld', 'nothing', 'in_full',
  'search', 'found', 'from', 'to', 'where', 'period', 'profile', 'catalogue', 'unavailable', 'change_before',
  'definition', 'edges', 'conventions', 'conventions_note', 'convention', 'usual', 'planned', 'by_study', 'groups',
  'by', 'by_hint', 'metric', 'ask', 'ledger', 'changes', 'lever', 'lever_churn', 'lever_retention',
  'lever_margin', 'lever_spend', 'lever_contacts', 'lever_contact_cost', 'lever_cost_to_serve', 'lever_satisfied',
  'low', 'likely', 'high', 'counted', 'counted_relative', 'counted_points', 'counted_absolute', 'add', 'remove',
  'money', 'cost_once', 'cost_yearly', 'cost_per_customer', 'horizon', 'own_margin', 'as_promised', 'result',
  'what_if', 'what_if_npv', 'what_if_pays', 'what_if_benefit', 'what_if_cost', 'what_if_roi', 'what_if_cut',
  'what_if_needed', 'what_if_base', 'what_if_rests', 'what_if_question', 'take', 'data', 'pictures', 'command',
] as const;

export type Label = (typeof LABELS)[number];

/** The dashboard's own messages, and those of the report that stand at a figure. */
export const messages = new Messages(
  import.meta.glob<string>(
    ['#messages/*/dashboard.ftl', '#messages/*/figures.ftl', '#messages/*/sections.ftl', '#messages/*/initiatives.ftl'],
    { query: '?raw', import: 'default', eager: true },
  ),
);

/** The message id of a label. */
export function idOf(label: Label): string {
  return `dashboard-${label.replaceAll('_', '-')}`;
}

/** Says messages in one language. */
export class Say {
  readonly language: string;

  constructor(tag: string) {
    this.language = messages.languageOf(tag);
  }

  /** A label of the dashboard. */
  label(label: Label, given: Arguments = {}): string {
    return messages.say(this.language, idOf(label), given);
  }

  /** A message of the report. */
  text(id: string, given: Arguments = {}): string {
    return messages.say(this.language, id, given);
  }
}
