import { useSyncExternalStore } from 'react';

/** Where the selection survives a reload of the page; it ends with the tab. */
const KEPT_AS = 'sallyport.selection';

/**
 * The machines the operator has chosen. It outlives the list, so that the page that runs a command can be left and come
 * back to.
 */
class Selection {
  #ids: ReadonlySet<string> = new Set(restore());
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly current = (): ReadonlySet<string> => this.#ids;

  replace(ids: Iterable<string>): void {
    this.#ids = new Set(ids);
    keep([...this.#ids]);
    this.#listeners.forEach(listener => listener());
  }
}

function restore(): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEPT_AS) ?? '[]');
    return Array.isArray(kept) ? kept.filter(id => typeof id === 'string') : [];
  } catch {
    return []; // A browser without storage, or a value of another version: start with nothing selected.
  }
}

function keep(ids: string[]): void {
  try {
    sessionStorage.setItem(KEPT_AS, JSON.stringify(ids));
  } catch {
    return; // Full or forbidden storage costs only the survival of a reload.
  }
}

export const selection = new Selection();

export function useSelection(): ReadonlySet<string> {
  return useSyncExternalStore(selection.subscribe, selection.current);
}
