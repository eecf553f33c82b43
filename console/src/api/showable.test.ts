import { describe, expect, it } from 'vitest';
import { MAX_SHOWN_CHARS, showable } from './showable';

describe('T19 text from a machine', () => {
  it('stays as it is when it is ordinary text of any script', () => {
    expect(showable('Größe 数 👩‍🚀')).toBe('Größe 数 👩‍🚀');
  });

  it('shows control characters instead of obeying them', () => {
    expect(showable('a\u001b[2Jb\r\nc\u009bd')).toBe('a␛[2Jb␍␊c[U+009B]d');
  });

  it('shows direction overrides, so that a name cannot read as another', () => {
    expect(showable('web\u202egnp.exe')).toBe('web[U+202E]gnp.exe');
  });

  it('is cut at a bound', () => {
    expect(showable('x'.repeat(10_000))).toHaveLength(MAX_SHOWN_CHARS + 1);
  });

  it('is empty where something other than text was sent', () => {
    expect([{ toString: 'x' }, null, undefined, true, ['a']].map(value => showable(value))).toEqual([
      '',
      '',
      '',
      '',
      '',
    ]);
  });
});
