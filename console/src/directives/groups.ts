import type { Run } from '../api/types';
import type { DirectiveFeed } from './feed';
import type { OutputLog } from './output/outputLog';

/** Runs that ended alike: same state, same exit code, same result, same output on both streams. */
export interface ResultGroup {
  key: string;
  /** By name; the first one stands for all. */
  runs: Run[];
  finished: boolean;
}

const fingerprints = new WeakMap<OutputLog, { version: number; text: string }>();

function fingerprint(log: OutputLog): string {
  const known = fingerprints.get(log);
  if (known?.version === log.version) {
    return known.text;
  }
  const text = JSON.stringify([log.textOf('stdout'), log.textOf('stderr')]);
  fingerprints.set(log, { version: log.version, text });
  return text;
}

/** What needs a look first: failures, then doubts, then what went well, then what still goes on. */
const RANK: Record<Run['state'], number> = {
  failed: 0,
  unknown: 1,
  refused: 1,
  unsupported: 1,
  expired: 2,
  cancelled: 2,
  done: 3,
  running: 4,
  queued: 5,
};

/**
 * Groups runs by equal result. Output is compared in full, never by a digest a machine could aim for; output that is
 * not here in full makes a group of its own.
 */
export function groupByResult(runs: readonly Run[], feed: DirectiveFeed): ResultGroup[] {
  const groups = new Map<string, ResultGroup>();
  for (const run of runs) {
    const key = keyOf(run, feed.log(run.machine));
    const group = groups.get(key);
    if (group) {
      group.runs.push(run);
    } else {
      groups.set(key, { key, runs: [run], finished: run.state !== 'running' && run.state !== 'queued' });
    }
  }
  return [...groups.values()].sort((a, b) => rankOf(a) - rankOf(b) || b.runs.length - a.runs.length);
}

function keyOf(run: Run, log: OutputLog): string {
  if (run.state === 'running' || run.state === 'queued') {
    return run.state;
  }
  const output = log.incomplete || run.truncated ? ['only', run.machine] : fingerprint(log);
  return JSON.stringify([run.state, run.exitCode, run.reason, run.value, output]);
}

function rankOf(group: ResultGroup): number {
  const [first] = group.runs;
  return first ? RANK[first.state] : RANK.queued;
}
