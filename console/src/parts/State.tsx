import type { MachineState, RunState } from '../api/types';
import { t } from '../text/text';
import classes from './State.module.css';

/** A state as a mark and a word: the mark's shape differs too, colour alone says nothing to some. */
export function State({ state }: { state: MachineState | RunState }) {
  return (
    <span className={classes.state}>
      <Mark state={state} />
      {t(`state.${state}`)}
    </span>
  );
}

export function Mark({ state }: { state: MachineState | RunState }) {
  return <span className={classes.mark} data-state={state} aria-hidden="true" />;
}
