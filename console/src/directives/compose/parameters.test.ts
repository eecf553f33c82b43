import { describe, expect, it } from 'vitest';
import { readAction } from '../../api/decode';
import { readForm, startValues } from './parameters';

const ACTION = readAction({
  name: 'exec',
  parameters: [
    { name: 'argv', type: 'strings', required: true },
    { name: 'environment', type: 'map' },
    { name: 'directory', type: 'string' },
    { name: 'seconds', type: 'integer', default: 600 },
    { name: 'quiet', type: 'boolean', default: true },
    { name: 'extra', type: 'object' },
    { name: 'ratio', type: 'number' },
  ],
});

describe('the form of an action', () => {
  it('starts with the defaults and sends them back as the right types', () => {
    const values = { ...startValues(ACTION), argv: 'ls\n-l\n/tmp dir\n' };
    expect(readForm(ACTION, values)).toEqual({
      parameters: { argv: ['ls', '-l', '/tmp dir'], seconds: 600, quiet: true },
      errors: {},
    });
  });

  it('starts with the values of an order to repeat, and sends them unchanged', () => {
    const parameters = {
      argv: ['a', 'b c'],
      environment: { PATH: '/bin', X: 'a=b' },
      directory: '/tmp',
      seconds: 5,
      quiet: false,
      extra: { deep: [1] },
      ratio: 0.5,
    };
    expect(readForm(ACTION, startValues(ACTION, parameters))).toEqual({ parameters, errors: {} });
  });

  it('names every field that cannot be sent', () => {
    const typed = { argv: ' ', environment: 'PATH', seconds: '1.5', extra: '{', ratio: 'much' };
    const { errors } = readForm(ACTION, { ...startValues(ACTION), ...typed });
    expect(Object.keys(errors)).toEqual(['argv', 'environment', 'seconds', 'extra', 'ratio']);
  });
});
