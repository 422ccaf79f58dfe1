import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { filter, Subject, type Observable } from 'rxjs';
import { builtins } from '../src/pipeline/builtins.ts';
import { compilePipeline } from '../src/pipeline/compile.ts';
import { loadPipeline } from '../src/pipeline/load.ts';
import { Run } from '../src/run/run.ts';
import { readSelect } from '../src/sinks/sink.ts';
import type { Flow, Signal } from '../src/signal.ts';
import { describeSignal, verify } from '../src/testing.ts';
import { drawCase, readCase, type Moment } from './support/marbleCase.ts';
import { temporaryFolder, testIo } from './support/testIo.ts';

const root = 'fixtures/cases';
/** UPDATE_FIXTURES=1 writes what comes out; look at it before it is committed. */
const update = process.env['UPDATE_FIXTURES'] === '1';
/** A frame is a second of event time. */
const frame = 1000;
/** Frames after the last record at which the input ends: room for what its closing brings. */
const ending = 60;

function load(folder: string, out: string) {
  const file = join(folder, 'pipeline.yaml');
  const variables = { env: { IN: join(folder, 'in.ndjson'), OUT: out }, config: () => undefined };
  return loadPipeline(file, readFileSync(file, 'utf8'), { registry: builtins, variables });
}

/** What the pipeline's source gives, and what its sink wrote. */
async function runAsFiles(folder: string, out: string): Promise<{ given: Signal[]; text: string }> {
  const given: Signal[] = [];
  const pipeline = load(folder, out);
  await new Run(pipeline, { io: testIo(), dataDir: '' }).execute();
  await new Run({ ...pipeline, operators: [], sinks: [] }, { io: testIo(), dataDir: '', observe: (s) => void given.push(s) }).execute();
  return { given, text: readFileSync(out, 'utf8') };
}

const describeOut = (signal: Signal) =>
  signal.kind === 'finding' ? `${describeSignal(signal)}: ${signal.finding.title}` : describeSignal(signal);

/** The pipeline's operators, and of what they give, what its sink selects. */
function operatorOf(folder: string) {
  const { operators, sinks } = load(folder, 'unused');
  const kinds = readSelect(sinks[0]!.options);
  return (source: Observable<Flow>) =>
    (source as Observable<Signal>).pipe(
      compilePipeline({ operators }),
      filter(({ kind }) => kinds?.includes(kind) !== false),
    );
}

/** Each signal that goes in with its frame. Event time never runs back here, and what has none comes with its neighbour. */
function framesOf(given: readonly Signal[]): { start: number; moments: Moment[] } {
  const start = given.find(({ kind }) => kind === 'event')!.time;
  let reached = start;
  const moments = given.map((signal) => {
    reached = Math.max(reached, signal.kind === 'event' ? signal.time : reached);
    return { frame: (reached - start) / frame, what: describeOut(signal) };
  });
  return { start, moments };
}

/** What goes in and what comes out, drawn with a letter for each thing. */
function drawn(folder: string, given: readonly Signal[]): string {
  const { start, moments } = framesOf(given);
  const end = moments.at(-1)!.frame + ending;
  const out: Moment[] = [];
  let now = 0;
  const input = new Subject<Flow>();
  input.pipe(operatorOf(folder)).subscribe((signal) => out.push({ frame: now, what: describeOut(signal) }));
  for (const [i, signal] of given.entries()) {
    now = moments[i]!.frame;
    input.next(signal);
  }
  now = end;
  input.complete();
  return drawCase(moments, out, { start, end });
}

describe('the fixtures', () => {
  const folder = temporaryFolder();
  const names = readdirSync(root);
  for (const name of names) {
    const path = join(root, name);
    const why = /^# (.*)$/m.exec(readFileSync(join(path, 'pipeline.yaml'), 'utf8'))?.[1];
    it(`${name}: ${why}`, async () => {
      const { given, text } = await runAsFiles(path, folder.file(`${name}.ndjson`));
      const [records, marbles] = [join(path, 'out.ndjson'), join(path, 'out.marble')];
      if (update || !existsSync(records)) writeFileSync(records, text);
      if (update || !existsSync(marbles)) writeFileSync(marbles, drawn(path, given));
      expect(text).to.equal(readFileSync(records, 'utf8'));
      const { input, output, values } = readCase(readFileSync(marbles, 'utf8'));
      const { start, moments } = framesOf(given);
      let next = 0;
      const signal = (letter: string, time: number): Flow => {
        expect([values[letter], time]).to.deep.equal([moments[next]!.what, start + moments[next]!.frame * frame]);
        return given[next++]!;
      };
      verify(input, operatorOf(path), output, { start, frame, signal, values, describe: describeOut });
      expect(next).to.equal(given.length);
    });
  }

  it('are at least a dozen, none longer than can be read', () => {
    expect(names.length).to.be.at.least(12);
    for (const name of names)
      expect(
        readFileSync(join(root, name, 'in.ndjson'), 'utf8')
          .trim()
          .split('\n').length,
      ).to.be.at.most(20);
  });
});
