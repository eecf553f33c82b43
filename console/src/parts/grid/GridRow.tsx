import { memo, type MouseEvent, type ReactElement } from 'react';
import { t } from '../../text/text';
import type { Column } from './Grid';
import classes from './Grid.module.css';

export interface GridRowProps<R> {
  id: string;
  index: number;
  row: R;
  name: string;
  columns: readonly Column<R>[];
  /** Undefined where rows cannot be selected. */
  selected: boolean | undefined;
  tabStop: boolean;
  onOpen: (row: R) => void;
  onToggle: (index: number, extend: boolean) => void;
  onFocused: (index: number) => void;
}

function Row<R>({ id, index, row, name, columns, selected, tabStop, onOpen, onToggle, onFocused }: GridRowProps<R>) {
  const click = (event: MouseEvent<HTMLElement>) => {
    const choosesText = window.getSelection()?.isCollapsed === false;
    if (!choosesText && !(event.target as HTMLElement).closest('a, button, input, label')) {
      onOpen(row);
    }
  };
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-index={index}
      data-row={id}
      tabIndex={tabStop ? 0 : -1}
      className={classes.row}
      onClick={click}
      onFocus={() => onFocused(index)}
    >
      {selected !== undefined && (
        <div role="gridcell" className={classes.check}>
          <label className={classes.hit}>
            <input
              type="checkbox"
              tabIndex={-1}
              aria-label={t('grid.select', { name })}
              checked={selected}
              onChange={event => onToggle(index, (event.nativeEvent as MouseEvent['nativeEvent']).shiftKey)}
            />
          </label>
        </div>
      )}
      {columns.map(column => (
        <div key={column.id} role="gridcell" className={classes.cell}>
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
}

/** A row is drawn again only when its own machine, selection or place changed. */
export const GridRow = memo(Row) as <R>(props: GridRowProps<R>) => ReactElement;
