import { createHashHistory, createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router';
import { DirectivePage } from '../directives/DirectivePage';
import { DirectivesPage } from '../directives/DirectivesPage';
import { RunPage } from '../directives/compose/RunPage';
import { AddMachinePage } from '../machines/AddMachinePage';
import { MachinePage } from '../machines/MachinePage';
import { MachinesPage } from '../machines/MachinesPage';
import { Root } from './Root';
import { NotFound } from './NotFound';
import { PageFailed } from './PageFailed';

/*
 * Addresses live behind the `#`: the server serves one page whatever the view, and every view and filter can be linked
 * to. Values in an address are plain text, so that a person can read and write them.
 */

type Search = Record<string, string | undefined>;

/** The named members of an address's search that are text; anything else in it is dropped. */
function texts<N extends string>(...names: N[]) {
  return (search: Record<string, unknown>): { [K in N]?: string | undefined } => {
    const kept: { [K in N]?: string | undefined } = {};
    for (const name of names) {
      const value = search[name];
      if (typeof value === 'string' && value !== '') {
        kept[name] = value;
      }
    }
    return kept;
  };
}

const root = createRootRoute({ component: Root, notFoundComponent: NotFound });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/machines' });
  },
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: texts('token'),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  validateSearch: texts('token'),
});

const machines = createRoute({
  getParentRoute: () => root,
  path: '/machines',
  validateSearch: texts('q', 'state', 'sort'),
  component: MachinesPage,
});

const addMachine = createRoute({
  getParentRoute: () => root,
  path: '/machines/add',
  component: AddMachinePage,
});

const machine = createRoute({
  getParentRoute: () => root,
  path: '/machines/$machineId',
  component: MachinePage,
});

const run = createRoute({
  getParentRoute: () => root,
  path: '/run',
  validateSearch: texts('machine', 'name', 'action', 'again'),
  component: RunPage,
});

const directives = createRoute({
  getParentRoute: () => root,
  path: '/directives',
  component: DirectivesPage,
});

const directive = createRoute({
  getParentRoute: () => root,
  path: '/directives/$directiveId',
  validateSearch: texts('show', 'view', 'open'),
  component: DirectivePage,
});

function parseSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text));
}

function stringifySearch(search: Record<string, unknown>): string {
  const kept = Object.entries(search).filter(([, value]) => typeof value === 'string' && value !== '');
  const text = new URLSearchParams(kept as [string, string][]).toString();
  return text === '' ? '' : `?${text}`;
}

export const router = createRouter({
  routeTree: root.addChildren([home, setup, invitation, machines, addMachine, machine, run, directives, directive]),
  history: createHashHistory(),
  parseSearch,
  stringifySearch,
  defaultErrorComponent: PageFailed,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
