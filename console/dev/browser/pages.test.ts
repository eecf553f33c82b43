import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DARK, go, LIGHT, openStage, PHONE, signIn, type Look, type Stage } from './browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Every page, each with what makes it show all it can. */
const PAGES: Record<string, (page: Page, url: string) => Promise<void>> = {
  machines: (page, url) => go(page, url, '#/machines', 'Machines'),
  'machines, some selected': async (page, url) => {
    await go(page, url, '#/machines?q=web-*', 'Machines');
    await page.getByRole('row').nth(2).getByRole('checkbox').check();
    await page.getByText('1 selected').waitFor();
  },
  'machines, none found': async (page, url) => {
    await go(page, url, '#/machines?q=no-such-machine', 'Machines');
    await page.getByText('No machine fits').waitFor();
  },
  'one machine': async (page, url) => {
    await go(page, url, '#/machines?q=build-ams-160', 'Machines');
    await page.getByRole('link', { name: 'build-ams-160' }).click();
    await page.getByRole('button', { name: 'Refresh summary' }).click();
    await page.getByText('File systems').waitFor();
  },
  'a machine that had to try several ways': async (page, url) => {
    const id = await page.evaluate(async () => {
      const answer = await (await fetch('/api/v1/machines?limit=300')).json();
      return answer.machines.find((machine: { transport: string }) => machine.transport === 'https-poll').id as string;
    });
    await page.goto(`${url}#/machines/${id}`);
    await page.getByText('answered 403 Forbidden').waitFor();
    await page.getByText('worked, by http://proxy').waitFor();
  },
  'a machine held back': async (page, url) => {
    await go(page, url, '#/machines?state=quarantined', 'Machines');
    await page.getByRole('link', { name: /-08/ }).click();
    await page.getByText('knew none of the last four secrets').waitFor();
  },
  'a machine that does not exist': async (page, url) => {
    await go(page, url, '#/machines/nobody', 'Machine');
    await page.getByRole('alert').waitFor();
  },
  'add a machine': async (page, url) => {
    await go(page, url, '#/machines/add', 'Add a machine');
    await page.getByRole('button', { name: 'Create the line' }).click();
    await page.getByText('Waiting for the machine').waitFor();
  },
  'run a command': async (page, url) => {
    await go(page, url, '#/run?name=*', 'Run a command');
    await page.getByLabel(/Yes, on all/).waitFor();
    await page.getByLabel(/Yes, on all/).check();
    await page.getByRole('button', { name: /Run on/ }).click();
    await page.getByText('This is needed.').waitFor();
  },
  directives: async (page, url) => {
    await go(page, url, '#/directives', 'Directives');
    await page.getByText('uname -r').waitFor();
  },
  'a directive on many machines': async (page, url) => {
    await go(page, url, '#/directives', 'Directives');
    await page.getByRole('link', { name: 'uname -r' }).click();
    await page.getByRole('heading', { level: 1, name: 'uname -r' }).waitFor();
    await page.getByText('sh: 1: systemctl: not found').first().waitFor();
  },
  'a directive on one machine': async (page, url) => {
    await go(page, url, '#/directives', 'Directives');
    await page.getByRole('link', { name: 'df -h' }).click();
    await page.getByText('/dev/vda1').waitFor();
  },
  'no such page': (page, url) => go(page, url, '#/nowhere', 'No such page'),
};

const LOOKS: [string, Look][] = [
  ['light', LIGHT],
  ['dark', DARK],
  ['phone', PHONE],
];

async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    interface Axe {
      run(): Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[] }>;
    }
    const { violations } = await (window as unknown as { axe: Axe }).axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target} ${node.failureSummary}`));
  });
}

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

describe.each(LOOKS)('every page, %s', (_, look) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  it('the log-in has no fault axe-core finds', async () => {
    const { page, faults } = await stage.page(look);
    await go(page, stage.url, '', 'Sign in');
    await page.getByLabel('Name').fill('ada');
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it.each(Object.entries(PAGES))(
    '%s: no fault axe-core finds, no policy broken, nothing beside the window',
    async (_page, open) => {
      const { page, faults } = await stage.page(look);
      await signIn(page, stage.url);
      await open(page, stage.url);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(faults).toEqual([]);
      await page.context().close();
    },
  );
});
