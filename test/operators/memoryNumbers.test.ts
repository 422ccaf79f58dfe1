import { expect } from 'chai';
import { from, toArray } from 'rxjs';
import type { Flow } from '../../src/kernel/defineOperator.ts';
import { makeRadar } from '../../src/memory/ranking/makeRadar.ts';
import type { Blip, BlipSignal } from '../../src/signal.ts';
import { memory } from '../../operators/memory.ts';
import { eventSignal } from '../../src/testing.ts';

const MINUTE = 60_000;
const T0 = Date.UTC(2026, 10, 2);
/** From this minute on something is twelve times what it was. */
const SINCE = 300;

/** Blips of six hours of lines, three a minute, by window. */
function blipsOf(line: (minute: number, i: number) => [text: string, metadata?: Record<string, number>]): Map<string, Blip[]> {
  const signals: Flow[] = [];
  for (let minute = 0; minute < 360; minute++) {
    for (let k = 0; k < 3; k++) {
      const [text, metadata = {}] = line(minute, minute * 3 + k);
      signals.push(eventSignal(text, T0 + minute * MINUTE + k * 20_000, { metadata: { level: 'INFO', ...metadata } }));
    }
  }
  let out: Flow[] = [];
  from(signals)
    .pipe(memory({ window: 5 * MINUTE, early: 0 }), toArray())
    .subscribe((all) => (out = all));
  const byWindow = new Map<string, Blip[]>();
  for (const signal of out) {
    if (signal.kind !== 'blip') continue;
    const { blip } = signal as BlipSignal;
    byWindow.set(blip.start, [...(byWindow.get(blip.start) ?? []), blip]);
  }
  return byWindow;
}

const slower = (minute: number, i: number): number => (20 + ((i * 37) % 70)) * (minute >= SINCE ? 12 : 1);
const cases: Record<string, (minute: number, i: number) => [string, Record<string, number>?]> = {
  'a duration in the line': (minute, i) => [`GET /api/orders/${i * 7} completed in ${slower(minute, i)} ms`],
  'a lag in the line': (minute, i) => [`consumer lag of partition 3 is ${slower(minute, i)} messages`],
  'a field with a key': (minute, i) => [`job done rows=17 took=${slower(minute, i)}ms id=${(i * 7919).toString(16)}`],
  'a number beside the message': (minute, i) => ['request completed', { duration_ms: slower(minute, i) }],
};

describe('memory over numbers', () => {
  for (const [name, line] of Object.entries(cases)) {
    it(`has a row for a lasting shift: ${name}`, () => {
      const windows = [...blipsOf(line).values()];
      const rows = windows.map((blips) => blips.filter(({ measure }) => measure !== undefined));
      expect(rows.slice(0, 61).flat()).to.deep.equal([]);
      const [row] = rows[61]!;
      expect(row).to.include({ state: 'rising', level: 'ERROR' });
      expect(row!.score).to.be.at.least(60);
      expect(row!.count / row!.usual!).to.be.within(8, 18);
      expect(row!.label).to.match(/^(?:\S+ )?p(?:50|95) \S+(?: ms)? -> \S+(?: m?s)?: /);
      expect(rows.slice(61).every((all) => all.length === 1)).to.equal(true);
      expect(new Set(rows.flat().map(({ topic_id }) => topic_id))).to.have.length(1);
    });
  }

  it('has a row for a code that takes the place of others of its class', () => {
    const windows = [
      ...blipsOf((minute, i) => [`pay answered status=${minute >= SINCE ? 429 : i % 9 === 0 ? 400 : 404} to ${i * 7919}`]).values(),
    ];
    const rows = windows.map((blips) => blips.filter(({ measure }) => measure !== undefined));
    expect(rows.slice(0, 60).flat()).to.deep.equal([]);
    expect(rows[60]![0]).to.include({ state: 'rising', count: 15, usual: 0 });
    expect(rows[60]![0]!.label).to.equal('429 0 -> 15: pay answered status=4xx to <n>');
  });

  it('counts events and patterns by what was seen, not by rows of numbers', () => {
    const blips = [...blipsOf(cases['a lag in the line']!).values()].at(-1)!;
    const radar = makeRadar(blips, null, 8);
    expect([radar.events, radar.patterns]).to.deep.equal([15, 1]);
    expect(radar.blips).to.have.length(2);
  });
});
