import { Anchor, Button, Loader, SegmentedControl, Text } from '@mantine/core';
import { getRouteApi, Navigate, useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { MACHINE_STATES, type Machine, type MachineState } from '../api/types';
import { Grid } from '../parts/grid/Grid';
import { Icon } from '../parts/Icon';
import { Page } from '../parts/Page';
import { ProblemNote } from '../parts/ProblemNote';
import { SearchBox } from '../parts/SearchBox';
import { number } from '../text/format';
import { t } from '../text/text';
import { MACHINE_COLUMNS, machineId, machineName } from './columns';
import classes from './MachinesPage.module.css';
import { searchFor } from './match';
import { CalmOrder, inOrder, readSort, writeSort, type Sort, type SortColumn } from './order';
import { selection, useSelection } from './selection';
import { SelectionBar } from './SelectionBar';
import { useMachines } from './useMachines';

const route = getRouteApi('/machines');

/** The states always offered as a filter; the others only where there are such machines. */
const USUAL_STATES: readonly MachineState[] = ['online', 'offline', 'pending'];

/** The list of machines: live, searchable, selectable. Search, filter and order are in the address. */
export function MachinesPage() {
  const { machines, complete, cut, problem } = useMachines();
  const search = route.useSearch();
  const navigate = useNavigate();
  const chosen = useSelection();
  const sort = readSort(search.sort);
  const [sortedAgain, setSortedAgain] = useState(0);
  const rows = useRows(machines, search.q ?? '', search.state, sort, sortedAgain);
  const counts = useMemo(() => countStates(machines.values()), [machines]);
  const ordered = useMemo(() => inOrder(rows, readSort(search.sort)), [rows, search.sort]);

  const change = (changed: { q?: string; state?: string; sort?: string }) =>
    void navigate({ to: '/machines', search: { ...search, ...changed }, replace: true });
  const sortBy = (column: string) => {
    const descending = sort.column === column && !sort.descending;
    change({ sort: writeSort({ column: column as SortColumn, descending }) });
    setSortedAgain(sortedAgain + 1);
  };
  const open = useRef((machine: Machine) => {
    void navigate({ to: '/machines/$machineId', params: { machineId: machine.id } });
  }).current;

  if (complete && machines.size === 0) {
    return <Navigate to="/machines/add" replace />;
  }
  return (
    <Page
      fill
      title={t('machines.title')}
      aside={<Count shown={rows.length} all={machines.size} complete={complete} />}
      actions={
        <Button component="a" href="#/machines/add" variant="default" leftSection={<Icon name="plus" />}>
          {t('machines.add')}
        </Button>
      }
    >
      <div className={classes.tools}>
        <SearchBox
          label={t('machines.search')}
          placeholder={t('machines.searchHint')}
          value={search.q ?? ''}
          onChange={q => change({ q })}
        />
        <SegmentedControl
          aria-label={t('machines.filter')}
          className={classes.filter}
          value={search.state ?? ''}
          onChange={state => change({ state })}
          data={[
            { value: '', label: <WithCount label={t('machines.all')} count={machines.size} /> },
            ...MACHINE_STATES.filter(state => USUAL_STATES.includes(state) || counts[state] > 0).map(state => ({
              value: state,
              label: <WithCount label={t(`state.${state}`)} count={counts[state]} />,
            })),
          ]}
        />
        {!ordered && (
          <Button variant="subtle" size="compact-sm" onClick={() => setSortedAgain(sortedAgain + 1)}>
            {t('machines.sortAgain')}
          </Button>
        )}
      </div>
      {problem && <ProblemNote error={problem} onRetry={() => window.location.reload()} />}
      {cut && <Text size="sm">{t('machines.cut', { count: machines.size })}</Text>}
      <Grid
        label={t('machines.title')}
        columns={MACHINE_COLUMNS}
        rows={rows}
        rowId={machineId}
        rowName={machineName}
        onOpen={open}
        sort={sort}
        onSort={sortBy}
        selection={{ ids: chosen, onChange: ids => selection.replace(ids) }}
        footer={rows.length === 0 && <NothingFound complete={complete} />}
      />
      {chosen.size > 0 && <SelectionBar chosen={chosen} machines={machines} rows={rows} />}
    </Page>
  );
}

function useRows(
  machines: ReadonlyMap<string, Machine>,
  query: string,
  state: string | undefined,
  sort: Sort,
  sortedAgain: number,
): Machine[] {
  const order = useRef(new CalmOrder()).current;
  const deferredQuery = useDeferredValue(query);
  const key = `${writeSort(sort)} ${sortedAgain}`;
  return useMemo(() => {
    const found = searchFor(deferredQuery);
    return order
      .arrange(machines, sort, key)
      .map(id => machines.get(id))
      .filter((machine): machine is Machine => machine !== undefined)
      .filter(machine => (state === undefined || machine.state === state) && found(machine));
  }, [machines, deferredQuery, state, key, order]);
}

function countStates(machines: Iterable<Machine>): Record<MachineState, number> {
  const counts = { online: 0, offline: 0, pending: 0, quarantined: 0, revoked: 0 };
  for (const machine of machines) {
    counts[machine.state]++;
  }
  return counts;
}

function WithCount({ label, count }: { label: string; count: number }) {
  return (
    <span>
      {label} <span className={`${classes.number} digits`}>{number(count)}</span>
    </span>
  );
}

function Count({ shown, all, complete }: { shown: number; all: number; complete: boolean }) {
  return (
    <Text component="span" size="sm" c="dimmed" role="status">
      {shown < all && t('machines.countOf', { shown, count: all })}
      {!complete && <Loader size={12} ml={8} aria-label={t('loading')} />}
    </Text>
  );
}

function NothingFound({ complete }: { complete: boolean }) {
  return (
    <div className={classes.nothing}>
      {complete ? (
        <>
          <Text fw={560}>{t('machines.none')}</Text>
          <Text size="sm" c="dimmed">
            {t('machines.noneHint')}{' '}
            <Anchor href="#/machines" size="sm" underline="always">
              {t('machines.showAll')}
            </Anchor>
          </Text>
        </>
      ) : (
        <Text c="dimmed">{t('loading')}</Text>
      )}
    </div>
  );
}
