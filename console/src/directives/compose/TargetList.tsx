import { Anchor, Loader, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Mark } from '../../parts/State';
import { t } from '../../text/text';
import classes from './RunPage.module.css';
import type { Targets } from './targets';

/** Names shown before "all". */
const NAMES = 24;

/** Whom it will run on, by name, with what is to be known of them first. */
export function TargetList({ targets }: { targets: Targets }) {
  const [all, setAll] = useState(false);
  const { machines, leftOut, missing, loading } = targets;
  const offline = machines.filter(machine => machine.state === 'offline').length;
  return (
    <section className={classes.card} aria-labelledby="run-targets">
      <div className={classes.cardHead}>
        <Title order={2} id="run-targets">
          {t('run.on', { count: machines.length })}
        </Title>
        <Anchor href="#/machines" size="sm">
          {t('run.choose')}
        </Anchor>
      </div>
      {loading && <Loader size={14} aria-label={t('loading')} />}
      {!loading && machines.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('run.nobody')}
        </Text>
      )}
      <ul className={classes.targets}>
        {machines.slice(0, all ? machines.length : NAMES).map(machine => (
          <li key={machine.id}>
            <Mark state={machine.state} />
            <bdi>{machine.name}</bdi>
          </li>
        ))}
        {!all && machines.length > NAMES && (
          <li>
            <Anchor component="button" type="button" size="sm" onClick={() => setAll(true)}>
              {t('runs.andMore', { count: machines.length - NAMES })}
            </Anchor>
          </li>
        )}
      </ul>
      {offline > 0 && <Text size="sm">{t('run.offline', { count: offline })}</Text>}
      {leftOut > 0 && <Text size="sm">{t('run.leftOut', { count: leftOut })}</Text>}
      {missing > 0 && <Text size="sm">{t('run.missing', { count: missing })}</Text>}
    </section>
  );
}
