import { apiUrl, sessionLost } from './http';
import { type Problem, problemOf } from './problem';
import { SseParser, type ServerEvent } from './sseParser';

/** What the reader of a page is told about the line. */
export type LineState = 'connecting' | 'live' | 'reconnecting' | 'paused' | 'ended';

export interface EventStreamOptions {
  onEvent: (event: ServerEvent) => void;
  onLine: (state: LineState) => void;
  /** A connection stands again after one was lost: what happened in between may have been missed. */
  onReconnected?: () => void;
  /** The server refused the stream for good, e.g. because its subject does not exist. */
  onRefused?: (problem: Problem) => void;
  /** Says that this event was the last one; the stream is closed and not opened again. */
  isLast?: (event: ServerEvent) => boolean;
}

/** First wait after a lost connection; doubles up to the longest, each time with up to half of it added by chance. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** A hidden page gives its connection back after this: browsers allow few per server, and many tabs may be open. */
const HIDDEN_GRACE_MS = 30_000;

/** A line on which the server sends signs of life is taken for dead after this silence. */
const SILENCE_MS = 60_000;

/**
 * Follows a server-sent event stream until closed: reconnects with `Last-Event-ID`, waits longer after every failure,
 * lets go of the connection while the page is hidden. `EventSource` is not used because it hides status codes and
 * cannot name the last event on a new connection.
 *
 * @returns closes the stream
 */
export function followEvents(path: string, options: EventStreamOptions): () => void {
  const stream = new EventStream(path, options);
  stream.open();
  return () => stream.close();
}

class EventStream {
  readonly #path: string;
  readonly #options: EventStreamOptions;
  #lastId = '';
  #waitMs = FIRST_WAIT_MS;
  #lost = false;
  #closed = false;
  #connection: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hiddenTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(path: string, options: EventStreamOptions) {
    this.#path = path;
    this.#options = options;
  }

  open(): void {
    document.addEventListener('visibilitychange', this.#visibilityChanged);
    window.addEventListener('online', this.#networkBack);
    this.#options.onLine('connecting');
    void this.#connect();
  }

  close(): void {
    this.#closed = true;
    document.removeEventListener('visibilitychange', this.#visibilityChanged);
    window.removeEventListener('online', this.#networkBack);
    clearTimeout(this.#timer);
    clearTimeout(this.#hiddenTimer);
    this.#connection?.abort();
  }

  readonly #visibilityChanged = (): void => {
    clearTimeout(this.#hiddenTimer);
    if (document.hidden) {
      this.#hiddenTimer = setTimeout(() => this.#pause(), HIDDEN_GRACE_MS);
    } else if (this.#connection === undefined) {
      this.#reconnectNow();
    }
  };

  readonly #networkBack = (): void => {
    if (this.#connection === undefined && !document.hidden) {
      this.#reconnectNow();
    }
  };

  #pause(): void {
    clearTimeout(this.#timer);
    this.#lost = true;
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.abort();
    this.#options.onLine('paused');
  }

  #reconnectNow(): void {
    clearTimeout(this.#timer);
    this.#waitMs = FIRST_WAIT_MS;
    void this.#connect();
  }

  async #connect(): Promise<void> {
    const connection = new AbortController();
    this.#connection = connection;
    try {
      await this.#read(connection);
    } catch {
      // Whatever broke the line, the answer is the same: it is lost, and tried again below.
      connection.abort();
    }
    if (this.#closed || this.#connection !== connection) {
      return;
    }
    this.#connection = undefined;
    this.#lost = true;
    this.#options.onLine('reconnecting');
    this.#timer = setTimeout(() => void this.#connect(), this.#waitMs * (1 + Math.random() / 2));
    this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_WAIT_MS);
  }

  async #read(connection: AbortController): Promise<void> {
    const response = await fetch(apiUrl(this.#path), {
      headers: { accept: 'text/event-stream', ...(this.#lastId ? { 'last-event-id': this.#lastId } : {}) },
      credentials: 'same-origin',
      cache: 'no-store',
      signal: connection.signal,
    });
    if (!response.ok || !response.body) {
      await this.#refused(response);
      return;
    }
    this.#options.onLine('live');
    if (this.#lost) {
      this.#lost = false;
      this.#options.onReconnected?.();
    }
    await this.#readBody(response.body, connection);
  }

  async #readBody(body: ReadableStream<Uint8Array<ArrayBuffer>>, connection: AbortController): Promise<void> {
    const parser = new SseParser();
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let silence: ReturnType<typeof setTimeout> | undefined;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) {
          return;
        }
        const events = parser.feed(value);
        events.forEach(event => this.#deliver(event));
        if (events.length > 0 || parser.comments > 0) {
          this.#waitMs = Math.min(Math.max(parser.retryMs ?? 0, FIRST_WAIT_MS), LONGEST_WAIT_MS);
        }
        if (parser.comments > 0) {
          clearTimeout(silence);
          silence = setTimeout(() => connection.abort(), SILENCE_MS);
        }
      }
    } finally {
      clearTimeout(silence);
    }
  }

  #deliver(event: ServerEvent): void {
    if (this.#closed) {
      return;
    }
    this.#lastId = event.id;
    this.#options.onEvent(event);
    if (this.#options.isLast?.(event)) {
      this.close();
      this.#options.onLine('ended');
    }
  }

  /** Signed out or not there: no use in trying again. Anything else (a restart, a proxy's 502) passes. */
  async #refused(response: Response): Promise<void> {
    if (response.status === 401) {
      this.close();
      sessionLost();
    } else if (response.status >= 400 && response.status < 500 && response.status !== 429) {
      this.close();
      this.#options.onRefused?.(await problemOf(response));
    } else {
      throw new Error(`status ${response.status}`);
    }
  }
}
