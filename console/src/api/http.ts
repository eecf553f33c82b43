import { observeServerClock } from './serverClock';
import { Problem, problemOf, unreachable } from './problem';

/** How the server wants changes to be marked as coming from its own page. */
interface Csrf {
  header: string;
  token: string;
}

const BASE = '/api/v1';

let csrf: Csrf | undefined;
let onSessionLost: () => void = () => undefined;

/** Names what happens when the server no longer knows this session (the log-in page is shown). */
export function whenSessionLost(listener: () => void): void {
  onSessionLost = listener;
}

/** Reports that a request of another kind (an event stream) found the session gone. */
export function sessionLost(): void {
  onSessionLost();
}

/** Remembers the CSRF token of a session answer; answers without one leave the known token in place. */
export function rememberCsrf(body: unknown): void {
  const offered = (body as { csrf?: Partial<Csrf> } | null)?.csrf;
  if (typeof offered?.header === 'string' && typeof offered.token === 'string') {
    csrf = { header: offered.header, token: offered.token };
  }
}

type Method = 'GET' | 'POST' | 'DELETE';

export interface RequestOptions {
  body?: unknown;
  signal?: AbortSignal;
  /** A 401 means "not signed in", which the caller handles itself. */
  expectSignedOut?: boolean;
}

/**
 * One request to the REST API. The path is relative to `/api/v1`.
 *
 * A change refused with 403 is tried once more when the CSRF token has been renewed meanwhile: a log-in in another tab
 * renews it.
 *
 * @throws Problem for every failure, a missing answer included
 */
export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const sent = csrf?.token;
  let response = await send(method, path, options);
  if (response.status === 403 && method !== 'GET' && (await renewCsrf()) !== sent) {
    response = await send(method, path, options);
  }
  if (response.status === 401 && !options.expectSignedOut) {
    onSessionLost();
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  return (await bodyOf(response)) as T;
}

/** The current session, or null when nobody is signed in. */
export async function fetchSession(signal?: AbortSignal): Promise<unknown> {
  const response = await send('GET', '/session', signal ? { signal } : {});
  if (response.status !== 401 && !response.ok) {
    throw await problemOf(response);
  }
  const body = await bodyOf(response);
  rememberCsrf(body);
  return response.ok ? body : null;
}

/** The URL of an API path, for a link or a stream. */
export function apiUrl(path: string): string {
  return BASE + path;
}

async function renewCsrf(): Promise<string | undefined> {
  await fetchSession();
  return csrf?.token;
}

async function send(method: Method, path: string, { body, signal }: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json, application/problem+json' };
  if (body !== undefined) {
    headers['content-type'] = 'application/json';
  }
  if (csrf && method !== 'GET') {
    headers[csrf.header] = csrf.token;
  }
  try {
    const response = await fetch(apiUrl(path), {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    observeServerClock(response);
    return response;
  } catch (failure) {
    if (signal?.aborted) {
      throw failure;
    }
    throw unreachable();
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  if (!(response.headers.get('content-type') ?? '').includes('json')) {
    return null;
  }
  try {
    return await response.json();
  } catch {
    throw new Problem({
      status: response.status,
      code: 'answer-unreadable',
      category: 'transport',
      detail: '',
      fix: '',
      field: '',
    });
  }
}
