import { describe, expect, it } from 'vitest';
import { labelOf, textOf } from './facts';

describe('a fact', () => {
  it.each([
    ['someThing', 'Some thing'],
    ['disk_free', 'Disk free'],
    ['totalBytes', 'Total'],
    ['x\u202ey', 'X[U+202E]y'],
  ])('named %s is labelled %s', (name, label) => expect(labelOf(name)).toBe(label));

  it.each([
    ['freeBytes', 1024 ** 3, '1 GiB'],
    ['uptimeSeconds', 7_500, '2 h 5 min'],
    ['timeoutMs', 7_500_000, '2 h 5 min'],
    ['cores', 12_345, '12,345'],
    ['pid', 12_345, '12345'],
    ['virtual', true, 'Yes'],
    ['note', 'a\u001b[2Jb', 'a␛[2Jb'],
    ['missing', null, ''],
  ])('%s of %j reads %s', (name, value, text) => expect(textOf(name, value)).toBe(text));
});
