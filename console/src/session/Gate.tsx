import { Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { PageTitle } from '../parts/PageTitle';
import { Wordmark } from '../parts/Wordmark';
import classes from './Gate.module.css';

/** The frame of the pages in front of the console: set-up and log-in. */
export function Gate({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <main className={classes.gate}>
      <div className={classes.column}>
        <Wordmark size={28} />
        <Paper className={classes.card}>
          <Stack gap="md">
            <div>
              <PageTitle>{title}</PageTitle>
              {hint && (
                <Text c="dimmed" size="sm" mt={4}>
                  {hint}
                </Text>
              )}
            </div>
            {children}
          </Stack>
        </Paper>
        <Text size="xs" c="dimmed" ta="center">
          {window.location.host}
        </Text>
      </div>
    </main>
  );
}
