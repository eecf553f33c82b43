import { queryOptions } from '@tanstack/react-query';
import { list, members, readAction } from '../../api/decode';
import { request } from '../../api/http';
import type { Action } from '../../api/types';

/** The action that runs a command line; it comes first and is what most come for. */
export const SHELL = 'shell';

/** What the operator may order. */
export const actionsQuery = queryOptions({
  queryKey: ['actions'],
  queryFn: async ({ signal }): Promise<Action[]> => {
    const answer = members(await request('GET', '/actions', { signal }));
    return list(answer['actions'])
      .map(readAction)
      .sort((a, b) => Number(b.name === SHELL) - Number(a.name === SHELL));
  },
  staleTime: 5 * 60_000,
});
