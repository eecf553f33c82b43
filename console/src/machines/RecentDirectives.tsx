import { Anchor, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Directive, Machine } from '../api/types';
import { countAll, overallState, titleOf } from '../directives/describe';
import { directivesQuery } from '../directives/directiveQueries';
import { ProblemNote } from '../parts/ProblemNote';
import { RelativeTime } from '../parts/RelativeTime';
import { State } from '../parts/State';
import { t } from '../text/text';
import classes from './MachinePage.module.css';

const SHOWN = 15;

/** What was ordered of a machine lately. */
export function RecentDirectives({ machine }: { machine: Machine }) {
  const recent = useInfiniteQuery(directivesQuery(machine.id));
  const directives = recent.data?.pages.flat().slice(0, SHOWN) ?? [];
  return (
    <section className={classes.card} aria-labelledby="machine-directives">
      <Title order={2} id="machine-directives">
        {t('machine.directives')}
      </Title>
      {recent.isError && <ProblemNote error={recent.error} onRetry={() => void recent.refetch()} />}
      {recent.isSuccess && directives.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('machine.noDirectives')}
        </Text>
      )}
      <ul className={classes.directives}>
        {directives.map(directive => (
          <li key={directive.id} className={classes.directive}>
            <Anchor href={`#/directives/${encodeURIComponent(directive.id)}`}>
              <code>{titleOf(directive)}</code>
            </Anchor>
            <StateHere directive={directive} machine={machine.id} />
            <RelativeTime time={directive.created} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How it went on this machine where the list tells, else as a whole. */
function StateHere({ directive, machine }: { directive: Directive; machine: string }) {
  const run = directive.runs.find(one => one.machine === machine);
  return run || countAll(directive.counts) > 0 ? (
    <State state={run?.state ?? overallState(directive.counts)} />
  ) : (
    <span />
  );
}
