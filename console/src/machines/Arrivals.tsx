import { Anchor, Loader, Text } from '@mantine/core';
import { useMemo } from 'react';
import { State } from '../parts/State';
import { t } from '../text/text';
import classes from './AddMachine.module.css';
import { ApproveButton, needsApproval } from './ApproveButton';
import { useMachines } from './useMachines';

/** The server stamps an enrolment by its own clock, which is known here only to a few seconds. */
const CLOCK_GRAIN_MS = 5_000;

/** Shown at most; the others are in the list. */
const MAX_SHOWN = 20;

/** The machines that have enrolled since a moment, as they appear. */
export function Arrivals({ since, expected }: { since: number; expected: number }) {
  const { machines } = useMachines();
  const arrived = useMemo(
    () =>
      [...machines.values()]
        .filter(machine => machine.enrolled !== null && machine.enrolled >= since - CLOCK_GRAIN_MS)
        .sort((a, b) => (b.enrolled ?? 0) - (a.enrolled ?? 0)),
    [machines, since],
  );
  return (
    <div role="status">
      {arrived.length < expected && (
        <div className={classes.waiting}>
          <Loader size={14} aria-hidden="true" />
          <Text size="sm">{arrived.length === 0 ? t('add.waiting') : t('add.waitingMore')}</Text>
        </div>
      )}
      <ul className={classes.arrivals}>
        {arrived.slice(0, MAX_SHOWN).map(machine => (
          <li key={machine.id} className={classes.arrival}>
            <Anchor href={`#/machines/${encodeURIComponent(machine.id)}`} fw={560}>
              <bdi>{machine.name}</bdi>
            </Anchor>
            <State state={machine.state} />
            <Text size="sm" c="dimmed">
              {machine.os}
            </Text>
            {needsApproval(machine) && <ApproveButton machine={machine} />}
          </li>
        ))}
      </ul>
    </div>
  );
}
