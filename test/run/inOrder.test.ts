import { expect } from 'chai';
import { builtins } from '../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { runToEnd } from '../../src/run/openRun.ts';
import type { Radar } from '../../src/signal.ts';
import { memoryFiles } from '../support/memoryFiles.ts';
import { testIo } from '../support/testIo.ts';

const second = 1000;
const began = Date.UTC(2026, 2, 13, 10);
const pipelineOver = (path: string) =>
  loadPipeline(
    'p.yaml',
    `name: p
sources: { in: { file: { path: "${path}", format: auto } } }
operators: [{ group_by: { key: source } }, { memory: { window: 1m } }, { rank: { top: 20 } }]`,
    { registry: builtins, variables: { env: {}, config: () => undefined } },
  );

/** The radars of a log, and what was late, read once as `caducus radar` does. */
async function radarsOf(logs: readonly string[] | Record<string, readonly string[]>, path = '/in.log') {
  const files = memoryFiles({ largest: 3000 });
  await files.makeFolder('/l');
  for (const [name, lines] of Object.entries('length' in logs ? { [path]: logs as readonly string[] } : logs))
    await (await files.open(name, 'w')).write(Buffer.from(`${lines.join('\n')}\n`));
  const radars: Radar[] = [];
  const report = await runToEnd(pipelineOver(path), {
    mode: 'once',
    io: { ...testIo(), files },
    dataDir: '/d',
    observe: (signal) => void (signal.kind === 'radar' && !signal.radar.open && radars.push(signal.radar)),
  });
  return { radars, report };
}

const stamp = (s: number) => new Date(began + s * second).toISOString();
/** An hour of a calm service with a burst of errors; each line with its time in seconds. */
const calm = Array.from({ length: 1200 }, (_, i): [number, string] =>
  i > 800 && i < 830
    ? [i * 3, `ERROR queue.Job cannot reach broker ${i % 3}`]
    : [i * 3, `INFO shop.Api request ${i} served in ${i % 70} ms`],
);
const linesOf = (rows: readonly (readonly [number, string])[]) => rows.map(([s, text]) => `${stamp(s)} ${text}`);

/** What a radar says, less the places of its exemplars in the file. */
const told = (radars: readonly Radar[]) =>
  radars.map(({ start, blips }) => ({
    start,
    rows: blips.map(({ label, count, state, level, score }) => ({ label, count, state, level, score })),
  }));

describe('a file that is read once', () => {
  it('whose lines come 90 s late of one server loses none of them', async () => {
    const arrives = (s: number, text: string) => s + (text.startsWith('ERROR') || s % 9 === 0 ? 90 : 0);
    const disordered = calm.toSorted(([a, x], [b, y]) => arrives(a, x) - arrives(b, y));
    const [{ radars, report }, plain] = [await radarsOf(linesOf(disordered)), await radarsOf(linesOf(calm))];
    expect(disordered).to.not.deep.equal(calm);
    expect(report.late).to.equal(0);
    expect(told(radars)).to.deep.equal(told(plain.radars));
  });

  for (const [what, wrong] of [
    ['2099', '2099-01-01T00:00:00.000Z'],
    ['1970', '1970-01-01T00:00:00.000Z'],
  ] as const) {
    for (const [where, index] of [
      ['first', 0],
      ['middle', 600],
      ['last', 1199],
    ] as const) {
      it(`says with a ${where} line of ${what} what it says when that line carries its neighbour's time`, async () => {
        const lines = linesOf(calm);
        const neighbour = stamp(calm[index === 0 ? 1 : index - 1]![0]);
        const at = (time: string) => lines.map((line, i) => (i === index ? `${time}${line.slice(neighbour.length)}` : line));
        const [{ radars, report }, mended] = [await radarsOf(at(wrong)), await radarsOf(at(neighbour))];
        expect(report.sources[0]).to.include({ strays: 1 });
        expect(told(radars)).to.deep.equal(told(mended.radars));
      });
    }

    it(`says with a tenth of its lines of ${what} what it says with their neighbours' times`, async () => {
      const odd = (time: (i: number) => string) =>
        linesOf(calm).map((line, i) => (i % 10 === 5 ? `${time(i)}${line.slice(stamp(0).length)}` : line));
      const neighbours = (i: number) => stamp(calm[i - 1]![0]);
      const [{ radars, report }, mended] = [await radarsOf(odd(() => wrong)), await radarsOf(odd(neighbours))];
      expect(report.sources[0]).to.include({ strays: 120 });
      expect(told(radars)).to.deep.equal(told(mended.radars));
    });
  }

  it('of which a clock was set back by an hour has nothing late', async () => {
    const back = calm.map(([s, text]): [number, string] => [s < 1800 ? s : s - 3600, text]);
    const { report } = await radarsOf(linesOf(back));
    expect([report.late, report.sources[0]!.set_back]).to.deep.equal([0, 600]);
  });

  it('of two logs under one glob says what one log of all their lines says', async () => {
    const rows = calm.map(([s, text], i): [number, string] => [s * 10, i % 3 === 0 ? text.replace('shop.Api', 'shop.Web') : text]);
    const [left, right] = [rows.filter((_, i) => i % 3 === 0), rows.filter((_, i) => i % 3 !== 0)];
    const merged = await radarsOf({ '/l/in.a.log': linesOf(left), '/l/in.b.log': linesOf(right) }, '/l/in.*.log');
    const whole = await radarsOf({ '/in.log': linesOf(rows) });
    expect(merged.report.late).to.equal(0);
    expect(told(merged.radars)).to.deep.equal(told(whole.radars));
    expect(whole.radars).to.have.length.greaterThan(500);
  });
});
