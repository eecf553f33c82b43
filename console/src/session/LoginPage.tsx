import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { ProblemNote } from '../parts/ProblemNote';
import { t } from '../text/text';
import { Gate } from './Gate';
import { enter, signIn } from './session';

/** Shown in place of any page while nobody is signed in; afterwards the page asked for appears. */
export function LoginPage() {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const client = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => signIn(name.trim(), password),
    onSuccess: session => enter(client, session),
    onError: () => setPassword(''),
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    attempt.mutate();
  };
  return (
    <Gate title={t('login.title')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {attempt.isError && <ProblemNote error={attempt.error} />}
          <TextInput
            label={t('login.name')}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            required
            withAsterisk={false}
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('login.password')}
            name="password"
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword'), tabIndex: 0 }}
            required
            withAsterisk={false}
            value={password}
            onChange={event => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" mt="xs" fullWidth loading={attempt.isPending}>
            {t('login.submit')}
          </Button>
        </Stack>
      </form>
      <Text size="xs" c="dimmed">
        {t('login.firstStart')}{' '}
        <Anchor href="#/setup" size="xs" underline="always">
          {t('login.toSetup')}
        </Anchor>
      </Text>
    </Gate>
  );
}
