import { useSyncExternalStore } from 'react';
import { serverNow } from '../api/serverClock';
import { ago, moment } from '../text/format';

/** Relative times go on this often; the coarsest unit shown is a minute. */
const TICK_MS = 15_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = serverNow();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = serverNow();
    listeners.forEach(notify => notify());
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** One clock for all relative times of the page. */
function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

/** How long ago something was; the exact moment on hover and for machines that read the page. */
export function RelativeTime({ time }: { time: number | null }) {
  const current = useNow();
  if (time === null) {
    return <span aria-hidden="true">–</span>;
  }
  return (
    <time dateTime={new Date(time).toISOString()} title={moment(time)}>
      {ago(time, Math.max(current, serverNow() - TICK_MS))}
    </time>
  );
}
