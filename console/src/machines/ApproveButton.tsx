import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { members, readMachine } from '../api/decode';
import { request } from '../api/http';
import type { Machine } from '../api/types';
import { Icon } from '../parts/Icon';
import { ProblemNote } from '../parts/ProblemNote';
import { t } from '../text/text';
import { machineStore } from './machineStore';

/** Whether a machine may do nothing until a person has looked at it. */
export function needsApproval(machine: Machine): boolean {
  return machine.state === 'pending' || machine.state === 'quarantined';
}

/** Lets a machine in that enrolled with a token which asks for approval, or lets one go on that was held back. */
export function ApproveButton({ machine }: { machine: Machine }) {
  const approve = useMutation({
    mutationFn: () => request('POST', `/machines/${encodeURIComponent(machine.id)}/approve`),
    onSuccess: answer => {
      if (members(answer)['id'] === machine.id) {
        machineStore.upsert(readMachine(answer));
      }
    },
  });
  return (
    <>
      <Button
        size="compact-sm"
        leftSection={<Icon name="check" size={14} />}
        loading={approve.isPending}
        onClick={() => approve.mutate()}
      >
        {t('machine.approve')}
      </Button>
      {approve.isError && <ProblemNote error={approve.error} />}
    </>
  );
}
