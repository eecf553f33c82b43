import { Alert, Button, Code, Group, Text } from '@mantine/core';
import { asProblem, type Problem } from '../api/problem';
import { t, textOr } from '../text/text';
import { Icon } from './Icon';

/** A failure in words: what failed, the way out, and the code to look it up by. */
export function ProblemNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const problem = asProblem(error);
  const fix = fixOf(problem);
  return (
    <Alert
      role="alert"
      variant="outline"
      color="red"
      icon={<Icon name="warning" />}
      title={detailOf(problem)}
      styles={{
        root: { background: 'var(--bad-wash)', borderColor: 'var(--bad)' },
        title: { color: 'var(--bad)', fontWeight: 560 },
        icon: { color: 'var(--bad)' },
      }}
    >
      {fix && <Text size="sm">{fix}</Text>}
      <Group gap="sm" mt={4} justify="space-between">
        <Text size="xs" c="dimmed">
          {t('problem.code')} <Code fz="xs">{problem.code}</Code>
          {problem.field && (
            <>
              {' · '}
              {t('problem.field')} <Code fz="xs">{problem.field}</Code>
            </>
          )}
        </Text>
        {onRetry && (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            {t('problem.retry')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

/** The server's own sentence; else the catalogue's for this code, this status, this category. */
function detailOf(problem: Problem): string {
  return (
    problem.detail ||
    textOr(
      `problem.${problem.code}`,
      textOr(`problem.http-${problem.status}`, textOr(`problem.${problem.category}`, problem.code)),
    )
  );
}

function fixOf(problem: Problem): string {
  return (
    problem.fix ||
    textOr(
      `problem.${problem.code}.fix`,
      textOr(`problem.http-${problem.status}.fix`, textOr(`problem.${problem.category}.fix`, '')),
    )
  );
}
