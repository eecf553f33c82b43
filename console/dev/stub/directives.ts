import { EventLog } from './events.ts';
import type { StubMachine } from './machines.ts';
import { perform, type Step } from './programs.ts';
import { timeOrderedId } from './random.ts';

export interface StubRun {
  machine: string;
  name: string;
  state: string;
  outcome: string | null;
  exitCode: number | null;
  created: string;
  started: string | null;
  ended: string | null;
  reason: string;
  outputBytes: number;
  truncated: boolean;
  value: unknown;
}

/** A directive that plays itself. */
export class StubDirective {
  readonly id = timeOrderedId();
  readonly created = new Date().toISOString();
  readonly events = new EventLog(true);
  readonly runs: StubRun[] = [];
  readonly output: Record<string, { stdout: string; stderr: string }> = {};
  readonly action: string;
  readonly parameters: Record<string, unknown>;
  readonly #onChange: (directive: StubDirective) => void;
  readonly #lifetimeMs: number;

  constructor(
    action: string,
    parameters: Record<string, unknown>,
    machines: StubMachine[],
    lifetimeSeconds: number,
    onChange: (directive: StubDirective) => void,
  ) {
    this.action = action;
    this.parameters = parameters;
    this.#onChange = onChange;
    this.#lifetimeMs = lifetimeSeconds * 1_000;
    for (const machine of machines) {
      this.#begin(machine);
    }
    this.#endWhenDone();
  }

  toJson(withRuns: boolean) {
    const counts: Record<string, number> = {};
    this.runs.forEach(run => (counts[run.state] = (counts[run.state] ?? 0) + 1));
    return {
      id: this.id,
      action: this.action,
      parameters: this.parameters,
      by: 'ada',
      created: this.created,
      expires: new Date(Date.parse(this.created) + this.#lifetimeMs).toISOString(),
      counts,
      ...(withRuns ? { runs: this.runs } : {}),
    };
  }

  cancel(): void {
    this.runs.filter(run => run.ended === null).forEach(run => this.#finish(run, 'cancelled', null));
  }

  #begin(machine: StubMachine): void {
    const run: StubRun = {
      machine: machine.id,
      name: machine.name,
      state: 'queued',
      outcome: null,
      exitCode: null,
      created: this.created,
      started: null,
      ended: null,
      reason: '',
      outputBytes: 0,
      truncated: false,
      value: null,
    };
    this.runs.push(run);
    this.output[machine.id] = { stdout: '', stderr: '' };
    this.events.send('run', { ...run });
    if (machine.state !== 'online') {
      return;
    }
    const { steps, exitCode, value } = perform(this.action, this.parameters, machine);
    setTimeout(
      () => {
        if (run.ended !== null) {
          return;
        }
        run.state = 'running';
        run.started = new Date().toISOString();
        this.#changed(run);
        this.#play(run, steps, () => {
          run.value = value ?? null;
          this.#finish(run, exitCode === 0 ? 'done' : 'failed', value === undefined ? exitCode : null);
        });
      },
      60 + Math.random() * 500,
    );
  }

  #play(run: StubRun, [step, ...rest]: Step[], done: () => void): void {
    if (step === undefined) {
      done();
      return;
    }
    setTimeout(() => {
      if (run.ended !== null) {
        return;
      }
      if (step.text !== undefined && step.stream) {
        const output = this.output[run.machine];
        if (output) {
          output[step.stream] += step.text;
        }
        this.events.send('output', {
          machine: run.machine,
          stream: step.stream,
          text: step.text,
          position: run.outputBytes,
        });
        run.outputBytes += Buffer.byteLength(step.text);
      }
      this.#play(run, rest, done);
    }, step.afterMs);
  }

  #finish(run: StubRun, state: string, exitCode: number | null): void {
    run.state = state;
    run.outcome = state;
    run.exitCode = exitCode;
    run.ended = new Date().toISOString();
    this.#changed(run);
    this.#endWhenDone();
  }

  #changed(run: StubRun): void {
    this.events.send('run', { ...run });
    this.#onChange(this);
  }

  #endWhenDone(): void {
    if (this.runs.every(run => run.ended !== null)) {
      this.events.send('end', {});
    }
  }
}
