import type { ReactNode } from 'react';
import classes from './Facts.module.css';

/** Names and values in as many columns as there is room for. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={classes.facts}>{children}</dl>;
}

/** One of them; a dash where nothing is known. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children === '' || children === false || children === null ? '–' : <bdi>{children}</bdi>}</dd>
    </div>
  );
}
