import { Button, SegmentedControl, Text } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import type { Directive, Run } from '../api/types';
import { t } from '../text/text';
import type { DirectiveFeed } from './feed';
import { groupByResult } from './groups';
import { ResultGroupItem } from './ResultGroupItem';
import { RunDetail } from './RunDetail';
import { RunItem } from './RunItem';
import classes from './RunList.module.css';

const route = getRouteApi('/directives/$directiveId');

/** Items drawn at first and added by each press of "more": every item may be opened, so they have no fixed height. */
const STEP = 200;

/** From this many machines on, equal results are shown together unless the operator says otherwise. */
const GROUP_FROM = 6;

/** So few outputs are all open from the start. */
const OPEN_ALL = 3;

/** In the address: the operator closed them all. */
const NONE = 'none';

interface RunListProps {
  directive: Directive;
  runs: readonly Run[];
  feed: DirectiveFeed;
  /** Grows whenever output arrived. */
  version: number;
}

/** The runs of a directive: one alone in full, many as a list to open, by machine or by equal result. */
export function RunList({ directive, runs, feed, version }: RunListProps) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/directives/$directiveId' });
  const [drawn, setDrawn] = useState(STEP);
  const shown = useMemo(
    () => (search.show ? runs.filter(run => run.state === search.show) : runs),
    [runs, search.show],
  );
  const view = search.view ?? (runs.length >= GROUP_FROM ? 'result' : 'machine');
  const open = opened(search.open, runs);
  const toggle = useStable((machine: string, wanted: boolean) => {
    const next = new Set(open);
    if (wanted) {
      next.add(machine);
    } else {
      next.delete(machine);
    }
    void navigate({ search: { ...search, open: [...next].join(',') || NONE }, replace: true });
  });
  const [only] = runs;
  if (only && runs.length === 1) {
    return <RunDetail directive={directive.id} run={only} log={feed.log(only.machine)} version={version} alone />;
  }
  return (
    <section className={classes.list} aria-label={t('runs.label')}>
      <div className={classes.tools}>
        <SegmentedControl
          size="xs"
          aria-label={t('runs.view')}
          value={view}
          onChange={chosen => void navigate({ search: { ...search, view: chosen }, replace: true })}
          data={[
            { value: 'machine', label: t('runs.byMachine') },
            { value: 'result', label: t('runs.byResult') },
          ]}
        />
        {shown.length < runs.length && (
          <Text size="sm" c="dimmed">
            {t('machines.countOf', { shown: shown.length, count: runs.length })}
          </Text>
        )}
      </div>
      {view === 'result' ? (
        <Groups directive={directive} runs={shown} feed={feed} version={version} />
      ) : (
        <>
          <ul className={classes.items}>
            {shown.slice(0, drawn).map(run => (
              <RunItem
                key={run.machine}
                directive={directive.id}
                run={run}
                log={feed.log(run.machine)}
                version={feed.log(run.machine).version}
                open={open.has(run.machine)}
                onToggle={toggle}
              />
            ))}
          </ul>
          {shown.length > drawn && (
            <Button variant="default" className={classes.more} onClick={() => setDrawn(drawn + STEP)}>
              {t('runs.more', { count: shown.length - drawn })}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

/** The machines whose output is open: those in the address, else all of a few. */
function opened(named: string | undefined, runs: readonly Run[]): ReadonlySet<string> {
  if (named === undefined) {
    return new Set(runs.length <= OPEN_ALL ? runs.map(run => run.machine) : []);
  }
  return new Set(named === NONE ? [] : named.split(','));
}

/** A function that stays the same object and does what it would do now. */
function useStable<A extends unknown[]>(latest: (...args: A) => void): (...args: A) => void {
  const current = useRef(latest);
  current.current = latest;
  return useRef((...args: A) => current.current(...args)).current;
}

function Groups({ directive, runs, feed, version }: RunListProps) {
  // The version stands for the output inside the feed, which is not data of React's.
  const groups = useMemo(() => groupByResult(runs, feed), [runs, feed, version]);
  const [drawn, setDrawn] = useState(STEP);
  return (
    <>
      <ul className={classes.items}>
        {groups.slice(0, drawn).map((group, index) => (
          <ResultGroupItem key={group.key} directive={directive.id} group={group} feed={feed} first={index === 0} />
        ))}
      </ul>
      {groups.length > drawn && (
        <Button variant="default" className={classes.more} onClick={() => setDrawn(drawn + STEP)}>
          {t('runs.more', { count: groups.length - drawn })}
        </Button>
      )}
    </>
  );
}
