import { describe, expect, it } from 'vitest';
import { ago, bytes, span } from './format';

const NOW = Date.UTC(2026, 10, 22, 12);

describe('a moment told as how long ago', () => {
  it.each([
    [0, 'just now'],
    [44_000, 'just now'],
    [46_000, '1 min. ago'],
    [59 * 60_000, '59 min. ago'],
    [3_600_000, '1 hr. ago'],
    [23 * 3_600_000, '23 hr. ago'],
    [86_400_000, '1 day ago'],
    [400 * 86_400_000, '400 days ago'],
    [-30_000, 'just now'],
    [-300_000, 'in 5 min.'],
  ])('%i ms before now is %s', (passed, text) => expect(ago(NOW - passed, NOW)).toBe(text));
});

describe('a span', () => {
  it.each([
    [-5, '0 s'],
    [40, '0 s'],
    [430, '0.4 s'],
    [9_999, '10 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 5 min'],
    [1_051_200_000, '12 d 4 h'],
  ])('of %i ms is %s', (length, text) => expect(span(length)).toBe(text));
});

describe('an amount of bytes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [1024, '1 KiB'],
    [1536, '1.5 KiB'],
    [200 * 1024, '200 KiB'],
    [16 * 2 ** 30, '16 GiB'],
    [2 ** 70, '1,048,576 PiB'],
  ])('%i is %s', (amount, text) => expect(bytes(amount)).toBe(text));
});
