import { infiniteQueryOptions, queryOptions, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { list, members, readDirective } from '../api/decode';
import { request } from '../api/http';
import type { Directive } from '../api/types';

const PAGE = 50;

export const directivesKey = ['directives'] as const;
const ALL_MACHINES = '';

/** The history of directives, newest first; of one machine when its id is given. */
export function directivesQuery(machine: string = ALL_MACHINES) {
  return infiniteQueryOptions({
    queryKey: [...directivesKey, 'list', machine] as const,
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }): Promise<Directive[]> => {
      const query = new URLSearchParams({
        limit: String(PAGE),
        ...(machine ? { machine } : {}),
        ...(pageParam ? { before: pageParam } : {}),
      });
      const answer = members(await request('GET', `/directives?${query.toString()}`, { signal }));
      return list(answer['directives']).map(readDirective);
    },
    getNextPageParam: page => (page.length < PAGE ? undefined : page.at(-1)?.id),
  });
}

export function directiveQuery(id: string) {
  return queryOptions({
    queryKey: [...directivesKey, 'one', id] as const,
    queryFn: async ({ signal }) =>
      readDirective(await request('GET', `/directives/${encodeURIComponent(id)}`, { signal })),
  });
}

/** Takes a directive from a live event into the lists that are loaded. */
export function mergeDirective(client: QueryClient, directive: Directive): void {
  client.setQueryData(directivesQuery().queryKey, pages => merged(pages, directive));
  void client.invalidateQueries({
    queryKey: [...directivesKey, 'list'],
    predicate: query => query.queryKey[2] !== ALL_MACHINES,
  });
}

function merged(pages: InfiniteData<Directive[]> | undefined, directive: Directive) {
  if (pages === undefined) {
    return undefined;
  }
  let known = false;
  const updated = pages.pages.map(page =>
    page.map(one => {
      if (one.id !== directive.id) {
        return one;
      }
      known = true;
      return Object.keys(directive.counts).length > 0 ? directive : { ...directive, counts: one.counts };
    }),
  );
  const [first = [], ...rest] = updated;
  return { ...pages, pages: known ? updated : [[directive, ...first], ...rest] };
}
