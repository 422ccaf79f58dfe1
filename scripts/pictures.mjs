// Draws the pictures of the README from the program itself, the page and the live terminal, light and dark:
// `npm run build && npm run pictures`, with Debian's Chromium and tmux.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { captureScreen, terminalPage } from './terminalPage.mjs';

const [program = 'dist/bin/caducus.js', pictures = 'docs/pictures'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'caducus-pictures-'));
const recording = join(folder, 'recording');
execFileSync(process.execPath, [program, 'run', 'hdfs-radar', '--fresh', '--data-dir', folder, '--record', recording], { stdio: 'ignore' });

/** The demo log as if it ended now: what is live is not of another year. Whole windows, so that they hold the same lines. */
function withTimesOfNow(log) {
  const read = (date, time) => Date.parse(`20${date.replace(/(..)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`);
  const window = 300_000;
  const last = Math.max(...Array.from(log.matchAll(/^(\d{6}),(\d{6}),/gm), ([, date, time]) => read(date, time)));
  const by = Math.floor((Date.now() - last) / window) * window;
  return log.replace(/^(\d{6}),(\d{6}),/gm, (_, date, time) => {
    const [day, clock] = new Date(read(date, time) + by).toISOString().split('T');
    return `${day.slice(2).replaceAll('-', '')},${clock.slice(0, 8).replaceAll(':', '')},`;
  });
}

const log = join(folder, 'hdfs.csv');
// As it was in the middle of the incident.
const lines = readFileSync('fixtures/demo_hdfs_sample.csv', 'utf8').split('\n');
const sofar = lines.filter((line) => !(line.slice(7, 13) >= '202930' && /^\d{6},/.test(line))).join('\n');
writeFileSync(log, withTimesOfNow(sofar));

const served = spawn(process.execPath, [program, 'serve', recording, '--http', '127.0.0.1:0', '--data-dir', folder]);
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync', '--no-first-run'];
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args });
try {
  const { value: line = '' } = await createInterface(served.stderr)[Symbol.asyncIterator]().next();
  const address = /http:\S+/.exec(line)?.[0];
  if (!address) throw new Error(`caducus serve said ${JSON.stringify(line)}`);
  mkdirSync(pictures, { recursive: true });
  const screen = await captureScreen(`cd ${folder} && ${process.execPath} ${resolve(program)} radar --follow hdfs.csv`, {
    columns: 118,
    rows: 24,
    ready: 'Disk failure',
    env: { CADUCUS_DATA_DIR: join(folder, 'terminal') },
  });
  for (const colorScheme of ['light', 'dark']) {
    const terminal = await browser.newPage({ viewport: { width: 1000, height: 480 } });
    await terminal.setContent(terminalPage(screen, colorScheme));
    await terminal.locator('pre').screenshot({ path: join(pictures, `terminal-${colorScheme}.png`) });
    console.log(join(pictures, `terminal-${colorScheme}.png`));
    const page = await browser.newPage({ viewport: { width: 1180, height: 640 }, colorScheme });
    await page.goto(address);
    await page.getByText('Disk failure').first().waitFor();
    await page.screenshot({ path: join(pictures, `radar-${colorScheme}.png`) });
    console.log(join(pictures, `radar-${colorScheme}.png`));
  }
} finally {
  await browser.close();
  served.kill();
  rmSync(folder, { recursive: true, force: true });
}
