import { Text, Title } from '@mantine/core';
import type { MachineAlarm, MachineState } from '../api/types';
import { Icon } from '../parts/Icon';
import { RelativeTime } from '../parts/RelativeTime';
import { t } from '../text/text';
import classes from './MachinePage.module.css';

const SHOWN = 10;

/** What is odd about a machine, where anything is. */
export function Alarms({ state, alarms }: { state: MachineState; alarms: readonly MachineAlarm[] }) {
  if (alarms.length === 0 && state !== 'quarantined') {
    return null;
  }
  return (
    <section className={classes.alarms} aria-labelledby="machine-alarms">
      <Title order={2} id="machine-alarms" className={classes.alarmsTitle}>
        <Icon name="warning" />
        {t('alarms.title')}
      </Title>
      {state === 'quarantined' && <Text size="sm">{t('alarms.quarantined')}</Text>}
      <ul className={classes.directives}>
        {alarms.slice(0, SHOWN).map((alarm, index) => (
          <li key={index} className={classes.alarm}>
            <RelativeTime time={alarm.at} />
            <span>{alarm.detail}</span>
            <code>{alarm.kind}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
