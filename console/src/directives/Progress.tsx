import type { CSSProperties } from 'react';
import { FINISHED_STATES, type Directive, type RunState } from '../api/types';
import classes from './Progress.module.css';
import { countAll } from './describe';

const ORDER: readonly RunState[] = [...FINISHED_STATES, 'running', 'queued'];

/** How far a directive has come and how it went, as one bar, where machines differ; the numbers stand beside it as text. */
export function Progress({ counts }: { counts: Directive['counts'] }) {
  const all = countAll(counts);
  const states = ORDER.filter(state => counts[state]);
  if (states.length < 2) {
    return null;
  }
  return (
    <span className={classes.bar} aria-hidden="true">
      {states.map(state => (
        <span
          key={state}
          className={classes.part}
          data-state={state}
          style={{ '--share': (counts[state] ?? 0) / all } as CSSProperties}
        />
      ))}
    </span>
  );
}
