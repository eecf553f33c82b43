import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { readSession } from '../api/decode';
import { fetchSession, rememberCsrf, request } from '../api/http';
import type { Session } from '../api/types';
import { machineStore } from '../machines/machineStore';

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    const body = await fetchSession(signal);
    return body === null ? null : readSession(body);
  },
  staleTime: Infinity,
});

/** Signs in and learns the new session's CSRF token. */
export async function signIn(name: string, password: string): Promise<Session | null> {
  rememberCsrf(await request('POST', '/session', { body: { name, password }, expectSignedOut: true }));
  const body = await fetchSession();
  return body === null ? null : readSession(body);
}

export async function signOut(): Promise<void> {
  await request('DELETE', '/session', { expectSignedOut: true });
  await fetchSession();
}

/** Makes the first owner with the one-time token the server printed when it started. */
export async function setUp(token: string, name: string, password: string): Promise<void> {
  await request('POST', '/setup', { body: { token, name, password }, expectSignedOut: true });
}

/** Chooses the password of the account that a one-time link is for. */
export async function acceptInvitation(token: string, password: string): Promise<void> {
  await request('POST', '/invitations', { body: { token, password }, expectSignedOut: true });
}

/** Shows the console to whoever signed in; what an earlier operator of this tab saw is forgotten first. */
export function enter(client: QueryClient, session: Session | null): void {
  // The session itself stays in the cache: the page watches it.
  client.removeQueries({ predicate: query => query.queryKey[0] !== sessionQuery.queryKey[0] });
  machineStore.clear();
  client.setQueryData(sessionQuery.queryKey, session);
}
