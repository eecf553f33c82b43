import { QueryClient } from '@tanstack/react-query';
import { whenSessionLost } from '../api/http';
import { Problem } from '../api/problem';

/** Tries after the first for an answer that did not come or a server that stumbled; a refusal is final at once. */
const MAX_RETRIES = 2;

function worthRetrying(failures: number, error: Error): boolean {
  return failures < MAX_RETRIES && error instanceof Problem && (error.status === 0 || error.status >= 502);
}

/**
 * The cache of the page. Live events keep it fresh, therefore nothing is fetched again merely because a window got the
 * focus.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: worthRetrying, refetchOnWindowFocus: false, staleTime: 30_000, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});

whenSessionLost(() => queryClient.setQueryData(['session'], null));
