import { describe, expect, it } from 'vitest';
import { readRun } from '../api/decode';
import type { Run } from '../api/types';
import { DirectiveFeed } from './feed';
import { groupByResult } from './groups';

function feedOf(outputs: Record<string, string>, stream = 'stdout'): DirectiveFeed {
  const feed = new DirectiveFeed('d');
  for (const [machine, text] of Object.entries(outputs)) {
    feed.take({ event: 'output', data: JSON.stringify({ machine, stream, text, position: 0 }), id: '' });
  }
  return feed;
}

function run(machine: string, members: object = {}): Run {
  return readRun({ machine, state: 'done', exitCode: 0, ...members });
}

const names = (groups: { runs: Run[] }[]) => groups.map(group => group.runs.map(one => one.machine).join(' '));

describe('runs grouped by result', () => {
  it('puts equal output and exit code together', () => {
    const feed = feedOf({ a: 'same\n', b: 'same\n', c: 'other\n' });
    expect(names(groupByResult([run('a'), run('b'), run('c')], feed))).toEqual(['a b', 'c']);
  });

  it('keeps apart what differs in anything but the machine', () => {
    const feed = feedOf({ a: 'x', b: 'x', c: 'x' });
    feed.take({
      event: 'output',
      data: JSON.stringify({ machine: 'd', stream: 'stderr', text: 'x', position: 0 }),
      id: '',
    });
    const runs = [run('a'), run('b', { exitCode: 1, state: 'failed' }), run('c', { value: { a: 1 } }), run('d')];
    expect(groupByResult(runs, feed)).toHaveLength(4);
  });

  it('shows failures first and what goes on last', () => {
    const runs = [
      run('q', { state: 'queued' }),
      run('ok'),
      run('r', { state: 'running' }),
      run('bad', { state: 'failed' }),
    ];
    expect(names(groupByResult(runs, feedOf({})))).toEqual(['bad', 'ok', 'r', 'q']);
  });

  it('does not call equal what it has not seen in full', () => {
    const feed = feedOf({ a: 'x', b: 'x' });
    expect(groupByResult([run('a', { truncated: true }), run('b', { truncated: true })], feed)).toHaveLength(2);
  });
});
