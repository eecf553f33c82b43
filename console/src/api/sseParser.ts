/** One event of a server-sent event stream (WHATWG HTML, "Server-sent events"). */
export interface ServerEvent {
  /** Event name; `message` when the server named none. */
  event: string;
  data: string;
  /** Last event id after this event; empty when the server gave none yet. */
  id: string;
}

/** Largest event accepted: a line that never ends must not fill the memory. */
export const MAX_EVENT_CHARS = 8 * 1024 * 1024;

const LINE_END = /\r\n|\r|\n/g;

/** An event stream that breaks its bounds. */
export class EventTooLong extends Error {
  override readonly name = 'EventTooLong';
}

/**
 * Incremental parser of an event stream. Feed it decoded text in any pieces; complete events come out in order. A
 * piece may end between the two characters of a line end.
 */
export class SseParser {
  /** Wait before reconnecting asked for by the server, in milliseconds; null when it asked for none. */
  retryMs: number | null = null;
  /** Comment lines seen. A server that sends them shows that the line is alive. */
  comments = 0;

  #rest = '';
  #event = '';
  #data: string[] = [];
  #dataChars = 0;
  #id = '';
  #pendingId = '';
  #skipLineFeed = false;
  #atStart = true;

  /** Takes the next piece of the stream. */
  feed(piece: string): ServerEvent[] {
    const events: ServerEvent[] = [];
    let text = piece;
    if (this.#atStart && text !== '') {
      this.#atStart = false;
      text = text.startsWith('\ufeff') ? text.slice(1) : text;
    }
    if (this.#skipLineFeed && text !== '') {
      this.#skipLineFeed = false;
      text = text.startsWith('\n') ? text.slice(1) : text;
    }
    let start = 0;
    LINE_END.lastIndex = 0;
    for (let match = LINE_END.exec(text); match !== null; match = LINE_END.exec(text)) {
      const end = match.index;
      this.#line(this.#rest + text.slice(start, end), events);
      this.#rest = '';
      start = LINE_END.lastIndex;
      this.#skipLineFeed = text[end] === '\r' && start === text.length;
    }
    this.#rest += text.slice(start);
    if (this.#rest.length + this.#dataChars > MAX_EVENT_CHARS) {
      throw new EventTooLong(`an event is longer than ${MAX_EVENT_CHARS} characters`);
    }
    return events;
  }

  #line(line: string, events: ServerEvent[]): void {
    if (line === '') {
      this.#dispatch(events);
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) {
      this.comments++;
      return;
    }
    const field = colon < 0 ? line : line.slice(0, colon);
    const raw = colon < 0 ? '' : line.slice(colon + 1);
    const value = raw.startsWith(' ') ? raw.slice(1) : raw;
    if (field === 'data') {
      this.#data.push(value);
      this.#dataChars += value.length + 1;
    } else if (field === 'event') {
      this.#event = value;
    } else if (field === 'id' && !value.includes('\0')) {
      this.#pendingId = value;
    } else if (field === 'retry' && /^\d{1,9}$/.test(value)) {
      this.retryMs = Number(value);
    }
  }

  #dispatch(events: ServerEvent[]): void {
    this.#id = this.#pendingId;
    if (this.#data.length > 0) {
      events.push({ event: this.#event || 'message', data: this.#data.join('\n'), id: this.#id });
    }
    this.#event = '';
    this.#data = [];
    this.#dataChars = 0;
  }
}
