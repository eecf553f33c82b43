import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { ACTIONS } from './actions.ts';
import { StubDirective } from './directives.ts';
import { EventLog } from './events.ts';
import { connectionOf, detailsOf, makeArrival, makeMachines, type StubMachine } from './machines.ts';

interface StubOptions {
  /** False: the server is new and asks for its first owner. */
  owner: boolean;
  machines: number;
  /** True: agents come and go by chance. */
  restless: boolean;
}

type Body = Record<string, unknown>;

interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  body: Body;
  parts: string[];
}

const CSRF_HEADER = 'X-CSRF-TOKEN';
const COOKIE = 'stub-session';

/** Signs in as `ada` / `correct horse battery`; the set-up token is `STUB-TOKEN`. */
export class StubApi {
  readonly #machines: StubMachine[];
  readonly #directives: StubDirective[] = [];
  readonly #events = new EventLog(false);
  readonly #sessions = new Map<string, string>();
  readonly #csrf = randomUUID();
  #accounts = new Map<string, string>();
  #arrivals = 0;

  constructor(options: StubOptions) {
    this.#machines = makeMachines(options.machines);
    if (options.owner) {
      this.#accounts.set('ada', 'correct horse battery');
    }
    if (options.restless) {
      setInterval(() => this.#live(), 2_000).unref();
    }
    if (options.machines > 20) {
      this.#history();
    }
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://stub');
      const text = Buffer.concat(chunks).toString('utf8');
      const body = text === '' ? {} : (JSON.parse(text) as Body);
      this.#route({ request, response, url, body, parts: url.pathname.split('/').slice(3).map(decodeURIComponent) });
    });
  }

  #route(call: Call): void {
    const { request, parts } = call;
    const [area, id, sub] = parts;
    const method = request.method ?? 'GET';
    if (area === 'stub' && id === 'drop') {
      [this.#events, ...this.#directives.map(one => one.events)].forEach(events => events.drop());
      json(call, 204, null);
    } else if (area === 'session') {
      this.#session(call, method);
    } else if (area === 'setup' && this.#accounts.size === 0) {
      this.#setup(call);
    } else if (area === 'setup') {
      problem(call, 404, 'not-found', '', '');
    } else if (this.#who(request) === undefined) {
      problem(call, 401, 'sign-in-needed', 'Nobody is signed in.', 'Sign in.');
    } else if (method !== 'GET' && request.headers[CSRF_HEADER.toLowerCase()] !== this.#csrf) {
      problem(call, 403, 'csrf', 'The request did not come from this console.', 'Reload the page.');
    } else if (area === 'machines') {
      this.#machineCalls(call, id, sub);
    } else if (area === 'enrolment-tokens') {
      this.#enrolment(call);
    } else if (area === 'actions') {
      json(call, 200, { actions: ACTIONS });
    } else if (area === 'events') {
      this.#events.attach(request, call.response);
    } else if (area === 'directives') {
      this.#directiveCalls(call, method);
    } else {
      problem(call, 404, 'not-found', 'There is no such resource.', '');
    }
  }

  #who(request: IncomingMessage): string | undefined {
    const cookie = /stub-session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
    return cookie === undefined ? undefined : this.#sessions.get(cookie);
  }

  #session(call: Call, method: string): void {
    const { name, password } = call.body;
    if (method === 'POST') {
      if (typeof name !== 'string' || this.#accounts.get(name) !== password) {
        problem(call, 401, 'credentials-wrong', 'Name or password is wrong.', 'Check both; capital letters matter.');
        return;
      }
      const id = randomUUID();
      this.#sessions.set(id, name);
      call.response.setHeader('set-cookie', `${COOKIE}=${id}; HttpOnly; SameSite=Strict; Path=/`);
      json(call, 200, { account: { name, role: 'owner' } });
    } else if (method === 'DELETE') {
      call.response.setHeader('set-cookie', `${COOKIE}=; Max-Age=0; Path=/`);
      json(call, 204, null);
    } else {
      const who = this.#who(call.request);
      const csrf = { header: CSRF_HEADER, token: this.#csrf };
      json(
        call,
        who ? 200 : 401,
        who ? { account: { name: who, role: 'owner' }, csrf } : { code: 'sign-in-needed', csrf },
      );
    }
  }

  #setup(call: Call): void {
    if (call.body['token'] !== 'STUB-TOKEN') {
      problem(
        call,
        403,
        'setup-token-wrong',
        'This is not the token the server printed.',
        'Copy it again from the console of the server, or from the file setup-token in its data directory.',
      );
      return;
    }
    this.#accounts.set(String(call.body['name']), String(call.body['password']));
    json(call, 201, {});
  }

  #machineCalls(call: Call, id: string | undefined, sub: string | undefined): void {
    if (id === undefined) {
      const limit = Number(call.url.searchParams.get('limit') ?? 100);
      const from = Number(call.url.searchParams.get('after') ?? 0);
      const next = from + limit < this.#machines.length ? String(from + limit) : undefined;
      json(call, 200, { machines: this.#machines.slice(from, from + limit), next });
      return;
    }
    const machine = this.#machines.find(one => one.id === id);
    if (machine === undefined) {
      problem(
        call,
        404,
        'machine-unknown',
        'There is no machine with this id.',
        'It may have been removed. Choose one from the list.',
      );
    } else if (sub === 'connection') {
      json(call, 200, connectionOf(machine));
    } else if (sub === 'approve') {
      machine.state = 'online';
      this.#events.send('machine', machine);
      json(call, 200, machine);
    } else {
      json(call, 200, detailsOf(machine));
    }
  }

  #enrolment(call: Call): void {
    const expires = new Date(Date.now() + Number(call.body['expiresInSeconds']) * 1_000).toISOString();
    const bundle = Buffer.from(randomUUID().repeat(8)).toString('base64url');
    json(call, 201, {
      id: randomUUID(),
      line: `curl -fsS https://sallyport.example:8443/agent/install | sh -s -- ${bundle}`,
      bundle,
      expires,
    });
    setTimeout(() => {
      const machine = makeArrival(++this.#arrivals, String(call.body['approval']));
      this.#machines.push(machine);
      this.#events.send('machine', machine);
    }, 3_000);
  }

  #directiveCalls(call: Call, method: string): void {
    const [, id, sub, machine] = call.parts;
    if (id === undefined) {
      if (method === 'POST') {
        this.#order(call);
      } else {
        this.#list(call);
      }
      return;
    }
    const directive = this.#directives.find(one => one.id === id);
    if (directive === undefined) {
      problem(call, 404, 'directive-unknown', 'There is no directive with this id.', 'Choose one from the list.');
    } else if (sub === 'events') {
      directive.events.attach(call.request, call.response);
    } else if (sub === 'cancel') {
      directive.cancel();
      json(call, 202, {});
    } else if (sub === 'runs' && machine) {
      const stream = call.url.searchParams.get('stream') === 'stderr' ? 'stderr' : 'stdout';
      call.response.writeHead(200, {
        'content-type': 'text/plain; charset=utf-8',
        'x-content-type-options': 'nosniff',
      });
      call.response.end(directive.output[machine]?.[stream] ?? '');
    } else {
      json(call, 200, directive.toJson(true));
    }
  }

  #list(call: Call): void {
    const limit = Number(call.url.searchParams.get('limit') ?? 50);
    const before = call.url.searchParams.get('before');
    const machine = call.url.searchParams.get('machine');
    const found = this.#directives
      .filter(one => before === null || one.id < before)
      .filter(one => machine === null || one.runs.some(run => run.machine === machine))
      .slice(0, limit)
      .map(one => one.toJson(false));
    json(call, 200, { directives: found });
  }

  #order(call: Call): void {
    const wanted = new Set(call.body['machines'] as string[]);
    const machines = this.#machines.filter(machine => wanted.has(machine.id));
    const parameters = (call.body['parameters'] ?? {}) as Body;
    if (String(parameters['command'] ?? '').includes('refuse')) {
      problem(
        call,
        422,
        'command-refused',
        'The policy of this site does not allow this command.',
        'Ask the owner of the site.',
        'parameters.command',
      );
      return;
    }
    json(
      call,
      201,
      this.#start(
        String(call.body['action']),
        parameters,
        machines,
        Number(call.body['lifetimeSeconds'] ?? 3_600),
      ).toJson(true),
    );
  }

  #start(action: string, parameters: Body, machines: StubMachine[], lifetime = 3_600): StubDirective {
    const directive = new StubDirective(action, parameters, machines, lifetime, changed =>
      this.#events.send('directive', changed.toJson(false)),
    );
    this.#directives.unshift(directive);
    this.#events.send('directive', directive.toJson(false));
    return directive;
  }

  /** Some orders that were there before. */
  #history(): void {
    const online = this.#machines.filter(machine => machine.state === 'online');
    const linux = online.filter(machine => machine.os.includes('Debian')).slice(0, 38);
    this.#start('shell', { command: 'df -h' }, online.slice(0, 1));
    this.#start('machine-summary', {}, online.slice(0, 6));
    this.#start('shell', { command: 'uname -r' }, online.slice(10, 150));
    this.#start('shell', { command: 'systemctl is-active chrony' }, linux);
    this.#start('shell', { command: 'apt-get -qq update\napt-get -y upgrade' }, linux.slice(0, 12));
  }

  /** Agents come and go. */
  #live(): void {
    for (let change = 0; change < 3; change++) {
      const machine = this.#machines[Math.floor(Math.random() * this.#machines.length)];
      if (machine === undefined || machine.state === 'pending' || machine.state === 'quarantined') {
        continue;
      }
      const now = new Date().toISOString();
      const flips = Math.random() < 0.15;
      machine.state = flips ? (machine.state === 'online' ? 'offline' : 'online') : machine.state;
      machine.since = flips ? now : machine.since;
      machine.lastSeen = machine.state === 'online' || flips ? now : machine.lastSeen;
      this.#events.send('machine', machine);
    }
  }
}

function json({ response }: Call, status: number, body: unknown): void {
  response.statusCode = status;
  if (body === null) {
    response.end();
    return;
  }
  response.setHeader('content-type', 'application/json');
  response.setHeader('cache-control', 'no-store');
  response.end(JSON.stringify(body));
}

function problem({ response }: Call, status: number, code: string, detail: string, fix: string, field = ''): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/problem+json');
  response.end(JSON.stringify({ status, code, category: 'user', detail, fix, ...(field ? { field } : {}) }));
}
