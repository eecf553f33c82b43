import { Button, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { Machine } from '../api/types';
import { Icon } from '../parts/Icon';
import { t } from '../text/text';
import classes from './SelectionBar.module.css';
import { selection } from './selection';

interface SelectionBarProps {
  chosen: ReadonlySet<string>;
  machines: ReadonlyMap<string, Machine>;
  /** The machines shown at present; others may be selected, and must not be forgotten. */
  rows: readonly Machine[];
}

/** What can be done with the selected machines; there only while some are. */
export function SelectionBar({ chosen, machines, rows }: SelectionBarProps) {
  const navigate = useNavigate();
  let online = 0;
  for (const id of chosen) {
    online += machines.get(id)?.state === 'online' ? 1 : 0;
  }
  const hidden = chosen.size - rows.reduce((sum, machine) => sum + (chosen.has(machine.id) ? 1 : 0), 0);
  return (
    <section className={classes.bar} aria-label={t('machines.selection')}>
      <Text size="sm" fw={560} role="status">
        {t('machines.selected', { count: chosen.size })}
      </Text>
      {online < chosen.size && (
        <Text size="sm" c="dimmed">
          {t('machines.selectedOffline', { count: chosen.size - online })}
        </Text>
      )}
      {hidden > 0 && (
        <Text size="sm" c="dimmed">
          {t('machines.selectedHidden', { count: hidden })}
        </Text>
      )}
      <div className={classes.space} />
      <Button variant="subtle" color="gray" onClick={() => selection.replace([])}>
        {t('machines.clear')}
      </Button>
      <Button leftSection={<Icon name="play" />} onClick={() => void navigate({ to: '/run' })}>
        {t('machines.run')}
      </Button>
    </section>
  );
}
