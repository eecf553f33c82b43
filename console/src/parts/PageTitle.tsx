import { Title } from '@mantine/core';
import { useEffect, useRef } from 'react';

/** Pages shown so far; the first one leaves the focus where the browser put it. */
let shown = 0;

/**
 * The heading of a page, and the window's title. Takes the focus when the page is entered, so that the keyboard and a
 * screen reader go on from there instead of from a link that is gone.
 */
export function PageTitle({ children, title }: { children: string; title?: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const windowTitle = title ?? children;
  useEffect(() => {
    document.title = `${windowTitle} · Sallyport`;
  }, [windowTitle]);
  useEffect(() => {
    if (shown++ > 0 && (document.activeElement === document.body || document.activeElement?.closest('nav'))) {
      heading.current?.focus({ preventScroll: true });
    }
  }, []);
  return (
    <Title order={1} ref={heading} tabIndex={-1}>
      <bdi>{children}</bdi>
    </Title>
  );
}
