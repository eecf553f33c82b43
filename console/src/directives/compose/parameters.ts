import type { Action, ActionParameter } from '../../api/types';
import { t } from '../../text/text';

/** How a parameter is asked for. */
export type FieldKind =
  'command' | 'text' | 'multiline' | 'integer' | 'number' | 'choice' | 'switch' | 'lines' | 'pairs' | 'json';

/** What stands in the fields of a form, as typed. */
export type FormValues = Record<string, string | boolean>;

export interface ReadForm {
  parameters: Record<string, unknown>;
  /** By parameter; empty when all can be sent. */
  errors: Record<string, string>;
}

const KINDS: Record<string, FieldKind> = {
  integer: 'integer',
  int: 'integer',
  long: 'integer',
  duration: 'integer',
  number: 'number',
  decimal: 'number',
  boolean: 'switch',
  bool: 'switch',
  strings: 'lines',
  'string[]': 'lines',
  list: 'lines',
  array: 'lines',
  map: 'pairs',
  pairs: 'pairs',
  environment: 'pairs',
  object: 'json',
  json: 'json',
  text: 'multiline',
};

/** Parameters in two heaps: those every order has, and those that may be left alone, folded away. */
export function inTwo(action: Action): { first: ActionParameter[]; more: ActionParameter[] } {
  const first = action.parameters.filter(parameter => parameter.required);
  const more = action.parameters.filter(parameter => !parameter.required);
  return first.length === 0 ? { first: more, more: [] } : { first, more };
}

export function kindOf(parameter: ActionParameter): FieldKind {
  if (parameter.choices.length > 0) {
    return 'choice';
  }
  return parameter.name === 'command' ? 'command' : (KINDS[parameter.type] ?? 'text');
}

/** What a form starts with: given values where there are some (an order to repeat), the action's defaults elsewhere. */
export function startValues(action: Action, given: Record<string, unknown> = {}): FormValues {
  const values: FormValues = {};
  for (const parameter of action.parameters) {
    values[parameter.name] = asTyped(kindOf(parameter), given[parameter.name] ?? parameter.defaultValue);
  }
  return values;
}

function asTyped(kind: FieldKind, value: unknown): string | boolean {
  if (kind === 'switch') {
    return value === true;
  }
  if (value === null || value === undefined) {
    return '';
  }
  if (kind === 'lines' && Array.isArray(value)) {
    return value.map(String).join('\n');
  }
  if (kind === 'pairs' && typeof value === 'object') {
    return Object.entries(value)
      .map(([name, text]) => `${name}=${String(text)}`)
      .join('\n');
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Turns what was typed into the parameters to send. A field left empty is left out: the server's default holds. */
export function readForm(action: Action, values: FormValues): ReadForm {
  const form: ReadForm = { parameters: {}, errors: {} };
  for (const parameter of action.parameters) {
    readField(parameter, values[parameter.name] ?? '', form);
  }
  return form;
}

function readField(parameter: ActionParameter, typed: string | boolean, form: ReadForm): void {
  if (typeof typed === 'boolean') {
    form.parameters[parameter.name] = typed;
    return;
  }
  if (typed.trim() === '') {
    if (parameter.required) {
      form.errors[parameter.name] = t('field.required');
    }
    return;
  }
  const value = parse(kindOf(parameter), typed);
  if ('error' in value) {
    form.errors[parameter.name] = value.error;
  } else {
    form.parameters[parameter.name] = value.value;
  }
}

function parse(kind: FieldKind, typed: string): { value: unknown } | { error: string } {
  switch (kind) {
    case 'integer':
      return /^[+-]?\d{1,15}$/.test(typed.trim()) ? { value: Number(typed) } : { error: t('field.integer') };
    case 'number':
      return Number.isFinite(Number(typed)) ? { value: Number(typed) } : { error: t('field.number') };
    case 'lines':
      return { value: typed.replace(/\n+$/, '').split('\n') };
    case 'pairs':
      return pairs(typed);
    case 'json':
      return json(typed);
    case 'command':
    case 'text':
    case 'multiline':
    case 'choice':
    case 'switch':
      return { value: typed };
  }
}

function pairs(typed: string): { value: unknown } | { error: string } {
  const entries: [string, string][] = [];
  for (const line of typed.split('\n').filter(text => text.trim() !== '')) {
    const equals = line.indexOf('=');
    if (equals <= 0) {
      return { error: t('field.pairs', { line }) };
    }
    entries.push([line.slice(0, equals).trim(), line.slice(equals + 1)]);
  }
  return { value: Object.fromEntries(entries) };
}

function json(typed: string): { value: unknown } | { error: string } {
  try {
    return { value: JSON.parse(typed) as unknown };
  } catch (failure) {
    return { error: t('field.json', { reason: failure instanceof Error ? failure.message : String(failure) }) };
  }
}
