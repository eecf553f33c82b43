import type { Run } from '../api/types';
import { State } from '../parts/State';
import { t } from '../text/text';
import classes from './RunOutcome.module.css';

/** State and, where a program ended, its exit code. */
export function RunOutcome({ run }: { run: Run }) {
  return (
    <span className={classes.outcome}>
      <State state={run.state} />
      {run.exitCode !== null && (
        <span className={classes.exit} data-bad={run.exitCode !== 0 || undefined}>
          {t('run.exit', { code: String(run.exitCode) })}
        </span>
      )}
    </span>
  );
}
