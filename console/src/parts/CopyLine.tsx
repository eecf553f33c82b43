import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { t } from '../text/text';
import { announce } from './announce';
import classes from './CopyLine.module.css';
import { Icon } from './Icon';

/** How long the button says that it has copied. */
const SAID_MS = 2_000;

/** A line to take elsewhere: shown in full, copied with one press, selected whole where copying is not allowed. */
export function CopyLine({ label, text }: { label: string; text: string }) {
  const line = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      announce(t('copy.done'));
      setTimeout(() => setCopied(false), SAID_MS);
    } catch {
      window.getSelection()?.selectAllChildren(line.current ?? document.body);
      announce(t('copy.selected'));
    }
  };
  return (
    <div className={classes.frame}>
      <pre ref={line} role="group" className={classes.line} tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<Icon name={copied ? 'check' : 'copy'} size={14} />}
        onClick={() => void copy()}
      >
        {copied ? t('copy.done') : t('copy.copy')}
      </Button>
    </div>
  );
}
