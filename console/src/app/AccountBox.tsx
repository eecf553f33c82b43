import { Button, SegmentedControl, Text, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Session } from '../api/types';
import { selection } from '../machines/selection';
import { ProblemNote } from '../parts/ProblemNote';
import { enter, signOut } from '../session/session';
import { t } from '../text/text';
import classes from './AccountBox.module.css';

const SCHEMES: readonly MantineColorScheme[] = ['auto', 'light', 'dark'];

/** Who is signed in, the way out, and the colour scheme. */
export function AccountBox({ session }: { session: Session }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const client = useQueryClient();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      selection.replace([]);
      enter(client, null);
    },
  });
  return (
    <div className={classes.box}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('theme.label')}
        value={colorScheme}
        onChange={value => setColorScheme(value as MantineColorScheme)}
        data={SCHEMES.map(scheme => ({ value: scheme, label: t(`theme.${scheme}`) }))}
      />
      {leave.isError && <ProblemNote error={leave.error} />}
      <div className={classes.account}>
        <div className={classes.who}>
          <Text size="sm" fw={560} truncate>
            <bdi>{session.account.name}</bdi>
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {session.account.role}
          </Text>
        </div>
        <Button size="compact-sm" variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
          {t('nav.signOut')}
        </Button>
      </div>
    </div>
  );
}
