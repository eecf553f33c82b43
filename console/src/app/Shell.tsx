import { ActionIcon, Text } from '@mantine/core';
import { Link, useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import type { Session } from '../api/types';
import { Icon, type IconName } from '../parts/Icon';
import { Wordmark } from '../parts/Wordmark';
import { t, type TextKey } from '../text/text';
import { AccountBox } from './AccountBox';
import { LineNote } from './LineNote';
import { useLiveEvents } from './liveEvents';
import classes from './Shell.module.css';

const PAGES: readonly { to: '/machines' | '/directives'; label: TextKey; icon: IconName }[] = [
  { to: '/machines', label: 'nav.machines', icon: 'machines' },
  { to: '/directives', label: 'nav.directives', icon: 'directives' },
];

/** What stands around every page: the navigation in words on the left, folded into a bar on a phone. */
export function Shell({ session, children }: { session: Session; children: ReactNode }) {
  useLiveEvents();
  const [open, setOpen] = useState(false);
  const path = useRouterState({ select: state => state.location.pathname });
  useEffect(() => setOpen(false), [path]);
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content" onClick={skipToContent}>
        {t('nav.skip')}
      </a>
      <header
        className={classes.side}
        data-open={open || undefined}
        onKeyDown={event => {
          if (event.key === 'Escape') {
            setOpen(false);
          }
        }}
      >
        <div className={classes.brand}>
          <Wordmark size={24} />
          <ActionIcon
            className={classes.burger}
            variant="subtle"
            color="gray"
            size="lg"
            aria-expanded={open}
            aria-controls="navigation"
            aria-label={open ? t('nav.close') : t('nav.open')}
            onClick={() => setOpen(!open)}
          >
            <Icon name={open ? 'cross' : 'menu'} size={20} />
          </ActionIcon>
        </div>
        <div id="navigation" className={classes.fold}>
          <nav aria-label={t('nav.label')}>
            {PAGES.map(page => (
              <Link key={page.to} to={page.to} className={classes.link} activeOptions={{ includeSearch: false }}>
                <Icon name={page.icon} />
                {t(page.label)}
              </Link>
            ))}
          </nav>
          <div className={classes.foot}>
            <LineNote />
            <AccountBox session={session} />
          </div>
        </div>
      </header>
      <main id="content" tabIndex={-1} className={classes.main}>
        {children}
      </main>
      <Text component="div" role="status" aria-live="polite" id="announcements" className={classes.announce} />
    </div>
  );
}

/** The address belongs to the router, so the link cannot simply lead to the anchor. */
function skipToContent(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}
