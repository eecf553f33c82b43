import { TerminalText, type TerminalPiece } from './terminalText';

export type OutputStream = 'stdout' | 'stderr';

export interface OutputLine {
  /** Counts up over the life of a log; lines keep theirs. */
  number: number;
  stream: OutputStream;
  text: string;
}

/** A longer line is continued on the next one: one line must not be all of the output. */
const MAX_LINE_CHARS = 8_192;

/** Characters kept of one machine's output when it is alone. */
export const MAX_LOG_CHARS = 512 * 1024;

/** Lines kept; empty lines cost memory too. */
const MAX_LINES = 20_000;

/**
 * The end of one machine's output as it is shown. Takes each byte once, whatever is sent again after a lost line, and
 * keeps what was said last when there is more than it may hold.
 */
export class OutputLog {
  /** Grows with every change; compared to know whether to draw again. */
  version = 0;
  /** Earlier output is not here: it was let go, or the server left it out. */
  incomplete = false;

  readonly #maxChars: number;
  readonly #lines: OutputLine[] = [];
  readonly #open: Partial<Record<OutputStream, OutputLine>> = {};
  readonly #decoders: Record<OutputStream, TextDecoder> = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  readonly #terminals: Record<OutputStream, TerminalText> = { stdout: new TerminalText(), stderr: new TerminalText() };
  readonly #overwrite: Record<OutputStream, boolean> = { stdout: false, stderr: false };
  #position = 0;
  #nextNumber = 0;
  #chars = 0;

  constructor(maxChars: number = MAX_LOG_CHARS) {
    this.#maxChars = maxChars;
  }

  get lines(): readonly OutputLine[] {
    return this.#lines;
  }

  get empty(): boolean {
    return this.#lines.length === 0;
  }

  /** Bytes of one stream that stand at a position of both streams' common log. */
  append(stream: OutputStream, bytes: Uint8Array, position: number): void {
    const known = this.#position - position;
    if (known >= bytes.length && (known > 0 || bytes.length === 0)) {
      return;
    }
    if (known < 0) {
      this.incomplete = true;
    }
    this.#position = position + bytes.length;
    const fresh = known > 0 ? bytes.subarray(known) : bytes;
    for (const piece of this.#terminals[stream].feed(this.#decoders[stream].decode(fresh, { stream: true }))) {
      this.#apply(stream, piece);
    }
    this.#trim();
    this.version++;
  }

  /** The text of one stream, for comparing runs. */
  textOf(stream: OutputStream): string {
    return this.#lines
      .filter(line => line.stream === stream)
      .map(line => line.text)
      .join('\n');
  }

  /** Everything shown, as text. */
  text(): string {
    return this.#lines.map(line => line.text).join('\n');
  }

  #apply(stream: OutputStream, piece: TerminalPiece): void {
    switch (piece.kind) {
      case 'text':
        this.#write(stream, piece.text);
        break;
      case 'newline':
        this.#lineOf(stream);
        this.#close(stream);
        break;
      case 'return':
        this.#overwrite[stream] = true;
        break;
      case 'backspace':
        this.#takeBack(stream);
        break;
    }
  }

  #write(stream: OutputStream, text: string): void {
    let line = this.#lineOf(stream);
    if (this.#overwrite[stream]) {
      this.#overwrite[stream] = false;
      this.#chars -= line.text.length;
      line = this.#replace(stream, line, '');
    }
    let rest = text;
    while (line.text.length + rest.length > MAX_LINE_CHARS) {
      const room = MAX_LINE_CHARS - line.text.length;
      this.#chars += room;
      this.#replace(stream, line, line.text + rest.slice(0, room));
      this.#close(stream);
      rest = rest.slice(room);
      line = this.#lineOf(stream);
    }
    this.#chars += rest.length;
    this.#replace(stream, line, line.text + rest);
  }

  #takeBack(stream: OutputStream): void {
    const line = this.#open[stream];
    if (line && line.text !== '') {
      this.#chars--;
      this.#replace(stream, line, line.text.slice(0, -1));
    }
  }

  #close(stream: OutputStream): void {
    delete this.#open[stream];
    this.#overwrite[stream] = false;
  }

  #lineOf(stream: OutputStream): OutputLine {
    let line = this.#open[stream];
    if (line === undefined) {
      line = { number: this.#nextNumber++, stream, text: '' };
      this.#open[stream] = line;
      this.#lines.push(line);
    }
    return line;
  }

  /** Lines are replaced, never changed, so that a drawn one is known to be as it was. */
  #replace(stream: OutputStream, line: OutputLine, text: string): OutputLine {
    const next = { ...line, text };
    const index = line.number - (this.#lines[0]?.number ?? 0);
    this.#lines[index] = next;
    this.#open[stream] = next;
    return next;
  }

  /** Lets the oldest lines go, a tenth at once so that it stays rare. A line still open is closed by going. */
  #trim(): void {
    if (this.#chars <= this.#maxChars && this.#lines.length <= MAX_LINES) {
      return;
    }
    const lastKept = this.#lines.length - 1;
    let going = 0;
    for (const line of this.#lines) {
      const fits = this.#chars <= this.#maxChars * 0.9 && this.#lines.length - going <= MAX_LINES * 0.9;
      if (fits || going === lastKept) {
        break;
      }
      if (line === this.#open[line.stream]) {
        this.#close(line.stream);
      }
      this.#chars -= line.text.length;
      going++;
    }
    this.#lines.splice(0, going);
    this.incomplete ||= going > 0;
  }
}
