import { useEffect, useState } from 'react';
import { serverNow } from '../api/serverClock';
import type { Run } from '../api/types';
import { span } from '../text/format';

const SECOND_MS = 1_000;

/** How long a run took, or has been going. */
export function RunTime({ run }: { run: Run }) {
  if (run.started === null) {
    return null;
  }
  return run.ended === null ? <Going since={run.started} /> : <>{span(run.ended - run.started)}</>;
}

function Going({ since }: { since: number }) {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return <>{span(Math.floor((now - since) / SECOND_MS) * SECOND_MS)}</>;
}
