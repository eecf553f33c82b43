import { Anchor, Text } from '@mantine/core';
import { apiUrl } from '../api/http';
import { isFinished, type Run } from '../api/types';
import { readSummary } from '../machines/summary/summaryFacts';
import { SummaryView } from '../machines/summary/SummaryView';
import { ValueView } from '../parts/value/ValueView';
import { bytes, moment } from '../text/format';
import { t, textOr } from '../text/text';
import type { OutputLog } from './output/outputLog';
import { OutputView } from './output/OutputView';
import classes from './RunDetail.module.css';
import { RunOutcome } from './RunOutcome';
import { RunTime } from './RunTime';

interface RunDetailProps {
  directive: string;
  run: Run;
  log: OutputLog;
  /** Makes new output be drawn: the log itself is one object for life. */
  version: number;
  /** The directive's only run: nothing around it names the machine and its outcome. */
  alone?: boolean;
  /** It stands for all machines that ended alike. */
  shared?: boolean;
}

/** Everything of one run: why it ended so, the result an action composed, the output. */
export function RunDetail({ directive, run, log, version, alone = false, shared = false }: RunDetailProps) {
  const why = run.reason || (run.state === 'done' ? '' : textOr(`state.${run.state}.why`, ''));
  return (
    <div className={classes.detail}>
      {alone && (
        <div className={classes.facts}>
          <Anchor href={`#/machines/${encodeURIComponent(run.machine)}`} fw={560}>
            <bdi>{run.name}</bdi>
          </Anchor>
          <RunOutcome run={run} />
          <Text span size="sm" c="dimmed" title={run.started === null ? '' : moment(run.started)}>
            <RunTime run={run} />
          </Text>
        </div>
      )}
      {why && (
        <Text size="sm" className={classes.why} data-bad={run.state === 'failed' || undefined}>
          {why}
        </Text>
      )}
      {run.value !== null && <Value value={run.value} />}
      {run.state !== 'queued' && (run.value === null || !log.empty) && (
        <OutputView
          label={t('output.of', { name: run.name })}
          log={log}
          version={version}
          finished={isFinished(run.state)}
          tall={alone}
        >
          {!shared && <Downloads directive={directive} run={run} />}
        </OutputView>
      )}
    </div>
  );
}

function Value({ value }: { value: unknown }) {
  const summary = readSummary(value);
  return summary ? <SummaryView facts={summary} /> : <ValueView value={value} />;
}

/** The output as the machine sent it, byte for byte. */
function Downloads({ directive, run }: { directive: string; run: Run }) {
  if (run.outputBytes === 0) {
    return null;
  }
  const address = (stream: string) =>
    apiUrl(
      `/directives/${encodeURIComponent(directive)}/runs/${encodeURIComponent(run.machine)}/output?stream=${stream}`,
    );
  return (
    <span className={classes.downloads}>
      {bytes(run.outputBytes)}
      {run.truncated && ` · ${t('output.truncated')}`}
      {' · '}
      {t('output.raw')}{' '}
      <Anchor href={address('stdout')} download={`${run.machine}.stdout.txt`} size="xs" underline="always">
        stdout
      </Anchor>{' '}
      <Anchor href={address('stderr')} download={`${run.machine}.stderr.txt`} size="xs" underline="always">
        stderr
      </Anchor>
    </span>
  );
}
