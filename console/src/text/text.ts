import en from './en.json';

type Key = keyof typeof en;

/** Key of a text. A text that depends on a number is kept as `key_one` and `key_other` and asked for as `key`. */
export type TextKey = Key extends infer K ? (K extends `${infer Base}_${'one' | 'other'}` ? Base : K) : never;

export type TextValues = Record<string, string | number>;

const LANGUAGE = 'en';

const catalogue: Record<string, string> = en;
const plurals = new Intl.PluralRules(LANGUAGE);
const numbers = new Intl.NumberFormat(LANGUAGE);

/**
 * The text of a key with `{name}` places filled. Numbers are grouped by the language's rules; `count` also chooses the
 * plural form.
 */
export function t(key: TextKey, values: TextValues = {}): string {
  const count = values['count'];
  const plural = typeof count === 'number' ? catalogue[`${key}_${plurals.select(count)}`] : undefined;
  const text = plural ?? catalogue[key] ?? catalogue[`${key}_other`] ?? key;
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    return value === undefined ? place : typeof value === 'number' ? numbers.format(value) : value;
  });
}

/** The text of a key made from data (a fact's name, a code), or the fallback where the catalogue has none. */
export function textOr(key: string, fallback: string): string {
  return catalogue[key] ?? fallback;
}

export { LANGUAGE };
