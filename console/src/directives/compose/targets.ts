import { useMemo } from 'react';
import { takesDirectives, type Machine } from '../../api/types';
import { globMatches } from '../../machines/match';
import { comparator, BY_NAME } from '../../machines/order';
import { useSelection } from '../../machines/selection';
import { useMachines } from '../../machines/useMachines';

export interface Targets {
  machines: Machine[];
  /** Chosen, but not allowed to take directives: left out. */
  leftOut: number;
  /** Ids that name no machine in the list (any more). */
  missing: number;
  /** The list of machines is still being loaded. */
  loading: boolean;
}

/**
 * Whom a new directive is for: the machine or the names in the address, the machines of the directive to repeat, else
 * the selection. Names become machines here, before the operator agrees: what is confirmed is what is ordered.
 */
export function useTargets(
  search: { machine?: string | undefined; name?: string | undefined },
  repeated: readonly string[] | null,
): Targets {
  const { machines, complete } = useMachines();
  const selected = useSelection();
  return useMemo(() => {
    const all = [...machines.values()];
    const glob = search.name?.toLowerCase();
    if (glob !== undefined && search.machine === undefined) {
      return targets(
        all.filter(one => globMatches(glob, one.name.toLowerCase())),
        0,
        !complete,
      );
    }
    const ids = search.machine === undefined ? (repeated ?? [...selected]) : [search.machine];
    const found = ids.map(id => machines.get(id)).filter((one): one is Machine => one !== undefined);
    return targets(found, complete ? ids.length - found.length : 0, !complete && found.length < ids.length);
  }, [machines, complete, selected, search.machine, search.name, repeated]);
}

function targets(found: Machine[], missing: number, loading: boolean): Targets {
  const machines = found.filter(takesDirectives).sort(comparator(BY_NAME));
  return { machines, leftOut: found.length - machines.length, missing, loading };
}
