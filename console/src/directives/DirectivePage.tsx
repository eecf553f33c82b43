import { Anchor, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import { countByState } from '../api/decode';
import type { Run } from '../api/types';
import { announce } from '../parts/announce';
import { Icon } from '../parts/Icon';
import { Page } from '../parts/Page';
import { ProblemNote } from '../parts/ProblemNote';
import { State } from '../parts/State';
import { t } from '../text/text';
import { CancelButton } from './CancelButton';
import { commandOf, countUnfinished, overallState, titleOf } from './describe';
import { directiveQuery } from './directiveQueries';
import { DirectiveSummary } from './DirectiveSummary';
import { RunList } from './RunList';
import { useFeed } from './useFeed';

const route = getRouteApi('/directives/$directiveId');
const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** One directive: how far it is, and the output of every machine as it comes. */
export function DirectivePage() {
  const { directiveId } = route.useParams();
  const query = useQuery(directiveQuery(directiveId));
  const { feed, state } = useFeed(directiveId, query.data);
  const runs = useRuns(state.runs);
  const counts = useMemo(() => countByState(runs), [runs]);
  const unfinished = countUnfinished(counts);
  useFinishAnnounced(runs.length > 0 && unfinished === 0);

  const directive = query.data;
  const up = <Anchor href="#/directives">{t('nav.directives')}</Anchor>;
  if (directive === undefined) {
    return (
      <Page title={t('directive.title')} up={up}>
        {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      </Page>
    );
  }
  const again = `#/run?again=${encodeURIComponent(directive.id)}`;
  return (
    <Page
      title={titleOf(directive)}
      mono={commandOf(directive) !== ''}
      up={up}
      aside={runs.length > 0 && <State state={overallState(counts)} />}
      actions={
        <>
          {unfinished > 0 && <CancelButton id={directive.id} count={unfinished} />}
          <Button component="a" href={again} variant="default" leftSection={<Icon name="again" />}>
            {t('directive.again')}
          </Button>
        </>
      }
    >
      {state.refused && <ProblemNote error={state.refused} />}
      <DirectiveSummary directive={directive} counts={counts} />
      <RunList directive={directive} runs={runs} feed={feed} version={state.version} />
    </Page>
  );
}

/** The runs by name. Thousands change many times a second, their names never: the order is found once. */
function useRuns(runs: ReadonlyMap<string, Run>): Run[] {
  const order = useRef<string[]>([]);
  return useMemo(() => {
    if (order.current.length !== runs.size || !order.current.every(machine => runs.has(machine))) {
      order.current = [...runs.values()]
        .sort((a, b) => byName.compare(a.name, b.name) || (a.machine < b.machine ? -1 : 1))
        .map(run => run.machine);
    }
    return order.current.map(machine => runs.get(machine)).filter(run => run !== undefined);
  }, [runs]);
}

/** Says once, to those who do not see the page, that a directive they watched has finished. */
function useFinishAnnounced(finished: boolean): void {
  const watched = useRef(false);
  useEffect(() => {
    if (!finished) {
      watched.current = true;
    } else if (watched.current) {
      watched.current = false;
      announce(t('directive.finished'));
    }
  }, [finished]);
}
