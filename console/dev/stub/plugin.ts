import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Connect, Plugin } from 'vite';
import { StubApi } from './api.ts';

/*
 * A DEVELOPMENT FIXTURE: answers like the server's REST API, from made-up data that lives until the process ends.
 * `npm run dev` shows the sources with it, `npm run preview` the built console under the policy the server sends.
 */

/** The policy of the real server, word for word. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

export function stubServer(builtConsole: string): Plugin {
  const options = {
    owner: process.env['STUB_SETUP'] === undefined,
    machines: Number(process.env['STUB_MACHINES'] ?? 214),
    restless: process.env['STUB_STILL'] === undefined,
  };
  const api = (): Connect.NextHandleFunction => {
    const stub = new StubApi(options);
    return (request, response, next) => {
      if (request.url?.startsWith('/api/v1/')) {
        stub.answer(request, response);
      } else {
        next();
      }
    };
  };
  return {
    name: 'sallyport-stub-server',
    configureServer(server) {
      server.middlewares.use(api());
    },
    configurePreviewServer(server) {
      server.middlewares.use(api());
      server.middlewares.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
        if (request.url !== '/' && request.url !== '/index.html') {
          next();
          return;
        }
        const nonce = randomBytes(16).toString('base64');
        const page = readFileSync(join(builtConsole, 'index.html'), 'utf8').replace('__CSP_NONCE__', nonce);
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.setHeader('content-security-policy', policy(nonce));
        response.setHeader('cache-control', 'no-store');
        response.setHeader('x-content-type-options', 'nosniff');
        response.end(page);
      });
    },
  };
}
