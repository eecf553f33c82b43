import { describe, expect, it } from 'vitest';
import { TerminalText, type TerminalPiece } from './terminalText';

function flat(pieces: TerminalPiece[]): string {
  return pieces
    .map(piece =>
      piece.kind === 'text' ? piece.text : piece.kind === 'newline' ? '\n' : piece.kind === 'return' ? '⏎' : '⌫',
    )
    .join('');
}

const cleaned = (text: string) => flat(new TerminalText().feed(text));

describe('T19 output of a managed machine', () => {
  it.each([
    ['plain text\twith tab\nand ümlaut 数 👩‍🚀\n', 'plain text\twith tab\nand ümlaut 数 👩‍🚀\n'],
    ['\u001b[1;31mred\u001b[0m', 'red'],
    ['\u001b[2J\u001b[H\u001b[?1049hscreen', 'screen'],
    ['\u001b]0;a title\u0007after', 'after'],
    ['\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['\u001b]52;c;ZXZpbA==\u0007clipboard', 'clipboard'],
    ['\u001bPdevice\u001b\\x', 'x'],
    ['\u001b(Bx', 'x'],
    ['\u009b31mred', 'red'],
    ['\u009dtitle\u009cx', 'x'],
    ['a\u0000b\u0001c\u007fd', 'a␀b␁c␡d'],
    ['ring\u0007', 'ring'],
    ['file\u202egnp.exe', 'file[U+202E]gnp.exe'],
    ['dos\r\nunix\n', 'dos\nunix\n'],
    ['10%\r20%', '10%⏎20%'],
    ['N\bN', 'N⌫N'],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ])('%j becomes %j', (text, expected) => {
    expect(cleaned(text)).toBe(expected);
    const piecewise = new TerminalText();
    expect([...text].map(character => flat(piecewise.feed(character))).join('')).toBe(expected);
  });

  it('is not swallowed by a sequence that never ends', () => {
    expect(cleaned('\u001b]0;' + 'x'.repeat(10_000) + 'seen')).toContain('seen');
  });
});
