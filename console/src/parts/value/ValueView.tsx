import type { ReactNode } from 'react';
import { showable } from '../../api/showable';
import { t } from '../../text/text';
import { Fact, Facts } from '../Facts';
import { labelOf, textOf } from './facts';
import classes from './ValueView.module.css';
import sections from './sections.module.css';

/** Deepest nesting shown; the API's own limit is far above what a person reads. */
const MAX_DEPTH = 6;

/** Entries shown of one list or object. */
const MAX_ENTRIES = 200;

type Members = Record<string, unknown>;

/**
 * A result of any shape as facts: objects become name and value, lists of alike objects become a table. Everything in
 * it may come from a managed machine and is shown as text (T19).
 */
export function ValueView({ value }: { value: unknown }) {
  return <div className={classes.value}>{draw('', value, 0)}</div>;
}

function draw(name: string, value: unknown, depth: number): ReactNode {
  if (depth > MAX_DEPTH) {
    return <span className={classes.none}>…</span>;
  }
  if (Array.isArray(value)) {
    return drawList(name, value, depth);
  }
  if (typeof value === 'object' && value !== null) {
    return drawFacts(value as Members, depth);
  }
  const text = textOf(name, value);
  return text === '' ? <span className={classes.none}>–</span> : <bdi>{text}</bdi>;
}

function drawFacts(facts: Members, depth: number): ReactNode {
  const entries = Object.entries(facts).slice(0, MAX_ENTRIES);
  const plain = entries.filter(([, value]) => typeof value !== 'object' || value === null);
  const nested = entries.filter(([, value]) => typeof value === 'object' && value !== null);
  return (
    <>
      {plain.length > 0 && (
        <Facts>
          {plain.map(([name, value]) => (
            <Fact key={name} name={labelOf(name)}>
              {textOf(name, value)}
            </Fact>
          ))}
        </Facts>
      )}
      {nested.map(([name, value]) => (
        <section key={name} className={sections.section}>
          <h3 className={sections.heading}>{labelOf(name)}</h3>
          {draw(name, value, depth + 1)}
        </section>
      ))}
    </>
  );
}

function drawList(name: string, values: readonly unknown[], depth: number): ReactNode {
  const shown = values.slice(0, MAX_ENTRIES);
  if (shown.length === 0) {
    return <span className={classes.none}>{t('value.none')}</span>;
  }
  const rows = shown.filter(
    (value): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value),
  );
  if (rows.length === shown.length) {
    return drawTable(name, rows, depth);
  }
  return (
    <ul className={classes.list}>
      {shown.map((value, index) => (
        <li key={index}>{draw(name, value, depth + 1)}</li>
      ))}
    </ul>
  );
}

function drawTable(name: string, rows: readonly Members[], depth: number): ReactNode {
  const columns = [...new Set(rows.flatMap(row => Object.keys(row)))].slice(0, 12);
  return (
    <div className={sections.scroll} tabIndex={0} role="group" aria-label={labelOf(name)}>
      <table className={sections.table}>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column} scope="col">
                {labelOf(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map(column => (
                <td key={column}>
                  {typeof row[column] === 'object' && row[column] !== null
                    ? showable(JSON.stringify(row[column]))
                    : draw(column, row[column], depth + 1)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
