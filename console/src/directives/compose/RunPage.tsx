import { Anchor, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Page } from '../../parts/Page';
import { ProblemNote } from '../../parts/ProblemNote';
import { t } from '../../text/text';
import { directiveQuery } from '../directiveQueries';
import { actionsQuery } from './actions';
import { Composer } from './Composer';
import { useTargets } from './targets';

const route = getRouteApi('/run');

/** Where a directive is put together: what, on whom, for how long. */
export function RunPage() {
  const search = route.useSearch();
  const actions = useQuery(actionsQuery);
  const repeated = useQuery({ ...directiveQuery(search.again ?? ''), enabled: search.again !== undefined });
  const repeatedIds = useMemo(() => repeated.data?.runs.map(run => run.machine) ?? null, [repeated.data]);
  const targets = useTargets(search, repeatedIds);
  const failed = actions.error ?? repeated.error;
  const ready = actions.data && (search.again === undefined || repeated.data);
  return (
    <Page narrow title={t('run.title')} up={<Anchor href="#/machines">{t('nav.machines')}</Anchor>}>
      {failed && <ProblemNote error={failed} onRetry={() => window.location.reload()} />}
      {!failed && !ready && <Loader size={16} aria-label={t('loading')} />}
      {actions.data && ready && (
        <Composer
          key={search.again ?? search.action ?? ''}
          actions={actions.data}
          startWith={{
            action: repeated.data?.action ?? search.action ?? '',
            parameters: repeated.data?.parameters ?? {},
          }}
          targets={targets}
        />
      )}
    </Page>
  );
}
