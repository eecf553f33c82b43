import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { request } from '../../api/http';
import type { Machine } from '../../api/types';
import { Icon } from '../../parts/Icon';
import { ProblemNote } from '../../parts/ProblemNote';
import { t } from '../../text/text';
import { readAttempts, type Attempt } from './attempts';
import classes from './TriedWays.module.css';

/** Every way the machine tried for its last link, and why those before the last one failed. */
export function TriedWays({ machine }: { machine: Machine }) {
  const query = useQuery({
    // a new link may have come by another way
    queryKey: ['machine', machine.id, 'connection', machine.transport, machine.since],
    queryFn: async ({ signal }) =>
      readAttempts(await request('GET', `/machines/${encodeURIComponent(machine.id)}/connection`, { signal })),
  });
  if (query.isError) {
    return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.data === undefined || query.data.length === 0) {
    return null;
  }
  return (
    <details className={classes.ways} open={query.data.length > 1}>
      <summary>{t('ways.title')}</summary>
      <ol className={classes.list}>
        {query.data.map((attempt, index) => (
          <Way key={index} attempt={attempt} />
        ))}
      </ol>
      <Text size="xs" c="dimmed">
        {t('ways.hint')}
      </Text>
    </details>
  );
}

function Way({ attempt }: { attempt: Attempt }) {
  const worked = attempt.failure === '';
  return (
    <li className={classes.way} data-worked={worked}>
      <Icon name={worked ? 'check' : 'cross'} size={14} />
      <div className={classes.words}>
        <div>
          <strong>{attempt.transport}</strong> <span className="mono">{attempt.address}</span>
        </div>
        <div className={classes.outcome}>
          {worked ? [t('ways.worked'), attempt.route].filter(Boolean).join(', ') : attempt.failure}
        </div>
      </div>
      <span className={classes.took}>{t('ways.took', { seconds: attempt.seconds.toFixed(1) })}</span>
    </li>
  );
}
