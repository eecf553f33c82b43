import { Title } from '@mantine/core';
import type { Machine } from '../api/types';
import { Fact, Facts } from '../parts/Facts';
import { RelativeTime } from '../parts/RelativeTime';
import { moment } from '../text/format';
import { t } from '../text/text';
import { TriedWays } from './connection/TriedWays';
import classes from './MachinePage.module.css';

/** What the server itself knows of a machine, from its link. */
export function MachineFacts({ machine }: { machine: Machine }) {
  return (
    <section className={classes.card} aria-labelledby="machine-link">
      <Title order={2} id="machine-link">
        {t('machine.link')}
      </Title>
      <Facts>
        <Fact name={t('machine.lastSeen')}>
          <RelativeTime time={machine.lastSeen} />
        </Fact>
        <Fact name={t('machine.since')}>{machine.since !== null && moment(machine.since)}</Fact>
        <Fact name={t('machine.address')}>{machine.address && <span className="mono">{machine.address}</span>}</Fact>
        <Fact name={t('machine.transport')}>{machine.transport}</Fact>
        {machine.inspectedBy !== '' && <Fact name={t('machine.inspectedBy')}>{machine.inspectedBy}</Fact>}
        <Fact name={t('machine.os')}>{machine.os}</Fact>
        <Fact name={t('machine.kernel')}>{[machine.kernel, machine.arch].filter(Boolean).join(' · ')}</Fact>
        <Fact name={t('machine.agent')}>{machine.agentVersion}</Fact>
        <Fact name={t('machine.site')}>{machine.site}</Fact>
        <Fact name={t('machine.enrolled')}>{machine.enrolled !== null && moment(machine.enrolled)}</Fact>
        <Fact name={t('machine.id')}>
          <span className="mono">{machine.id}</span>
        </Fact>
      </Facts>
      <TriedWays machine={machine} />
    </section>
  );
}
