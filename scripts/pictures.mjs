// Draws the pictures of the README from the program itself: `npm run pictures`. It has to be built, and Debian's Chromium be there.
import { spawn, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const program = 'dist/bin/caducus.js';
const pictures = 'docs/pictures';
const folder = mkdtempSync(join(tmpdir(), 'caducus-pictures-'));
const recording = join(folder, 'recording');
execFileSync(process.execPath, [program, 'run', 'hdfs-radar', '--fresh', '--data-dir', folder, '--record', recording], { stdio: 'ignore' });

// A window in which something is on; the last one is calm again.
const until = '20:36Z';
const served = spawn(process.execPath, [program, 'serve', recording, '--to', until, '--http', '127.0.0.1:0', '--data-dir', folder]);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-sync'] });
try {
  let address = '';
  for await (const line of createInterface(served.stdout)) {
    address = /http:\S+/.exec(line)?.[0] ?? '';
    if (address !== '') break;
  }
  mkdirSync(pictures, { recursive: true });
  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ viewport: { width: 1180, height: 720 }, colorScheme });
    await page.goto(address);
    await page.getByText('firing').first().waitFor();
    await page.screenshot({ path: join(pictures, `radar-${colorScheme}.png`) });
    console.log(`${pictures}/radar-${colorScheme}.png`);
  }
} finally {
  await browser.close();
  served.kill();
  rmSync(folder, { recursive: true, force: true });
}
