import { expect } from 'chai';
import { console as consoleSink } from '../../src/sinks/console.ts';
import { memory } from '../../operators/memory.ts';
import { rank } from '../../operators/rank.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { Run } from '../../src/run/run.ts';
import type { Signal } from '../../src/signal.ts';
import { eventAt, fakeRegistry } from '../support/fakes.ts';
import { sinkContext } from '../support/sinkContext.ts';
import { testIo } from '../support/testIo.ts';
import { radarOfGroup } from '../support/views/viewSamples.ts';

const second = 1000;
const begin = Date.UTC(2026, 2, 14);

describe('a radar that is blind', () => {
  it('says STALE, for how long, what is usual, and as of when it is', async () => {
    const io = testIo({ start: begin + 40 * second });
    const { registry } = fakeRegistry({});
    const source = registry.sources[0]!;
    const events: Signal[] = Array.from({ length: 40 }, (_, i) => eventAt(begin + i * second, `tick ${i}`));
    let release = () => {};
    const waiting = new Promise<void>((resolve) => (release = resolve));
    const once = {
      ...source,
      spec: {
        ...source.spec,
        open: () => ({
          batches: (async function* () {
            yield { records: events, position: 1 };
            await waiting;
          })(),
          close: async () => {},
        }),
      },
    };
    const text = `name: p
sources: { a: { fake: { live: true, idle: 2s } } }
operators:
  - memory: { window: 10s, early: 0 }
  - rank: {}
sinks: { screen: { console: { view: radar } } }
`;
    const lists = { sources: [once], operators: [memory, rank], sinks: [consoleSink] };
    const pipeline = loadPipeline('p.yaml', text, { registry: lists, variables: { env: {}, config: () => undefined } });
    const ended = new Run(pipeline, { io, dataDir: '/nowhere' }).execute();
    await io.pass(60 * second);
    const pages = io.stdout.text;
    release();
    await ended;
    expect(pages).to.match(/^STALE {2}no events for 11s, usual gap 1s\. {2}Below: as of 00:00:39Z\.$/m);
    expect(pages.indexOf('STALE')).to.be.greaterThan(pages.indexOf('00:00:30-00:00:40Z'));
  });
});

describe('a radar of a run that goes on', () => {
  const minute = 60 * second;
  const radarAt = (end: number): Signal => ({
    kind: 'radar',
    time: end,
    key: '',
    radar: { ...radarOfGroup, start: new Date(end - 5 * minute).toISOString(), end: new Date(end).toISOString() },
  });

  async function pages(live: boolean, lags: readonly number[]): Promise<string[]> {
    const io = testIo({ start: begin });
    let newest = begin;
    const context = sinkContext('/nowhere', { io, standing: () => ({ live, newest }) });
    const sink = await consoleSink.spec.open(consoleSink.spec.options.parse({}), context);
    const seconds: string[] = [];
    for (const lag of lags) {
      await io.pass(5 * minute);
      newest = io.now() - lag;
      io.stdout.text = '';
      await sink.write([radarAt(newest)]);
      seconds.push(io.stdout.text.split('\n')[1]!);
    }
    await sink.close();
    return seconds;
  }

  it('says how far it is behind; of files that are read once there is nothing to say', async () => {
    expect((await pages(true, [6 * second]))[0]).to.match(/^2,489 events, .*Live, 6s behind\.$/);
    expect((await pages(false, [6 * second]))[0]).to.not.include('behind');
  });

  it('says BEHIND while it falls back although events come, and no longer when it catches up', async () => {
    const said = await pages(true, [minute, 11 * minute, 12 * minute, 11.5 * minute]);
    expect(said.map((line) => line.split(/[ ,]/)[0])).to.deep.equal(['2', 'BEHIND', 'BEHIND', '2']);
    expect(said[1]).to.equal('BEHIND  11m and growing.');
  });
});
