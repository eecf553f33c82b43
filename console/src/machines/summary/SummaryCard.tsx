import { Button, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { members } from '../../api/decode';
import { request } from '../../api/http';
import { showable } from '../../api/showable';
import { isFinished, type Directive, type Machine, type Run } from '../../api/types';
import { directiveQuery, directivesKey, directivesQuery } from '../../directives/directiveQueries';
import { useFeed } from '../../directives/useFeed';
import { Icon } from '../../parts/Icon';
import { ProblemNote } from '../../parts/ProblemNote';
import { RelativeTime } from '../../parts/RelativeTime';
import { ValueView } from '../../parts/value/ValueView';
import { t, textOr } from '../../text/text';
import classes from '../MachinePage.module.css';
import { readSummary, SUMMARY_ACTION } from './summaryFacts';
import { SummaryView } from './SummaryView';

/** The facts last reported by the machine, and the way to ask it again. */
export function SummaryCard({ machine }: { machine: Machine }) {
  const client = useQueryClient();
  const recent = useInfiniteQuery(directivesQuery(machine.id));
  const refresh = useMutation({
    mutationFn: () =>
      request('POST', '/directives', { body: { action: SUMMARY_ACTION, parameters: {}, machines: [machine.id] } }),
    onSuccess: () => client.invalidateQueries({ queryKey: directivesKey }),
  });
  const asked = refresh.data === undefined ? '' : showable(members(refresh.data)['id']);
  const known = recent.data?.pages.flat().find(one => one.action === SUMMARY_ACTION)?.id ?? '';
  const shown = asked || known;
  return (
    <section className={classes.card} aria-labelledby="machine-summary">
      <div className={classes.head}>
        <Title order={2} id="machine-summary">
          {t('summary.title')}
        </Title>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon name="refresh" size={14} />}
          loading={refresh.isPending}
          disabled={machine.state !== 'online'}
          onClick={() => refresh.mutate()}
        >
          {t('summary.refresh')}
        </Button>
      </div>
      {refresh.isError && <ProblemNote error={refresh.error} />}
      {shown === '' ? (
        <Text size="sm" c="dimmed">
          {machine.state === 'online' ? t('summary.none') : t('summary.noneOffline')}
        </Text>
      ) : (
        <Reported key={shown} directive={shown} machine={machine.id} />
      )}
    </section>
  );
}

/** The result of one summary directive, awaited while it is still on its way. */
function Reported({ directive, machine }: { directive: string; machine: string }) {
  const query = useQuery(directiveQuery(directive));
  const run = query.data?.runs.find(one => one.machine === machine);
  if (query.isError) {
    return <ProblemNote error={query.error} />;
  }
  if (query.data === undefined) {
    return null;
  }
  return run && isFinished(run.state) ? <Result run={run} /> : <Awaited directive={query.data} machine={machine} />;
}

function Awaited({ directive, machine }: { directive: Directive; machine: string }) {
  const { state } = useFeed(directive.id, directive);
  const run = state.runs.get(machine);
  return run && isFinished(run.state) ? (
    <Result run={run} />
  ) : (
    <Text size="sm" c="dimmed" role="status">
      {t('summary.asking')}
    </Text>
  );
}

function Result({ run }: { run: Run }) {
  const facts = readSummary(run.value);
  return run.state === 'done' && run.value !== null ? (
    <>
      <Text size="xs" c="dimmed">
        {t('summary.asOf')} <RelativeTime time={run.ended} />
      </Text>
      {facts ? <SummaryView facts={facts} /> : <ValueView value={run.value} />}
    </>
  ) : (
    <Text size="sm">{whyNot(run)}</Text>
  );
}

function whyNot(run: Run): string {
  return `${t('summary.failed')} ${run.reason || textOr(`state.${run.state}.why`, '')}`;
}
