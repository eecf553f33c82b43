import { Button, SegmentedControl, Switch } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { Icon } from '../../parts/Icon';
import { t } from '../../text/text';
import { chunksOf } from './chunks';
import { OutputChunk } from './OutputChunk';
import type { OutputLog, OutputStream } from './outputLog';
import classes from './OutputView.module.css';

/** This near to the end counts as being at the end: new output then keeps the end in sight. */
const END_PX = 24;

/** Lines shorter than this fit any window but a phone's; wrapping them is no question. */
const LONG_LINE_CHARS = 60;

type Shown = 'both' | OutputStream;

interface OutputViewProps {
  label: string;
  log: OutputLog;
  /** Makes new output be drawn. */
  version: number;
  finished: boolean;
  tall?: boolean;
  /** At the end of the tool line. */
  children?: ReactNode;
}

/** Output as text and nothing but text: both streams in their order, the error stream marked. */
export function OutputView({ label, log, version, finished, tall = false, children }: OutputViewProps) {
  const [shown, setShown] = useState<Shown>('both');
  const [wrap, setWrap] = useLocalStorage({
    key: 'sallyport.wrap',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const { box, atEnd, onScroll, toEnd } = useFollowedEnd(`${version} ${shown}`);
  const hasErrors = log.lines.some(line => line.stream === 'stderr');
  const chunks = chunksOf(log.lines, shown === 'both' ? null : shown);
  return (
    <div className={classes.view}>
      {!log.empty && (
        <div className={classes.tools}>
          {hasErrors && (
            <SegmentedControl
              size="xs"
              aria-label={t('output.streams')}
              value={shown}
              onChange={value => setShown(value as Shown)}
              data={[
                { value: 'both', label: t('output.both') },
                { value: 'stdout', label: 'stdout' },
                { value: 'stderr', label: 'stderr' },
              ]}
            />
          )}
          {(wrap || log.lines.some(line => line.text.length > LONG_LINE_CHARS)) && (
            <Switch
              size="xs"
              label={t('output.wrap')}
              checked={wrap}
              onChange={event => setWrap(event.currentTarget.checked)}
            />
          )}
          <div className={classes.space} />
          {children}
        </div>
      )}
      <div className={classes.frame}>
        <div
          ref={box}
          role="group"
          aria-label={label}
          tabIndex={0}
          className={classes.box}
          data-tall={tall || undefined}
          data-wrap={wrap || undefined}
          onScroll={onScroll}
        >
          {log.incomplete && <div className={classes.note}>{t('output.incomplete')}</div>}
          {log.empty ? (
            <div className={classes.note}>{finished ? t('output.none') : t('output.waiting')}</div>
          ) : (
            <pre className={classes.text}>
              {chunks.map(chunk => (
                <OutputChunk key={chunk.number} lines={chunk.lines} />
              ))}
            </pre>
          )}
        </div>
        {!atEnd && (
          <Button
            className={classes.toEnd}
            size="compact-xs"
            variant="default"
            leftSection={<Icon name="down" size={12} />}
            onClick={toEnd}
          >
            {t('output.toEnd')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Keeps the end in sight while it is in sight; lets go as soon as the reader scrolls up. */
function useFollowedEnd(change: string) {
  const box = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  useLayoutEffect(() => {
    if (atEnd && box.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [change, atEnd]);
  const onScroll = () => {
    const element = box.current;
    if (element) {
      setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < END_PX);
    }
  };
  return { box, atEnd, onScroll, toEnd: () => setAtEnd(true) };
}
