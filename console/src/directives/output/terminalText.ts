import { visible } from '../../api/showable';

/** What cleaned terminal output is made of, in order. */
export type TerminalPiece =
  /** Characters to show as they are. */
  | { kind: 'text'; text: string }
  /** A line end. */
  | { kind: 'newline' }
  /** Back to the start of the line: what follows overwrites it (progress bars). */
  | { kind: 'return' }
  /** The last character is taken back. */
  | { kind: 'backspace' };

/** Longest escape sequence waited for; a longer one is given up, so that an opened one cannot swallow all output. */
const MAX_SEQUENCE_CHARS = 4_096;

/** Nothing in it needs a second look: printable text, tabs and line feeds. */
// Control characters are what this is about.
const PLAIN =
  /^[\t\n\u0020-\u007e\u00a0-\u061b\u061d-\u200d\u2010-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\uffff\ud800-\udfff]*$/;

type Mode = 'ground' | 'escape' | 'escapeEnd' | 'sequence' | 'string' | 'stringEscape';

/**
 * Output of a program on a managed machine, made inert (T19): escape sequences (colours, cursor movements, titles,
 * links, clipboard access) are dropped, carriage returns and backspaces are passed on as what they mean, every other
 * control or direction character becomes visible. Keeps its state between pieces, for a sequence may be cut anywhere.
 */
export class TerminalText {
  #mode: Mode = 'ground';
  #sequenceChars = 0;
  #heldReturn = false;

  feed(text: string): TerminalPiece[] {
    const pieces: TerminalPiece[] = [];
    if (this.#mode === 'ground' && !this.#heldReturn && PLAIN.test(text)) {
      plainLines(text, pieces);
      return pieces;
    }
    let run = '';
    for (const character of text) {
      if (this.#mode !== 'ground') {
        this.#inSequence(character);
        continue;
      }
      if (this.#heldReturn) {
        this.#heldReturn = false;
        if (character !== '\n') {
          pieces.push({ kind: 'return' });
        }
      }
      const piece = this.#ground(character);
      if (typeof piece === 'string') {
        run += piece;
      } else {
        if (run !== '') {
          pieces.push({ kind: 'text', text: run });
          run = '';
        }
        if (piece !== null) {
          pieces.push(piece);
        }
      }
    }
    if (run !== '') {
      pieces.push({ kind: 'text', text: run });
    }
    return pieces;
  }

  #ground(character: string): TerminalPiece | string | null {
    switch (character) {
      case '\n':
        return { kind: 'newline' };
      case '\r':
        this.#heldReturn = true;
        return null;
      case '\b':
        return { kind: 'backspace' };
      case '\t':
        return character;
      case '\u0007':
        return '';
      case '\u001b':
        this.#enter('escape');
        return '';
      case '\u009b':
        this.#enter('sequence');
        return '';
      case '\u0090':
      case '\u0098':
      case '\u009d':
      case '\u009e':
      case '\u009f':
        this.#enter('string');
        return '';
      default:
        return PLAIN.test(character) ? character : visible(character);
    }
  }

  #enter(mode: Mode): void {
    this.#mode = mode;
    this.#sequenceChars = 0;
  }

  /** ECMA-48: CSI up to a final byte, OSC/DCS/SOS/PM/APC up to ST (or BEL), any other escape one character. */
  #inSequence(character: string): void {
    const code = character.codePointAt(0) ?? 0;
    if (++this.#sequenceChars > MAX_SEQUENCE_CHARS) {
      this.#mode = 'ground';
      return;
    }
    switch (this.#mode) {
      case 'escape':
        this.#mode = afterEscape(character, code);
        break;
      case 'escapeEnd':
        this.#mode = code >= 0x20 && code <= 0x2f ? 'escapeEnd' : 'ground';
        break;
      case 'sequence':
        this.#mode = code >= 0x40 || code < 0x20 ? 'ground' : 'sequence';
        break;
      case 'string':
        this.#mode =
          character === '\u001b' ? 'stringEscape' : character === '\u0007' || code === 0x9c ? 'ground' : 'string';
        break;
      case 'stringEscape':
        this.#mode = character === '\\' ? 'ground' : 'string';
        break;
      case 'ground':
        break;
    }
  }
}

function afterEscape(character: string, code: number): Mode {
  if (character === '[') {
    return 'sequence';
  }
  if (']PX^_'.includes(character)) {
    return 'string';
  }
  return code >= 0x20 && code <= 0x2f ? 'escapeEnd' : 'ground';
}

function plainLines(text: string, pieces: TerminalPiece[]): void {
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    if (end > start) {
      pieces.push({ kind: 'text', text: text.slice(start, end) });
    }
    pieces.push({ kind: 'newline' });
    start = end + 1;
  }
  if (start < text.length) {
    pieces.push({ kind: 'text', text: text.slice(start) });
  }
}
