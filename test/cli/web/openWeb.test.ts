import { appendFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { nodeFiles, nodeIo, type Files } from '../../../src/io.ts';
import { readMarks } from '../../../src/store/marks.ts';
import { caducus } from '../../support/caducus.ts';
import { buildPage, describeInBrowser, openBrowser, watchComplaints } from '../../support/browser.ts';
import { serveCommand } from '../../support/servers/servedRadar.ts';
import { temporaryFolder } from '../../support/testIo.ts';

const start = Date.parse('2026-03-14T03:00:00Z');
const logLine = (seconds: number, text: string) => `${new Date(start + seconds * 1000).toISOString()} ${text}\n`;
const calm = (from: number, to: number) =>
  Array.from({ length: (to - from) / 5 }, (_, i) => logLine(from + i * 5, `INFO orders Order ${i} paid`)).join('');
const fault = (from: number, to: number) =>
  Array.from({ length: (to - from) / 5 }, (_, i) => logLine(from + i * 5, `ERROR billing payment gateway refused order ${i}`)).join('');

/** The files of this machine, with a page that was built for this test where the built one would be. */
const withPage = (folder: string): Files => {
  const isPage = (path: string) => path.endsWith(join('dist', 'web')) || path.includes(join('dist', 'web', '/'));
  return {
    ...nodeFiles,
    list: (path) => nodeFiles.list(isPage(path) ? folder : path),
    readBytes: (path) => nodeFiles.readBytes(isPage(path) ? join(folder, basename(path)) : path),
  };
};

describeInBrowser('the page of a pipeline that runs', () => {
  const folder = temporaryFolder();
  const data = ['--data-dir', folder.file('data')];
  const log = folder.file('app.log');

  it('what is acknowledged on it is kept, stands on the console of the run, and what is said there stands on it', async () => {
    const { folder: built } = await buildPage();
    writeFileSync(log, calm(0, 1200) + fault(1100, 1200));
    writeFileSync(
      folder.file('radar.yaml'),
      `name: shop
sources:
  log: { file: { path: ${log}, follow: true } }
operators:
  - memory: { window: 1m, warmup: 5m }
  - rank: { top: 8 }
  - rules: { rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }] }
sinks:
  screen: { console: { view: findings } }
`,
    );
    const now = () => start + 1_300_000;
    const tab = await (await openBrowser()).newPage();
    const complaints = await watchComplaints(tab);
    const { exit, out } = await serveCommand(
      ['run', folder.file('radar.yaml'), ...data],
      async (base, io) => {
        await tab.goto(base);
        const finding = tab.locator('.finding', { hasText: 'payment gateway refused order' });
        await finding.locator('text=firing').waitFor();
        const id = (await finding.locator('a.id').innerText()).trim();
        await finding.locator('a.id').click();
        await tab.locator('.title button >> text=ack').click();
        await tab.locator('form.answer input[name=text]').fill('swapping the key');
        await tab.locator('form.answer input[name=who]').fill('oncall');
        await tab.locator('form.answer button.main').click();
        await tab.locator('form.answer').waitFor({ state: 'detached' });
        await tab.locator('.meta >> text=acked').waitFor();

        const { lines } = await readMarks(nodeFiles, folder.file('data'));
        const mark = lines.flatMap((line) => ('mark' in line ? [line.mark] : []))[0];
        expect(mark).to.include({ type: 'ack', who: 'oncall', text: 'swapping the key' });
        expect(mark!.target.startsWith(id)).to.equal(true);
        // The run hears it, whatever comes next, and says so where it writes.
        appendFileSync(log, calm(1200, 1300) + fault(1200, 1300));
        while (!/acked.*by oncall: "swapping the key"/.test(io.stdout.text)) await nodeIo().sleep(20);

        const { exit: resolved, err } = await caducus(['resolve', id, '--note', 'key swapped', '--who', 'lea', ...data]);
        expect([resolved, err]).to.deep.equal([0, '']);
        await tab.locator('.meta >> text=resolved').waitFor();
      },
      { files: withPage(built), now },
    );
    await tab.close();
    expect(exit).to.equal(0);
    expect(out).to.match(/firing[^]*acked[^]*resolved/);
    expect(complaints).to.deep.equal([]);
  });
});
