import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIGHT, openBrowser, watchedPage, type WatchedPage } from '../browser/browser.ts';

const URL = given('SALLYPORT_URL');
const USER = given('SALLYPORT_USER');
const PASSWORD = given('SALLYPORT_PASSWORD');
/** The command waits for this file, so its first words are seen while it runs, or never. */
const GO_ON = join(given('SALLYPORT_SCRATCH'), 'go-on');

describe('the console on a real server with a real agent', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it('refuses a wrong password and says so', async () => {
    const { page } = await visit(browser);
    await logIn(page, 'wrong password');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('button', { name: 'Sign in' }).isVisible()).toBe(true);
  });

  it('lists the machine, runs a command on it and shows the output while it comes', async () => {
    const { page, faults } = await visit(browser);
    await logIn(page, PASSWORD);
    await page.getByRole('heading', { level: 1, name: 'Machines' }).waitFor();
    const row = page.getByRole('grid', { name: 'Machines' }).getByRole('row').nth(1);
    await row.getByText('Online').waitFor();
    await row.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Run a command' }).click();
    await page
      .getByLabel('Command', { exact: true })
      .fill(`echo begun; while [ ! -e '${GO_ON}' ]; do sleep 0.1; done; echo "<b>$((6 * 7))</b>" >&2; exit 3`);
    await page.getByRole('button', { name: 'Run on 1 machine' }).click();
    await page.getByText('begun', { exact: true }).waitFor();
    await writeFile(GO_ON, '');
    await page.getByText('<b>42</b>').waitFor();
    await page.getByText('exit 3').first().waitFor();
    expect(faults).toEqual([]);
  });

  it('forgets who was there after signing out', async () => {
    const { page } = await visit(browser);
    await logIn(page, PASSWORD);
    await page.getByRole('heading', { level: 1, name: 'Machines' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });
});

function given(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`the environment variable ${name} is missing; the acceptance tests set it`);
  }
  return value;
}

async function visit(browser: Browser): Promise<WatchedPage> {
  const watched = await watchedPage(browser, LIGHT, { ignoreHTTPSErrors: true }); // the certificate is self-signed
  await watched.page.goto(URL);
  return watched;
}

async function logIn(page: Page, password: string): Promise<void> {
  await page.getByLabel('Name').fill(USER);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
