import { SeededRandom, timeOrderedId } from './random.ts';

export interface StubMachine {
  id: string;
  name: string;
  site: string;
  state: 'online' | 'offline' | 'pending' | 'quarantined';
  os: string;
  kernel: string;
  arch: string;
  agentVersion: string;
  address: string;
  transport: string;
  inspectedBy: string;
  since: string;
  lastSeen: string;
  enrolled: string;
}

const SYSTEMS = [
  { os: 'Debian GNU/Linux 12 (bookworm)', kernel: 'Linux 6.1.0-28-amd64', arch: 'x86_64' },
  { os: 'Debian GNU/Linux 12 (bookworm)', kernel: 'Linux 6.1.0-26-amd64', arch: 'x86_64' },
  { os: 'Ubuntu 24.04.1 LTS', kernel: 'Linux 6.8.0-48-generic', arch: 'x86_64' },
  { os: 'Red Hat Enterprise Linux 9.4', kernel: 'Linux 5.14.0-427.el9', arch: 'x86_64' },
  { os: 'Alpine Linux 3.20', kernel: 'Linux 6.6.54-0-virt', arch: 'aarch64' },
  { os: 'Windows Server 2022', kernel: '10.0.20348', arch: 'x86_64' },
  { os: 'macOS 15.1', kernel: 'Darwin 24.1.0', arch: 'aarch64' },
];
const ROLES = ['web', 'web', 'web', 'db', 'cache', 'build', 'mail', 'till', 'kiosk', 'nas', 'gw'];
const PLACES = ['ams', 'fra', 'osl', 'lis', 'krk'];
const SITES = ['Harbour Logistics', 'Nordwind Clinics', 'Bakery Olsen'];

/** What a hostile agent would call itself, if it could. */
const HOSTILE = '<img src=x onerror=alert(1)>\u202etxt.exe';

/** The machine somebody has copied. */
const CLONED = 7;

/** What only the machine's own page shows. */
export function detailsOf(machine: StubMachine) {
  const alarm = {
    at: machine.since,
    kind: 'no-common-secret',
    detail: 'It proved who it is, and knew none of the last four secrets.',
  };
  return { ...machine, fingerprint: 'b1:4f:9a', bootId: '', alarms: machine.state === 'quarantined' ? [alarm] : [] };
}

/** Most come by the first way; those that poll found the others shut. */
export function connectionOf({ state, transport, address, inspectedBy, since, name }: StubMachine) {
  const failed = [
    {
      transport: 'websocket',
      address: 'wss://sally.example.org:8443/agent',
      route: '',
      failure: 'proxy.example.org:3128 answered 403 Forbidden to the upgrade; ask who runs it to let WebSocket pass',
      tookMillis: 412,
    },
    {
      transport: 'tls',
      address: 'tls://sally.example.org:8443',
      route: '',
      failure: `sally.example.org:8443 did not answer within 4 s (seen by ${name})`,
      tookMillis: 4_004,
    },
  ];
  const worked = {
    transport,
    address: 'https://sally.example.org:8443',
    route: transport === 'websocket' ? 'straight ahead' : 'by http://proxy.example.org:3128',
    failure: '',
    tookMillis: 187,
  };
  const tried = transport === 'websocket' ? [worked] : [...failed, worked];
  return { state, transport, address, inspectedBy, since, found: since, tried };
}

export function makeMachines(count: number): StubMachine[] {
  const random = new SeededRandom(7);
  return Array.from({ length: count }, (_, index) => makeMachine(random, index));
}

function makeMachine(random: SeededRandom, index: number): StubMachine {
  const system = random.of(SYSTEMS);
  const role = random.of(ROLES);
  const draw = random.next();
  const state = draw < 0.86 ? 'online' : draw < 0.98 ? 'offline' : 'pending';
  const quiet = state === 'offline' ? random.below(9 * 86_400_000) : random.below(40_000);
  const now = Date.now();
  return {
    id: timeOrderedId(),
    name: index === 5 ? HOSTILE : `${role}-${random.of(PLACES)}-${String(index + 1).padStart(2, '0')}`,
    site: random.of(SITES),
    state: index === CLONED ? 'quarantined' : state,
    ...system,
    agentVersion: random.next() < 0.9 ? '0.1.0' : '0.0.9',
    address: `10.${random.below(40)}.${random.below(256)}.${1 + random.below(254)}`,
    transport: random.next() < 0.9 ? 'websocket' : 'https-poll',
    inspectedBy: index === 2 ? 'CN=Acme Inspection CA,O=Acme' : '',
    since: new Date(now - quiet - random.below(20 * 86_400_000)).toISOString(),
    lastSeen: new Date(now - quiet).toISOString(),
    enrolled: new Date(now - 30 * 86_400_000 - random.below(200 * 86_400_000)).toISOString(),
  };
}

/** A machine that has just pasted its line. */
export function makeArrival(number: number, approval: string): StubMachine {
  const now = new Date().toISOString();
  return {
    ...makeMachine(new SeededRandom(number), 1_000 + number),
    name: `laptop-${String(number).padStart(2, '0')}`,
    state: approval === 'manual' ? 'pending' : 'online',
    since: now,
    lastSeen: now,
    enrolled: now,
  };
}
