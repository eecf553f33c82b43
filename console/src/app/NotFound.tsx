import { Anchor, Text } from '@mantine/core';
import { Page } from '../parts/Page';
import { t } from '../text/text';

export function NotFound() {
  return (
    <Page title={t('notFound.title')}>
      <Text>
        {t('notFound.text')}{' '}
        <Anchor href="#/machines" underline="always">
          {t('nav.machines')}
        </Anchor>
      </Text>
    </Page>
  );
}
