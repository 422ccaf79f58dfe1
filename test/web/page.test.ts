// One file, because all of it is one page.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { sheetPage } from '../../src/cli/share/sheetPage.ts';
import { nodeIo } from '../../src/io.ts';
import { servePages } from '../../src/io/servePages.ts';
import type { RuleFinding, Signal } from '../../src/signal.ts';
import type { EpisodeAnswer, PatternAnswer, RadarAnswer, Sheet } from '../../src/web/client.ts';
import { buildPage, describeInBrowser, findAxeFaults, inPage, openBrowser, watchComplaints, type BuiltPage } from '../support/browser.ts';
import { partly } from '../support/typed.ts';
import { temporaryFolder } from '../support/testIo.ts';
import { openBench, type Bench } from './page/bench.ts';
import { blipOf, end, episodeFinding, movers, now, past, steady, windows } from './page/incident.ts';

/** What is tested here, in a browser. */
export const page = new URL('../../src/web/page.ts', import.meta.url);

const asOf = end - 20_000;
const focused = "document.querySelector('caducus-radar').shadowRoot.activeElement.dataset.key";
const sideways = 'document.documentElement.scrollWidth - window.innerWidth';

describeInBrowser('the page', () => {
  const folder = temporaryFolder();
  let browser: Browser;
  let built: BuiltPage;
  let bench: Bench;
  let complaints: string[] = [];

  before(async () => {
    [browser, built] = await Promise.all([openBrowser(), buildPage()]);
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await bench?.close();
  });

  /** Opens the page over a board; what breaks its policy, and errors, are complaints. */
  async function look(
    hash = '',
    { width = 1440, height = 900, dark = false, signals = [...past(), ...now()], options = {} as Parameters<typeof openBench>[2] } = {},
  ): Promise<Page> {
    bench = await openBench(built.folder, asOf, options);
    bench.send(...signals);
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' });
    const tab = await context.newPage();
    tab.setDefaultTimeout(8000);
    complaints = await watchComplaints(tab);
    await tab.goto(`${bench.address}${hash}`);
    return tab;
  }
  const row = (id: string) => `tr.row[data-key="${id}"]`;
  const keysOf = (tab: Page) =>
    tab.locator('tr.row').evaluateAll((rows) => rows.map((one) => (one as { dataset: Record<string, string> }).dataset['key']));
  /** A radar of the open window in which the rows beside the episode are turned around and one is new. */
  const turned = (open = true): Signal => {
    const [gone, jwt, retry] = [movers[5]!, movers[6]!, movers[7]!].map((one) => blipOf(one, windows - 1));
    const blips = [
      { ...retry!, score: 79 },
      { ...jwt!, score: 70 },
      { ...gone!, score: 50 },
      { ...gone!, topic_id: 'fresh0', template_id: 'fresh0', pattern: 'Fresh <n>', slots: [], score: 45 },
    ];
    const radar = {
      group_id: null,
      start: retry!.start,
      end: retry!.end,
      open,
      events: 9,
      groups: 6,
      patterns: 118,
      new_patterns: 3,
      blips,
      rest: { patterns: 110, events: 5, states: { steady: 110 } },
    };
    return { kind: 'radar', time: end, key: '', radar };
  };

  /** The close of the open window: its lines, and the radar in another order. */
  const closing = (): Signal[] => [
    ...[...movers, ...steady].map((one): Signal => {
      const blip = { ...blipOf(one, windows - 1), open: false };
      return { kind: 'blip', time: end, key: blip.group_id, blip };
    }),
    turned(false),
  ];

  it('shows the incident: what fires, since when, after which change, what is shared; under its policy', async () => {
    const tab = await look();
    await tab.locator(row('e7c100')).waitFor();
    const text = (await tab.locator('.top, .sum, main').allInnerTexts()).join(' ');
    for (const part of [
      'Firing 3',
      '5 of 6 groups live',
      'since 03:05:32Z',
      'hdfs-config r214',
      'dn2 in 5 of 5',
      'disk swapped',
      '2,310',
      'no events for',
      '110 more, 50,042 events (94.6 %)',
      'earlier',
      'was rising',
    ])
      expect(text).to.contain(part);
    expect(await tab.title()).to.equal('(3 firing) Radar, caducus');
    expect(await keysOf(tab)).to.deep.equal([
      'e7c100',
      'p9xa11',
      'k7f222',
      'm3qd33',
      'w2hn44',
      'q8tj55',
      'c4ne66',
      'z3lm77',
      'y6ro88',
      'quiet cloudwatch:/aws/lambda/bill',
      'was e2bn00',
    ]);
    expect(await tab.locator(`${row('k7f222')} .val`).innerText()).to.equal('dn2');
    expect(complaints).to.deep.equal([]);
  });

  it('is live within a second of a close', async () => {
    const tab = await look();
    await tab.locator(row('y6ro88')).waitFor();
    const before = performance.now();
    bench.send(...closing());
    await tab.locator(`${row('y6ro88')} .chip >> text=79`).waitFor();
    expect(performance.now() - before).to.be.lessThan(1000);
    expect((await keysOf(tab)).slice(6, 9)).to.deep.equal(['y6ro88', 'z3lm77', 'c4ne66']);
  });

  it('moves no row under the pointer, says what waits, and moves once the pointer leaves', async () => {
    const tab = await look();
    await tab.locator(row('z3lm77')).hover();
    const places = () =>
      tab
        .locator('tr.row')
        .evaluateAll((rows) =>
          rows.map((one) => Math.round(one.getBoundingClientRect().top - one.closest('table')!.getBoundingClientRect().top)),
        );
    const [before, tops] = [await keysOf(tab), await places()];
    bench.send(...closing());
    await tab.locator('.moved').waitFor();
    expect(await tab.locator('.moved').innerText()).to.equal('2 rows moved, 1 new');
    expect([await keysOf(tab), await places()]).to.deep.equal([before, tops]);
    expect(await tab.locator(`${row('y6ro88')} .chip`).innerText()).to.equal('79');
    await tab.mouse.move(5, 5);
    await tab.locator('.moved').waitFor({ state: 'detached' });
    expect((await keysOf(tab))[6]).to.equal('y6ro88');
  });

  it('acknowledges, from the page to what is kept and back', async () => {
    const tab = await look();
    await tab.locator(`${row('e7c100')} >> text=silence`).waitFor();
    await tab.locator(`${row('e7c100')} button.main`).click();
    await tab.locator('form.answer input[name=text]').fill('swapping disk');
    await tab.locator('form.answer input[name=who]').fill('oncall');
    await tab.locator('form.answer button.main').click();
    await tab.locator('form.answer').waitFor({ state: 'detached' });
    expect(bench.marks).to.have.length(1);
    expect(bench.marks[0]).to.include({ type: 'ack', target: 'e7c100', text: 'swapping disk', who: 'oncall' });
    await tab.locator(`${row('e7c100')} >> text=acked 9m`).waitFor();
    expect(await tab.locator(row('e7c100')).innerText()).to.contain('acked by oncall');
    expect(await tab.title()).to.equal('(2 firing) Radar, caducus');
  });

  it('says why an answer was refused, and keeps what was written', async () => {
    const tab = await look('', { options: { userHeader: 'x-user', ackUsers: ['oncall'] } }).catch(() => null);
    expect(tab).not.to.equal(null);
    await tab!.locator('text=Not allowed').waitFor();
    await tab!.setExtraHTTPHeaders({ 'x-user': 'guest' });
    await tab!.reload();
    await tab!.locator(row('e7c100')).waitFor();
    expect(await tab!.locator('.acts, .thumb').count()).to.equal(0);
  });

  it('is used by keys alone', async () => {
    const tab = await look();
    await tab.locator(row('k7f222')).waitFor();
    for (const key of ['j', 'j', 'j']) await tab.keyboard.press(key);
    expect(await inPage(tab, focused)).to.equal('k7f222');
    await tab.keyboard.press('Enter');
    await tab.locator('h2 >> text=Why').waitFor();
    expect(new URL(tab.url()).hash).to.equal('#/p/k7f222');
    await tab.keyboard.press('Escape');
    await tab.locator(row('k7f222')).waitFor();
    expect(await inPage(tab, focused)).to.equal('k7f222');
    await tab.keyboard.press('a');
    await tab.locator('form.answer').waitFor();
    await tab.keyboard.press('Escape');
    await tab.keyboard.press('/');
    await tab.keyboard.type('jwt');
    await tab.locator(row('c4ne66')).waitFor({ state: 'detached' });
    expect(await keysOf(tab)).to.deep.equal(['z3lm77']);
    await tab.locator('.filter').fill('');
    await tab.keyboard.press('Escape');
    await tab.keyboard.press('s');
    await tab.locator('text=sort: count').waitFor();
    await tab.keyboard.press('p');
    await tab.locator('text=Paused').waitFor();
    await tab.keyboard.press('?');
    await tab.locator('#help').waitFor();
  });

  it('goes on where it was cut off, and misses nothing', async () => {
    const tab = await look();
    await tab.locator(row('e7c100')).waitFor();
    await bench.restart(async () => {
      bench.send({ kind: 'finding', time: end, key: '', finding: episodeFinding('resolved') });
      // After five seconds in which nothing came, however long these are for the browser of a busy machine.
      await tab.locator('.banner', { hasText: 'CUT OFF from caducus' }).waitFor({ timeout: 20_000 });
      expect(await tab.locator('[role=alert]').first().innerText()).to.contain('Cut off');
    });
    await tab.locator('.banner').waitFor({ state: 'detached', timeout: 15_000 });
    await tab.locator('tbody.episode').waitFor({ state: 'detached' });
    expect(await tab.title()).to.equal('(2 firing) Radar, caducus');
  }).timeout(60_000);

  it('says that it is cut off although only its first part has come, and gets the rest when it can', async () => {
    const rest = /\/late-[^/]*\.js$/;
    const context = await browser.newContext();
    await context.route(rest, (route) => route.abort());
    bench = await openBench(built.folder, asOf);
    bench.send(...past(), ...now());
    const tab = await context.newPage();
    const refused = tab.waitForEvent('requestfailed', { predicate: (request) => rest.test(request.url()) });
    await tab.goto(bench.address);
    await refused;
    // Asked before the server is back: the page may be faster than this test.
    const got = tab.waitForResponse((response) => rest.test(response.url()), { timeout: 60_000 });
    const restarted = bench.restart(async () => {
      await tab.locator('.banner', { hasText: 'CUT OFF from caducus' }).waitFor({ timeout: 20_000 });
      await context.unroute(rest);
    });
    await Promise.all([got, restarted]);
    // A key means something once there is a radar that it could be about.
    await tab.locator(row('k7f222')).waitFor({ timeout: 30_000 });
    await tab.keyboard.press('?');
    await tab.locator('#help').waitFor({ timeout: 30_000 });
  }).timeout(90_000);

  it('says that sources are blind although only its first part has come', async () => {
    const context = await browser.newContext();
    await context.route(/\/late-[^/]*\.js$/, (route) => route.abort());
    bench = await openBench(built.folder, end + 3_600_000);
    bench.send(...past(), ...now());
    const tab = await context.newPage();
    await tab.goto(bench.address);
    expect(await tab.locator('.banner').innerText()).to.match(/^STALE \d of 6 groups: no events for/);
    expect(await tab.locator('[role=alert]').first().innerText()).to.contain('Stale');
    expect(
      await inPage(tab, "getComputedStyle(document.querySelector('caducus-radar').shadowRoot.querySelector('.banner')).display"),
    ).to.equal('flex');
    expect(await tab.locator(`${row('k7f222')} .chip`).count()).to.equal(0);
    await tab.locator(row('k7f222')).waitFor();
  });

  it('the first picture has the incident before the rest has come, and nothing of it moves when that comes', async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await context.route(/\/late-[^/]*\.js$/, async (route) => {
      await released;
      await route.continue();
    });
    bench = await openBench(built.folder, asOf);
    bench.send(...past(), ...now());
    const tab = await context.newPage();
    await tab.goto(bench.address);
    await tab.locator(row('k7f222')).waitFor();
    const top = () => tab.locator(row('k7f222')).evaluate((one) => one.getBoundingClientRect().top);
    const before = await top();
    expect(await tab.locator('.sum').innerText()).to.contain('Firing 3');
    release();
    await tab.locator('.lanes').waitFor();
    expect(Math.abs((await top()) - before)).to.be.lessThan(24);
  });

  const isBoard = (asked: { url(): string }) => asked.url().endsWith('/api/radar');
  const isStream = (asked: { url(): string }) => asked.url().includes('/api/stream');

  it('a machine that slept shows what is now as soon as it wakes', async () => {
    bench = await openBench(built.folder, asOf);
    bench.send(...past(), ...now());
    const tab = await (await browser.newContext()).newPage();
    await tab.clock.install();
    await tab.goto(bench.address);
    await tab.locator(row('e7c100')).waitFor();
    const asked = Promise.all([tab.waitForRequest(isBoard), tab.waitForRequest(isStream)]);
    await tab.clock.fastForward('08:00:00');
    await asked;
    await tab.locator(row('e7c100')).waitFor();
    expect(await tab.locator('.banner').count()).to.equal(0);
  });

  it('where so many look that it gets no stream, it reads the board every so often, and is not cut off', async () => {
    bench = await openBench(built.folder, asOf);
    bench.send(...past(), ...now());
    const context = await browser.newContext();
    await context.route('**/api/stream*', (route) => route.fulfill({ status: 503, body: '{"error":"32 are looking already"}' }));
    const tab = await context.newPage();
    await tab.clock.install();
    await tab.goto(bench.address);
    await tab.locator(row('e7c100')).waitFor();
    bench.send({ kind: 'finding', time: end, key: '', finding: episodeFinding('resolved') });
    const board = tab.waitForResponse(isBoard);
    await tab.clock.runFor(31_000);
    await board;
    await tab.clock.runFor(500);
    await tab.locator(row('e7c100')).waitFor({ state: 'detached' });
    expect(await tab.locator('.banner').count()).to.equal(0);
  });

  it('a page that nobody sees gives its stream back, keeps its title right, and is live when it is seen again', async () => {
    bench = await openBench(built.folder, asOf);
    bench.send(...past(), ...now());
    const tab = await (await browser.newContext()).newPage();
    await tab.addInitScript("Object.defineProperty(document, 'hidden', { get: () => window.isHidden === true });");
    await tab.clock.install();
    await tab.goto(bench.address);
    await tab.locator(row('e7c100')).waitFor();
    const show = (hidden: boolean) => inPage(tab, `window.isHidden = ${hidden}; document.dispatchEvent(new Event('visibilitychange'))`);
    await show(true);
    const given = tab.waitForEvent('requestfailed', isStream);
    // Ticks come one by one, as they do in a page that is not asleep.
    await tab.clock.runFor(62_000);
    await given;
    bench.send({ kind: 'finding', time: end, key: '', finding: episodeFinding('resolved') });
    const streams: string[] = [];
    tab.on('request', (request) => void (isStream(request) && streams.push(request.url())));
    const board = tab.waitForResponse(isBoard);
    await tab.clock.runFor(31_000);
    await board;
    while ((await tab.title()) !== '(2 firing) Radar, caducus') await tab.clock.runFor(500);
    expect(streams).to.deep.equal([]);
    const again = tab.waitForRequest(isStream);
    await show(false);
    await again;
  });

  it('opens a pattern, an episode and the findings by their address, and says what is not known', async () => {
    const tab = await look('#/p/k7f222?at=2026-03-14T03:12Z');
    await tab.locator('h1 >> text=Disk failure on').waitFor();
    const text = await tab.locator('main').innerText();
    for (const part of [
      'larger of two',
      'first ever',
      '24.3 + 9.1 + 6.0 + 7.2',
      'score at so many bits',
      '/data/3/current',
      'Slow write to disk',
      'disk swapped',
    ])
      expect(text).to.contain(part);
    await tab.keyboard.press('j');
    await tab.locator('h1 >> text=writeBlock').waitFor();
    expect(new URL(tab.url()).hash).to.equal('#/p/m3qd33');
    await tab.goto(`${bench.address}#/e/e7c1`);
    await tab.locator('h2 >> text=Order in time').waitFor();
    const episode = await tab.locator('main').innerText();
    for (const part of ['+1:40', 'dn2', '5 of 5', 'Not proof of cause']) expect(episode).to.contain(part);
    expect(episode)
      .to.match(/change hdfs-config r214\s+5\.2 bits 7m before, so in 0 of 1 episode before/)
      .and.to.match(/group cloudwatch:\/hdfs\/datanode\s+3\.1 bits before 2 of 2 others, first in 1 of 1 episode before/);
    expect(episode)
      .to.match(/02:58:00Z\s+hdfs-config r214/)
      .and.to.match(/03:08:31Z\s+sent to pager/);
    expect(await tab.locator('.order .at').textContent())
      .to.contain('-7:32 change hdfs-config r214')
      .and.to.contain('+0:00 begins');
    await tab.goto(`${bench.address}#/findings`);
    await tab.locator('h1 >> text=Findings').waitFor();
    await tab.goto(`${bench.address}#/p/zzzz`);
    await tab.locator('text=no pattern has an id').waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('says why nobody was told, of a pattern and of its whole group', async () => {
    const tab = await look('#/p/k7f222');
    const panel = tab.locator('section[aria-labelledby=told]');
    await panel.waitFor();
    expect(await panel.innerText())
      .to.contain('Nobody was told')
      .and.to.contain('not new or returning: no')
      .and.to.contain('stopped here');
    await panel.locator('a').click();
    await tab.locator('h1 >> text=cloudwatch:').waitFor();
    expect(decodeURIComponent(new URL(tab.url()).hash)).to.match(/^#\/why\/cloudwatch:\/hdfs\/datanode\?at=/);
    await tab.locator('section[aria-labelledby=told] >> text=1,204 lines').waitFor();
    await tab.goto(`${bench.address}#/e/e7c1`);
    await tab.locator('section[aria-labelledby=told]').waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('shows the pipeline with what flows through its parts, and which of them is in trouble', async () => {
    const tab = await look();
    await tab.locator('footer a >> text=pipeline').click();
    await tab.locator('.flow .sink').waitFor();
    expect(new URL(tab.url()).hash).to.equal('#/graph');
    expect(await tab.locator('.flow .source').textContent()).to.contain('1,204/s');
    expect(await tab.locator('.flow .ill').textContent())
      .to.contain('pager')
      .and.to.contain('4 held');
    expect(await tab.locator('main tbody tr').allInnerTexts()).to.satisfy(
      (rows: string[]) => rows.at(-1)!.includes('HTTP 503') && rows.at(-1)!.includes('rules.findings'),
    );
    expect(await tab.locator('.flow .port').textContent()).to.equal('findings');
    await tab.keyboard.press('Escape');
    await tab.locator(row('e7c100')).waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('log text does nothing: markup, links, escapes, turned directions, endless words', async () => {
    const evil = `<img src=x onerror="window.hit=1"><script>window.hit=1</script> \u001b[31mred \u202egnp.exe https://evil.example/x ${'A'.repeat(3000)}`;
    const blip = {
      ...blipOf(movers[6]!, windows - 1),
      topic_id: 'evil00',
      group_id: `g:${evil}`,
      label: evil,
      pattern: evil,
      slots: [{ type: '*', values: [{ value: '<b>x</b>', count: 2 }], distinct: 1 }],
      score: 88,
    };
    const base = turned();
    const radar: Signal = base.kind === 'radar' ? { ...base, radar: { ...base.radar, blips: [blip] } } : base;
    const finding = partly<RuleFinding>({
      ...episodeFinding(),
      id: 'evil01',
      type: 'rule',
      title: evil,
      result: {},
      topic_id: undefined,
    });
    const mark: Signal = {
      kind: 'mark',
      time: end,
      key: '',
      mark: {
        id: 'x',
        type: 'ack',
        target: 'evil00',
        who: evil.slice(0, 150),
        at: '2026-03-14T03:12:00.000Z',
        text: evil,
        link: 'javascript:window.hit=1',
      },
    };
    const tab = await look('', {
      signals: [...past(), mark, { kind: 'finding', time: end, key: '', finding }, radar],
      width: 390,
      height: 844,
    });
    await tab.locator(row('evil00')).waitFor();
    expect(await inPage(tab, 'window.hit')).to.equal(undefined);
    const text = await tab.locator(row('evil00')).innerText();
    expect(text).to.contain('<script>').and.to.contain('\\u001b[31m').and.to.contain('\\u202e').and.not.to.contain('\u202e');
    expect(await tab.locator('main img, main script, main a[href*="evil.example"], main a[href^=javascript]').count()).to.equal(0);
    expect(await inPage<number>(tab, sideways)).to.be.at.most(0);
    await tab.goto(`${bench.address}#/p/evil00`);
    await tab.locator('h2 >> text=Why').waitFor();
    expect(await inPage(tab, 'window.hit')).to.equal(undefined);
    expect(await inPage<number>(tab, sideways)).to.be.at.most(0);
    expect(complaints).to.deep.equal([]);
  });

  for (const [what, width, height] of [
    ['a phone', 390, 844],
    ['at 200 % zoom', 720, 450],
  ] as const)
    it(`fits ${what}: nothing to the side`, async () => {
      const tab = await look('', { width, height });
      await tab.locator(row('k7f222')).waitFor();
      const fits = () => inPage<number>(tab, sideways);
      expect(await fits()).to.be.at.most(0);
      for (const hash of ['#/p/k7f222', '#/e/e7c1', '#/findings', '#/graph', '#/why/hdfs']) {
        await tab.goto(`${bench.address}${hash}`);
        await tab.locator('main h1, main h2').first().waitFor();
        expect(await fits(), hash).to.be.at.most(0);
      }
      if (width < 640) {
        await tab.goto(`${bench.address}#/`);
        const [box] = await tab.locator('.thumb button').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
        expect(box).to.be.at.least(44);
      }
    });

  for (const dark of [false, true])
    it(`axe finds nothing in ${dark ? 'dark' : 'light'}`, async () => {
      const tab = await look('', { dark });
      for (const [hash, ready] of [
        ['#/', row('k7f222')],
        ['#/p/k7f222', 'h2 >> text=Why'],
        ['#/e/e7c1', 'h2 >> text=Order in time'],
        ['#/graph', 'h2 >> text=What flows'],
        ['#/why/hdfs', 'h2 >> text=Nobody was told'],
      ] as const) {
        await tab.goto(`${bench.address}${hash}`);
        await tab.locator(ready).waitFor();
        expect(await findAxeFaults(tab), hash).to.deep.equal([]);
      }
    });

  it('calm says what it means and proves that it sees; blind is never calm', async () => {
    const calm = past()
      .filter(({ time }) => time <= end - 15 * 60_000)
      .map((signal): Signal => {
        if (signal.kind === 'blip' && signal.blip.group_id.endsWith('bill'))
          return { ...signal, blip: { ...signal.blip, count: 140, last_seen: signal.blip.end } };
        return signal;
      });
    const tab = await look('', { signals: calm });
    await tab.locator('.banner').waitFor();
    // The clock of the board is a quarter of an hour later: nothing was heard since.
    expect(await tab.locator('.banner').innerText())
      .to.contain('STALE')
      .and.to.contain('6 of 6 groups');
    expect(await tab.locator('.lanes .now').allInnerTexts()).to.deep.equal(['now', ...Array.from({ length: 6 }, () => 'no data')]);
    expect(await tab.locator('.lanes .names').innerText()).to.match(/^as of \d\d:\d\d:\d\dZ$/);
    await bench.close();
    bench = await openBench(built.folder, end - 15 * 60_000);
    bench.send(...calm);
    await tab.goto(bench.address);
    await tab.locator('h1 >> text=Nothing unusual').waitFor();
    expect(await tab.locator('main').innerText())
      .to.contain('6 of 6 live')
      .and.to.contain('no score of 40 or more')
      .and.to.contain('highest since');
  });

  it('learning says how far it is, and is not called calm', async () => {
    const [first, ...rest] = [...past()].reverse();
    const base = turned(false);
    const learning = { learned_ms: 3 * 3_600_000 + 600_000, warmup_ms: 24 * 3_600_000 };
    const radar: Signal = base.kind === 'radar' ? { ...base, radar: { ...base.radar, blips: [], learning } } : base;
    const tab = await look('', { signals: [...rest.reverse(), first!, radar] });
    await tab.locator('.sum >> text=LEARNING').waitFor();
    expect(await tab.locator('.sum').innerText()).to.contain('LEARNING 3h 10m of 24h: new is shown and does not fire');
    expect(await tab.locator('text=Nothing unusual').count()).to.equal(0);
  });

  it('is printed in ink on white, with its drawings and without what is for a hand', async () => {
    const tab = await look('', { dark: true });
    await tab.locator(row('k7f222')).waitFor();
    await tab.emulateMedia({ media: 'print' });
    const shown = (selector: string) =>
      tab.locator(selector).evaluateAll((all) => all.filter((one) => one.getClientRects().length > 0).length);
    expect(await shown('.acts, footer, .tools, .thumb')).to.equal(0);
    expect(await shown('.lanes .cell')).to.be.greaterThan(30);
    const inside = (selector: string, name: string) =>
      inPage(tab, `getComputedStyle(document.querySelector('caducus-radar').shadowRoot.querySelector('${selector}'))['${name}']`);
    expect(await inside('tr.row .pat', 'color')).to.equal('rgb(23, 26, 31)');
    expect(await inside('.chip.b4', 'print-color-adjust')).to.equal('exact');
  });

  it('an empty board says what fills it; without the token nothing else is shown', async () => {
    const tab = await look('', { signals: [] });
    await tab.locator('text=caducus demo init').waitFor();
    await bench.close();
    bench = await openBench(built.folder, asOf, { token: 'a-long-token' });
    bench.send(...past(), ...now());
    await tab.goto(bench.address);
    await tab.locator('h1 >> text=Not allowed').waitFor();
    expect(await tab.locator('tr.row').count()).to.equal(0);
    await tab.locator('input[name=token]').fill('wrong-token');
    await tab.locator('button.main').click();
    await tab.locator('text=that is not the token').waitFor();
    await tab.locator('input[name=token]').fill('a-long-token');
    await tab.locator('button.main').click();
    await tab.locator(row('e7c100')).waitFor();
    expect(await inPage(tab, 'document.cookie')).to.equal('');
  });

  for (const dark of [false, true])
    it(`a page of its own asks for nothing, runs nothing and has nothing that axe finds, in ${dark ? 'dark' : 'light'}, on a phone and on paper`, async () => {
      const tab = await look('', { dark });
      const { viewer: _viewer, ...view } = (await (await fetch(`${bench.address}api/radar`)).json()) as RadarAnswer;
      const pattern = (await (await fetch(`${bench.address}api/patterns/k7f222`)).json()) as PatternAnswer;
      const finding = (await (await fetch(`${bench.address}api/episodes/e7c1`)).json()) as EpisodeAnswer;
      const sheets: [Sheet, string][] = [
        [{ kind: 'radar', view }, 'Firing 3'],
        [{ kind: 'pattern', answer: pattern }, '24.3 + 9.1'],
        [{ kind: 'finding', answer: finding }, 'Order in time'],
        [{ kind: 'context', result: pattern.context }, 'Same minutes'],
      ];
      await tab.close();
      for (const [sheet, text] of sheets) {
        const path = folder.file(`${sheet.kind}.html`);
        writeFileSync(path, await sheetPage(sheet, nodeIo()));
        const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: dark ? 'dark' : 'light' });
        const asked: string[] = [];
        page.on('request', (request) => void asked.push(request.url()));
        page.on('console', (message) => void complaints.push(message.text()));
        await page.goto(`file://${path}`);
        expect(await page.locator('body').innerText()).to.contain(text);
        expect(asked).to.deep.equal([`file://${path}`]);
        expect(await inPage(page, 'getComputedStyle(document.body).backgroundColor')).to.equal(
          dark ? 'rgb(13, 15, 18)' : 'rgb(247, 247, 245)',
        );
        await page.setViewportSize({ width: 390, height: 844 });
        expect(await inPage<number>(page, sideways), sheet.kind).to.be.at.most(0);
        await page.setViewportSize({ width: 1440, height: 900 });
        // Its policy keeps a script of a test out, too: that of the browser itself is no part of the page.
        const session = await page.context().newCDPSession(page);
        await session.send('Page.setBypassCSP', { enabled: true });
        await page.reload();
        expect(await findAxeFaults(page), sheet.kind).to.deep.equal([]);
        await page.emulateMedia({ media: 'print' });
        expect(await inPage(page, 'getComputedStyle(document.body).backgroundColor')).to.equal('rgb(255, 255, 255)');
        await page.close();
      }
      expect(complaints).to.deep.equal([]);
    }).timeout(120_000);

  it("stands in somebody else's page: nothing leaks either way", async () => {
    let base = '';
    const other = await servePages(nodeIo().net, { host: '127.0.0.1', port: 0 }, async () => ({
      status: 200,
      type: 'text/html',
      body: readFileSync('examples/page.html', 'utf8').replaceAll('RADAR', base),
    }));
    try {
      const tab = await look('', { options: { origins: [`http://localhost:${other.port}`] } });
      base = bench.address.replace(/\/$/, '');
      await tab.goto(`http://localhost:${other.port}/`);
      await tab.locator(row('k7f222')).waitFor();
      expect(await keysOf(tab))
        .to.include('c4ne66')
        .and.not.to.include('z3lm77');
      expect(await keysOf(tab), 'lines of one group, no more than asked for').to.deep.equal(['k7f222', 'm3qd33', 'p9xa11', 'c4ne66']);
      const outside = (selector: string, name: string) => inPage(tab, `getComputedStyle(document.querySelector('${selector}'))['${name}']`);
      const inside = (selector: string, name: string) =>
        inPage(tab, `getComputedStyle(document.querySelector('caducus-radar').shadowRoot.querySelector('${selector}'))['${name}']`);
      expect(await outside('p b', 'color')).to.equal('rgb(0, 128, 0)');
      expect(await inside('.sub .grp', 'color')).to.equal('rgb(23, 26, 31)');
      expect(await outside('caducus-radar', 'font-family')).not.to.contain('Georgia');
      expect(await inside('table.rows', 'border-top-color')).not.to.equal('rgb(255, 0, 0)');
      const chosen = inPage(
        tab,
        "new Promise((resolve) => document.addEventListener('caducus-choose', (event) => { event.preventDefault(); resolve(event.detail); }))",
      );
      await tab.locator(`${row('c4ne66')} .st`).click();
      expect(await chosen).to.deep.equal({ kind: 'p', id: 'c4ne66' });
      expect(complaints).to.deep.equal([]);
    } finally {
      await other.close();
    }
  });

  it('is small: the first part, the first picture, a page with its charts, and all of it', () => {
    const size = (path: string) => gzipSync(readFileSync(path), { level: 9 }).length;
    const loaded = new Set<string>();
    const load = (path: string, deep = false): void => {
      if (loaded.has(path)) return;
      loaded.add(path);
      for (const one of built.files[path]!.imports) if (deep || one.kind === 'import-statement') load(one.path, deep);
    };
    const find = (name: string) => Object.keys(built.files).find((path) => basename(path).startsWith(name))!;
    const sum = () => [...loaded].reduce((all, path) => all + size(path), 0);
    load(find('caducus-radar.js'));
    expect(sum(), 'the first part').to.be.lessThan(15_000);
    load(find('first-'));
    expect(sum(), 'the first picture').to.be.lessThan(22_000);
    for (const name of ['late-', 'pattern-']) load(find(name));
    expect(sum(), 'with charts').to.be.lessThan(40_000);
    loaded.clear();
    load(find('caducus-radar.js'), true);
    expect(sum(), 'all').to.be.lessThan(50_000);
  });
});
