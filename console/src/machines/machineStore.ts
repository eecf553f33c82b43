import { list, members, readMachine } from '../api/decode';
import { request } from '../api/http';
import { asProblem, type Problem } from '../api/problem';
import type { Machine } from '../api/types';

/** The first page is small so that something can be read at once; the rest follows in large ones. */
const FIRST_PAGE = 200;
const NEXT_PAGE = 1_000;

/** Machines kept in the page. Beyond this the operator is told to narrow the list instead of waiting for the browser. */
export const MAX_MACHINES = 20_000;

/** Live changes are shown together this often: a storm of reconnecting agents must not repaint for each of them. */
const SHOW_EVERY_MS = 250;

export interface MachineList {
  machines: ReadonlyMap<string, Machine>;
  /** Everything there is has been loaded at least once. */
  complete: boolean;
  /** More machines exist than the page holds. */
  cut: boolean;
  problem: Problem | null;
}

const EMPTY: MachineList = { machines: new Map(), complete: false, cut: false, problem: null };

/**
 * All machines the operator may see: loaded page by page, then kept fresh by events. An event that arrives while pages
 * are still loading is newer than the page that follows it and wins.
 */
export class MachineStore {
  #shown: MachineList = EMPTY;
  #machines = new Map<string, Machine>();
  #touched = new Set<string>();
  #loading: AbortController | undefined;
  #wanted = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (!this.#wanted) {
      this.#wanted = true;
      void this.load();
    }
    return () => this.#listeners.delete(listener);
  };

  readonly current = (): MachineList => this.#shown;

  /** Takes a machine from a live event. */
  upsert(machine: Machine): void {
    this.#touched.add(machine.id);
    this.#machines.set(machine.id, machine);
    this.#timer ??= setTimeout(() => this.#show({}), SHOW_EVERY_MS);
  }

  /** Loads everything again after events may have been missed; does nothing before anyone asked for the list. */
  reload(): void {
    if (this.#wanted) {
      void this.load();
    }
  }

  /** Forgets everything: the next operator may see other machines. */
  clear(): void {
    this.#loading?.abort();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wanted = false;
    this.#machines = new Map();
    this.#shown = EMPTY;
    this.#listeners.forEach(listener => listener());
  }

  async load(): Promise<void> {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    this.#touched.clear();
    try {
      const { seen, cut } = await this.#loadPages(loading.signal);
      for (const id of this.#machines.keys()) {
        if (!cut && !seen.has(id) && !this.#touched.has(id)) {
          this.#machines.delete(id);
        }
      }
      this.#show({ complete: true, cut, problem: null });
    } catch (failure) {
      if (!loading.signal.aborted) {
        this.#show({ problem: asProblem(failure) });
      }
    }
  }

  async #loadPages(signal: AbortSignal): Promise<{ seen: Set<string>; cut: boolean }> {
    const seen = new Set<string>();
    let after = '';
    do {
      const limit = seen.size === 0 ? FIRST_PAGE : NEXT_PAGE;
      const query = new URLSearchParams({ limit: String(limit), ...(after ? { after } : {}) });
      const page = members(await request('GET', `/machines?${query.toString()}`, { signal }));
      const machines = list(page['machines']).map(readMachine);
      for (const machine of machines) {
        seen.add(machine.id);
        if (!this.#touched.has(machine.id)) {
          this.#machines.set(machine.id, machine);
        }
      }
      after = machines.length > 0 && typeof page['next'] === 'string' ? page['next'] : '';
      if (after !== '' && !this.#shown.complete) {
        this.#show({});
      }
    } while (after !== '' && seen.size < MAX_MACHINES);
    return { seen, cut: after !== '' };
  }

  #show(change: Partial<MachineList>): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#shown = { ...this.#shown, ...change, machines: new Map(this.#machines) };
    this.#listeners.forEach(listener => listener());
  }
}

export const machineStore = new MachineStore();
