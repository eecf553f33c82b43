import { Button, Input, NativeSelect, SegmentedControl, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { readEnrolmentToken } from '../api/decode';
import { request } from '../api/http';
import { serverNow } from '../api/serverClock';
import { Icon } from '../parts/Icon';
import { ProblemNote } from '../parts/ProblemNote';
import { CopyLine } from '../parts/CopyLine';
import { moment } from '../text/format';
import { t } from '../text/text';
import classes from './AddMachine.module.css';
import { Arrivals } from './Arrivals';
import { useMachines } from './useMachines';

const HOUR_SECONDS = 3_600;
const VALIDITIES = [
  { value: String(HOUR_SECONDS), label: t('add.hour') },
  { value: String(24 * HOUR_SECONDS), label: t('add.day') },
  { value: String(7 * 24 * HOUR_SECONDS), label: t('add.week') },
];
const USES = [1, 10, 100, 1_000].map(uses => ({ value: String(uses), label: t('add.uses', { count: uses }) }));

/** Makes an enrolment token, shows the line to paste on the machine, and watches for who answers to it. */
export function AddMachine() {
  const { machines, complete } = useMachines();
  const [validity, setValidity] = useState(String(24 * HOUR_SECONDS));
  const [uses, setUses] = useState('1');
  const [approval, setApproval] = useState('auto');
  const token = useMutation({
    mutationFn: async () => ({
      ...readEnrolmentToken(
        await request('POST', '/enrolment-tokens', {
          body: { expiresInSeconds: Number(validity), maxUses: Number(uses), approval },
        }),
      ),
      made: serverNow(),
    }),
  });
  return (
    <div className={classes.column}>
      {complete && machines.size === 0 && <Text c="dimmed">{t('add.first')}</Text>}
      <section className={classes.card} aria-labelledby="add-make">
        <Title order={2} id="add-make">
          {t('add.make')}
        </Title>
        <div className={classes.choices}>
          <NativeSelect
            label={t('add.validity')}
            data={VALIDITIES}
            value={validity}
            onChange={event => setValidity(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('add.maxUses')}
            data={USES}
            value={uses}
            onChange={event => setUses(event.currentTarget.value)}
          />
          <Input.Wrapper label={t('add.approval')} labelElement="div" labelProps={{ id: 'add-approval' }}>
            <SegmentedControl
              display="flex"
              aria-labelledby="add-approval"
              value={approval}
              onChange={setApproval}
              data={[
                { value: 'auto', label: t('add.auto') },
                { value: 'manual', label: t('add.manual') },
              ]}
            />
          </Input.Wrapper>
        </div>
        <Text size="sm" c="dimmed">
          {approval === 'auto' ? t('add.autoHint') : t('add.manualHint')}
        </Text>
        {token.isError && <ProblemNote error={token.error} />}
        <div>
          <Button
            leftSection={<Icon name="plus" />}
            variant={token.isSuccess ? 'default' : 'filled'}
            loading={token.isPending}
            onClick={() => token.mutate()}
          >
            {token.isSuccess ? t('add.another') : t('add.create')}
          </Button>
        </div>
      </section>
      {token.data && (
        <section className={classes.card} aria-labelledby="add-paste">
          <Title order={2} id="add-paste">
            {t('add.paste')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('add.pasteHint')}
          </Text>
          <CopyLine key={token.data.id} label={t('add.line')} text={token.data.line} />
          {token.data.expires !== null && (
            <Text size="sm" c="dimmed">
              {t('add.expires', { moment: moment(token.data.expires) })}
            </Text>
          )}
          <Arrivals since={token.data.made} expected={Number(uses)} />
        </section>
      )}
    </div>
  );
}
