import { describe, expect, it, vi } from 'vitest';
import { readRun } from '../api/decode';
import { DirectiveFeed } from './feed';

function event(name: string, data: unknown) {
  return { event: name, data: JSON.stringify(data), id: '' };
}

describe('the feed of a directive', () => {
  it('takes output as text and as base64, in order', () => {
    const feed = new DirectiveFeed('d');
    feed.take(event('output', { machine: 'm', stream: 'stdout', text: 'grüß', position: 0 }));
    feed.take(event('output', { machine: 'm', stream: 'stderr', base64: btoa('\u00fc?'), position: 6 }));
    expect(feed.log('m').lines.map(line => line.text)).toEqual(['grüß', '\ufffd?']);
  });

  it('prefers what an event told of a run to what a request found', () => {
    const feed = new DirectiveFeed('d');
    feed.take(event('run', { machine: 'm', state: 'done', exitCode: 0 }));
    feed.seed([readRun({ machine: 'm', state: 'running' }), readRun({ machine: 'n', state: 'queued' })]);
    expect([...feed.current().runs.values()].map(run => run.state).sort()).toEqual(['done', 'queued']);
  });

  it('shows many events at once', async () => {
    const feed = new DirectiveFeed('d');
    let shown = 0;
    feed.subscribe(() => shown++);
    for (let position = 0; position < 1_000; position++) {
      feed.take(event('output', { machine: 'm', stream: 'stdout', text: 'x', position }));
    }
    await vi.waitFor(() => expect(shown).toBe(1));
    expect(feed.log('m').text()).toBe('x'.repeat(1_000));
  });

  it('T19 stands events that are not what they should be', () => {
    const feed = new DirectiveFeed('d');
    feed.take({ event: 'output', data: 'not json', id: '' });
    feed.take(event('output', null));
    feed.take(event('output', { machine: { a: 1 } }));
    feed.take(event('output', { machine: 'm', stream: 'toString', base64: '%%%', position: 'x' }));
    feed.take(event('run', { machine: 'm', state: '__proto__', exitCode: 'x', name: ['a'] }));
    feed.take(event('end', {}));
    expect(feed.current()).toMatchObject({ ended: true });
    expect(feed.current().runs.get('m')).toMatchObject({ state: 'unknown', exitCode: null, name: 'm' });
  });
});
