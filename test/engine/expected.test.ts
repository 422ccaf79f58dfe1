import { expect } from 'chai';
import { runOnEngine } from '../../src/engine/engineRun.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import { extend } from '../../src/pipeline/registry.ts';
import type { Finding } from '../../src/signal.ts';
import { eventAt } from '../support/fakes.ts';
import { readText } from '../support/engine/machines.ts';
import { MemoryEngine } from '../support/engine/memoryTransport.ts';
import { memoryFiles, type MemoryFiles } from '../support/memoryFiles.ts';
import type { SourceReaders } from '../../src/sources/source.ts';
import { pushSource, type PushSource } from '../support/pushSource.ts';
import { testIo } from '../support/testIo.ts';

const second = 1000;
const minute = 60 * second;

const text = (beside: string, operators: string) => `name: p
sources: { app: { push: {}, ${beside} } }
operators: [${operators}]
sinks: { out: { ndjson: { path: /d/out/out.ndjson, select: [finding] } } }
engine: { partitions: 2 }
`;
const rules = '{ rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }] }';
const shared = `{ group_by: { key: group_id } }, { memory: { window: 1m } }, ${rules}`;

/** Processes whose clock is moved by the test. */
class World {
  readonly io = { ...testIo(), files: memoryFiles() };
  readonly engine = new MemoryEngine({ step: false });
  readonly source: PushSource;
  readonly #file: string;
  readonly #stops: AbortController[] = [];
  readonly #done: Promise<unknown>[] = [];

  constructor(beside: string, operators = shared, readers: SourceReaders = 'one') {
    this.source = pushSource({ replayable: true, readers });
    this.#file = text(beside, operators);
  }

  start(id: string, files: MemoryFiles = this.io.files, dataDir = '/d'): AbortController {
    const stop = new AbortController();
    this.#stops.push(stop);
    const self = { pid: Number(id.slice(1)), isAlive: () => true };
    const pipeline = readText(this.#file, extend(builtins, { sources: [this.source.source] }));
    const io = { ...this.io, files };
    const by = {
      io,
      dataDir,
      transport: this.engine.transport(id),
      id,
      release: '1',
      partitions: 2,
      lease: 15_000,
      stop: stop.signal,
      self,
    };
    this.#done.push(runOnEngine(pipeline, { ...by, tell: () => undefined }));
    return stop;
  }

  async pass(ms: number): Promise<void> {
    for (let at = 0; at < ms; at += second) {
      await this.io.pass(second);
      for (let turn = 0; turn < 60; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** An event every ten seconds for that long. */
  async speak(ms: number, line = 'all is well'): Promise<void> {
    for (let at = 0; at < ms; at += 10 * second) {
      this.source.push([eventAt(this.io.now(), line)]);
      await this.pass(10 * second);
    }
  }

  async end(): Promise<void> {
    for (const stop of this.#stops) stop.abort();
    const done = Promise.all(this.#done);
    for (let n = 0; n < 5; n += 1) await this.pass(second);
    await done;
  }

  get findings(): Finding[] {
    const { '/d/out/out.ndjson': lines = '' } = this.io.files.texts();
    return lines
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Finding);
  }

  get told(): string[] {
    return this.findings.map(({ title, state }) => `${title}: ${state}`);
  }
}

describe('what is expected of a source, on an engine', function () {
  this.timeout(60_000);

  it('is a finding when it does not come, and the end of it when it comes again, from another process too', async () => {
    for (const operators of [shared, rules]) {
      const world = new World('expect: 5m', operators);
      const first = world.start('w1');
      await world.speak(minute);
      expect(world.told).to.deep.equal([]);
      await world.pass(6 * minute);
      expect(world.told).to.deep.equal(['app sends nothing: firing']);
      world.start('w2');
      await world.pass(5 * second);
      first.abort();
      await world.pass(20 * second);
      await world.speak(20 * second);
      await world.end();
      expect(world.told).to.deep.equal(['app sends nothing: firing', 'app sends nothing: resolved']);
      expect(new Set(world.findings.map(({ id }) => id)).size).to.equal(1);
      expect(world.findings[0]).to.include({ rule: 'expected', group_id: 'source:app' });
    }
  });

  it('has come where another process was given it than the one that gives it its number', async () => {
    const world = new World('expect: 5m', shared, 'each');
    const first = world.start('w1');
    await world.speak(minute);
    // Whichever of both asks first is given what comes.
    world.start('w2', memoryFiles(), '/elsewhere');
    await world.speak(10 * minute);
    expect(world.told).to.deep.equal([]);
    await world.pass(7 * minute);
    expect(world.told).to.deep.equal(['app sends nothing: firing']);
    first.abort();
    await world.end();
  });

  it('is a canary that has come through all of it, in whichever process', async () => {
    const world = new World('canary: { text: tweet, every: 1m, within: 30s }');
    // The second writes nothing, and works on a share of it.
    world.start('w1');
    world.start('w2', memoryFiles(), '/elsewhere');
    await world.speak(3 * minute, 'tweet');
    expect(world.told).to.deep.equal([]);
    await world.speak(3 * minute);
    expect(world.told).to.deep.equal(['the canary of app is late or missing: firing']);
    await world.speak(20 * second, 'tweet');
    await world.end();
    expect(world.told.at(-1)).to.equal('the canary of app is late or missing: resolved');
  });
});
