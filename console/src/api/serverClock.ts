/** Differences below this are the one-second grain of the Date header and the way there, not a wrong clock. */
const TOLERANCE_MS = 5_000;

let aheadMs = 0;

/** Learns from an answer's Date header how far the server's clock is ahead of this browser's. */
export function observeServerClock(response: Response): void {
  const date = Date.parse(response.headers.get('date') ?? '');
  if (Number.isNaN(date)) {
    return;
  }
  const difference = date - Date.now();
  aheadMs = Math.abs(difference) > TOLERANCE_MS ? difference : 0;
}

/** The time by the server's clock, so that "2 minutes ago" is right on a computer whose clock is not. */
export function serverNow(): number {
  return Date.now() + aheadMs;
}
