import { memo } from 'react';
import type { Run } from '../api/types';
import { Icon } from '../parts/Icon';
import type { OutputLog } from './output/outputLog';
import { RunDetail } from './RunDetail';
import classes from './RunList.module.css';
import { RunOutcome } from './RunOutcome';
import { RunTime } from './RunTime';

interface RunItemProps {
  directive: string;
  run: Run;
  log: OutputLog;
  /** The log's version: what makes this item be drawn again. */
  version: number;
  open: boolean;
  onToggle: (machine: string, open: boolean) => void;
}

/** One machine in a list of runs: how it went in one line, everything when opened. */
export const RunItem = memo(function RunItem({ directive, run, log, version, open, onToggle }: RunItemProps) {
  return (
    <li className={classes.item}>
      <button type="button" className={classes.head} aria-expanded={open} onClick={() => onToggle(run.machine, !open)}>
        <span className={classes.chevron}>
          <Icon name="chevron" />
        </span>
        <bdi className={classes.name}>{run.name}</bdi>
        <RunOutcome run={run} />
        <code className={classes.last}>{open ? '' : run.reason || log.lines.at(-1)?.text}</code>
        <span className={classes.time}>
          <RunTime run={run} />
        </span>
      </button>
      {open && (
        <div className={classes.body}>
          <RunDetail directive={directive} run={run} log={log} version={version} />
        </div>
      )}
    </li>
  );
});
