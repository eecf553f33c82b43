/** The objects of the REST API as the console uses them: read by `decode.ts`, every text in them safe to show. */

export const MACHINE_STATES = ['online', 'offline', 'pending', 'quarantined', 'revoked'] as const;

/** Pending machines wait for approval, quarantined ones were restored too far or cloned, revoked ones are dismissed. */
export type MachineState = (typeof MACHINE_STATES)[number];

export interface Machine {
  id: string;
  name: string;
  site: string;
  state: MachineState;
  os: string;
  kernel: string;
  arch: string;
  agentVersion: string;
  address: string;
  transport: string;
  /** Who opens TLS between the machine and the server, as its certificate says; empty when nobody does. */
  inspectedBy: string;
  /** When the present state began; epoch milliseconds like every time here, null when unknown. */
  since: number | null;
  lastSeen: number | null;
  enrolled: number | null;
}

export interface Session {
  account: { name: string; role: string };
}

export interface EnrolmentToken {
  id: string;
  /** One shell line to paste on the machine. */
  line: string;
  expires: number | null;
}

export interface ActionParameter {
  name: string;
  type: string;
  required: boolean;
  defaultValue: unknown;
  description: string;
  choices: string[];
}

export interface Action {
  name: string;
  title: string;
  description: string;
  /** The class of the action, by which rights are given; "read" changes nothing. */
  actionClass: string;
  parameters: ActionParameter[];
}

export const UNFINISHED_STATES = ['queued', 'running'] as const;
export const FINISHED_STATES = ['done', 'failed', 'refused', 'unsupported', 'expired', 'cancelled', 'unknown'] as const;

export type RunState = (typeof UNFINISHED_STATES)[number] | (typeof FINISHED_STATES)[number];

/** A directive's part on one machine. */
export interface Run {
  machine: string;
  name: string;
  state: RunState;
  exitCode: number | null;
  created: number | null;
  started: number | null;
  ended: number | null;
  reason: string;
  outputBytes: number;
  truncated: boolean;
  /** The result an action composed; null when it only has output. Hostile until shown through `ValueView`. */
  value: unknown;
}

export interface Directive {
  id: string;
  action: string;
  parameters: Record<string, unknown>;
  by: string;
  created: number | null;
  expires: number | null;
  /** How many runs are in which state. */
  counts: Partial<Record<RunState, number>>;
  /** Empty where the answer was a list of directives that leaves the runs out. */
  runs: Run[];
}

export function isFinished(state: RunState): boolean {
  return (FINISHED_STATES as readonly string[]).includes(state);
}

/** Something odd about a machine's rolling secret that a person should look at. */
export interface MachineAlarm {
  at: number | null;
  kind: string;
  detail: string;
}

/** Whether a machine may be given directives; it takes them as soon as it is online. */
export function takesDirectives(machine: Machine): boolean {
  return machine.state === 'online' || machine.state === 'offline';
}
