import { Button, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { ProblemNote } from '../parts/ProblemNote';
import { t } from '../text/text';
import { Gate } from './Gate';
import { acceptInvitation } from './session';

/** Shortest password offered to the server; the server's own rule decides. */
const MIN_PASSWORD_CHARS = 12;

/** Chooses the password of the account that a one-time link is for; logging in comes next. */
export function InvitationPage({ token, onDone }: { token: string; onDone: () => void }) {
  const [password, setPassword] = useState('');
  const attempt = useMutation({ mutationFn: () => acceptInvitation(token, password), onSuccess: onDone });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    attempt.mutate();
  };
  const tooShort = password.length < MIN_PASSWORD_CHARS;
  return (
    <Gate title={t('invitation.title')} hint={t('invitation.hint')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {attempt.isError && <ProblemNote error={attempt.error} />}
          <PasswordInput
            label={t('invitation.password')}
            description={t('setup.passwordHint', { count: MIN_PASSWORD_CHARS })}
            name="password"
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword'), tabIndex: 0 }}
            minLength={MIN_PASSWORD_CHARS}
            autoFocus
            required
            withAsterisk={false}
            value={password}
            onChange={event => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" mt="xs" fullWidth loading={attempt.isPending} disabled={tooShort}>
            {t('invitation.submit')}
          </Button>
        </Stack>
      </form>
    </Gate>
  );
}
