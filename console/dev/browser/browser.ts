import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { preview, type PreviewServer } from 'vite';

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long a step may take: long enough for a loaded machine, and nothing takes so long when all is well. */
const PATIENCE = 60_000;

export const LIGHT = { width: 1440, height: 900, dark: false };
export const DARK = { width: 1440, height: 900, dark: true };
export const PHONE = { width: 390, height: 844, dark: false };
export type Look = typeof LIGHT;

/** The built console with the stub behind it, and a browser in front. */
export interface Stage {
  url: string;
  page(look?: Look): Promise<WatchedPage>;
  close(): Promise<void>;
}

/** A page, and what went wrong in it. */
export interface WatchedPage {
  page: Page;
  /** Violations of the content security policy, uncaught errors, dialogs. */
  faults: string[];
}

export async function openStage(stub: { machines?: number; owner?: boolean } = {}): Promise<Stage> {
  process.env['STUB_MACHINES'] = String(stub.machines ?? 214);
  // a machine that leaves by chance would take away the button a test is about to press
  process.env['STUB_STILL'] = 'yes';
  delete process.env['STUB_SETUP'];
  if (stub.owner === false) {
    process.env['STUB_SETUP'] = 'yes';
  }
  const server = await preview({ configFile: 'vite.config.ts', preview: { port: 0 }, logLevel: 'error' });
  const browser = await openBrowser();
  const url = addressOf(server);
  return {
    url,
    page: look => watchedPage(browser, look ?? LIGHT),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
}

function addressOf(server: PreviewServer): string {
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the preview server has no port');
  }
  return `http://127.0.0.1:${address.port}/`;
}

export async function watchedPage(
  browser: Browser,
  look: Look,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    ...options,
    viewport: { width: look.width, height: look.height },
    colorScheme: look.dark ? 'dark' : 'light',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const faults: string[] = [];
  page.on('pageerror', error => faults.push(`error: ${error.message}`));
  page.on('dialog', dialog => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', message => {
    if (/Content Security Policy|TrustedHTML|Refused to/.test(message.text())) {
      faults.push(`policy: ${message.text()}`);
    }
  });
  return { page, faults };
}

export async function signIn(page: Page, url: string, hash = '#/machines'): Promise<void> {
  await page.goto(url + hash);
  await page.getByLabel('Name').fill('ada');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('main').waitFor();
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor({ state: 'detached' });
}

/** Goes to an address behind the `#` and waits for the page's heading. */
export async function go(page: Page, url: string, hash: string, heading: string | RegExp): Promise<void> {
  await page.goto(url + hash);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}
