import { afterEach, describe, expect, it, vi } from 'vitest';
import { readMachine } from '../api/decode';
import { MachineStore } from './machineStore';

type Answer = { machines: unknown[]; next?: string } | { status: number; code: string };

/** A server of given answers; each request waits until the test lets it go. */
function serve(answers: Answer[]) {
  const asked: string[] = [];
  const gates: (() => void)[] = [];
  vi.stubGlobal('fetch', async (url: string, { signal }: RequestInit) => {
    asked.push(url);
    await new Promise<void>((open, abort) => {
      gates.push(open);
      signal?.addEventListener('abort', () => abort(new DOMException('aborted', 'AbortError')));
    });
    const answer = answers.shift() ?? { machines: [] };
    const status = 'status' in answer ? answer.status : 200;
    return new Response(JSON.stringify(answer), { status, headers: { 'content-type': 'application/json' } });
  });
  return {
    asked,
    async answerNext() {
      await vi.waitFor(() => expect(gates.length).toBeGreaterThan(0));
      gates.shift()?.();
    },
  };
}

function machine(id: string, name = id) {
  return { id, name, state: 'online' };
}

const names = (store: MachineStore) => [...store.current().machines.values()].map(one => one.name);

afterEach(() => vi.unstubAllGlobals());

describe('the list of machines', () => {
  it('shows the first page before the last one has come', async () => {
    const server = serve([{ machines: [machine('a')], next: 'a' }, { machines: [machine('b')] }]);
    const store = new MachineStore();
    store.subscribe(() => undefined);
    await server.answerNext();
    await vi.waitFor(() => expect(names(store)).toEqual(['a']));
    expect(store.current().complete).toBe(false);
    await server.answerNext();
    await vi.waitFor(() => expect(store.current().complete).toBe(true));
    expect(names(store)).toEqual(['a', 'b']);
    expect(server.asked).toEqual(['/api/v1/machines?limit=200', '/api/v1/machines?limit=1000&after=a']);
  });

  it('prefers an event to the page that was already on its way', async () => {
    const server = serve([{ machines: [machine('a', 'old')] }]);
    const store = new MachineStore();
    store.subscribe(() => undefined);
    store.upsert(readMachine(machine('a', 'new')));
    await server.answerNext();
    await vi.waitFor(() => expect(store.current().complete).toBe(true));
    expect(names(store)).toEqual(['new']);
  });

  it('drops what a reload no longer finds and keeps what an event brought meanwhile', async () => {
    const server = serve([{ machines: [machine('a'), machine('gone')] }, { machines: [machine('a')] }]);
    const store = new MachineStore();
    store.subscribe(() => undefined);
    await server.answerNext();
    await vi.waitFor(() => expect(store.current().complete).toBe(true));
    store.reload();
    store.upsert(readMachine(machine('fresh')));
    await server.answerNext();
    await vi.waitFor(() => expect(names(store)).toEqual(['a', 'fresh']));
  });

  it('keeps the list it has when a reload fails, and says so', async () => {
    const server = serve([{ machines: [machine('a')] }, { status: 500, code: 'store-failed' }]);
    const store = new MachineStore();
    store.subscribe(() => undefined);
    await server.answerNext();
    await vi.waitFor(() => expect(store.current().complete).toBe(true));
    store.reload();
    await server.answerNext();
    await vi.waitFor(() => expect(store.current().problem?.code).toBe('store-failed'));
    expect(names(store)).toEqual(['a']);
  });

  it('asks for nothing before anybody looks', () => {
    const server = serve([]);
    new MachineStore().reload();
    expect(server.asked).toEqual([]);
  });

  it('ends when a server names a next page for ever', async () => {
    const server = serve([{ machines: [], next: 'x' }]);
    const store = new MachineStore();
    store.subscribe(() => undefined);
    await server.answerNext();
    await vi.waitFor(() => expect(store.current().complete).toBe(true));
    expect(server.asked).toHaveLength(1);
  });
});
