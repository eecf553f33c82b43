import { describe, expect, it } from 'vitest';
import { EventTooLong, MAX_EVENT_CHARS, SseParser, type ServerEvent } from './sseParser';

const STREAM =
  ': hello\r\nretry: 1500\r\nevent: run\r\nid: 7\r\ndata: {"a":1}\r\n\r\ndata: one\rdata:two\r\rdata\n\nid: 8\n\n';

const EVENTS: ServerEvent[] = [
  { event: 'run', data: '{"a":1}', id: '7' },
  { event: 'message', data: 'one\ntwo', id: '7' },
  { event: 'message', data: '', id: '7' },
];

describe('an event stream', () => {
  it('is read the same in one piece and in pieces cut at any place', () => {
    for (let cut = 0; cut <= STREAM.length; cut++) {
      const parser = new SseParser();
      expect([...parser.feed(STREAM.slice(0, cut)), ...parser.feed(STREAM.slice(cut))]).toEqual(EVENTS);
    }
    const parser = new SseParser();
    expect([...STREAM].flatMap(character => parser.feed(character))).toEqual(EVENTS);
    expect(parser.retryMs).toBe(1500);
    expect(parser.comments).toBe(1);
  });

  it('gives no event that was not closed by an empty line', () => {
    expect(new SseParser().feed('event: run\ndata: 1\n')).toEqual([]);
  });

  it('ignores a byte order mark, unknown fields, ids with NUL and senseless waits', () => {
    const parser = new SseParser();
    expect(parser.feed('\ufeffid: a\0b\nnonsense: 1\nretry: soon\nretry: -1\ndata: x\n\n')).toEqual([
      { event: 'message', data: 'x', id: '' },
    ]);
    expect(parser.retryMs).toBeNull();
  });

  it('refuses a line that never ends', () => {
    const parser = new SseParser();
    const piece = 'x'.repeat(1024 * 1024);
    expect(() => {
      for (let fed = 0; fed <= MAX_EVENT_CHARS; fed += piece.length) {
        parser.feed(piece);
      }
    }).toThrow(EventTooLong);
  });

  it('refuses an event of endless lines', () => {
    const parser = new SseParser();
    const piece = 'data\n'.repeat(200_000);
    expect(() => {
      for (let fed = 0; fed <= 6 * MAX_EVENT_CHARS; fed += piece.length) {
        parser.feed(piece);
      }
    }).toThrow(EventTooLong);
  });
});
