import { SeededRandom } from './random.ts';
import type { StubMachine } from './machines.ts';

/** One thing a pretended program does: waits, says something, ends. */
export interface Step {
  afterMs: number;
  stream?: 'stdout' | 'stderr';
  text?: string;
}

export interface Performance {
  steps: Step[];
  exitCode: number;
  value?: unknown;
}

/** What a machine would print for a command; the well-known ones look as they do. */
export function perform(action: string, parameters: Record<string, unknown>, machine: StubMachine): Performance {
  const random = new SeededRandom(
    [...machine.name].reduce((sum, character) => Math.imul(sum, 31) + character.charCodeAt(0), 7),
  );
  if (action === 'machine-summary') {
    return { steps: [{ afterMs: 900 }], exitCode: 0, value: summaryOf(machine, random) };
  }
  const command = String(parameters['command'] ?? (parameters['argv'] as string[] | undefined)?.join(' ') ?? '');
  const say = (text: string, stream: 'stdout' | 'stderr' = 'stdout', afterMs = 120 + random.below(300)): Step => ({
    afterMs,
    stream,
    text,
  });
  if (command.includes('apt') || command.includes('upgrade')) {
    return upgrade(say, random);
  }
  if (command.startsWith('df')) {
    return { steps: [say(DF)], exitCode: 0 };
  }
  if (command.includes('hostile')) {
    return {
      steps: [say('\u001b[31mred\u001b[0m \u001b]0;title\u0007<script>alert(1)</script>\nreal\u202egnp.exe\u0000\n')],
      exitCode: 0,
    };
  }
  if (command.includes('flood')) {
    return {
      steps: Array.from({ length: 400 }, (_, n) => say(`${n} ${'x'.repeat(200)}\n`.repeat(20), 'stdout', 20)),
      exitCode: 0,
    };
  }
  if (command.startsWith('uptime')) {
    return {
      steps: [
        say(
          ` 10:1${random.below(9)}:07 up ${1 + random.below(90)} days,  load average: 0.0${random.below(9)}, 0.05, 0.01\n`,
        ),
      ],
      exitCode: 0,
    };
  }
  const failing = random.next() < 0.06;
  return failing
    ? { steps: [say('sh: 1: systemctl: not found\n', 'stderr')], exitCode: 127 }
    : { steps: [say(`${machine.kernel}\n`)], exitCode: 0 };
}

function upgrade(
  say: (text: string, stream?: 'stdout' | 'stderr', afterMs?: number) => Step,
  random: SeededRandom,
): Performance {
  const steps = [say('Reading package lists... Done\nBuilding dependency tree... Done\nCalculating upgrade... Done\n')];
  for (let percent = 10; percent <= 100; percent += 10) {
    steps.push(say(`\r\u001b[32m${percent}% [Working]\u001b[0m`, 'stdout', 150));
  }
  steps.push(say('\rThe following packages will be upgraded:\n  curl libcurl4 openssl tzdata\n'));
  for (const name of ['tzdata (2026b-0+deb12u1)', 'openssl (3.0.17-1)', 'libcurl4 (7.88.1-10)', 'curl (7.88.1-10)']) {
    steps.push(say(`Unpacking ${name} ...\n`, 'stdout', 350));
  }
  steps.push(
    say('W: Some index files failed to download. They have been ignored, or old ones used instead.\n', 'stderr'),
  );
  const broken = random.next() < 0.1;
  if (broken) {
    steps.push(say('E: Sub-process /usr/bin/dpkg returned an error code (1)\n', 'stderr'));
  } else {
    steps.push(say('Setting up curl (7.88.1-10+deb12u8) ...\n4 upgraded, 0 newly installed, 0 to remove.\n'));
  }
  return { steps, exitCode: broken ? 100 : 0 };
}

const DF = `Filesystem      Size  Used Avail Use% Mounted on
udev            3.9G     0  3.9G   0% /dev
tmpfs           796M  968K  795M   1% /run
/dev/vda1        59G   21G   36G  37% /
tmpfs           3.9G     0  3.9G   0% /dev/shm
/dev/vdb1       492G  311G  156G  67% /srv
`;

function summaryOf(machine: StubMachine, random: SeededRandom): unknown {
  const total = 8 * 2 ** 30;
  return {
    host: {
      hostname: machine.name,
      os: machine.os,
      osId: 'debian',
      osVersion: '12',
      kernel: machine.kernel,
      arch: machine.arch,
      bootId: '6a1e7c0e-6f0e-4d55-9d0d-1f6c6a1b2c3d',
      bootedMs: Date.now() - 86_400_000 * (1 + random.below(90)),
      timeZone: 'Europe/Amsterdam',
      user: 'root',
      elevated: true,
    },
    processors: {
      logical: 8,
      cores: 4,
      packages: 1,
      model: 'AMD EPYC 7443P',
      vendor: 'AuthenticAMD',
      load: [0.42, 0.31, 0.2],
    },
    memory: { total, available: total * 0.4, free: 2 ** 29, cached: 2 ** 31, swapTotal: 2 ** 31, swapFree: 2 ** 31 },
    disks: {
      mounts: [
        {
          point: '/',
          device: '/dev/vda1',
          type: 'ext4',
          readOnly: false,
          remote: false,
          total: 59 * 2 ** 30,
          free: 38 * 2 ** 30,
          available: 36 * 2 ** 30,
        },
        {
          point: '/srv',
          device: '/dev/vdb1',
          type: 'xfs',
          readOnly: false,
          remote: false,
          total: 492 * 2 ** 30,
          free: 30 * 2 ** 30,
          available: 30 * 2 ** 30,
        },
      ],
      devices: [{ name: 'vda', bytes: 60 * 2 ** 30, model: '', rotational: false, removable: false }],
    },
    addresses: {
      interfaces: [
        {
          name: 'eth0',
          mac: '52:54:00:1c:7a:0e',
          up: true,
          loopback: false,
          mtu: 1_500,
          addresses: [
            { address: machine.address, prefix: 24 },
            { address: 'fe80::5054:ff:fe1c:7a0e', prefix: 64 },
          ],
        },
        {
          name: 'lo',
          mac: '',
          up: true,
          loopback: true,
          mtu: 65_536,
          addresses: [{ address: '127.0.0.1', prefix: 8 }],
        },
      ],
    },
  };
}
