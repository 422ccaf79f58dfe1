import { expect } from 'chai';
import { console as consoleSink } from '../../src/sinks/console.ts';
import { memory } from '../../operators/memory.ts';
import { rank } from '../../operators/rank.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { Run } from '../../src/pipeline/run.ts';
import type { Signal } from '../../src/signal.ts';
import { eventAt, fakeRegistry } from '../support/fakes.ts';
import { testIo } from '../support/testIo.ts';

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
    const once = { ...source, spec: { ...source.spec, open: () => ({ batches: (async function* () { yield { records: events, position: 1 }; await waiting; })(), close: async () => {} }) } };
    const text = `name: p
sources: { a: { fake: { live: true, idle: 2s } } }
operators:
  - memory: { window: 10s, early: 0 }
  - rank: {}
sinks: { screen: { console: { view: radar } } }
`;
    const lists = { sources: [once], operators: [memory, rank], sinks: [consoleSink] };
    const pipeline = loadPipeline('p.yaml', text, { registry: lists as never, variables: { env: {}, config: () => undefined } });
    const ended = new Run(pipeline, { io, dataDir: '/nowhere' }).execute();
    await io.pass(60 * second);
    const pages = io.stdout.text;
    release();
    await ended;
    expect(pages).to.match(/^STALE {2}no events for 10s, usual gap 1s\. {2}Below: as of 00:00:40Z\.$/m);
    expect(pages.indexOf('STALE')).to.be.greaterThan(pages.indexOf('00:00:30-00:00:40Z'));
  });
});
