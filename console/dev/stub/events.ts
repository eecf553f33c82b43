import type { IncomingMessage, ServerResponse } from 'node:http';

interface Sent {
  id: number;
  event: string;
  data: unknown;
}

/** One event stream: remembers what was sent, so that a reader may resume or come late. */
export class EventLog {
  readonly #sent: Sent[] = [];
  readonly #readers = new Set<ServerResponse>();
  readonly #replays: boolean;
  #ended = false;

  constructor(replays: boolean) {
    this.#replays = replays;
  }

  send(event: string, data: unknown): void {
    const sent = { id: this.#sent.length + 1, event, data };
    this.#sent.push(sent);
    this.#ended ||= event === 'end';
    for (const reader of this.#readers) {
      write(reader, sent);
      if (this.#ended) {
        reader.end();
      }
    }
  }

  /** Breaks the line to everybody who listens. */
  drop(): void {
    this.#readers.forEach(reader => reader.destroy());
  }

  attach(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': here\n\n');
    const last = Number(request.headers['last-event-id'] ?? (this.#replays ? 0 : this.#sent.length));
    this.#sent.slice(last).forEach(sent => write(response, sent));
    if (this.#ended) {
      response.end();
      return;
    }
    this.#readers.add(response);
    const beat = setInterval(() => response.write(': still here\n\n'), 15_000);
    response.on('close', () => {
      clearInterval(beat);
      this.#readers.delete(response);
    });
  }
}

function write(response: ServerResponse, { id, event, data }: Sent): void {
  response.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
