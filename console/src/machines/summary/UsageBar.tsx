import type { CSSProperties } from 'react';
import classes from './SummaryView.module.css';

/** From this share on, a disk or memory is worth a look. */
const FULL_SHARE = 0.9;

/** How full something is; the numbers stand beside it as text. */
export function UsageBar({ share }: { share: number }) {
  return (
    <span className={classes.bar} data-full={share >= FULL_SHARE || undefined} aria-hidden="true">
      <span style={{ '--share': Math.min(1, Math.max(0, share)) } as CSSProperties} />
    </span>
  );
}
