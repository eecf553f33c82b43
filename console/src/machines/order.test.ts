import { describe, expect, it } from 'vitest';
import { readMachine } from '../api/decode';
import type { Machine } from '../api/types';
import { BY_NAME, CalmOrder, inOrder, readSort, writeSort, type Sort } from './order';

function map(...machines: [id: string, name: string, lastSeen?: number][]): Map<string, Machine> {
  return new Map(machines.map(([id, name, lastSeen]) => [id, readMachine({ id, name, lastSeen, state: 'online' })]));
}

const BY_LAST_SEEN: Sort = { column: 'lastSeen', descending: true };

describe('the order of the machines', () => {
  it('counts numbers in names', () => {
    expect(new CalmOrder().arrange(map(['1', 'web-10'], ['2', 'web-9']), BY_NAME, 'name')).toEqual(['2', '1']);
  });

  it('does not move rows when their values change', () => {
    const order = new CalmOrder();
    order.arrange(map(['a', 'a', 10], ['b', 'b', 5]), BY_LAST_SEEN, 'seen');
    const changed = map(['a', 'a', 10], ['b', 'b', 20]);
    expect(order.arrange(changed, BY_LAST_SEEN, 'seen')).toEqual(['a', 'b']);
    expect(inOrder([...changed.values()], BY_LAST_SEEN)).toBe(false);
    expect(order.arrange(changed, BY_LAST_SEEN, 'seen, again')).toEqual(['b', 'a']);
  });

  it('puts new rows where they belong and lets gone ones leave', () => {
    const order = new CalmOrder();
    order.arrange(map(['b', 'b'], ['d', 'd'], ['x', 'x']), BY_NAME, 'name');
    expect(order.arrange(map(['a', 'a'], ['b', 'b'], ['c', 'c'], ['d', 'd'], ['e', 'e']), BY_NAME, 'name')).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
    ]);
  });

  it('is written into an address and read back; nonsense is by name', () => {
    expect(readSort(writeSort(BY_LAST_SEEN))).toEqual(BY_LAST_SEEN);
    expect(readSort('-constructor')).toEqual(BY_NAME);
    expect(readSort(undefined)).toEqual(BY_NAME);
  });
});
