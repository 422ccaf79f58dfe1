import { appendFileSync } from 'node:fs';
import { expect } from 'chai';
import { episodes } from '../../operators/episodes.ts';
import { rules } from '../../operators/rules.ts';
import { spike } from '../../operators/spike.ts';
import { nodeFiles } from '../../src/io.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { extend } from '../../src/pipeline/registry.ts';
import { imbalances } from '../../src/run/report.ts';
import { Run } from '../../src/run/run.ts';
import { withMarks } from '../../src/run/modes/withMarks.ts';
import type { Mark, Signal } from '../../src/signal.ts';
import { marks } from '../../src/sources/marks.ts';
import { appendMark, marksFile, withId } from '../../src/store/marks.ts';
import { eventAt, fakeRegistry } from '../support/fakes.ts';
import { temporaryFolder, testIo, type TestIo } from '../support/testIo.ts';

const mark = (text: string, at = 5): Mark => withId({ type: 'change', target: '', who: 'ana', at: new Date(at).toISOString(), text });
const texts = (signals: readonly Signal[]) => signals.map((signal) => (signal.kind === 'mark' ? signal.mark.text : signal.kind));

describe('the source marks', () => {
  const folder = temporaryFolder();
  const write = (dir: string, ...all: Mark[]) =>
    all.reduce((before, one) => before.then(() => appendMark(nodeFiles, dir, one)), Promise.resolve());
  const open = (dir: string, options: object, from: number | null = null, io: TestIo = testIo()) => {
    const stop = new AbortController();
    const source = marks.spec.open(marks.spec.options.parse({ path: dir, ...options }), {
      io,
      id: 'marks',
      from,
      signal: stop.signal,
    });
    return { stop, iterator: source.batches[Symbol.asyncIterator]() };
  };

  it('gives what has been said, each at the time it was said, and goes on from its position', async () => {
    const dir = folder.file('once');
    await write(dir, mark('one', 7));
    const first = await open(dir, {}).iterator.next();
    const batch = first.value as { records: Signal[]; position: number };
    expect(batch.records.map(({ time }) => time)).to.deep.equal([7]);
    await write(dir, mark('two'));
    const { iterator } = open(dir, {}, batch.position);
    expect(texts(((await iterator.next()).value as { records: Signal[] }).records)).to.deep.equal(['two']);
    expect((await iterator.next()).done).to.equal(true);
  });

  it('gives what it finds in the order of time, a change that was marked afterwards before what was said since', async () => {
    const dir = folder.file('order');
    await write(dir, mark('said', 20), mark('made before', 5));
    const { records } = (await open(dir, {}).iterator.next()).value as { records: Signal[] };
    expect(texts(records)).to.deep.equal(['made before', 'said']);
  });

  it('follows what is added, until it is closed', async () => {
    const dir = folder.file('follow');
    const io = testIo();
    const { iterator, stop } = open(dir, { follow: true }, null, io);
    const next = iterator.next();
    await io.pass(1000);
    await write(dir, mark('late'));
    await io.pass(1000);
    expect(texts(((await next).value as { records: Signal[] }).records)).to.deep.equal(['late']);
    const end = iterator.next();
    stop.abort();
    expect((await end).done).to.equal(true);
  });

  it('says of a line that is no mark what is wrong with it', async () => {
    const dir = folder.file('bad');
    await write(dir, mark('one'));
    appendFileSync(marksFile(dir), 'nonsense\n');
    const { records } = (await open(dir, {}).iterator.next()).value as { records: Signal[] };
    expect(records[1]).to.deep.include({
      kind: 'rejected',
      rejected: { source: 'marks', reason: 'bad JSON', place: { file: marksFile(dir) }, original: 'nonsense' },
    });
  });
});

describe('a run with marks', () => {
  const folder = temporaryFolder();
  const file = (live: boolean, operators: string, sink = 'out: { keep: { select: [event, mark, tally] } }') => `name: p
sources: { a: { fake: { live: ${live} } } }
operators: [ ${operators} ]
sinks: { ${sink} }
`;
  const load = (text: string, feeds = {}) => {
    const fakes = fakeRegistry(feeds);
    const registry = extend(fakes.registry, { operators: [rules, episodes, spike] });
    return { ...fakes, pipeline: loadPipeline('p.yaml', text, { registry, variables: { env: {}, config: () => undefined } }) };
  };
  const from = (text: string) => {
    const { sources, operators, sinks } = withMarks(load(text).pipeline, 'unused');
    return { sources: sources.map(({ id }) => id), ...Object.fromEntries([...operators, ...sinks].map((node) => [node.id, node.from])) };
  };

  it('leads them to the first node on each path that takes them', () => {
    const keep = 'out: { keep: {} }';
    expect(
      from(
        file(false, 'tally: { every: 1s } }, { rules: [] }, { episodes: {}', keep)
          .replace('[ tally', '[ { tally')
          .replace('{} ]', '{} } ]'),
      ),
    ).to.deep.equal({
      sources: ['a', 'marks'],
      tally: [],
      rules: ['tally', 'marks'],
      episodes: ['rules'],
      out: ['episodes'],
    });
    expect(from(file(false, '{ tally: { every: 1s } }'))).to.deep.equal({ sources: ['a', 'marks'], tally: [], out: ['tally', 'marks'] });
    expect(from(file(false, '{ rules: [] }', 'out: { keep: { select: [event, mark] } }'))).to.deep.equal({
      sources: ['a', 'marks'],
      rules: ['a', 'marks'],
      out: ['rules'],
    });
  });

  it('puts rules without a rule before each sink that would get findings nobody could answer', () => {
    const both =
      ['one', 'two'].map((id) => `${id}: { keep: { select: [finding] } }`).join() +
      ', port: { keep: { select: [finding] }, from: spike.findings }, deaf: { keep: {} }';
    expect(from(file(false, '{ spike: {} }', both))).to.deep.equal({
      sources: ['a', 'marks'],
      spike: [],
      '~answers': ['spike', 'marks'],
      '~answers-2': ['spike.findings', 'marks'],
      one: ['~answers'],
      two: ['~answers'],
      port: ['~answers-2'],
      deaf: ['spike'],
    });
    const heard = from(file(false, '{ spike: {} }, { rules: [] }, { episodes: {} }', 'out: { keep: { select: [finding] } }'));
    expect(heard)
      .to.deep.include({ out: ['episodes'] })
      .and.not.to.have.property('~answers');
    expect(from(file(false, '{ spike: {} }, { episodes: {} }', 'out: { keep: { select: [finding] } }'))).to.deep.include({
      '~answers': ['episodes'],
      out: ['~answers'],
    });
  });

  it('leaves a pipeline alone in which nothing takes them', () => {
    const { pipeline } = load(file(false, '{ tally: { every: 1s } }', 'out: { keep: {} }'));
    expect(withMarks(pipeline, 'unused')).to.equal(pipeline);
  });

  it('gives each where it belongs in time, and moves no time by it', async () => {
    const dir = folder.file('finite');
    await appendMark(nodeFiles, dir, mark('between', 5));
    await appendMark(nodeFiles, dir, mark('far ahead', 10_000));
    const { pipeline, written } = load(file(false, '{ tally: { every: 4ms } }'), { a: [[eventAt(1), eventAt(9)]] });
    const report = await new Run(withMarks(pipeline, dir), { io: testIo(), dataDir: dir }).execute();
    expect(written.out!.map((s) => (s.kind === 'mark' ? s.mark.text : `${s.kind}@${s.time}`))).to.deep.equal([
      'event@1',
      'between',
      'tally@4',
      'event@9',
      'far ahead',
      'tally@12',
    ]);
    expect([report.first, report.last]).to.deep.equal([1, 9]);
    expect(imbalances(report)).to.deep.equal([]);
  });

  it('ends when its own sources do, although marks are followed while they last', async () => {
    const dir = folder.file('live');
    await appendMark(nodeFiles, dir, mark('said', 2));
    const { pipeline, written } = load(file(true, '{ tally: { every: 4ms } }'), { a: [[eventAt(1)], [eventAt(9)]] });
    const report = await new Run(withMarks(pipeline, dir), { io: testIo(), dataDir: dir }).execute();
    expect(report.reason).to.equal('input ended');
    expect(written.out!.filter(({ kind }) => kind !== 'mark').map((s) => `${s.kind}@${s.time}`)).to.deep.equal([
      'event@1',
      'tally@4',
      'event@9',
      'tally@12',
    ]);
    expect(written.out!.filter(({ kind }) => kind === 'mark')).to.have.lengthOf(1);
  });
});
