import { memo } from 'react';
import { t } from '../../text/text';
import { blocksOf } from './chunks';
import type { OutputLine } from './outputLog';
import classes from './OutputView.module.css';

/** A piece of output, drawn again only when one of its lines is another one. */
export const OutputChunk = memo(
  function OutputChunk({ lines }: { lines: readonly OutputLine[] }) {
    return blocksOf(lines).map(block => (
      <div
        key={block.number}
        className={classes.block}
        data-stream={block.stream}
        data-mark={block.stream === 'stderr' ? t('output.errorMark') : undefined}
      >
        {`${block.text}\n`}
      </div>
    ));
  },
  (before, after) =>
    before.lines.length === after.lines.length && before.lines.every((line, index) => line === after.lines[index]),
);
