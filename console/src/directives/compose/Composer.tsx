import { Button, Checkbox, NativeSelect, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, type SubmitEvent, useState } from 'react';
import { members } from '../../api/decode';
import { request } from '../../api/http';
import { showable } from '../../api/showable';
import type { Action, ActionParameter } from '../../api/types';
import { Icon } from '../../parts/Icon';
import { ProblemNote } from '../../parts/ProblemNote';
import { t } from '../../text/text';
import { ParameterField } from './ParameterField';
import { inTwo, readForm, startValues, type FormValues } from './parameters';
import classes from './RunPage.module.css';
import { TargetList } from './TargetList';
import type { Targets } from './targets';

/** From this many machines on, the number must be agreed to before the button works. */
export const CONFIRM_FROM = 25;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LIFETIMES = [
  { value: String(5 * MINUTE), label: t('run.minutes', { count: 5 }) },
  { value: String(HOUR), label: t('run.hours', { count: 1 }) },
  { value: String(DAY), label: t('run.days', { count: 1 }) },
  { value: String(7 * DAY), label: t('run.days', { count: 7 }) },
];
const TIME_LIMITS = [
  { value: '', label: t('run.defaultLimit') },
  { value: String(MINUTE), label: t('run.minutes', { count: 1 }) },
  { value: String(10 * MINUTE), label: t('run.minutes', { count: 10 }) },
  { value: String(HOUR), label: t('run.hours', { count: 1 }) },
  { value: String(DAY), label: t('run.hours', { count: 24 }) },
];

interface ComposerProps {
  actions: readonly Action[];
  startWith: { action: string; parameters: Record<string, unknown> };
  targets: Targets;
}

/** The form of a directive. Ctrl+Enter starts it from any field. */
export function Composer({ actions, startWith, targets }: ComposerProps) {
  const [name, setName] = useState(
    () => (actions.find(one => one.name === startWith.action) ?? actions[0])?.name ?? '',
  );
  const action = actions.find(one => one.name === name);
  const [values, setValues] = useState<FormValues>(() => (action ? startValues(action, startWith.parameters) : {}));
  const [lifetime, setLifetime] = useState(String(DAY));
  const [timeLimit, setTimeLimit] = useState('');
  const [agreed, setAgreed] = useState(false);
  const [tried, setTried] = useState(false);
  const navigate = useNavigate();
  const count = targets.machines.length;

  const form = action ? readForm(action, values) : { parameters: {}, errors: {} };
  const needsAgreement = count >= CONFIRM_FROM;
  const ready = count > 0 && !targets.loading && (!needsAgreement || agreed);
  const start = useMutation({
    mutationFn: () =>
      request('POST', '/directives', {
        body: {
          action: name,
          parameters: form.parameters,
          machines: targets.machines.map(machine => machine.id),
          lifetimeSeconds: Number(lifetime),
          ...(timeLimit === '' ? {} : { timeLimitSeconds: Number(timeLimit) }),
        },
      }),
    onSuccess: answer =>
      void navigate({ to: '/directives/$directiveId', params: { directiveId: showable(members(answer)['id']) } }),
  });
  const submit = (event?: SubmitEvent) => {
    event?.preventDefault();
    setTried(true);
    if (ready && Object.keys(form.errors).length === 0 && !start.isPending) {
      start.mutate();
    }
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit();
    }
  };
  const choose = (chosen: string) => {
    const next = actions.find(one => one.name === chosen);
    setName(chosen);
    setTried(false);
    setValues(next ? startValues(next) : {});
  };

  const { first, more } = action ? inTwo(action) : { first: [], more: [] };
  const inUse = ({ name: parameter }: ActionParameter) =>
    startWith.parameters[parameter] !== undefined || (tried && form.errors[parameter] !== undefined);
  const field = (parameter: ActionParameter) => (
    <ParameterField
      key={`${name} ${parameter.name}`}
      parameter={parameter}
      value={values[parameter.name] ?? ''}
      error={tried ? form.errors[parameter.name] : undefined}
      onChange={value => setValues({ ...values, [parameter.name]: value })}
    />
  );

  return (
    <form className={classes.columns} onSubmit={submit} onKeyDown={keys} noValidate>
      <div className={classes.column}>
        <section className={classes.card} aria-label={t('run.what')}>
          <NativeSelect
            label={t('run.action')}
            description={action?.description || undefined}
            data={actions.map(one => ({ value: one.name, label: one.title }))}
            value={name}
            onChange={event => choose(event.currentTarget.value)}
          />
          {first.map(field)}
          {more.length > 0 && (
            <details className={classes.more} open={more.some(inUse) || undefined}>
              <summary>{t('run.more')}</summary>
              <div className={classes.moreFields}>{more.map(field)}</div>
            </details>
          )}
        </section>
        <section className={classes.card} aria-label={t('run.limits')}>
          <div className={classes.limits}>
            <NativeSelect
              label={t('run.lifetime')}
              description={t('run.lifetimeHint')}
              data={LIFETIMES}
              value={lifetime}
              onChange={event => setLifetime(event.currentTarget.value)}
            />
            <NativeSelect
              label={t('run.timeLimit')}
              description={t('run.timeLimitHint')}
              data={TIME_LIMITS}
              value={timeLimit}
              onChange={event => setTimeLimit(event.currentTarget.value)}
            />
          </div>
        </section>
      </div>
      <div className={classes.column}>
        <TargetList targets={targets} />
        {needsAgreement && (
          <Checkbox
            label={t('run.agree', { count })}
            checked={agreed}
            onChange={event => setAgreed(event.currentTarget.checked)}
          />
        )}
        {start.isError && <ProblemNote error={start.error} />}
        <Button type="submit" size="md" leftSection={<Icon name="play" />} disabled={!ready} loading={start.isPending}>
          {t('run.start', { count })}
        </Button>
        <Text size="xs" c="dimmed" ta="center" className={classes.keyHint}>
          {t('run.keys')}
        </Text>
      </div>
    </form>
  );
}
