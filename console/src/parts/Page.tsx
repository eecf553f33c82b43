import type { ReactNode } from 'react';
import classes from './Page.module.css';
import { PageTitle } from './PageTitle';

interface PageProps {
  title: string;
  /** The window's title where it differs from the heading. */
  windowTitle?: string;
  /** The heading is a command. */
  mono?: boolean;
  /** Beside the heading: a state, a count. */
  aside?: ReactNode;
  /** At the right end of the heading's line: buttons. */
  actions?: ReactNode;
  /** The way back up, above the heading. */
  up?: ReactNode;
  /** The page fills the window and its own parts scroll. */
  fill?: boolean;
  /** The page is for reading and filling in: no wider than that is comfortable. */
  narrow?: boolean;
  children: ReactNode;
}

/** The frame of a page: heading, what belongs beside it, content. */
export function Page({ title, windowTitle, mono, aside, actions, up, fill, narrow, children }: PageProps) {
  return (
    <div className={classes.page} data-fill={fill || undefined} data-narrow={narrow || undefined}>
      <header className={classes.header}>
        {up && <div className={classes.up}>{up}</div>}
        <div className={classes.heading} data-mono={mono || undefined}>
          <PageTitle {...(windowTitle === undefined ? {} : { title: windowTitle })}>{title}</PageTitle>
          {aside}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
