import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { startInstances } from './cluster';
import { type Server, type ServerOptions, startServer } from './server';

/** One person at one browser. */
export interface Someone {
  readonly name: string;
  readonly context: BrowserContext;
  readonly page: Page;
}

/** A new browser profile with nobody known in it. What the page complains of fails the test. */
export async function arrive(
  browser: Browser,
  name: string,
  options: { width?: number; height?: number; bypassCSP?: boolean } = {},
): Promise<Someone> {
  const { width = 1440, height = 900, bypassCSP = false } = options;
  const context = await browser.newContext({ viewport: { width, height }, bypassCSP });
  const page = await context.newPage();
  return { name, context, page };
}

/** Waits until the session page works: the mix is there and kept. */
export async function inSession({ page }: Someone): Promise<void> {
  await page.waitForURL('**/s/*');
  await page.waitForFunction(() => (window.mixingTable?.desk.mix.get().strips.size ?? 0) > 1);
  await expect(page.getByText('saved', { exact: true }).first()).toBeVisible();
}

/** Opens the demo song as somebody new. */
export async function openDemo(someone: Someone, server: Server): Promise<void> {
  await someone.page.goto(`${server.url}/demo`);
  const name = someone.page.getByRole('textbox', { name: /name/i });
  await name.fill(someone.name);
  await name.press('Enter');
  await inSession(someone);
}

/** Makes a link for a role in the page's own dialog, as people do; returns the link. */
export async function inviteLink({ page }: Someone, role: 'Mixer' | 'Commenter' | 'Listener'): Promise<string> {
  await page.getByRole('button', { name: 'Invite' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Who opens it becomes' }).selectOption(role.toLowerCase());
  await dialog.getByRole('button', { name: 'Make a link' }).click();
  const link = dialog.getByRole('textbox', { name: /link/i });
  await expect(link).toHaveValue(/\/invite#/);
  const url = await link.inputValue();
  await page.keyboard.press('Escape');
  return url;
}

/** Follows an invitation link as somebody new, with a name. */
export async function joinBy(someone: Someone, link: string): Promise<void> {
  await someone.page.goto(link);
  const name = someone.page.getByRole('textbox', { name: /name/i });
  await name.fill(someone.name);
  await name.press('Enter');
  await inSession(someone);
}

/** A real server of this file's own (with INSTANCES, several as one), from its first test to its last; whoever arrived leaves with it, and takes no processor from the next. */
export function ownServer(options: ServerOptions = {}): () => Server {
  let server: Server | undefined;
  test.beforeAll(async () => {
    const { INSTANCES, BACKING } = process.env;
    server = await (BACKING ? startInstances(Number(INSTANCES), JSON.parse(BACKING), options) : startServer(options));
  });
  test.afterAll(async ({ browser }) => {
    for (const context of browser.contexts()) await context.close();
    await server?.dispose();
  });
  return () => {
    if (!server) throw new Error('The server is not up.');
    return server;
  };
}
