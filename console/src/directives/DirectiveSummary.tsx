import { Text } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { serverNow } from '../api/serverClock';
import { FINISHED_STATES, type Directive, type RunState } from '../api/types';
import { Mark } from '../parts/State';
import { ValueView } from '../parts/value/ValueView';
import { moment, number } from '../text/format';
import { t } from '../text/text';
import { commandOf, countAll } from './describe';
import classes from './DirectiveSummary.module.css';
import { Progress } from './Progress';

const route = getRouteApi('/directives/$directiveId');
const ORDER: readonly RunState[] = ['running', 'queued', ...FINISHED_STATES];

/** Who ordered what and when, and how many machines are how far; the numbers filter the list below. */
export function DirectiveSummary({ directive, counts }: { directive: Directive; counts: Directive['counts'] }) {
  const { show } = route.useSearch();
  const all = countAll(counts);
  const states = ORDER.filter(state => counts[state]);
  const expires = directive.expires;
  return (
    <section className={classes.summary} aria-label={t('directive.summary')}>
      <Text size="sm" c="dimmed">
        {[
          directive.by && t('directive.byWhom', { name: directive.by }),
          directive.created !== null && moment(directive.created),
          all > 1 && t('machines.count', { count: all }),
          expires !== null &&
            counts.queued !== undefined &&
            expires > serverNow() &&
            t('directive.expires', { moment: moment(expires) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      <Order directive={directive} />
      {(states.length > 1 || show !== undefined) && (
        <>
          <Progress counts={counts} />
          <div className={classes.counts}>
            {states.map(state => (
              <Link
                key={state}
                from="/directives/$directiveId"
                to="/directives/$directiveId"
                search={before => ({ ...before, show: before.show === state ? undefined : state })}
                className={classes.count}
                data-shown={show === state || undefined}
                aria-current={show === state ? 'true' : undefined}
                replace
              >
                <Mark state={state} />
                {number(counts[state] ?? 0)} {t(`state.${state}`)}
              </Link>
            ))}
          </div>
        </>
      )}
    </section>
  );
}

/** The whole of the order where the heading shows only its first line. */
function Order({ directive }: { directive: Directive }) {
  const command = commandOf(directive);
  if (command.includes('\n') || command.length > 120) {
    return (
      <pre className={classes.command} tabIndex={0} role="group" aria-label={t('directive.what')}>
        {command}
      </pre>
    );
  }
  return command === '' && Object.keys(directive.parameters).length > 0 ? (
    <ValueView value={directive.parameters} />
  ) : null;
}
