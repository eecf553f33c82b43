import { describe, expect, it } from 'vitest';
import { readSummary } from './summaryFacts';

describe('a machine summary', () => {
  it('is read from the parts a machine reports', () => {
    const facts = readSummary({
      host: { hostname: 'web-01', os: 'Debian', kernel: '6.1', arch: 'x86_64', bootedMs: 1_000, elevated: true },
      memory: { total: 8, available: 3 },
      disks: { mounts: [{ point: '/', device: '/dev/vda1', total: 10, available: 4 }], devices: [] },
      addresses: { interfaces: [{ name: 'eth0', up: true, addresses: [{ address: '10.0.0.1', prefix: 24 }] }] },
      unsupported: ['processors'],
    });
    expect(facts).toMatchObject({
      host: { hostname: 'web-01', kernel: '6.1 · x86_64', booted: 1_000, elevated: true },
      memory: { total: 8, available: 3, swapTotal: 0 },
      mounts: [{ point: '/', total: 10, available: 4 }],
      interfaces: [{ name: 'eth0', addresses: ['10.0.0.1/24'] }],
      processors: { model: '', load: [] },
      unsupported: ['processors'],
    });
  });

  it('T19 stands parts of any shape', () => {
    const facts = readSummary({
      host: ['x'],
      memory: { total: '8', available: -1, swapTotal: Infinity },
      processors: { load: [{}, 'x', 1.5], model: { a: 1 } },
      disks: { mounts: 'all', devices: [null, 7] },
      addresses: { interfaces: Array.from({ length: 5_000 }, () => ({ addresses: [null], name: 'a\u202eb' })) },
    });
    expect(facts?.memory).toEqual({ total: 0, available: 0, swapTotal: 0, swapFree: 0 });
    expect(facts?.processors.load).toEqual([1.5]);
    expect(facts?.interfaces).toHaveLength(200);
    expect(facts?.interfaces[0]).toMatchObject({ name: 'a[U+202E]b', addresses: [''] });
  });

  it('is none where an action answered something else', () => {
    expect([null, 7, 'x', [], { exitCode: 0 }].map(readSummary)).toEqual([null, null, null, null, null]);
  });
});
