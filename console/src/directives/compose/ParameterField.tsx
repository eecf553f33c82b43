import { NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import type { ActionParameter } from '../../api/types';
import { labelOf } from '../../parts/value/facts';
import { t, type TextKey } from '../../text/text';
import { kindOf, type FieldKind } from './parameters';

const HINTS: Partial<Record<FieldKind, TextKey>> = {
  lines: 'field.linesHint',
  pairs: 'field.pairsHint',
  json: 'field.jsonHint',
};

interface ParameterFieldProps {
  parameter: ActionParameter;
  value: string | boolean;
  error: string | undefined;
  onChange: (value: string | boolean) => void;
}

/** The field of one parameter, by its type. */
export function ParameterField({ parameter, value, error, onChange }: ParameterFieldProps) {
  const kind = kindOf(parameter);
  const hint = HINTS[kind];
  const common = {
    label: labelOf(parameter.name),
    description: [parameter.description, hint && t(hint)].filter(Boolean).join(' ') || undefined,
    error,
    required: parameter.required,
    withAsterisk: false,
  };
  const text = typeof value === 'string' ? value : '';
  switch (kind) {
    case 'switch':
      return (
        <Switch
          label={common.label}
          description={common.description}
          checked={value === true}
          onChange={event => onChange(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          {...common}
          data={[...(parameter.required ? [] : ['']), ...parameter.choices]}
          value={text}
          onChange={event => onChange(event.currentTarget.value)}
        />
      );
    case 'command':
    case 'multiline':
    case 'lines':
    case 'pairs':
    case 'json':
      return (
        <Textarea
          {...common}
          rows={kind === 'command' ? Math.min(14, Math.max(3, text.split('\n').length + 1)) : 3}
          resize="vertical"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          classNames={{ input: 'mono' }}
          {...(kind === 'command' ? { placeholder: t('field.commandHint'), 'data-autofocus': true } : {})}
          value={text}
          onChange={event => onChange(event.currentTarget.value)}
        />
      );
    case 'integer':
    case 'number':
    case 'text':
      return (
        <TextInput
          {...common}
          inputMode={kind === 'text' ? 'text' : 'numeric'}
          autoCapitalize="none"
          spellCheck={false}
          value={text}
          onChange={event => onChange(event.currentTarget.value)}
        />
      );
  }
}
