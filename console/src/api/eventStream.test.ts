// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followEvents, type LineState } from './eventStream';
import { whenSessionLost } from './http';
import type { Problem } from './problem';
import type { ServerEvent } from './sseParser';

/** One connection of the pretended server: what the client asked with, and the pen that writes to it. */
interface Connection {
  lastEventId: string | undefined;
  write(text: string): void;
  cut(): void;
}

let connections: Connection[];
let refusal: Response | undefined;
let close: (() => void) | undefined;

const events: ServerEvent[] = [];
const line: LineState[] = [];
let reconnected: number;
let refused: Problem | undefined;

function serve(_: string, init: RequestInit): Promise<Response> {
  const headers = init.headers as Record<string, string>;
  if (refusal) {
    connections.push({ lastEventId: headers['last-event-id'], write: () => undefined, cut: () => undefined });
    return Promise.resolve(refusal);
  }
  const utf8 = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      init.signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
      connections.push({
        lastEventId: headers['last-event-id'],
        write: text => controller.enqueue(utf8.encode(text)),
        cut: () => controller.error(new Error('line cut')),
      });
    },
  });
  return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
}

function follow(): void {
  close = followEvents('/events', {
    onEvent: event => events.push(event),
    onLine: state => line.push(state),
    onReconnected: () => reconnected++,
    onRefused: problem => (refused = problem),
    isLast: event => event.event === 'end',
  });
}

async function connection(number: number): Promise<Connection> {
  await vi.waitFor(() => expect(connections.length).toBeGreaterThanOrEqual(number));
  return connections[number - 1] as Connection;
}

/** Time passes as far as the next try needs at most; what is under way comes to its end. */
async function waitOut(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
}

function hide(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', serve);
  connections = [];
  refusal = undefined;
  refused = undefined;
  reconnected = 0;
  events.length = 0;
  line.length = 0;
});

afterEach(() => {
  close?.();
  hide(false);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('following an event stream', () => {
  it('comes back after a lost line and names the last event it has', async () => {
    follow();
    const first = await connection(1);
    first.write('id: 7\ndata: a\n\nid: 8\ndata: half of it');
    await waitOut(0);
    first.cut();
    await waitOut(2_000);
    const second = await connection(2);
    expect(second.lastEventId).toBe('7');
    second.write('id: 8\ndata: b\n\n');
    await waitOut(0);
    expect(events.map(event => event.data)).toEqual(['a', 'b']);
    expect(line).toEqual(['connecting', 'live', 'reconnecting', 'live']);
    expect(reconnected).toBe(1);
  });

  it('waits longer after every failure, and short again after a success', async () => {
    refusal = new Response('', { status: 502 });
    follow();
    await connection(1);
    await waitOut(1_500);
    await connection(2);
    await waitOut(1_500);
    expect(connections).toHaveLength(2);
    await waitOut(120_000);
    const before = connections.length;
    expect(before).toBeLessThan(10);
    refusal = undefined;
    await waitOut(45_000);
    const good = await connection(before + 1);
    good.write('data: x\n\n');
    await waitOut(0);
    good.cut();
    await waitOut(1_500);
    expect(connections.length).toBe(before + 2);
  });

  it('ends for good with the last event', async () => {
    follow();
    (await connection(1)).write('event: end\ndata: {}\n\n');
    await waitOut(120_000);
    expect(connections).toHaveLength(1);
    expect(line.at(-1)).toBe('ended');
  });

  it('gives up where the server refuses, and says why', async () => {
    refusal = new Response(JSON.stringify({ code: 'directive-unknown' }), {
      status: 404,
      headers: { 'content-type': 'application/problem+json' },
    });
    follow();
    await connection(1);
    await waitOut(120_000);
    expect(connections).toHaveLength(1);
    expect(refused?.code).toBe('directive-unknown');
  });

  it('tells when the session is over', async () => {
    const lost = vi.fn();
    whenSessionLost(lost);
    refusal = new Response('', { status: 401 });
    follow();
    await connection(1);
    await waitOut(120_000);
    expect(connections).toHaveLength(1);
    expect(lost).toHaveBeenCalledOnce();
  });

  it('lets go of the line while the page is hidden, and takes it up again', async () => {
    follow();
    await connection(1);
    await waitOut(0);
    hide(true);
    await waitOut(31_000);
    expect(line.at(-1)).toBe('paused');
    hide(false);
    await connection(2);
    await waitOut(0);
    expect(line.at(-1)).toBe('live');
    expect(reconnected).toBe(1);
  });

  it('keeps the line when the page is hidden for a moment only', async () => {
    follow();
    await connection(1);
    hide(true);
    await waitOut(5_000);
    hide(false);
    await waitOut(60_000);
    expect(connections).toHaveLength(1);
  });

  it('takes a line for dead when its signs of life stop', async () => {
    follow();
    (await connection(1)).write(': here\n\n');
    await waitOut(61_000);
    await waitOut(2_000);
    expect(connections).toHaveLength(2);
  });

  it('does nothing more once closed', async () => {
    follow();
    const first = await connection(1);
    await waitOut(0);
    close?.();
    first.cut();
    hide(true);
    hide(false);
    await waitOut(120_000);
    expect(connections).toHaveLength(1);
    expect(events).toEqual([]);
  });
});
