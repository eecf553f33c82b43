import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Rows drawn beyond each edge, so that a quick scroll shows rows and not ground. */
const OVERSCAN = 12;

interface Window {
  start: number;
  end: number;
}

/** The rows of a list of equal heights that must be drawn at a scroll position. */
export function visibleRows(scrollTop: number, height: number, rowHeight: number, count: number): Window {
  const start = Math.max(0, Math.min(Math.floor(scrollTop / rowHeight) - OVERSCAN, count));
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + OVERSCAN);
  return { start, end: Math.max(start, end) };
}

/** Draws only the rows in sight: ten thousand machines cost as much as forty. */
export function useWindow(scroller: RefObject<HTMLElement | null>, count: number, rowHeight: number) {
  const [shown, setShown] = useState<Window>({ start: 0, end: Math.min(count, 2 * OVERSCAN) });
  const size = useRef({ count, rowHeight });
  size.current = { count, rowHeight };

  const measure = useCallback(() => {
    const element = scroller.current;
    if (element === null) {
      return;
    }
    const { count: rows, rowHeight: height } = size.current;
    const next = visibleRows(element.scrollTop, element.clientHeight, height, rows);
    setShown(now => (now.start === next.start && now.end === next.end ? now : next));
  }, [scroller]);

  useLayoutEffect(measure, [measure, count, rowHeight]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) {
      return;
    }
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [scroller, measure]);

  return { start: Math.min(shown.start, count), end: Math.min(shown.end, count) };
}
