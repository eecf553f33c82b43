import { describe, expect, it } from 'vitest';
import { parseMembers, readAction, readDirective, readMachine, readRun, readSession } from './decode';

/** Values a hostile or broken peer might put anywhere. */
const NONSENSE: unknown[] = [null, undefined, 7, true, 'text', [], {}, [{}], { toString: 1 }, NaN];

describe('answers of the server', () => {
  it('T19 never become anything a page cannot show, whatever they are', () => {
    for (const nonsense of NONSENSE) {
      for (const read of [readMachine, readRun, readDirective, readAction, readSession]) {
        const object = read(nonsense);
        expect(typeof object).toBe('object');
      }
      const machine = readMachine({
        id: nonsense,
        name: nonsense,
        state: nonsense,
        os: nonsense,
        lastSeen: nonsense,
        address: nonsense,
      });
      expect([machine.id, machine.name, machine.os, machine.address].every(text => typeof text === 'string')).toBe(
        true,
      );
      expect(['online', 'offline']).toContain(machine.state);
      const run = readRun({ machine: 'm', exitCode: nonsense, state: nonsense, outputBytes: nonsense });
      expect(run.exitCode === null || typeof run.exitCode === 'number').toBe(true);
      expect(run.outputBytes).toBeGreaterThanOrEqual(0);
    }
  });

  it('take times as text and as numbers', () => {
    const time = Date.UTC(2026, 10, 22);
    expect(readMachine({ since: '2026-11-22T00:00:00Z', lastSeen: time, enrolled: 'soon' })).toMatchObject({
      since: time,
      lastSeen: time,
      enrolled: null,
    });
  });

  it('count runs by state, or take the counts of a list', () => {
    expect(readDirective({ runs: [{ state: 'done' }, { state: 'done' }, { state: 'failed' }] }).counts).toEqual({
      done: 2,
      failed: 1,
    });
    expect(readDirective({ counts: { done: 3, failed: 0, __proto__: 7, invented: 2 } }).counts).toEqual({ done: 3 });
  });

  it('have no value where an action answered nothing', () => {
    expect([readRun({ value: {} }).value, readRun({}).value, readRun({ value: 0 }).value]).toEqual([null, null, 0]);
  });

  it('are nothing where they are not JSON', () => {
    expect([parseMembers('{'), parseMembers('[1]'), parseMembers('"x"'), parseMembers('{"a":1}')]).toEqual([
      {},
      {},
      {},
      { a: 1 },
    ]);
  });
});
