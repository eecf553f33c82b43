import { describe, expect, it } from 'vitest';
import { MAX_LOG_CHARS, OutputLog } from './outputLog';

const utf8 = new TextEncoder();

function log(...writes: ['stdout' | 'stderr', string][]): OutputLog {
  const result = new OutputLog();
  let position = 0;
  for (const [stream, text] of writes) {
    const bytes = utf8.encode(text);
    result.append(stream, bytes, position);
    position += bytes.length;
  }
  return result;
}

describe('the output of a run', () => {
  it('keeps the order in which the streams spoke, and whole lines of each', () => {
    const output = log(['stdout', 'one\ntwo '], ['stderr', 'oops\n'], ['stdout', 'halves\n']);
    expect(output.lines.map(line => [line.stream, line.text])).toEqual([
      ['stdout', 'one'],
      ['stdout', 'two halves'],
      ['stderr', 'oops'],
    ]);
  });

  it('shows the last state of a progress bar', () => {
    expect(log(['stdout', 'get 10%\rget 50%'], ['stdout', '\rget 100%\ndone\n']).text()).toBe('get 100%\ndone');
  });

  it('takes typed-over characters back', () => {
    expect(log(['stdout', 'helo\blo']).text()).toBe('hello');
  });

  it('takes a character cut in two between pieces as one', () => {
    const output = new OutputLog();
    const bytes = utf8.encode('ü');
    output.append('stdout', bytes.subarray(0, 1), 0);
    output.append('stdout', bytes.subarray(1), 1);
    expect(output.text()).toBe('ü');
  });

  it('shows nothing twice when a resumed line sends again', () => {
    const output = log(['stdout', 'abc'], ['stdout', 'def']);
    const version = output.version;
    output.append('stdout', utf8.encode('abc'), 0);
    expect(output.version).toBe(version);
    output.append('stdout', utf8.encode('defghi'), 3);
    expect(output.text()).toBe('abcdefghi');
    expect(output.incomplete).toBe(false);
  });

  it('says when something in between is missing', () => {
    const output = log(['stdout', 'abc']);
    output.append('stdout', utf8.encode('later'), 100);
    expect(output.incomplete).toBe(true);
  });

  it('T19 holds no more than its bound, the end of it, whatever comes', () => {
    const output = new OutputLog();
    const piece = utf8.encode(('x'.repeat(99) + '\n').repeat(1_000));
    for (let position = 0; position < 50 * piece.length; position += piece.length) {
      output.append('stdout', piece, position);
    }
    output.append('stdout', utf8.encode('the end'), 50 * piece.length);
    expect(output.text().length).toBeLessThanOrEqual(MAX_LOG_CHARS + output.lines.length);
    expect(output.lines.at(-1)?.text).toBe('the end');
    expect(output.incomplete).toBe(true);
  });

  it('T19 holds few lines even when they are empty, and few characters in one line', () => {
    const empty = new OutputLog();
    empty.append('stdout', utf8.encode('\n'.repeat(200_000)), 0);
    expect(empty.lines.length).toBeLessThanOrEqual(20_000);
    const long = new OutputLog();
    long.append('stdout', utf8.encode('y'.repeat(5_000_000)), 0);
    expect(Math.max(...long.lines.map(line => line.text.length))).toBeLessThanOrEqual(8_192);
    expect(long.text().length).toBeLessThanOrEqual(MAX_LOG_CHARS + long.lines.length);
  });

  it('T19 is not kept from letting go by a line left open at the start', () => {
    const output = log(['stderr', 'left open']);
    const piece = utf8.encode('x'.repeat(99) + '\n');
    for (let position = 9; position < 5_000_000; position += piece.length) {
      output.append('stdout', piece, position);
    }
    expect(output.text().length).toBeLessThanOrEqual(MAX_LOG_CHARS + output.lines.length);
    output.append('stderr', utf8.encode(' and on'), 9 + 49_999 * 100 + 100);
    expect(output.lines.at(-1)?.text).toBe(' and on');
  });

  it('goes on after letting lines go', () => {
    const output = new OutputLog(1_000);
    let position = 0;
    for (let number = 0; number < 500; number++) {
      const bytes = utf8.encode(`line ${number}\n`);
      output.append(number % 7 === 0 ? 'stderr' : 'stdout', bytes, position);
      position += bytes.length;
    }
    expect(output.lines.at(-1)).toMatchObject({ text: 'line 499', stream: 'stdout' });
    expect(output.lines.at(0)?.text).toMatch(/^line [34]\d\d$/);
  });
});
