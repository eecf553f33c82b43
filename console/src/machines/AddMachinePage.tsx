import { Anchor } from '@mantine/core';
import { Page } from '../parts/Page';
import { t } from '../text/text';
import { AddMachine } from './AddMachine';

export function AddMachinePage() {
  return (
    <Page title={t('add.title')} up={<Anchor href="#/machines">{t('nav.machines')}</Anchor>}>
      <AddMachine />
    </Page>
  );
}
