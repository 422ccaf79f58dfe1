/**
 * Pictures of every state of the page, over the incident of its tests: `npm run pictures:states -- FOLDER [NAME...]`. For who compares
 * them with what was drawn, or looks at a change with their own eyes.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { nodeIo } from '../src/io.ts';
import { servePages } from '../src/io/servePages.ts';
import type { Signal } from '../src/signal.ts';
import { buildPage, closeBrowser, openBrowser } from '../test/support/browser.ts';
import { openBench } from '../test/web/page/bench.ts';
import { end, now, past } from '../test/web/page/incident.ts';

const [folder = 'states', ...wanted] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const [browser, built] = await Promise.all([openBrowser(), buildPage()]);

interface State {
  name: string;
  hash?: string;
  /** What says that it is there. */
  ready: string;
  width?: number;
  height?: number;
  dark?: boolean;
  /** The clock of the board, milliseconds since 1970. */
  clock?: number;
  signals?: Signal[];
  options?: Parameters<typeof openBench>[2];
  /** What happens before the picture is taken. */
  act?(tab: Page, bench: Awaited<ReturnType<typeof openBench>>): Promise<void>;
}

const asOf = end - 20_000;
const quarter = 15 * 60_000;
const calm = past()
  .filter(({ time }) => time <= end - quarter)
  .map((signal): Signal =>
    signal.kind === 'blip' && signal.blip.group_id.endsWith('bill')
      ? { ...signal, blip: { ...signal.blip, count: 140, last_seen: signal.blip.end } }
      : signal,
  );
const learning = now().map((signal): Signal =>
  signal.kind === 'radar'
    ? { ...signal, radar: { ...signal.radar, blips: [], learning: { learned_ms: 11_400_000, warmup_ms: 86_400_000 } } }
    : signal,
);
const row = 'tr.row[data-key="k7f222"]';

const states: State[] = [
  { name: 'radar-light', ready: '.lanes' },
  { name: 'radar-dark', ready: '.lanes', dark: true },
  { name: 'pattern', hash: '#/p/k7f222?at=2026-03-14T03:12Z', ready: '#why' },
  { name: 'episode', hash: '#/e/e7c1', ready: '#order' },
  { name: 'findings', hash: '#/findings', ready: 'main h1' },
  { name: 'graph', hash: '#/graph', ready: '.flow .sink' },
  { name: 'phone', ready: '.thumb button', width: 390, height: 844 },
  { name: 'phone-pattern', hash: '#/p/k7f222', ready: '#why', width: 390, height: 844 },
  { name: 'phone-episode', hash: '#/e/e7c1', ready: '#order', width: 390, height: 844 },
  { name: 'zoomed', ready: '.lanes', width: 720, height: 450 },
  { name: 'calm', ready: 'main h1 >> text=Nothing unusual', clock: end - quarter, signals: calm },
  { name: 'stale', ready: '.banner', signals: calm },
  { name: 'cut-off', ready: row, act: cutOff },
  { name: 'learning', ready: '.sum >> text=LEARNING', clock: end - quarter, signals: learning },
  { name: 'empty', ready: 'main h1', signals: [] },
  { name: 'not-allowed', ready: 'main h1', options: { token: 'a-long-token' } },
  { name: 'answer', ready: '.lanes', act: async (tab) => tab.keyboard.press('a') },
  { name: 'help', ready: '.lanes', act: async (tab) => tab.keyboard.press('?') },
];

async function cutOff(tab: Page, bench: Awaited<ReturnType<typeof openBench>>): Promise<void> {
  await bench.restart(async () => {
    await tab.locator('.banner').waitFor({ timeout: 20_000 });
    await take(tab, 'cut-off');
  });
}

async function take(tab: Page, name: string): Promise<void> {
  await tab.evaluate('document.fonts.ready');
  await tab.screenshot({ path: join(folder, `${name}.png`) });
  console.log(join(folder, `${name}.png`));
}

for (const { name, hash = '', ready, width = 1440, height = 900, dark = false, clock = asOf, signals, options, act } of states) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const bench = await openBench(built.folder, clock, options);
  bench.send(...(signals ?? [...past(), ...now()]));
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' });
  const tab = await context.newPage();
  await tab.goto(`${bench.address}${hash}`);
  await tab.locator(ready).first().waitFor();
  await act?.(tab, bench);
  if (name !== 'cut-off') await take(tab, name);
  await context.close();
  await bench.close();
}

let base = '';
const other = await servePages(nodeIo().net, { host: '127.0.0.1', port: 0 }, async () => ({
  status: 200,
  type: 'text/html',
  body: readFileSync('examples/page.html', 'utf8').replaceAll('RADAR', base),
}));
const bench = await openBench(built.folder, asOf, { origins: [`http://localhost:${other.port}`] });
bench.send(...past(), ...now());
base = bench.address.replace(/\/$/, '');
const tab = await browser.newPage({ viewport: { width: 960, height: 540 } });
await tab.goto(`http://localhost:${other.port}/`);
await tab.locator(row).waitFor();
await take(tab, 'element');
await bench.close();
await other.close();
await closeBrowser();
