import { Anchor } from '@mantine/core';
import { useState } from 'react';
import type { Run } from '../api/types';
import { Icon } from '../parts/Icon';
import { t } from '../text/text';
import type { DirectiveFeed } from './feed';
import type { ResultGroup } from './groups';
import { RunDetail } from './RunDetail';
import classes from './RunList.module.css';
import { RunOutcome } from './RunOutcome';

/** Names shown of a group before "all". */
const NAMES = 12;

interface ResultGroupItemProps {
  directive: string;
  group: ResultGroup;
  feed: DirectiveFeed;
  first: boolean;
}

/** Machines that ended alike, with their common output once. */
export function ResultGroupItem({ directive, group, feed, first }: ResultGroupItemProps) {
  const [open, setOpen] = useState(first && group.finished);
  const [run] = group.runs;
  if (run === undefined) {
    return null;
  }
  const log = feed.log(run.machine);
  const title = group.runs.length === 1 ? run.name : t('machines.count', { count: group.runs.length });
  return (
    <li className={classes.item}>
      <button type="button" className={classes.head} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={classes.chevron}>
          <Icon name="chevron" />
        </span>
        <bdi className={classes.name}>{title}</bdi>
        <RunOutcome run={run} />
        <code className={classes.last}>{!open && group.finished && (run.reason || log.lines[0]?.text)}</code>
        <span />
      </button>
      {open && (
        <div className={classes.body}>
          <Names directive={directive} runs={group.runs} />
          {group.finished && (
            <RunDetail directive={directive} run={run} log={log} version={log.version} shared={group.runs.length > 1} />
          )}
        </div>
      )}
    </li>
  );
}

function Names({ directive, runs }: { directive: string; runs: readonly Run[] }) {
  const [all, setAll] = useState(false);
  const address = (run: Run) =>
    `#/directives/${encodeURIComponent(directive)}?view=machine&open=${encodeURIComponent(run.machine)}`;
  return (
    <div className={classes.names}>
      {runs.slice(0, all ? runs.length : NAMES).map(run => (
        <Anchor key={run.machine} href={address(run)} size="sm">
          <bdi>{run.name}</bdi>
        </Anchor>
      ))}
      {!all && runs.length > NAMES && (
        <Anchor component="button" type="button" size="sm" onClick={() => setAll(true)}>
          {t('runs.andMore', { count: runs.length - NAMES })}
        </Anchor>
      )}
    </div>
  );
}
