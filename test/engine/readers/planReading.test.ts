import { expect } from 'chai';
import { z } from 'zod';
import { readStanding } from '../../../src/engine/look/readStanding.ts';
import { planReading } from '../../../src/engine/readers/planReading.ts';
import type { Json } from '../../../src/event.ts';
import type { Pipeline } from '../../../src/pipeline/definition.ts';
import { defineSource, sourceOptions, type SourceBatch, type SourceReaders } from '../../../src/sources/source.ts';
import { appendMark, withId } from '../../../src/store/marks.ts';
import { Machine, readText } from '../../support/engine/machines.ts';
import { makeRole, until } from '../../support/engine/roles.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { eventAt } from '../../support/fakes.ts';
import { memoryFiles, type MemoryFiles } from '../../support/memoryFiles.ts';
import { testIo } from '../../support/testIo.ts';

const text = `name: p
sources: { s: { http: { listen: "127.0.0.1:0", format: json } } }
operators: [{ group_by: { key: group_id } }, { memory: { window: 1m } }, { rules: [{ name: n, when: { state: new }, severity: critical }] }]
sinks: { out: { ndjson: { path: /d/out.ndjson, select: [event, mark] } } }`;

/** What comes at a source, by where: a data folder, or a part. */
class Mail {
  readonly #letters = new Map<string, string[]>();
  /** Places that are read now, and by whom. */
  readonly open: string[] = [];
  #wake = (): void => undefined;

  post(place: string, ...letters: string[]): void {
    this.#letters.set(place, [...(this.#letters.get(place) ?? []), ...letters]);
    const wake = this.#wake;
    this.#wake = () => undefined;
    wake();
  }

  async *read(place: string, from: Json, signal: AbortSignal): AsyncGenerator<SourceBatch> {
    this.open.push(place);
    for (let position = Number(from ?? 0); !signal.aborted;) {
      const letter = this.#letters.get(place)?.[position];
      if (letter !== undefined) yield { records: [eventAt(0, letter)], position: (position += 1) };
      else {
        await new Promise<void>((resolve) => {
          const before = this.#wake;
          this.#wake = () => (before(), resolve());
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      }
    }
    this.open.splice(this.open.indexOf(place), 1);
  }
}

function withMail(mail: Mail, readers: SourceReaders): Pipeline {
  const pipeline = readText(text);
  const source = defineSource({
    name: 'mail',
    summary: 'What a test posts.',
    options: z.strictObject(sourceOptions),
    live: true,
    readers,
    open: (_options, { dataDir, part, from, signal }) => ({
      batches: mail.read(part ? `part ${part.index} of ${part.of}` : dataDir!, from, signal),
      close: async () => undefined,
    }),
  });
  return { ...pipeline, sources: [{ ...pipeline.sources[0]!, source, options: source.spec.options.parse({}) }] };
}

const lines = (files: MemoryFiles): string[] => (files.texts()['/d/out.ndjson'] ?? '').split('\n').filter((line) => line !== '');
const texts = (files: MemoryFiles): string[] =>
  lines(files).flatMap((line) => {
    const { text: written } = JSON.parse(line) as { text?: string };
    return written === undefined ? [] : [written];
  });

describe('what is read on several machines', function () {
  this.timeout(60_000);

  it('is what comes to each, from all of them, once, also of one that is gone', async () => {
    const [on, files, mail] = [new MemoryEngine({ step: false }), memoryFiles(), new Mail()];
    const pipeline = withMail(mail, 'each');
    const machines = ['w1', 'w2', 'w3'].map((id) => new Machine(pipeline, on, { id, files, dataDir: id === 'w1' ? '/d' : `/${id}` }));
    const [, second] = machines;
    mail.post('/d', 'a1', 'a2');
    mail.post('/w2', 'b1');
    mail.post('/w3', 'c1');
    await until(() => texts(files).length === 4);
    expect(texts(files).toSorted()).to.deep.equal(['a1', 'a2', 'b1', 'c1']);
    on.watch = (id) => id !== 'w2';
    second!.kill();
    second!.lapse();
    mail.post('/w3', 'c2');
    await until(() => texts(files).length === 5);
    // It comes back, and goes on with what came meanwhile.
    const again = new Machine(pipeline, on, { id: 'w4', files, dataDir: '/w2' });
    mail.post('/w2', 'b2');
    await until(() => texts(files).length === 6);
    expect(texts(files).toSorted()).to.deep.equal(['a1', 'a2', 'b1', 'b2', 'c1', 'c2']);
    for (const { stop } of [...machines, again]) stop.abort();
    mail.post('/w2');
    await Promise.all([machines[0]!, machines[2]!, again].map(({ done }) => done));
  });

  it('is each part by one of them, and by another when that one is gone', async () => {
    const [on, files, mail] = [new MemoryEngine({ step: false }), memoryFiles(), new Mail()];
    const pipeline = withMail(mail, { parts: 4 });
    const first = new Machine(pipeline, on, { id: 'w1', files, dataDir: '/d' });
    const second = new Machine(pipeline, on, { id: 'w2', files, dataDir: '/e' });
    const post = (round: number) => [0, 1, 2, 3].forEach((part) => mail.post(`part ${part} of 4`, `${part} ${round}`));
    post(1);
    await until(() => texts(files).length === 4);
    const holders = () => [...on.holds].filter(([work]) => work.startsWith('read.s.')).map(([, holder]) => holder);
    await until(() => new Set(holders()).size === 2 && mail.open.length === 4);
    const { works } = await readStanding(on.transport('looker'), 3);
    const parts = works.filter(({ work }) => work.startsWith('read.')).map(({ work, owner }) => [work, owner]);
    expect(parts.map(([work]) => work)).to.have.members([0, 1, 2, 3].map((part) => `read.s.${part}`));
    expect(new Set(parts.map(([, owner]) => owner))).to.deep.equal(new Set(['w1', 'w2']));
    on.watch = (id) => id !== 'w2';
    second.kill();
    second.lapse();
    post(2);
    await until(() => texts(files).length === 8);
    expect(texts(files).toSorted()).to.deep.equal(['0 1', '0 2', '1 1', '1 2', '2 1', '2 2', '3 1', '3 2']);
    first.stop.abort();
    await first.done;
  });

  it('are the marks of every data folder, whichever process reads the sources', async () => {
    const [on, files, mail] = [new MemoryEngine({ step: false }), memoryFiles(), new Mail()];
    const pipeline = withMail(mail, 'one');
    const machines = ['w1', 'w2'].map((id) => new Machine(pipeline, on, { id, files, dataDir: id === 'w1' ? '/d' : '/e' }));
    const note = (who: string) => withId({ type: 'note', target: 'abc', who, at: '1970-01-01T00:00:00.000Z', text: `of ${who}` });
    await appendMark(files, '/d', note('ann'));
    await appendMark(files, '/e', note('bob'));
    const marks = () => lines(files).filter((line) => line.includes('"of '));
    await until(() => marks().length === 2);
    expect(
      marks()
        .map((line) => /of \w+/.exec(line)![0])
        .toSorted(),
    ).to.deep.equal(['of ann', 'of bob']);
    for (const { stop } of machines) stop.abort();
    await Promise.all(machines.map(({ done }) => done));
  });

  it('is nothing beside the sequencer where the sources end, or are read in one place', () => {
    const role = makeRole(new MemoryEngine({ step: false }), 'w1', new AbortController().signal);
    const options = {
      ...{ io: testIo(), dataDir: '/d', transport: role.transport, id: 'w1', self: { pid: 1, isAlive: () => true }, tell: () => undefined },
      ...{ role: () => role, pause: async () => undefined },
    };
    const plan = (pipeline: Pipeline) => {
      const { shared, own } = planReading(pipeline, options);
      return [[...shared.keys()], own.length];
    };
    const mail = new Mail();
    expect(plan(withMail(mail, 'one'))).to.deep.equal([[], 0]);
    expect(plan(withMail(mail, 'each'))).to.deep.equal([[], 1]);
    expect(plan(withMail(mail, { parts: 2 }))).to.deep.equal([['read.s.0', 'read.s.1'], 0]);
    const [node] = readText(text).sources;
    const ends = { ...node!, source: { spec: { ...node!.source.spec, live: () => false } } };
    expect(plan({ ...readText(text), sources: [ends] })).to.deep.equal([[], 0]);
  });
});
