import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import en from './en.json';
import { t } from './text';

/** Keys built from data: `t(\`state.${state}\`)`, facts and codes. */
const MADE_FROM_DATA = /^(state|theme|problem)\.|^fact\.(argv|stdin)$/;

function sources(): string {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name) && !name.includes('.test.'))
    .map(name => readFileSync(`src/${name}`, 'utf8'))
    .join('\n');
}

describe('the catalogue', () => {
  it('holds no text that nothing shows', () => {
    const code = sources();
    const unused = Object.keys(en)
      .filter(key => !MADE_FROM_DATA.test(key))
      .map(key => key.replace(/_(one|other)$/, ''))
      .filter(key => !code.includes(`'${key}'`));
    expect(unused).toEqual([]);
  });

  it('has both forms of every text that depends on a number', () => {
    const keys = Object.keys(en);
    const halves = keys.filter(
      key =>
        (key.endsWith('_one') && !keys.includes(key.replace(/_one$/, '_other'))) ||
        (key.endsWith('_other') && !keys.includes(key.replace(/_other$/, '_one'))),
    );
    expect(halves).toEqual([]);
  });

  it('fills places, groups numbers and chooses the plural', () => {
    expect(t('machines.count', { count: 1 })).toBe('1 machine');
    expect(t('machines.count', { count: 12_345 })).toBe('12,345 machines');
  });

  it('leaves a place standing rather than showing "undefined"', () => {
    expect(t('machines.count')).toContain('{count}');
  });
});
