import { parseMembers, readRun } from '../api/decode';
import { followEvents, type LineState } from '../api/eventStream';
import type { Problem } from '../api/problem';
import { showable } from '../api/showable';
import type { ServerEvent } from '../api/sseParser';
import type { Run } from '../api/types';
import { MAX_LOG_CHARS, OutputLog, type OutputStream } from './output/outputLog';

/** Characters of output one page keeps in all; many machines share them. */
const MAX_ALL_LOGS_CHARS = 32 * 1024 * 1024;
const MIN_LOG_CHARS = 4 * 1024;

/** What has come is shown together this often: at once to the eye where few machines speak, calmer where many do. */
const SHOW_EVERY_MS = 100;
const SHOW_MANY_EVERY_MS = 400;
const MANY_RUNS = 300;

export interface FeedState {
  runs: ReadonlyMap<string, Run>;
  line: LineState;
  /** The server said that nothing more will come. */
  ended: boolean;
  refused: Problem | null;
  /** Grows whenever output arrived. */
  version: number;
}

/** One directive as it goes on: its runs and their output, live and resumed after a lost line. */
export class DirectiveFeed {
  readonly #path: string;
  readonly #runs = new Map<string, Run>();
  readonly #heard = new Set<string>();
  readonly #logs = new Map<string, OutputLog>();
  readonly #listeners = new Set<() => void>();
  #state: FeedState = { runs: new Map(), line: 'connecting', ended: false, refused: null, version: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(id: string) {
    this.#path = `/directives/${encodeURIComponent(id)}/events`;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly current = (): FeedState => this.#state;

  /** Begins to follow; returns the end of it. */
  follow(): () => void {
    const stop = followEvents(this.#path, {
      onEvent: event => this.take(event),
      onLine: line => this.#show({ line }),
      onRefused: refused => this.#show({ refused }),
      isLast: event => event.event === 'end',
    });
    return () => {
      stop();
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  /** Runs as a request found them; what an event has told meanwhile is newer. */
  seed(runs: readonly Run[]): void {
    for (const run of runs) {
      if (!this.#heard.has(run.machine)) {
        this.#runs.set(run.machine, run);
      }
    }
    this.#show({});
  }

  /** The output of a machine; empty when none has come. */
  log(machine: string): OutputLog {
    let log = this.#logs.get(machine);
    if (log === undefined) {
      const share = MAX_ALL_LOGS_CHARS / Math.max(1, this.#runs.size);
      log = new OutputLog(Math.max(MIN_LOG_CHARS, Math.min(MAX_LOG_CHARS, share)));
      this.#logs.set(machine, log);
    }
    return log;
  }

  take(event: ServerEvent): void {
    if (event.event === 'end') {
      this.#show({ ended: true });
      return;
    }
    const body = parseMembers(event.data);
    if (typeof body['machine'] !== 'string') {
      return;
    }
    if (event.event === 'run') {
      const run = readRun(body);
      this.#heard.add(run.machine);
      this.#runs.set(run.machine, run);
    } else if (event.event === 'output') {
      const stream: OutputStream = body['stream'] === 'stderr' ? 'stderr' : 'stdout';
      const position = typeof body['position'] === 'number' ? body['position'] : 0;
      this.log(showable(body['machine'])).append(stream, outputBytes(body), position);
    }
    const wait = this.#runs.size < MANY_RUNS ? SHOW_EVERY_MS : SHOW_MANY_EVERY_MS;
    this.#timer ??= setTimeout(() => this.#show({}), wait);
  }

  #show(change: Partial<FeedState>): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#state = { ...this.#state, ...change, runs: new Map(this.#runs), version: this.#state.version + 1 };
    this.#listeners.forEach(listener => listener());
  }
}

const utf8 = new TextEncoder();

/** Output travels as text where it is whole UTF-8, as base64 where it is not. */
function outputBytes(body: Record<string, unknown>): Uint8Array {
  if (typeof body['text'] === 'string') {
    return utf8.encode(body['text']);
  }
  if (typeof body['base64'] !== 'string') {
    return new Uint8Array();
  }
  try {
    return Uint8Array.from(atob(body['base64']), character => character.charCodeAt(0));
  } catch {
    return utf8.encode('\ufffd');
  }
}
