import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../api/http';
import { Icon } from '../parts/Icon';
import { ProblemNote } from '../parts/ProblemNote';
import { t } from '../text/text';

/** Stops what has not finished; asks once more first, in place. */
export function CancelButton({ id, count }: { id: string; count: number }) {
  const [asked, setAsked] = useState(false);
  const cancel = useMutation({
    mutationFn: () => request('POST', `/directives/${encodeURIComponent(id)}/cancel`),
    onSettled: () => setAsked(false),
  });
  return (
    <>
      {cancel.isError && <ProblemNote error={cancel.error} />}
      {asked ? (
        <>
          <Button
            color="red"
            autoFocus
            loading={cancel.isPending}
            leftSection={<Icon name="stop" />}
            onClick={() => cancel.mutate()}
          >
            {t('directive.cancelReally', { count })}
          </Button>
          <Button variant="subtle" color="gray" onClick={() => setAsked(false)}>
            {t('directive.cancelNot')}
          </Button>
        </>
      ) : (
        <Button
          variant="default"
          leftSection={<Icon name="stop" />}
          disabled={cancel.isSuccess}
          onClick={() => setAsked(true)}
        >
          {cancel.isSuccess ? t('directive.cancelling') : t('directive.cancel')}
        </Button>
      )}
    </>
  );
}
