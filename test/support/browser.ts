import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';

const browserPath = '/usr/bin/chromium';
const there = existsSync(browserPath);

/** The files that the page was built to, by their names, and what each imports. */
export type BuiltFiles = Record<string, { imports: { path: string; kind: string }[] }>;

/** What the page was built to. */
export interface BuiltPage {
  folder: string;
  files: BuiltFiles;
}

let browser: Promise<Browser> | null = null;
let page: Promise<BuiltPage> | null = null;

/** Tests in a browser; skipped by name where there is none, which in CI is a fault. */
export function describeInBrowser(what: string, tests: () => void): void {
  const suite = there || process.env['CI'] ? describe : describe.skip;
  suite(`${what}${there ? '' : ' (skipped: there is no chromium)'}`, () => {
    tests();
    // Last, behind what the tests themselves close.
    after(closeBrowser);
  });
}

/** The one browser of a file of tests: it is started by the first that wants it. */
export function openBrowser(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath: browserPath,
    // Tests send these signals to commands that run in this process.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--no-sandbox',
      '--headless',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  return browser;
}

/** The page as it is shipped, built once for a file of tests. */
export function buildPage(): Promise<BuiltPage> {
  page ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'caducus-page-'));
    const { buildPage: build } = (await import(new URL('../../scripts/page.mjs', import.meta.url).href)) as {
      buildPage(folder: string): Promise<{ outputs: BuiltFiles }>;
    };
    return { folder, files: (await build(folder)).outputs };
  })();
  return page;
}

/** What code says in the page: the compiler knows no browser here. */
export const inPage = <T>(tab: Page, code: string): Promise<T> => tab.evaluate(code) as Promise<T>;

/** What the page complains about from now on: errors, and what breaks its policy. */
export async function watchComplaints(tab: Page): Promise<string[]> {
  const complaints: string[] = [];
  await tab.addInitScript(
    "document.addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI));",
  );
  tab.on(
    'console',
    (message) => void (message.type() === 'error' && !/Failed to load resource/.test(message.text()) && complaints.push(message.text())),
  );
  tab.on('pageerror', (error) => complaints.push(String(error.stack)));
  return complaints;
}

/** What axe finds wrong in the page, a line each; that alone is fetched, since all that it looked at is megabytes. */
export async function findAxeFaults(tab: Page): Promise<string[]> {
  if (!(await inPage<boolean>(tab, "'axe' in window"))) await tab.evaluate(axe.source);
  return inPage<string[]>(
    tab,
    `axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 2).map(({ target, failureSummary }) => target + ' ' + failureSummary).join(' | ')))`,
  );
}

/** Puts away what was opened and built. */
export async function closeBrowser(): Promise<void> {
  if (browser) await (await browser).close();
  if (page) rmSync((await page).folder, { recursive: true, force: true });
  browser = page = null;
}
