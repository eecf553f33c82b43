import { type CSSProperties, type ReactNode, useId, useMemo, useRef } from 'react';
import { t } from '../../text/text';
import { Icon } from '../Icon';
import { useIsPhone } from '../useIsPhone';
import classes from './Grid.module.css';
import { GridRow } from './GridRow';
import { useGridKeys } from './useGridKeys';
import { useWindow } from './useWindow';

export interface Column<R> {
  id: string;
  title: string;
  /** A track of CSS grid: `minmax(140px, 2fr)`. */
  width: string;
  sortable?: boolean;
  /** Left out at phone width, where the first column shows what matters on a second line. */
  wideOnly?: boolean;
  cell: (row: R) => ReactNode;
}

export interface GridSelection {
  ids: ReadonlySet<string>;
  onChange: (ids: ReadonlySet<string>) => void;
}

export interface GridProps<R> {
  label: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  rowId: (row: R) => string;
  /** What a row is called in the label of its check box. */
  rowName: (row: R) => string;
  onOpen: (row: R) => void;
  sort?: { column: string; descending: boolean };
  onSort?: (column: string) => void;
  selection?: GridSelection;
  /** Below the last row, e.g. a button for more. */
  footer?: ReactNode;
}

const ROW_HEIGHT = 36;
const PHONE_ROW_HEIGHT = 60;
const CHECKBOX_TRACK = '40px';

/**
 * A table for many rows of one height: draws what is in sight, keeps the header in place, is one stop of the Tab key
 * and is walked with the arrow keys (WAI-ARIA "grid" pattern; see `useGridKeys`).
 */
export function Grid<R>(props: GridProps<R>) {
  const { columns, rows, rowId, rowName, onOpen, selection, sort, onSort } = props;
  const phone = useIsPhone();
  const rowHeight = phone ? PHONE_ROW_HEIGHT : ROW_HEIGHT;
  const scroller = useRef<HTMLDivElement>(null);
  const { start, end } = useWindow(scroller, rows.length, rowHeight);
  const helpId = useId();
  const shownColumns = useMemo(() => columns.filter(column => !(phone && column.wideOnly)), [columns, phone]);
  const ids = useMemo(() => rows.map(rowId), [rows, rowId]);
  const keys = useGridKeys({ scroller, ids, rowHeight, selection, onOpen: index => openAt(rows, index, onOpen) });

  const tracks = [...(selection ? [CHECKBOX_TRACK] : []), ...shownColumns.map(column => column.width)].join(' ');
  const selectedHere = selection ? ids.reduce((sum, id) => sum + (selection.ids.has(id) ? 1 : 0), 0) : 0;
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      style={{ '--tracks': tracks, '--row-height': `${rowHeight}px` } as CSSProperties}
    >
      <div
        role="grid"
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
        aria-multiselectable={selection ? true : undefined}
        aria-describedby={helpId}
        onKeyDown={keys.onKeyDown}
      >
        <div role="row" aria-rowindex={1} className={classes.header}>
          {selection && (
            <div role="columnheader" className={classes.check}>
              <input
                type="checkbox"
                aria-label={t('grid.selectAll')}
                checked={ids.length > 0 && selectedHere === ids.length}
                disabled={ids.length === 0}
                ref={box => {
                  if (box) {
                    box.indeterminate = selectedHere > 0 && selectedHere < ids.length;
                  }
                }}
                onChange={event => keys.selectAll(event.currentTarget.checked)}
              />
            </div>
          )}
          {shownColumns.map(column => (
            <Header
              key={column.id}
              title={column.title}
              sorted={sort?.column === column.id ? (sort.descending ? 'descending' : 'ascending') : 'none'}
              onSort={column.sortable && onSort ? () => onSort(column.id) : undefined}
            />
          ))}
        </div>
        <div
          role="rowgroup"
          style={{ paddingTop: start * rowHeight, paddingBottom: Math.max(0, rows.length - end) * rowHeight }}
        >
          {rows.slice(start, end).map((row, offset) => {
            const id = ids[start + offset] ?? '';
            return (
              <GridRow
                key={id}
                id={id}
                index={start + offset}
                row={row}
                name={rowName(row)}
                columns={shownColumns}
                selected={selection ? selection.ids.has(id) : undefined}
                tabStop={keys.tabStop(start + offset, start, end)}
                onOpen={onOpen}
                onToggle={keys.toggle}
                onFocused={keys.focused}
              />
            );
          })}
        </div>
      </div>
      <span id={helpId} hidden>
        {selection ? t('grid.helpSelect') : t('grid.help')}
      </span>
      {props.footer}
    </div>
  );
}

function openAt<R>(rows: readonly R[], index: number, onOpen: (row: R) => void): void {
  const row = rows[index];
  if (row !== undefined) {
    onOpen(row);
  }
}

interface HeaderProps {
  title: string;
  sorted: 'ascending' | 'descending' | 'none';
  onSort: (() => void) | undefined;
}

function Header({ title, sorted, onSort }: HeaderProps) {
  if (onSort === undefined) {
    return (
      <div role="columnheader" className={classes.heading}>
        {title}
      </div>
    );
  }
  return (
    <div role="columnheader" aria-sort={sorted} className={classes.heading}>
      <button type="button" className={classes.sort} onClick={onSort}>
        {title}
        {sorted !== 'none' && <Icon name={sorted === 'ascending' ? 'up' : 'down'} size={12} />}
      </button>
    </div>
  );
}
