import { showable } from './showable';
import {
  FINISHED_STATES,
  MACHINE_STATES,
  UNFINISHED_STATES,
  type Action,
  type ActionParameter,
  type Directive,
  type EnrolmentToken,
  type Machine,
  type MachineAlarm,
  type MachineState,
  type Run,
  type RunState,
  type Session,
} from './types';

/*
 * The one place where answers of the server become objects of the console. What a machine reported passes through
 * `showable` here, so no page can forget it; a member of the wrong type becomes empty instead of breaking a page.
 */

/** An enrolment line carries a whole bundle (keys in base64); it is the server's own text and must not be cut. */
const MAX_LINE_CHARS = 64_000;
const MAX_DESCRIPTION_CHARS = 4_000;

type Members = Record<string, unknown>;

export function members(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

/** The members of a JSON text; none when it is not an object, or not JSON. */
export function parseMembers(text: string): Members {
  try {
    return members(JSON.parse(text));
  } catch {
    return {};
  }
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A time as ISO 8601 text or epoch milliseconds. */
export function instant(value: unknown): number | null {
  const time = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isFinite(time) ? time : null;
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}

const RUN_STATES: readonly string[] = [...UNFINISHED_STATES, ...FINISHED_STATES];

export function readMachine(value: unknown): Machine {
  const json = members(value);
  const state = showable(json['state']);
  return {
    id: showable(json['id']),
    name: showable(json['name']) || showable(json['id']),
    site: showable(json['site']),
    state: (MACHINE_STATES as readonly string[]).includes(state) ? (state as MachineState) : 'offline',
    os: showable(json['os']),
    kernel: showable(json['kernel']),
    arch: showable(json['arch']),
    agentVersion: showable(json['agentVersion']),
    address: showable(json['address']),
    transport: showable(json['transport']),
    inspectedBy: showable(json['inspectedBy']),
    since: instant(json['since']),
    lastSeen: instant(json['lastSeen']),
    enrolled: instant(json['enrolled']),
  };
}

/** The alarms of a machine's own page, newest first. */
export function readAlarms(value: unknown): MachineAlarm[] {
  return list(members(value)['alarms']).map(alarm => {
    const json = members(alarm);
    return {
      at: instant(json['at']),
      kind: showable(json['kind']),
      detail: showable(json['detail'], MAX_DESCRIPTION_CHARS),
    };
  });
}

export function readSession(value: unknown): Session {
  const account = members(members(value)['account']);
  return { account: { name: showable(account['name']), role: showable(account['role']) } };
}

export function readEnrolmentToken(value: unknown): EnrolmentToken {
  const json = members(value);
  return {
    id: showable(json['id']),
    line: showable(json['line'], MAX_LINE_CHARS),
    expires: instant(json['expires']),
  };
}

export function readAction(value: unknown): Action {
  const json = members(value);
  const name = showable(json['name']);
  return {
    name,
    title: showable(json['title']) || name,
    description: showable(json['description'], MAX_DESCRIPTION_CHARS),
    actionClass: showable(json['class']),
    parameters: list(json['parameters']).map(readParameter),
  };
}

function readParameter(value: unknown): ActionParameter {
  const json = members(value);
  return {
    name: showable(json['name']),
    type: showable(json['type']).toLowerCase(),
    required: json['required'] === true,
    defaultValue: json['default'] ?? null,
    description: showable(json['description'], MAX_DESCRIPTION_CHARS),
    choices: list(json['choices']).map(choice => showable(choice)),
  };
}

function readRunState(value: unknown): RunState {
  const state = showable(value);
  return RUN_STATES.includes(state) ? (state as RunState) : 'unknown';
}

export function readRun(value: unknown): Run {
  const json = members(value);
  return {
    machine: showable(json['machine']),
    name: showable(json['name']) || showable(json['machine']),
    state: readRunState(json['state']),
    exitCode: typeof json['exitCode'] === 'number' ? json['exitCode'] : null,
    created: instant(json['created']),
    started: instant(json['started']),
    ended: instant(json['ended']),
    reason: showable(json['reason'], MAX_DESCRIPTION_CHARS),
    outputBytes: count(json['outputBytes']),
    truncated: json['truncated'] === true,
    value: emptyAsNull(json['value']),
  };
}

/** An empty object says as much as no value. */
function emptyAsNull(value: unknown): unknown {
  const isEmptyObject = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return value === undefined || isEmptyObject ? null : value;
}

export function readDirective(value: unknown): Directive {
  const json = members(value);
  const runs = list(json['runs']).map(readRun);
  return {
    id: showable(json['id']),
    action: showable(json['action']),
    parameters: members(json['parameters']),
    by: showable(json['by']),
    created: instant(json['created']),
    expires: instant(json['expires']),
    counts: runs.length > 0 ? countByState(runs) : readCounts(json['counts']),
    runs,
  };
}

function readCounts(value: unknown): Directive['counts'] {
  const counts: Directive['counts'] = {};
  for (const [state, number] of Object.entries(members(value))) {
    if (RUN_STATES.includes(state) && count(number) > 0) {
      counts[state as RunState] = count(number);
    }
  }
  return counts;
}

export function countByState(runs: Iterable<Run>): Directive['counts'] {
  const counts: Directive['counts'] = {};
  for (const run of runs) {
    counts[run.state] = (counts[run.state] ?? 0) + 1;
  }
  return counts;
}
