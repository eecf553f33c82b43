/** Whose doing a failure was; the server's `category`, kept so that the console can word the way out. */
export type ProblemCategory = 'user' | 'agent' | 'transport' | 'internal';

export interface ProblemDetails {
  /** HTTP status, 0 when no answer came. */
  status: number;
  /** Stable identifier such as `machine-unknown`; shown so that it can be looked up. */
  code: string;
  category: ProblemCategory;
  /** What failed and why, one or two sentences. */
  detail: string;
  /** What to do about it; empty when the server names nothing. */
  fix: string;
  /** The request field at fault; empty when none is. */
  field: string;
}

/** A failed request: RFC 9457 problem details with the members `code`, `category`, `field` and `fix`. */
export class Problem extends Error implements ProblemDetails {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly category: ProblemCategory;
  readonly detail: string;
  readonly fix: string;
  readonly field: string;

  constructor(details: ProblemDetails) {
    super(details.detail);
    this.status = details.status;
    this.code = details.code;
    this.category = details.category;
    this.detail = details.detail;
    this.fix = details.fix;
    this.field = details.field;
  }
}

const CATEGORIES: readonly string[] = ['user', 'agent', 'transport', 'internal'];

/** Longest detail or fix kept: a proxy in between may answer with a page of its own. */
const MAX_TEXT = 2_000;

/** Reads a problem from an error answer, whatever its body: a proxy's HTML page becomes a plain sentence. */
export async function problemOf(response: Response): Promise<Problem> {
  const members = await problemMembers(response);
  const said = (name: string): string => {
    const value = members[name];
    return typeof value === 'string' ? value.slice(0, MAX_TEXT) : '';
  };
  const category = said('category');
  return new Problem({
    status: response.status,
    code: said('code') || `http-${response.status}`,
    category: CATEGORIES.includes(category)
      ? (category as ProblemCategory)
      : response.status >= 500
        ? 'internal'
        : 'user',
    detail: said('detail') || said('title'),
    fix: said('fix'),
    field: said('field'),
  });
}

async function problemMembers(response: Response): Promise<Record<string, unknown>> {
  const type = response.headers.get('content-type') ?? '';
  if (!type.includes('json')) {
    return {};
  }
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch (unreadable) {
    return { detail: `The answer could not be read: ${String(unreadable)}` };
  }
}

/** The problem of a request that got no answer at all. */
export function unreachable(): Problem {
  return new Problem({ status: 0, code: 'unreachable', category: 'transport', detail: '', fix: '', field: '' });
}

/** Whatever was thrown, as a problem that can be shown. */
export function asProblem(thrown: unknown): Problem {
  return thrown instanceof Problem
    ? thrown
    : new Problem({
        status: 0,
        code: 'console-fault',
        category: 'internal',
        detail: thrown instanceof Error ? thrown.message : String(thrown),
        fix: '',
        field: '',
      });
}
