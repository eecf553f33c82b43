import type { Machine } from '../api/types';

/** A search over machines, ready to be asked about each of them. */
export type MachineFilter = (machine: Machine) => boolean;

/**
 * What is written in the search box: words that must all be found. A word with `*` or `?` is a glob on the whole name
 * (as in the API and on the command line); any other word may stand anywhere in the name or a shown column. Case does
 * not matter.
 */
export function searchFor(text: string): MachineFilter {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const tests = words.map(word =>
    /[*?]/.test(word)
      ? (machine: Machine) => globMatches(word, machine.name.toLowerCase())
      : (machine: Machine) => haystack(machine).includes(word),
  );
  return machine => tests.every(test => test(machine));
}

const haystacks = new WeakMap<Machine, string>();

function haystack(machine: Machine): string {
  let text = haystacks.get(machine);
  if (text === undefined) {
    text = [machine.name, machine.site, machine.os, machine.arch, machine.address, machine.agentVersion, machine.id]
      .join('\n')
      .toLowerCase();
    haystacks.set(machine, text);
  }
  return text;
}

/** Whether a glob of `*` (any text) and `?` (one character) describes the whole text; in time `glob × text` at most. */
export function globMatches(glob: string, text: string): boolean {
  let at = 0;
  let place = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    if (glob[place] === '*') {
      star = place++;
      starAt = at;
    } else if (place < glob.length && (glob[place] === '?' || glob[place] === text[at])) {
      place++;
      at++;
    } else if (star >= 0) {
      place = star + 1;
      at = ++starAt;
    } else {
      return false;
    }
  }
  while (glob[place] === '*') {
    place++;
  }
  return place === glob.length;
}
