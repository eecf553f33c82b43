import { Button, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { Directive } from '../api/types';
import { Grid } from '../parts/grid/Grid';
import { Page } from '../parts/Page';
import { ProblemNote } from '../parts/ProblemNote';
import { t } from '../text/text';
import { DIRECTIVE_COLUMNS, directiveId } from './columns';
import { titleOf } from './describe';
import { directivesQuery } from './directiveQueries';
import classes from './DirectivesPage.module.css';

/** The history of directives, newest first. */
export function DirectivesPage() {
  const directives = useInfiniteQuery(directivesQuery());
  const navigate = useNavigate();
  const rows = useMemo(() => directives.data?.pages.flat() ?? [], [directives.data]);
  const open = useCallback(
    (directive: Directive) => void navigate({ to: '/directives/$directiveId', params: { directiveId: directive.id } }),
    [navigate],
  );
  if (directives.isSuccess && rows.length === 0) {
    return (
      <Page title={t('directives.title')}>
        <section className={classes.empty}>
          <Text fw={560}>{t('directives.none')}</Text>
          <Text size="sm" c="dimmed">
            {t('directives.noneHint')}
          </Text>
          <div>
            <Button component="a" href="#/machines">
              {t('directives.toMachines')}
            </Button>
          </div>
        </section>
      </Page>
    );
  }
  return (
    <Page fill title={t('directives.title')}>
      {directives.isError && <ProblemNote error={directives.error} onRetry={() => void directives.refetch()} />}
      <Grid
        label={t('directives.title')}
        columns={DIRECTIVE_COLUMNS}
        rows={rows}
        rowId={directiveId}
        rowName={titleOf}
        onOpen={open}
        footer={
          directives.isPending ? (
            <Text className={classes.footer} c="dimmed">
              {t('loading')}
            </Text>
          ) : (
            directives.hasNextPage && (
              <div className={classes.footer}>
                <Button
                  variant="default"
                  size="compact-sm"
                  loading={directives.isFetchingNextPage}
                  onClick={() => void directives.fetchNextPage()}
                >
                  {t('directives.more')}
                </Button>
              </div>
            )
          )
        }
      />
    </Page>
  );
}
