import { type KeyboardEvent, type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { GridSelection } from './Grid';

interface GridKeysOptions {
  scroller: RefObject<HTMLElement | null>;
  ids: readonly string[];
  rowHeight: number;
  selection: GridSelection | undefined;
  onOpen: (index: number) => void;
}

/**
 * The keyboard of a grid: arrows, Page Up and Down, Home and End move; Enter opens; Space selects, with Shift from the
 * last selected row to here; Ctrl+A selects all; Escape selects none.
 */
export function useGridKeys(options: GridKeysOptions) {
  const latest = useRef(options);
  latest.current = options;
  const [active, setActive] = useState(0);
  const anchor = useRef(0);
  const wanted = useRef<number | null>(null);

  useLayoutEffect(() => {
    if (wanted.current !== null) {
      const row = latest.current.scroller.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
      if (row) {
        wanted.current = null;
        row.focus({ preventScroll: true });
      }
    }
  });

  const move = (index: number) => {
    const { ids, scroller, rowHeight } = latest.current;
    const target = Math.max(0, Math.min(index, ids.length - 1));
    wanted.current = target;
    scrollToRow(scroller.current, target, rowHeight);
    setActive(target);
  };

  const toggle = useCallback((index: number, extend: boolean) => {
    const { ids, selection } = latest.current;
    const id = ids[index];
    if (selection === undefined || id === undefined) {
      return;
    }
    const next = new Set(selection.ids);
    if (extend) {
      rangeOf(ids, anchor.current, index).forEach(one => next.add(one));
    } else if (!next.delete(id)) {
      next.add(id);
    }
    anchor.current = index;
    setActive(index);
    selection.onChange(next);
  }, []);

  const addRange = (from: number, to: number) => {
    const { ids, selection } = latest.current;
    selection?.onChange(new Set([...selection.ids, ...rangeOf(ids, from, to)]));
    anchor.current = to;
  };

  const selectAll = useCallback((on: boolean) => {
    const { ids, selection } = latest.current;
    const next = new Set(selection?.ids);
    ids.forEach(id => (on ? next.add(id) : next.delete(id)));
    selection?.onChange(next);
  }, []);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
    if (row === null || event.altKey) {
      return;
    }
    const index = Number(row.dataset['index']);
    const page = Math.max(1, Math.floor((options.scroller.current?.clientHeight ?? 0) / options.rowHeight) - 2);
    const steps: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + page,
      PageUp: index - page,
      Home: 0,
      End: options.ids.length - 1,
    };
    const step = steps[event.key];
    if (step !== undefined) {
      move(step);
      if (event.shiftKey && options.selection) {
        addRange(index, step);
      }
    } else if (event.key === 'Enter' && event.target === row) {
      options.onOpen(index);
    } else if (event.key === ' ' && event.target === row && options.selection) {
      toggle(index, event.shiftKey);
    } else if (event.key === 'a' && (event.ctrlKey || event.metaKey) && options.selection) {
      selectAll(true);
    } else if (event.key === 'Escape' && options.selection) {
      options.selection.onChange(new Set());
    } else {
      return;
    }
    event.preventDefault();
  };

  const tabStop = (index: number, start: number, end: number): boolean =>
    active >= start && active < end ? index === active : index === start;

  return { onKeyDown, toggle, selectAll, tabStop, focused: setActive };
}

function rangeOf(ids: readonly string[], from: number, to: number): readonly string[] {
  return ids.slice(Math.max(0, Math.min(from, to)), Math.max(from, to) + 1);
}

/** Brings a row into sight below the header that stays in place, moving no further than needed. */
function scrollToRow(scroller: HTMLElement | null, index: number, rowHeight: number): void {
  if (scroller === null) {
    return;
  }
  const header = scroller.querySelector<HTMLElement>('[aria-rowindex="1"]')?.offsetHeight ?? 0;
  const top = index * rowHeight;
  if (top < scroller.scrollTop) {
    scroller.scrollTop = top;
  } else if (top + rowHeight + header > scroller.scrollTop + scroller.clientHeight) {
    scroller.scrollTop = top + rowHeight + header - scroller.clientHeight;
  }
}
