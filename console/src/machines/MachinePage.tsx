import { Anchor, Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { readAlarms, readMachine } from '../api/decode';
import { request } from '../api/http';
import { takesDirectives } from '../api/types';
import { Icon } from '../parts/Icon';
import { Page } from '../parts/Page';
import { ProblemNote } from '../parts/ProblemNote';
import { State } from '../parts/State';
import { t } from '../text/text';
import { Alarms } from './Alarms';
import { ApproveButton, needsApproval } from './ApproveButton';
import { MachineFacts } from './MachineFacts';
import classes from './MachinePage.module.css';
import { RecentDirectives } from './RecentDirectives';
import { SummaryCard } from './summary/SummaryCard';
import { useMachines } from './useMachines';

const route = getRouteApi('/machines/$machineId');

/** One machine: what is known of it, and what was ordered of it lately. */
export function MachinePage() {
  const { machineId } = route.useParams();
  const { machines } = useMachines();
  const listed = machines.get(machineId);
  const query = useQuery({
    queryKey: ['machine', machineId],
    queryFn: async ({ signal }) => {
      const answer = await request('GET', `/machines/${encodeURIComponent(machineId)}`, { signal });
      return { machine: readMachine(answer), alarms: readAlarms(answer) };
    },
  });
  const machine = listed ?? query.data?.machine;
  const up = <Anchor href="#/machines">{t('nav.machines')}</Anchor>;
  if (machine === undefined) {
    return (
      <Page narrow title={t('machine.title')} up={up}>
        {query.isError ? (
          <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Loader size={16} aria-label={t('loading')} />
        )}
      </Page>
    );
  }
  return (
    <Page
      narrow
      title={machine.name}
      up={up}
      aside={<State state={machine.state} />}
      actions={
        <>
          {needsApproval(machine) && <ApproveButton machine={machine} />}
          {takesDirectives(machine) && (
            <Button
              component="a"
              href={`#/run?machine=${encodeURIComponent(machine.id)}`}
              leftSection={<Icon name="play" />}
            >
              {t('machine.run')}
            </Button>
          )}
        </>
      }
    >
      <div className={classes.cards}>
        <Alarms state={machine.state} alarms={query.data?.alarms ?? []} />
        <MachineFacts machine={machine} />
        <SummaryCard machine={machine} />
        <RecentDirectives machine={machine} />
      </div>
    </Page>
  );
}
