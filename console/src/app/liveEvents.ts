import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { parseMembers, readDirective, readMachine } from '../api/decode';
import { followEvents, type LineState } from '../api/eventStream';
import type { ServerEvent } from '../api/sseParser';
import { directivesKey, mergeDirective } from '../directives/directiveQueries';
import { machineStore } from '../machines/machineStore';

let line: LineState = 'connecting';
const listeners = new Set<() => void>();

function setLine(state: LineState): void {
  line = state;
  listeners.forEach(listener => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether what the page shows is kept fresh at this moment. */
export function useLine(): LineState {
  return useSyncExternalStore(subscribe, () => line);
}

/** Follows the server's events for as long as somebody is signed in and hands them to whom they concern. */
export function useLiveEvents(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      followEvents('/events', {
        onEvent: event => deliver(event, client),
        onLine: setLine,
        onReconnected: () => {
          machineStore.reload();
          void client.invalidateQueries({ queryKey: directivesKey });
        },
      }),
    [client],
  );
}

function deliver(event: ServerEvent, client: QueryClient): void {
  const body = parseMembers(event.data);
  if (typeof body['id'] !== 'string') {
    return;
  }
  if (event.event === 'machine') {
    machineStore.upsert(readMachine(body));
  } else if (event.event === 'directive') {
    mergeDirective(client, readDirective(body));
  }
}
