import { LANGUAGE, t } from './text';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Below this a moment is "just now": seconds that tick in a table are unrest, not information. */
const NOW_MS = 45 * SECOND;

const relative = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: 'always', style: 'short' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dayMonth = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const numbers = new Intl.NumberFormat(LANGUAGE);
const decimals = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 1 });

/** How long ago, in the coarsest unit that says enough: "just now", "5 min. ago", "3 days ago". */
export function ago(time: number, now: number): string {
  const passed = now - time;
  if (passed < NOW_MS) {
    return passed > -NOW_MS ? t('time.now') : relative.format(Math.round(-passed / MINUTE), 'minute');
  }
  if (passed < HOUR) {
    return relative.format(-Math.max(1, Math.round(passed / MINUTE)), 'minute');
  }
  if (passed < DAY) {
    return relative.format(-Math.round(passed / HOUR), 'hour');
  }
  return relative.format(-Math.round(passed / DAY), 'day');
}

/** A moment in full, by the reader's own conventions and time zone. */
export function moment(time: number): string {
  return exact.format(time);
}

/** A moment in a list: the time of day when it is today, day and time otherwise. */
export function shortMoment(time: number, now: number): string {
  return new Date(time).toDateString() === new Date(now).toDateString() ? clock.format(time) : dayMonth.format(time);
}

/** A span of time to the precision that matters: "0.4 s", "12 s", "3 min 20 s", "2 h 5 min", "12 d 4 h". */
export function span(milliseconds: number): string {
  const length = Math.max(0, milliseconds);
  if (length < 10 * SECOND) {
    return `${decimals.format(length / SECOND)} s`;
  }
  if (length < MINUTE) {
    return `${Math.floor(length / SECOND)} s`;
  }
  if (length < HOUR) {
    return pair(length, MINUTE, 'min', SECOND, 's');
  }
  return length < DAY ? pair(length, HOUR, 'h', MINUTE, 'min') : pair(length, DAY, 'd', HOUR, 'h');
}

function pair(length: number, unit: number, name: string, subunit: number, subname: string): string {
  const whole = Math.floor(length / unit);
  const rest = Math.floor((length % unit) / subunit);
  return rest === 0 ? `${numbers.format(whole)} ${name}` : `${numbers.format(whole)} ${name} ${rest} ${subname}`;
}

const SIZES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** An amount of bytes in binary units: "512 B", "1.5 KiB", "16 GiB". */
export function bytes(amount: number): string {
  let size = amount;
  let unit = 0;
  while (size >= 1024 && unit < SIZES.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${unit === 0 || size >= 100 ? numbers.format(Math.round(size)) : decimals.format(size)} ${SIZES[unit] ?? ''}`;
}

export function decimal(value: number): string {
  return decimals.format(value);
}

export function number(value: number): string {
  return numbers.format(value);
}
