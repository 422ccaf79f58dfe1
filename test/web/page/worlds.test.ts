import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import type { Blip, Signal } from '../../../src/signal.ts';
import { buildPage, describeInBrowser, inPage, openBrowser, watchComplaints, type BuiltPage } from '../../support/browser.ts';
import { openBench, type Bench } from './bench.ts';
import { blipOf, end, movers, now, past, windows } from './incident.ts';

const asOf = end - 20_000;

/** What of the table is wider than the place it has, as `class text`. */
const spilled = `[...document.querySelector('caducus-radar').shadowRoot.querySelectorAll('.rows :is(td,th), .lanes th, .finding > *')]
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'none' && one.clientWidth > 0)
  .map((one) => one.className + ' ' + one.textContent.trim().slice(0, 40))`;
const sideways = 'document.documentElement.scrollWidth - window.innerWidth';

describeInBrowser('the page in other worlds', () => {
  let browser: Browser;
  let built: BuiltPage;
  let bench: Bench;
  before(async () => {
    [browser, built] = await Promise.all([openBrowser(), buildPage()]);
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await bench.close();
  });

  async function open(width: number, address: string): Promise<Page> {
    const tab = await (await browser.newContext({ viewport: { width, height: 900 } })).newPage();
    await tab.goto(address);
    return tab;
  }

  /** The radar of the open window with these lines. */
  function radarWith(blips: Blip[]): Signal[] {
    return now().map((signal) => (signal.kind === 'radar' ? { ...signal, radar: { ...signal.radar, blips } } : signal));
  }
  const line = (i: number, more: Partial<Blip>): Blip => ({
    ...blipOf(movers[6]!, windows - 1),
    topic_id: `line${String(i).padStart(4, '0')}`,
    template_id: `line${String(i).padStart(4, '0')}`,
    score: 90 - (i % 90),
    ...more,
  });

  it('endless names of groups, texts from right to left and counts of billions stay in their places', async () => {
    const long = `k8s:${'checkout-service-europe-west-'.repeat(12)}pod-7f9c`;
    const odd = [
      line(0, { group_id: long, count: 12_345_678_901, usual: 987_654_321 }),
      line(1, { group_id: 'יומן:שרת', label: 'שגיאה בכתיבה <n>', pattern: 'שגיאה בכתיבה <n>', slots: [] }),
      line(2, { group_id: 'x'.repeat(200), pattern: `/${'a/b-c_'.repeat(80)}`, slots: [] }),
      line(3, { group_id: '💥'.repeat(40), pattern: '👩‍👩‍👧‍👦 Ошибка 接続できません', slots: [] }),
    ];
    bench = await openBench(built.folder, asOf);
    bench.send(...past(), ...odd.map((blip): Signal => ({ kind: 'blip', time: end, key: blip.group_id, blip })), ...radarWith(odd));
    for (const width of [1440, 1000, 720, 390]) {
      const tab = await open(width, bench.address);
      await tab.locator('tr.row[data-key="line0003"]').waitFor();
      await tab.locator('.legend, .thumb button').first().waitFor({ state: 'attached' });
      expect(await inPage<number>(tab, sideways), `at ${width}`).to.be.at.most(0);
      expect(await inPage<string[]>(tab, spilled), `at ${width}`).to.deep.equal([]);
      if (width === 1440)
        expect(await tab.locator('tr.row[data-key="line0000"]').innerText())
          .to.contain('12.3B')
          .and.to.contain('987.7M');
    }
  });

  it('five hundred rows are all there, and are moved through by keys', async () => {
    const many = Array.from({ length: 500 }, (_, i) => line(i, {}));
    bench = await openBench(built.folder, asOf);
    bench.send(...past(), ...radarWith(many));
    const tab = await open(1440, bench.address);
    await tab.locator('tr.row[data-key="line0499"]').waitFor();
    await tab.locator('footer').waitFor();
    for (let i = 0; i < 3; i += 1) await tab.keyboard.press('j');
    expect(await inPage(tab, "document.querySelector('caducus-radar').shadowRoot.activeElement.dataset.key")).to.be.a('string');
    expect(await tab.locator('tr.row[data-key^=line]').count()).to.equal(500);
  });

  it('windows of a day are named by their days', async () => {
    const day = 86_400_000;
    const stretch = (signal: Signal): Signal => {
      const at = (time: string): string => new Date(Date.parse('2026-03-14T00:00:00Z') - (end - Date.parse(time)) * 288).toISOString();
      if (signal.kind === 'blip') {
        const { blip } = signal;
        return {
          ...signal,
          blip: { ...blip, start: at(blip.start), end: at(blip.end), last_seen: at(blip.end), first_seen: at(blip.start) },
        };
      }
      return signal.kind === 'radar'
        ? { ...signal, radar: { ...signal.radar, start: at(signal.radar.start), end: at(signal.radar.end), earlier: [], blips: [] } }
        : signal;
    };
    bench = await openBench(built.folder, Date.parse('2026-03-14T00:00:00Z') - day);
    bench.send(...past().map(stretch));
    const tab = await open(1440, bench.address);
    await tab.locator('.lanes').waitFor();
    expect(await tab.locator('.lanes').innerText())
      .to.match(/\d\d-\d\d/)
      .and.not.to.contain('00:00');
  });

  it('a single event is a radar', async () => {
    const only = line(0, { count: 1, usual: null, trend: [1] });
    bench = await openBench(built.folder, asOf);
    const [radar] = radarWith([only]).filter(({ kind }) => kind === 'radar');
    bench.send({ kind: 'blip', time: end, key: only.group_id, blip: only }, radar!);
    const tab = await open(1440, bench.address);
    await tab.locator('tr.row[data-key="line0000"]').waitFor();
    await tab.locator('.lanes').waitFor();
    expect(await inPage<string[]>(tab, spilled)).to.deep.equal([]);
  });

  it('below a path that a proxy has put it, it is whole: page, stream, pages and answers', async () => {
    const proxy: Server = createServer((asked, answer) => {
      const path = asked.url!.replace(/^\/tools\/radar/, '');
      if (path === asked.url) return void answer.writeHead(404).end();
      const { port } = bench.server;
      const inner = ask({ host: '127.0.0.1', port, path, method: asked.method, headers: asked.headers }, (given) => {
        answer.writeHead(given.statusCode!, given.headers);
        given.pipe(answer);
      });
      inner.on('error', () => answer.destroy());
      answer.on('close', () => inner.destroy());
      asked.pipe(inner);
    });
    bench = await openBench(built.folder, asOf);
    bench.send(...past(), ...now());
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/tools/radar/`;
    try {
      const tab = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
      const complaints = await watchComplaints(tab);
      const stream = tab.waitForResponse((one) => one.url().startsWith(`${address}api/stream`));
      await tab.goto(address);
      expect((await stream).status()).to.equal(200);
      await tab.locator('tr.row[data-key="e7c100"] button.main').click();
      await tab.locator('form.answer button.main').click();
      await tab.locator('form.answer').waitFor({ state: 'detached' });
      expect(bench.marks).to.have.length(1);
      await tab.locator('tr.row[data-key="k7f222"] a.id').click();
      await tab.locator('h2 >> text=Why').waitFor();
      expect(complaints).to.deep.equal([]);
    } finally {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    }
  });
});
