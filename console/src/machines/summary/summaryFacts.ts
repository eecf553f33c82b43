import { instant, list, members } from '../../api/decode';
import { showable } from '../../api/showable';

/** The action whose result these facts are. */
export const SUMMARY_ACTION = 'machine-summary';

export interface SummaryFacts {
  host: {
    hostname: string;
    system: string;
    kernel: string;
    booted: number | null;
    timeZone: string;
    user: string;
    elevated: boolean;
  };
  processors: { model: string; logical: number; cores: number; load: number[] };
  memory: { total: number; available: number; swapTotal: number; swapFree: number };
  mounts: Mount[];
  devices: { name: string; model: string; bytes: number; rotational: boolean }[];
  interfaces: { name: string; mac: string; up: boolean; mtu: number; addresses: string[] }[];
  /** Parts the machine cannot tell. */
  unsupported: string[];
}

export interface Mount {
  point: string;
  device: string;
  type: string;
  readOnly: boolean;
  total: number;
  available: number;
}

/** Entries shown of each list; a machine may report thousands. */
const MAX_ENTRIES = 200;

/** Reads the result of a machine summary; null when it is something else. Every part may be missing. */
export function readSummary(value: unknown): SummaryFacts | null {
  const parts = members(value);
  if (!('host' in parts) && !('memory' in parts)) {
    return null;
  }
  return {
    host: readHost(members(parts['host'])),
    processors: readProcessors(members(parts['processors'])),
    memory: readMemory(members(parts['memory'])),
    mounts: entries(members(parts['disks'])['mounts']).map(readMount),
    devices: entries(members(parts['disks'])['devices']).map(readDevice),
    interfaces: entries(members(parts['addresses'])['interfaces']).map(readInterface),
    unsupported: list(parts['unsupported'])
      .slice(0, MAX_ENTRIES)
      .map(part => showable(part)),
  };
}

function entries(value: unknown): Record<string, unknown>[] {
  return list(value).slice(0, MAX_ENTRIES).map(members);
}

function amount(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}

function readHost(host: Record<string, unknown>): SummaryFacts['host'] {
  return {
    hostname: showable(host['hostname']),
    system: showable(host['os']),
    kernel: [showable(host['kernel']), showable(host['arch'])].filter(Boolean).join(' · '),
    booted: instant(host['bootedMs']),
    timeZone: showable(host['timeZone']),
    user: showable(host['user']),
    elevated: host['elevated'] === true,
  };
}

function readProcessors(processors: Record<string, unknown>): SummaryFacts['processors'] {
  return {
    model: showable(processors['model']),
    logical: amount(processors['logical']),
    cores: amount(processors['cores']),
    load: list(processors['load'])
      .slice(0, 3)
      .map(value => Number(value))
      .filter(Number.isFinite),
  };
}

function readMemory(memory: Record<string, unknown>): SummaryFacts['memory'] {
  return {
    total: amount(memory['total']),
    available: amount(memory['available']),
    swapTotal: amount(memory['swapTotal']),
    swapFree: amount(memory['swapFree']),
  };
}

function readMount(mount: Record<string, unknown>): Mount {
  return {
    point: showable(mount['point']),
    device: showable(mount['device']),
    type: showable(mount['type']),
    readOnly: mount['readOnly'] === true,
    total: amount(mount['total']),
    available: amount(mount['available']),
  };
}

function readDevice(device: Record<string, unknown>): SummaryFacts['devices'][number] {
  return {
    name: showable(device['name']),
    model: showable(device['model']),
    bytes: amount(device['bytes']),
    rotational: device['rotational'] === true,
  };
}

function readInterface(each: Record<string, unknown>): SummaryFacts['interfaces'][number] {
  return {
    name: showable(each['name']),
    mac: showable(each['mac']),
    up: each['up'] === true,
    mtu: amount(each['mtu']),
    addresses: entries(each['addresses']).map(address => {
      const prefix = amount(address['prefix']);
      return showable(address['address']) + (prefix > 0 ? `/${prefix}` : '');
    }),
  };
}
