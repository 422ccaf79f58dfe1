import { expect } from 'chai';
import type { Radar, Signal } from '../../src/signal.ts';
import { console as consoleSink } from '../../src/sinks/console.ts';
import { sinkContext } from '../support/sinkContext.ts';
import { event, eventSignal } from '../support/storeFixture.ts';
import { capturedScreen, testIo, type TestIo } from '../support/testIo.ts';
import { failure, radarOfGroup, spike } from '../support/views/viewSamples.ts';
import { changedFinding, type FindingChanges } from '../support/findings.ts';

const escape = '\u001b';
const radarSignal = (some: Partial<Radar> = {}): Signal => ({
  kind: 'radar',
  time: Date.parse(radarOfGroup.end),
  key: '',
  radar: { ...radarOfGroup, ...some },
});
const findingSignal = (some: FindingChanges = {}): Signal => ({
  kind: 'finding',
  time: Date.parse(spike.updated),
  key: '',
  finding: changedFinding(spike, some),
});
const minute = (at: number) => new Date(Date.parse(radarOfGroup.start) + at * 60_000).toISOString();
const window = (nth: number, some: Partial<Radar> = {}) => radarSignal({ start: minute(5 * nth), end: minute(5 * nth + 5), ...some });
const windowsIn = (text: string) => text.match(/\d\d:\d\d-\d\d:\d\dZ {2}window 5m, \w+/g);

function terminal(columns = 96, env = {}): TestIo {
  return { ...testIo({ env }), stdout: capturedScreen({ isTTY: true, columns }) };
}
const open = (io: TestIo, options: Parameters<typeof consoleSink.open>[0] = {}) => consoleSink.open(options, sinkContext('.', { io }));

describe('console, off a terminal', () => {
  it('prints each radar as its window closes, plain and as wide as a page', async () => {
    const io = testIo();
    const sink = await open(io);
    await sink.write([window(0, { open: true }), window(0)]);
    await sink.write([window(1)]);
    await sink.close();
    expect(windowsIn(io.stdout.text)).to.deep.equal(['09:55-10:00Z  window 5m, closed', '10:00-10:05Z  window 5m, closed']);
    expect(io.stdout.text).to.not.include(escape);
    expect(io.stdout.text).to.include('  usual  ');
    expect(sink.note!()).to.equal('2 windows');
  });

  it('prints only the last one where that is asked for', async () => {
    const io = testIo();
    const sink = await open(io, { only: 'last' });
    await sink.write([window(0), window(1), window(2, { open: true }), findingSignal()]);
    expect(io.stdout.text).to.equal('');
    await sink.close();
    expect(windowsIn(io.stdout.text)).to.deep.equal(['10:05-10:10Z  window 5m, open']);
  });

  it('shows an error that was never seen before its window closes, once', async () => {
    const io = testIo();
    const sink = await open(io);
    await sink.write([window(0, { open: true, blips: [{ ...failure, level: 'INFO' }] })]);
    expect(io.stdout.text).to.equal('');
    await sink.write([window(0, { open: true })]);
    await sink.write([window(0, { open: true })]);
    expect(windowsIn(io.stdout.text)).to.deep.equal(['09:55-10:00Z  window 5m, open']);
    await sink.write([window(0)]);
    expect(windowsIn(io.stdout.text)).to.have.length(2);
    await sink.write([window(1, { open: true, learning: { learned_ms: 1, warmup_ms: 2 } })]);
    expect(windowsIn(io.stdout.text)).to.have.length(2);
  });

  it('ends with the open window when that is the last there is', async () => {
    const io = testIo();
    const sink = await open(io);
    await sink.write([window(0), window(1, { open: true, blips: [] })]);
    await sink.close();
    expect(windowsIn(io.stdout.text)).to.have.length(2);
  });

  it('says each change of a finding in a line', async () => {
    const io = testIo();
    const sink = await open(io);
    await sink.write([findingSignal(), findingSignal(), findingSignal({ state: 'resolved' })]);
    expect(
      io.stdout.text
        .split('\n')
        .filter(Boolean)
        .map((line) => line.slice(22)),
    ).to.deep.equal([
      'f3a9  firing 5m  warning  app:orders  Retry <n> of 5 for order <id>: 1,204, usual 61 (20x)',
      'f3a9  resolved 5m  warning  app:orders  Retry <n> of 5 for order <id>: 1,204, usual 61 (20x)',
    ]);
  });

  it('cuts a radar to its top and shows times in the zone asked for', async () => {
    const io = testIo();
    const sink = await open(io, { top: 1, timeZone: 'Europe/Berlin' });
    await sink.write([window(0)]);
    expect(io.stdout.text).to.include('8 more, ').and.include('11:55-12:00 GMT+2');
    const wrong: unknown = await Promise.resolve()
      .then(() => open(io, { timeZone: 'Mars/Olympus' }))
      .catch((error: unknown) => error);
    expect(String(wrong)).to.include('expected an IANA time zone');
  });

  it('remembers the last change and the silences that last', async () => {
    const io = testIo();
    const sink = await open(io);
    const mark = (type: 'change' | 'silence', some: object): Signal => ({
      kind: 'mark',
      time: 0,
      key: '',
      mark: { id: '1', type, target: 'p9xa22', who: 'ops', at: minute(-7), ...some },
    });
    await sink.write([mark('change', { text: 'payments v412' }), mark('silence', { until: minute(7) }), window(0)]);
    expect(io.stdout.text).to.include('Change: payments v412 at 09:48Z.').and.include('1 silenced (p9xa2 until 10:02Z)');
    await sink.write([window(1)]);
    expect(io.stdout.text.split('silenced (').length - 1).to.equal(1);
  });
});

describe('console, on a terminal', () => {
  it('draws the radar in place, over the page before and nothing above it', async () => {
    const io = terminal();
    const sink = await open(io);
    await sink.write([window(0)]);
    const lines = io.stdout.text.split('\n').length - 1;
    io.stdout.text = '';
    await io.pass(200);
    await sink.write([window(1, { blips: [] })]);
    expect(io.stdout.text.startsWith(`${escape}[${lines}F${escape}[0J`)).to.equal(true);
    expect(windowsIn(io.stdout.text)).to.have.length(1);
  });

  it('draws no more often than the eye can follow, and the last one for sure', async () => {
    const io = terminal();
    const sink = await open(io);
    for (let nth = 0; nth < 50; nth += 1) await sink.write([window(nth)]);
    expect(windowsIn(io.stdout.text)).to.have.length(1);
    await sink.flush();
    expect(windowsIn(io.stdout.text)!.at(-1)).to.match(/^14:00-14:05Z/);
    expect(windowsIn(io.stdout.text)).to.have.length(2);
    await sink.close();
    expect(windowsIn(io.stdout.text)).to.have.length(2);
  });

  it('keeps open findings on the page and takes resolved ones off', async () => {
    const io = terminal();
    const sink = await open(io, { color: 'never' });
    await sink.write([findingSignal(), window(0)]);
    expect(io.stdout.text).to.include('FINDING  f3a9  firing').and.include('Firing 1, acked 0.');
    io.stdout.text = '';
    await io.pass(200);
    await sink.write([findingSignal({ state: 'resolved' }), window(1)]);
    expect(io.stdout.text).to.include('RADAR').and.not.include('FINDING');
  });

  it('is as wide as the terminal', async () => {
    const io = terminal(80);
    const sink = await open(io, { color: 'never' });
    await sink.write([window(0)]);
    expect(io.stdout.text).to.not.include('usual');
  });

  it('has colours, but none with NO_COLOR or where they are off', async () => {
    const colour = `${escape}[31m`;
    for (const [env, color, expected] of [
      [{}, 'auto', true],
      [{ NO_COLOR: '1' }, 'auto', false],
      [{}, 'never', false],
      [{ NO_COLOR: '1' }, 'always', true],
    ] as const) {
      const io = terminal(96, env);
      const sink = await open(io, { color });
      await sink.write([window(0)]);
      expect(io.stdout.text.includes(colour), `${JSON.stringify(env)} ${color}`).to.equal(expected);
    }
  });
});

describe('console, other views', () => {
  it('shows events as lines and counts the rest as filtered', async () => {
    const io = testIo();
    const sink = await open(io, { view: 'events' });
    await sink.write([eventSignal(event('a', 1, 'app:a', `two\nlines ${escape}[2J`)), window(0)]);
    expect(io.stdout.text).to.equal('2026-03-14 00:01:00.000Z  INFO   app:a  two\\nlines \\x1b[2J\n');
    expect(sink.counters).to.deep.equal({ written: 1, filtered: 1, failed: 0, held: 0 });
  });

  it('shows findings as lines and pages, or nothing at all', async () => {
    const io = testIo();
    const findings = await open(io, { view: 'findings' });
    await findings.write([findingSignal(), window(0)]);
    const shown = io.stdout.text;
    expect(shown).to.match(/^\S+ {2}UTC\n\S+ {2}\w+ {2}firing 5m .*\n\nFINDING {2}/);
    const none = await open(io, { view: 'none' });
    await none.write([findingSignal(), window(0)]);
    await none.close();
    expect(none.counters.filtered).to.equal(2);
    expect(io.stdout.text).to.equal(shown);
  });
});
