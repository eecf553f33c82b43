import { Text } from '@mantine/core';
import { Icon } from '../parts/Icon';
import { t } from '../text/text';
import { useLine } from './liveEvents';
import classes from './LineNote.module.css';

/** Says when the page is not live; says nothing when all is well. */
export function LineNote() {
  const line = useLine();
  return (
    <div role="status">
      {line === 'reconnecting' && (
        <Text size="xs" className={classes.note}>
          <Icon name="warning" size={14} />
          {t('line.reconnecting')}
        </Text>
      )}
    </div>
  );
}
