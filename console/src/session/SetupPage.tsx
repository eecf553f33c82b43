import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { asProblem, Problem } from '../api/problem';
import { ProblemNote } from '../parts/ProblemNote';
import { t } from '../text/text';
import { Gate } from './Gate';
import { enter, setUp, signIn } from './session';

/** Shortest password offered to the server; the server's own rule decides. */
const MIN_PASSWORD_CHARS = 12;

/** Makes the first owner of a new server, then signs in as that owner. */
export function SetupPage({ offeredToken, onDone }: { offeredToken: string; onDone: () => void }) {
  const [token, setToken] = useState(offeredToken);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const client = useQueryClient();
  const attempt = useMutation({
    mutationFn: async () => {
      await setUp(token.trim(), name.trim(), password);
      return signIn(name.trim(), password);
    },
    onSuccess: session => {
      enter(client, session);
      onDone();
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    attempt.mutate();
  };
  const tooShort = password !== '' && password.length < MIN_PASSWORD_CHARS;
  return (
    <Gate title={t('setup.title')} hint={t('setup.hint')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {attempt.isError && <ProblemNote error={alreadyOwned(attempt.error)} />}
          <TextInput
            label={t('setup.token')}
            description={t('setup.tokenHint')}
            name="token"
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus={offeredToken === ''}
            required
            withAsterisk={false}
            classNames={{ input: 'mono' }}
            value={token}
            onChange={event => setToken(event.currentTarget.value)}
          />
          <TextInput
            label={t('setup.name')}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus={offeredToken !== ''}
            required
            withAsterisk={false}
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('setup.password')}
            description={t('setup.passwordHint', { count: MIN_PASSWORD_CHARS })}
            name="password"
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword'), tabIndex: 0 }}
            minLength={MIN_PASSWORD_CHARS}
            required
            withAsterisk={false}
            value={password}
            onChange={event => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" mt="xs" fullWidth loading={attempt.isPending} disabled={tooShort}>
            {t('setup.submit')}
          </Button>
        </Stack>
      </form>
      <Text size="xs" c="dimmed">
        <Anchor href="#/machines" size="xs" underline="always">
          {t('setup.toLogin')}
        </Anchor>
      </Text>
    </Gate>
  );
}

/** Set-up is gone for ever once an owner exists; the server then answers as if it had never been there. */
function alreadyOwned(error: Error): Problem {
  const problem = asProblem(error);
  return problem.status !== 404
    ? problem
    : new Problem({
        ...problem,
        code: 'setup-over',
        detail: t('problem.setup-over'),
        fix: t('problem.setup-over.fix'),
      });
}
