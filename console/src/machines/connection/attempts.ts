import { list, members } from '../../api/decode';
import { showable } from '../../api/showable';

/** One way by which a machine tried to reach the server; its own words. */
export interface Attempt {
  transport: string;
  address: string;
  /** Straight ahead, or by which proxy. */
  route: string;
  /** Why it failed and what to do; empty when it worked. */
  failure: string;
  seconds: number;
}

/** Attempts shown; a machine may report more. */
const MAX_ATTEMPTS = 100;
const MAX_FAILURE_CHARS = 1_000;
const MILLIS = 1_000;

/** What a machine tried for its last link, in that order; the last one is the link's. */
export function readAttempts(value: unknown): Attempt[] {
  return list(members(value)['tried'])
    .slice(0, MAX_ATTEMPTS)
    .map(members)
    .map(tried => ({
      transport: showable(tried['transport']),
      address: showable(tried['address']),
      route: showable(tried['route']),
      failure: showable(tried['failure'], MAX_FAILURE_CHARS),
      seconds: typeof tried['tookMillis'] === 'number' && tried['tookMillis'] > 0 ? tried['tookMillis'] / MILLIS : 0,
    }));
}
