import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchSession, request, whenSessionLost } from './http';
import { asProblem, type Problem } from './problem';

interface Asked {
  method: string;
  url: string;
  token: string | undefined;
}

function serve(...answers: (Response | Error)[]): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    asked.push({ method: init.method ?? '', url, token: (init.headers as Record<string, string>)['X-CSRF'] });
    const answer = answers.shift() ?? new Error('nothing more to say');
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  });
  return asked;
}

function json(status: number, body: unknown, type = 'application/json'): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': type } });
}

function session(token: string): Response {
  return json(200, { account: { name: 'ada', role: 'owner' }, csrf: { header: 'X-CSRF', token } });
}

async function problemFrom(attempt: Promise<unknown>): Promise<Problem> {
  return attempt.then(
    () => expect.unreachable('the request should have failed'),
    (failure: unknown) => asProblem(failure),
  );
}

afterEach(() => vi.unstubAllGlobals());

describe('a request', () => {
  it('marks changes with the token of the session, and nothing else', async () => {
    const asked = serve(session('one'), json(200, {}), json(200, {}));
    await fetchSession();
    await request('GET', '/machines');
    await request('POST', '/directives', { body: {} });
    expect(asked.map(one => one.token)).toEqual([undefined, undefined, 'one']);
  });

  it('is sent once more when the token was renewed meanwhile, and not otherwise', async () => {
    const asked = serve(session('one'), json(403, {}), session('two'), json(201, { id: 'd' }));
    await fetchSession();
    expect(await request('POST', '/directives', { body: {} })).toEqual({ id: 'd' });
    expect(asked.map(one => one.token)).toEqual([undefined, 'one', undefined, 'two']);

    const again = serve(json(403, { code: 'not-allowed' }, 'application/problem+json'), session('two'));
    expect((await problemFrom(request('POST', '/directives'))).code).toBe('not-allowed');
    expect(again).toHaveLength(2);
  });

  it('fails with what the server says and advises', async () => {
    const said = { code: 'lifetime-long', category: 'user', detail: 'Too long.', fix: 'Say less.', field: 'lifetime' };
    serve(json(422, said, 'application/problem+json'));
    expect(await problemFrom(request('GET', '/x'))).toMatchObject({ ...said, status: 422 });
  });

  it('fails understandably when a proxy answers with a page of its own', async () => {
    serve(new Response('<h1>Bad Gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } }));
    expect(await problemFrom(request('GET', '/x'))).toMatchObject({
      code: 'http-502',
      category: 'internal',
      detail: '',
    });
  });

  it('fails understandably when the answer is broken off, or none comes', async () => {
    const broken = { headers: { 'content-type': 'application/json' } };
    serve(new Response('{"id":', broken), new TypeError('Failed to fetch'));
    expect((await problemFrom(request('GET', '/x'))).code).toBe('answer-unreadable');
    expect((await problemFrom(request('GET', '/x'))).code).toBe('unreachable');
  });

  it('tells when the session is over, except where that is a possible answer', async () => {
    const lost = vi.fn();
    whenSessionLost(lost);
    serve(json(401, {}), json(401, {}), json(401, {}));
    await problemFrom(request('POST', '/session', { expectSignedOut: true }));
    expect(await fetchSession()).toBeNull();
    expect(lost).not.toHaveBeenCalled();
    await problemFrom(request('GET', '/machines'));
    expect(lost).toHaveBeenCalledOnce();
  });
});
