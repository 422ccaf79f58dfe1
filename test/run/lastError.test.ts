import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { nodeIo, type Io } from '../../src/io.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { extend } from '../../src/pipeline/registry.ts';
import { Run } from '../../src/run/run.ts';
import type { EventSignal } from '../../src/signal.ts';
import { eventAt } from '../support/fakes.ts';
import { pushSource } from '../support/pushSource.ts';
import { capturedScreen, testIo, type CapturedScreen } from '../support/testIo.ts';

const second = 1000;
const text = `name: p
sources: { app: { push: {} } }
operators: [{ group_by: { key: group_id } }, { memory: {} }, { rank: {} }]
sinks: { screen: { console: {} } }
`;

/** A radar of one live source, as the defaults make it, which has seen half an hour of calm that ends at a time. */
function radarOf(io: Io, end: number) {
  const source = pushSource();
  const registry = extend(builtins, { sources: [source.source] });
  const pipeline = loadPipeline('p.yaml', text, { registry, variables: { env: {}, config: () => undefined } });
  const done = new Run(pipeline, { io, dataDir: '/nowhere' }).execute();
  source.push(Array.from({ length: 900 }, (_, i) => eventAt(end - (900 - i) * 2 * second, `request r${i} took ${i % 90} ms`)));
  return { source, done };
}

function lastError(time: number): EventSignal {
  const signal = eventAt(time, 'disk failure on volume /data/3');
  signal.event.metadata['level'] = 'ERROR';
  return signal;
}

const shows = (screen: CapturedScreen) => screen.text.includes('disk failure');

describe('the last error of a service that dies with it', () => {
  for (const isTTY of [true, false]) {
    it(`is ${isTTY ? 'on the screen' : 'printed'} within ten seconds, wherever in a window it falls`, async () => {
      for (const offset of [0, 1, 2.5, 4.999, 5, 7, 9.999]) {
        const io = testIo();
        io.stdout = capturedScreen({ isTTY });
        const { source, done } = radarOf(io, io.now());
        await io.pass(1.5 * second);
        const died = io.now() + offset * second;
        await io.pass(offset * second);
        source.push([lastError(died)]);
        await io.pass(0);
        while (!shows(io.stdout) && io.now() - died < 60 * second) await io.pass(100);
        expect(io.now() - died, `${offset} s into it`).to.be.within(0, 9 * second);
        source.end();
        await io.pass(second);
        await done;
      }
    });
  }

  it('is on the screen within ten seconds by the clock on the wall', async () => {
    const stdout = capturedScreen({ isTTY: true });
    const { source, done } = radarOf({ ...nodeIo(), stdout }, Date.now());
    source.push([lastError(Date.now())]);
    const began = performance.now();
    while (!shows(stdout) && performance.now() - began < 20_000) await wait(20);
    expect(performance.now() - began).to.be.below(10_000);
    source.end();
    await done;
  });
});
