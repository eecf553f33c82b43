import type { Machine } from '../api/types';
import type { Column } from '../parts/grid/Grid';
import { RelativeTime } from '../parts/RelativeTime';
import { State } from '../parts/State';
import { t } from '../text/text';
import classes from './columns.module.css';

export const machineId = (machine: Machine): string => machine.id;
export const machineName = (machine: Machine): string => machine.name;

/** The columns of the list of machines. At phone width the name carries what the others would show. */
export const MACHINE_COLUMNS: readonly Column<Machine>[] = [
  {
    id: 'name',
    title: t('machine.name'),
    width: 'minmax(150px, 2.2fr)',
    sortable: true,
    cell: machine => <Name machine={machine} />,
  },
  {
    id: 'state',
    title: t('machine.state'),
    width: 'minmax(104px, 0.9fr)',
    sortable: true,
    cell: machine => <State state={machine.state} />,
  },
  {
    id: 'os',
    title: t('machine.os'),
    width: 'minmax(120px, 1.8fr)',
    sortable: true,
    wideOnly: true,
    cell: machine => <bdi title={machine.kernel}>{machine.os}</bdi>,
  },
  {
    id: 'address',
    title: t('machine.address'),
    width: 'minmax(120px, 1.2fr)',
    sortable: true,
    wideOnly: true,
    cell: machine => <span className="mono">{machine.address}</span>,
  },
  {
    id: 'agentVersion',
    title: t('machine.agent'),
    width: 'minmax(80px, 0.7fr)',
    sortable: true,
    wideOnly: true,
    cell: machine => machine.agentVersion,
  },
  {
    id: 'lastSeen',
    title: t('machine.lastSeen'),
    width: 'minmax(104px, 0.9fr)',
    sortable: true,
    wideOnly: true,
    cell: machine => <RelativeTime time={machine.lastSeen} />,
  },
];

function Name({ machine }: { machine: Machine }) {
  return (
    <>
      <a className={classes.name} href={`#/machines/${encodeURIComponent(machine.id)}`} tabIndex={-1}>
        <bdi>{machine.name}</bdi>
      </a>
      <div className={classes.second}>
        <bdi>{machine.os}</bdi> · <RelativeTime time={machine.lastSeen} />
      </div>
    </>
  );
}
