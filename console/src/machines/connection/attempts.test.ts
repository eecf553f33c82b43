import { describe, expect, it } from 'vitest';
import { readAttempts } from './attempts';

describe('the ways a machine tried', () => {
  it('are shown in their order, each with what became of it', () => {
    const attempts = readAttempts({
      tried: [
        { transport: 'websocket', address: 'wss://s:8443/agent', route: '', failure: 'no answer', tookMillis: 4500 },
        { transport: 'tcp', address: 'tcp://s:80', route: 'straight ahead', failure: '', tookMillis: 30 },
      ],
    });
    expect(attempts.map(({ transport, failure, seconds }) => [transport, failure, seconds])).toEqual([
      ['websocket', 'no answer', 4.5],
      ['tcp', '', 0.03],
    ]);
  });

  it('T19 never become anything a page cannot show, whatever the machine says', () => {
    for (const nonsense of [null, undefined, 7, 'text', [], {}, [{}], NaN, -1]) {
      expect(readAttempts(nonsense)).toEqual([]);
      const [attempt] = readAttempts({ tried: [{ transport: nonsense, failure: nonsense, tookMillis: nonsense }] });
      expect(typeof attempt?.transport).toBe('string');
      expect(typeof attempt?.failure).toBe('string');
      expect(attempt?.seconds).toBeGreaterThanOrEqual(0);
    }
    const [attempt] = readAttempts({ tried: [{ failure: 'a\u202Eb\u0007' + 'x'.repeat(9_000) }] });
    expect(attempt?.failure).not.toContain('\u202E');
    expect(attempt?.failure.length).toBeLessThan(1_100);
    expect(readAttempts({ tried: Array.from({ length: 5_000 }, () => ({})) })).toHaveLength(100);
  });
});
