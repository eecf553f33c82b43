import { showable } from '../api/showable';
import { UNFINISHED_STATES, type Directive, type RunState } from '../api/types';

/** Longest command shown in a heading or a list; the whole of it stands on the directive's page. */
const MAX_TITLE_CHARS = 160;

/** The command of a directive that runs one; empty for any other action. */
export function commandOf(directive: Pick<Directive, 'action' | 'parameters'>): string {
  const { command, argv } = directive.parameters;
  if (typeof command === 'string') {
    return command;
  }
  return Array.isArray(argv) ? argv.map(String).join(' ') : '';
}

/** A directive in one line: its command, else the name of its action. */
export function titleOf(directive: Pick<Directive, 'action' | 'parameters'>): string {
  const command = commandOf(directive).trim();
  const [firstLine = ''] = command.split('\n', 1);
  return command === '' ? directive.action : showable(firstLine, MAX_TITLE_CHARS) + (firstLine === command ? '' : ' …');
}

export function countAll(counts: Directive['counts']): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

export function countUnfinished(counts: Directive['counts']): number {
  return UNFINISHED_STATES.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}

/** The worst that needs saying about the whole: going on, else failed, else doubtful, else done. */
export function overallState(counts: Directive['counts']): RunState {
  const order: RunState[] = [
    'running',
    'queued',
    'failed',
    'unknown',
    'refused',
    'unsupported',
    'expired',
    'cancelled',
  ];
  return order.find(state => (counts[state] ?? 0) > 0) ?? 'done';
}
