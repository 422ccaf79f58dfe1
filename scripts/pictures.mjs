// Draws the pictures of the README from the program itself: `npm run build && npm run pictures`, with Debian's Chromium.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const [program = 'dist/bin/caducus.js', pictures = 'docs/pictures'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'caducus-pictures-'));
const recording = join(folder, 'recording');
execFileSync(process.execPath, [program, 'run', 'hdfs-radar', '--fresh', '--data-dir', folder, '--record', recording], { stdio: 'ignore' });

const served = spawn(process.execPath, [program, 'serve', recording, '--http', '127.0.0.1:0', '--data-dir', folder]);
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync', '--no-first-run'];
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args });
try {
  const { value: line = '' } = await createInterface(served.stderr)[Symbol.asyncIterator]().next();
  const address = /http:\S+/.exec(line)?.[0];
  if (!address) throw new Error(`caducus serve said ${JSON.stringify(line)}`);
  mkdirSync(pictures, { recursive: true });
  for (const colorScheme of ['light', 'dark']) {
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
