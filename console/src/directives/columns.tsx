import type { Directive } from '../api/types';
import { RelativeTime } from '../parts/RelativeTime';
import { State } from '../parts/State';
import type { Column } from '../parts/grid/Grid';
import { t } from '../text/text';
import classes from './columns.module.css';
import { countAll, overallState, titleOf } from './describe';
import { Progress } from './Progress';

export const directiveId = (directive: Directive): string => directive.id;

export const DIRECTIVE_COLUMNS: readonly Column<Directive>[] = [
  {
    id: 'title',
    title: t('directive.what'),
    width: 'minmax(180px, 3fr)',
    cell: directive => <What directive={directive} />,
  },
  {
    id: 'state',
    title: t('directive.state'),
    width: 'minmax(100px, 0.8fr)',
    cell: directive => (countAll(directive.counts) === 0 ? null : <State state={overallState(directive.counts)} />),
  },
  {
    id: 'machines',
    title: t('directive.machines'),
    width: 'minmax(150px, 1.1fr)',
    wideOnly: true,
    cell: directive => <Machines directive={directive} />,
  },
  { id: 'by', title: t('directive.by'), width: 'minmax(80px, 0.7fr)', wideOnly: true, cell: directive => directive.by },
  {
    id: 'created',
    title: t('directive.created'),
    width: 'minmax(104px, 0.8fr)',
    wideOnly: true,
    cell: directive => <RelativeTime time={directive.created} />,
  },
];

function What({ directive }: { directive: Directive }) {
  return (
    <>
      <a className={classes.title} href={`#/directives/${encodeURIComponent(directive.id)}`} tabIndex={-1}>
        <code>{titleOf(directive)}</code>
      </a>
      <div className={classes.second}>
        {t('machines.count', { count: countAll(directive.counts) })} · <RelativeTime time={directive.created} />
      </div>
    </>
  );
}

function Machines({ directive }: { directive: Directive }) {
  const [only] = directive.runs;
  if (only && directive.runs.length === 1) {
    return <bdi>{only.name}</bdi>;
  }
  return (
    <span className={classes.machines}>
      <span>{countAll(directive.counts)}</span>
      <Progress counts={directive.counts} />
    </span>
  );
}
