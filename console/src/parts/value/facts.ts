import { showable } from '../../api/showable';
import { bytes, moment, number, span } from '../../text/format';
import { t, textOr } from '../../text/text';

/** Longest text of one fact. */
const MAX_FACT_CHARS = 4_000;

/** Names that end so are amounts of bytes, spans or moments, and read better as such. */
const BYTES = /bytes$/i;
const SECONDS = /seconds$/i;
const MILLISECONDS = /(Millis|Ms)$/;

/** Milliseconds above this are a moment since 1970 (it is March 1973), below a span of time. */
const FIRST_MOMENT_MS = 100_000_000_000;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*Z$/;

/** Digits with grouping, except where a number is a name: an id, a port, a year, a version. */
const NAMELIKE = /(id|pid|port|year|version|code|index|vlan|model|family|stepping)$/i;

/** What a fact is called: by the catalogue, else its own name taken apart into words. */
export function labelOf(name: string): string {
  const words = name
    .replace(/(Bytes|Seconds|Ms)$/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_.-]+/g, ' ')
    .trim();
  return textOr(`fact.${name}`, showable(words.charAt(0).toUpperCase() + words.slice(1).toLowerCase()));
}

/** What a fact says, in the unit its name tells. */
export function textOf(name: string, value: unknown): string {
  if (typeof value === 'boolean') {
    return value ? t('value.yes') : t('value.no');
  }
  if (typeof value === 'string') {
    const text = showable(value, MAX_FACT_CHARS);
    return MOMENT.test(text) && !Number.isNaN(Date.parse(text)) ? moment(Date.parse(text)) : text;
  }
  if (typeof value !== 'number') {
    return '';
  }
  if (BYTES.test(name)) {
    return bytes(value);
  }
  if (SECONDS.test(name)) {
    return span(value * 1_000);
  }
  if (MILLISECONDS.test(name)) {
    return value > FIRST_MOMENT_MS ? moment(value) : span(value);
  }
  return NAMELIKE.test(name) ? String(value) : number(value);
}
