import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { go, openStage, PHONE, signIn, type Stage } from './browser.ts';

describe('working in the console', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  it('goes by keyboard alone from the log-in to the output of a command', async () => {
    const { page, faults } = await stage.page();
    await page.goto(stage.url);
    await page.getByLabel('Name').waitFor();
    await page.keyboard.type('ada');
    await page.keyboard.press('Tab');
    await page.keyboard.type('correct horse battery');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Machines' }).waitFor();

    await page.keyboard.press('/');
    await page.keyboard.type('web-ams-*');
    await page.waitForURL(/q=web-ams/);
    const grid = page.getByRole('grid', { name: 'Machines' });
    // the address changes a moment before the list: a row that is still there may be about to go, and the focus with it
    const others = grid.getByRole('row').filter({ hasNotText: 'web-ams' });
    await others.nth(1).waitFor({ state: 'detached' }); // all but the heading
    await grid.getByRole('row').nth(1).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('2 selected').waitFor();
    await page.getByRole('button', { name: 'Run a command' }).focus();
    await page.keyboard.press('Enter');

    const command = page.getByLabel('Command', { exact: true });
    await command.focus();
    await page.keyboard.type('df -h');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { level: 1, name: 'df -h' }).waitFor();
    await page.getByText('Done').first().waitFor();
    const first = page.getByRole('button', { name: /web-ams/ }).first();
    await page.getByText('/dev/vdb1').first().waitFor();
    expect(await first.getAttribute('aria-expanded')).toBe('true');
    await first.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/open=/);
    expect(await first.getAttribute('aria-expanded')).toBe('false');
    expect(faults).toEqual([]);
  });

  it('T19 shows what a hostile machine says and does nothing of it', async () => {
    const { page, faults } = await stage.page();
    await signIn(page, stage.url);
    await page.getByRole('link', { name: '<img src=x onerror=alert(1)>[U+202E]txt.exe' }).click();
    await page.getByRole('heading', { level: 1, name: '<img src=x' }).waitFor();
    await page.getByRole('link', { name: 'Run a command' }).click();
    await page.getByLabel('Command', { exact: true }).fill('hostile');
    await page.getByRole('button', { name: 'Run on 1 machine' }).click();
    await page.getByText('red <script>alert(1)</script>').waitFor();
    await page.getByText('real[U+202E]gnp.exe␀').waitFor();
    expect(await page.locator('img, script:not([src])').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('goes on with the output where it was when the connection breaks', async () => {
    const { page } = await stage.page();
    await signIn(page, stage.url, '#/run?name=web-ams-20');
    await page.getByLabel('Command', { exact: true }).fill('apt upgrade');
    await page.getByRole('button', { name: 'Run on 1 machine' }).click();
    const output = page.getByRole('group', { name: 'Output of web-ams-20' });
    await output.getByText('Reading package lists').waitFor();
    await page.request.post(`${stage.url}api/v1/stub/drop`);
    await output.getByText(/4 upgraded|returned an error/).waitFor();
    const text = (await output.locator('pre').innerText()).split('\n');
    expect(text.filter(line => line.startsWith('Unpacking'))).toHaveLength(4);
    expect(text.filter(line => line.startsWith('Reading package lists'))).toHaveLength(1);
  });

  it('cancels what has not finished', async () => {
    const { page } = await stage.page();
    await signIn(page, stage.url, '#/run?name=web-ams-20');
    await page.getByLabel('Command', { exact: true }).fill('apt upgrade');
    await page.getByRole('button', { name: 'Run on 1 machine' }).click();
    await page.getByText('Reading package lists').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Yes, cancel it' }).click();
    await page.getByText('Cancelled before it finished.').waitFor();
  });

  it('asks to sign in when the session ends, and comes back to the same page', async () => {
    const { page } = await stage.page();
    await signIn(page, stage.url);
    await go(page, stage.url, '#/directives', 'Directives');
    await page.getByRole('link', { name: 'uname -r' }).click();
    await page.getByRole('heading', { level: 1, name: 'uname -r' }).waitFor();
    await page.context().clearCookies();
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByLabel('Name').fill('ada');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'uname -r' }).waitFor();
  });

  it('shows nothing of one operator to the next', async () => {
    const { page } = await stage.page();
    await signIn(page, stage.url);
    await page.getByRole('row').nth(1).getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    let asked = 0;
    await page.route('**/api/v1/machines?*', route => {
      asked++;
      return route.fulfill({ json: { machines: [{ id: 'm', name: 'only-this-one', state: 'online' }] } });
    });
    await signIn(page, stage.url);
    await page.getByText('only-this-one').waitFor();
    expect(asked).toBe(1);
    expect(await page.getByText('build-ams-160').count()).toBe(0);
    expect(await page.getByText('1 selected').count()).toBe(0);
  });

  it('says what the server objects to, and how to go on', async () => {
    const { page } = await stage.page();
    await signIn(page, stage.url, '#/run?name=web-ams-20');
    await page.getByLabel('Command', { exact: true }).fill('refuse me');
    await page.getByRole('button', { name: 'Run on 1 machine' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('The policy of this site does not allow this command.').waitFor();
    await alert.getByText('Ask the owner of the site.').waitFor();
    await alert.getByText('command-refused').waitFor();
  });

  it('folds the navigation on a phone and opens it by keyboard', async () => {
    const { page } = await stage.page(PHONE);
    await signIn(page, stage.url);
    const directives = page.getByRole('link', { name: 'Directives' });
    expect(await directives.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Open the menu' }).focus();
    await page.keyboard.press('Enter');
    await directives.click();
    await page.getByRole('heading', { level: 1, name: 'Directives' }).waitFor();
    expect(await directives.isVisible()).toBe(false);
  });
});

describe('a new server', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage({ owner: false, machines: 0 });
  });
  afterAll(() => stage.close());

  it('gets its first owner, then its first machine', async () => {
    const { page, faults } = await stage.page();
    await go(page, stage.url, '#/setup', 'Create the first owner');
    await page.getByLabel('One-time token').fill('WRONG');
    await page.getByLabel('Name').fill('ada');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Create the owner' }).click();
    await page.getByText('This is not the token the server printed.').waitFor();
    await page.getByLabel('One-time token').fill('STUB-TOKEN');
    await page.getByRole('button', { name: 'Create the owner' }).click();

    await page.getByText('No machine is connected yet.').waitFor();
    await page.getByText('Wait for approval').click();
    await page.getByRole('button', { name: 'Create the line' }).click();
    await page.getByRole('group', { name: 'Line to paste on the machine' }).getByText('curl').waitFor();
    await page.getByRole('link', { name: 'laptop-01' }).waitFor();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Online').first().waitFor();
    expect(faults).toEqual([]);
  });

  it('has no second first owner', async () => {
    const { page } = await stage.page();
    await go(page, stage.url, '#/setup?token=STUB-TOKEN', 'Create the first owner');
    await page.getByLabel('Name').fill('mallory');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Create the owner' }).click();
    await page.getByText('This server already has an owner.').waitFor();
  });
});

describe('ten thousand machines', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage({ machines: 10_000 });
  });
  afterAll(() => stage.close());

  it('are drawn as far as they are in sight, and walked by keyboard to the last', async () => {
    const { page } = await stage.page();
    await signIn(page, stage.url);
    await page.getByText('10,000').waitFor();
    const grid = page.getByRole('grid', { name: 'Machines' });
    expect(await grid.getAttribute('aria-rowcount')).toBe('10001');
    await grid.getByRole('row').nth(1).focus();
    await page.keyboard.press('End');
    await grid.locator('[aria-rowindex="10001"]:focus').waitFor();
    await page.keyboard.press('PageUp');
    await page.keyboard.press('Space');
    await page.getByText('1 selected').waitFor();
    expect(await grid.getByRole('row').count()).toBeLessThan(100);
    await page.keyboard.press('Control+a');
    await page.getByText('10,000 selected').waitFor();
  });
});
