import { describe, expect, it } from 'vitest';
import { readMachine } from '../api/decode';
import { globMatches, searchFor } from './match';

describe('a glob', () => {
  it.each([
    ['web-*', 'web-01', true],
    ['web-*', 'old-web-01', false],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['web-0?', 'web-01', true],
    ['web-0?', 'web-0', false],
    ['*-01*', 'db-01-01b', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-b-b-', false],
    ['**x', 'x', true],
  ])('%s on %s', (glob, text, matches) => expect(globMatches(glob, text)).toBe(matches));

  it('takes no exponential time on a glob made to', () => {
    expect(globMatches('*a'.repeat(50) + 'b', 'a'.repeat(5_000))).toBe(false);
  });
});

describe('a search', () => {
  const machine = readMachine({ id: '7', name: 'Web-01', os: 'Debian 12', address: '10.0.0.7', state: 'online' });

  it.each([
    ['', true],
    ['web', true],
    ['eb-0', true],
    ['DEBIAN 10.0', true],
    ['web-* debian', true],
    ['eb-*', false],
    ['debian windows', false],
  ])('for "%s"', (text, found) => expect(searchFor(text)(machine)).toBe(found));
});
