/** Longest single-line text kept from an agent (a host name, an operating system, a reason). */
export const MAX_SHOWN_CHARS = 512;

/*
 * Characters that would not show as themselves: C0 and C1 controls, line and paragraph separators, and the
 * bidirectional controls that make a text read differently from what it is ("Trojan Source").
 */
const UNSHOWABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** A visible, inert stand-in for one character that has no shape of its own. */
export function visible(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) {
    return String.fromCharCode(0x2400 + code);
  }
  if (code === 0x7f) {
    return '\u2421';
  }
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}

/**
 * Text from a managed machine as one inert line: control and direction characters become visible, the length is
 * bounded. Anything that is not text becomes the empty string, so that a hostile agent cannot put an object where the
 * page expects a name.
 */
export function showable(value: unknown, maxChars: number = MAX_SHOWN_CHARS): string {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  const cut = text.length > maxChars ? `${text.slice(0, maxChars)}…` : text;
  return cut.replace(UNSHOWABLE, visible);
}
