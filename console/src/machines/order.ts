import type { Machine } from '../api/types';

export type SortColumn = 'name' | 'state' | 'os' | 'address' | 'agentVersion' | 'lastSeen';

export interface Sort {
  column: SortColumn;
  descending: boolean;
}

export const BY_NAME: Sort = { column: 'name', descending: false };

const COLUMNS: readonly string[] = [
  'name',
  'state',
  'os',
  'address',
  'agentVersion',
  'lastSeen',
] satisfies SortColumn[];

/** A sort as it stands in an address: `lastSeen` or, downwards, `-lastSeen`. Nonsense is the order by name. */
export function readSort(text: string | undefined): Sort {
  const descending = text?.startsWith('-') ?? false;
  const column = descending ? text?.slice(1) : text;
  return column !== undefined && COLUMNS.includes(column) ? { column: column as SortColumn, descending } : BY_NAME;
}

export function writeSort(sort: Sort): string {
  return (sort.descending ? '-' : '') + sort.column;
}

/** What needs attention first. */
const STATE_RANK = { quarantined: 0, pending: 1, offline: 2, online: 3, revoked: 4 } as const;

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Compares by the column, equal ones by name and id: an order without ties does not wobble. */
export function comparator({ column, descending }: Sort): (a: Machine, b: Machine) => number {
  const sign = descending ? -1 : 1;
  return (a, b) => sign * compareBy(column, a, b) || collator.compare(a.name, b.name) || compareText(a.id, b.id);
}

function compareBy(column: SortColumn, a: Machine, b: Machine): number {
  switch (column) {
    case 'state':
      return STATE_RANK[a.state] - STATE_RANK[b.state];
    case 'lastSeen':
      return (a.lastSeen ?? 0) - (b.lastSeen ?? 0);
    case 'name':
    case 'os':
    case 'address':
    case 'agentVersion':
      return collator.compare(a[column], b[column]);
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * An order that holds still: rows that are there keep their places whatever happens to them, new ones go where they
 * belong, gone ones leave. Only asking for the order again moves rows.
 */
export class CalmOrder {
  #key = '';
  #ids: string[] = [];

  /** The ids in order; `key` names the sort and changes when the operator asks for another order. */
  arrange(machines: ReadonlyMap<string, Machine>, sort: Sort, key: string): string[] {
    const compare = comparator(sort);
    const kept = key === this.#key ? this.#ids.filter(id => machines.has(id)) : [];
    this.#key = key;
    if (kept.length === machines.size) {
      this.#ids = kept;
      return kept;
    }
    const known = new Set(kept);
    const fresh = [...machines.values()].filter(machine => !known.has(machine.id)).sort(compare);
    this.#ids = merge(kept, fresh, machines, compare);
    return this.#ids;
  }
}

function merge(
  kept: string[],
  fresh: Machine[],
  machines: ReadonlyMap<string, Machine>,
  compare: (a: Machine, b: Machine) => number,
): string[] {
  const merged: string[] = [];
  let next = 0;
  for (const id of kept) {
    const standing = machines.get(id);
    for (let one = fresh[next]; standing && one && compare(one, standing) < 0; one = fresh[next]) {
      merged.push(one.id);
      next++;
    }
    merged.push(id);
  }
  return merged.concat(fresh.slice(next).map(machine => machine.id));
}

/** Whether the rows still stand as the sort would place them now. */
export function inOrder(rows: readonly Machine[], sort: Sort): boolean {
  const compare = comparator(sort);
  return rows.every((row, index) => {
    const before = rows[index - 1];
    return before === undefined || compare(before, row) <= 0;
  });
}
