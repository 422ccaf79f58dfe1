import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { map } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { builtins } from '../src/pipeline/builtins.ts';
import { compilePipeline } from '../src/pipeline/compile.ts';
import { loadPipeline } from '../src/pipeline/load.ts';
import { Run } from '../src/run/run.ts';
import type { Signal } from '../src/signal.ts';
import { temporaryFolder, testIo } from './support/testIo.ts';

const root = 'fixtures/cases';
/** UPDATE_FIXTURES=1 writes what comes out; look at it before it is committed. */
const update = process.env['UPDATE_FIXTURES'] === '1';
const letters: Record<string, string> = { event: 'e', blip: 'b', radar: 'r', finding: 'f', rejected: 'x' };
/** A frame is ten seconds of event time. */
const frame = 10_000;

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

/** Marbles of a frame, drawn. */
const draw = (column: string[]) => (column.length > 1 ? `(${column.join('')})` : column.join(''));

/** A signal as a character that marbles can name. */
const letterOf = (index: number) => String.fromCharCode(0x4e00 + index);
const indexOf = (letter: string) => letter.charCodeAt(0) - 0x4e00;

/** The input as marbles: a column a frame of 100 ms, so that a group, whose characters count, has room in it. */
function inputMarbles(frames: readonly number[]): string {
  let text = '';
  let now = 0;
  for (const at of new Set(frames)) {
    if (at * 100 > now) text += ` ${at * 100 - now}ms `;
    const column = draw(frames.flatMap((f, i) => (f === at ? [letterOf(i)] : [])));
    text += column;
    now = at * 100 + column.length;
  }
  return `${text}|`;
}

/** The same signals under RxJS's TestScheduler: what comes out, a letter a signal, by the clock of the marbles. */
function asMarbles(folder: string, given: readonly Signal[]): string {
  const { operators, sinks } = load(folder, 'unused');
  const { select } = sinks[0]!.options as { select: string[] };
  const start = Math.floor(given.find((s) => s.kind === 'event')!.time / frame) * frame;
  // Event time never runs back, and what has none comes when its neighbour did.
  let reached = start;
  const frames = given.map((s) => Math.floor(((reached = Math.max(reached, s.kind === 'event' ? s.time : reached)) - start) / frame));
  const columns = new Map<number, string[]>();
  const scheduler = new TestScheduler(() => {});
  scheduler.run(({ cold, flush }) => {
    const source = cold(inputMarbles(frames)).pipe(map((letter) => given[indexOf(letter)]!));
    source.pipe(compilePipeline({ operators })).subscribe((signal) => {
      const at = Math.floor(scheduler.now() / 100);
      if (select.includes(signal.kind)) columns.set(at, [...(columns.get(at) ?? []), letters[signal.kind] ?? '?']);
    });
    flush();
  });
  let text = '';
  for (const [at, column] of columns) text = text.padEnd(at, '-') + draw(column);
  return `${text}|\n`;
}

/** The text of a golden file; written first when asked. */
function golden(path: string, text: string): string {
  if (update || !existsSync(path)) writeFileSync(path, text);
  return readFileSync(path, 'utf8');
}

describe('the fixtures', () => {
  const folder = temporaryFolder();
  for (const name of readdirSync(root)) {
    const path = join(root, name);
    const why = /^# (.*)$/m.exec(readFileSync(join(path, 'pipeline.yaml'), 'utf8'))?.[1];
    it(`${name}: ${why}`, async () => {
      const { given, text } = await runAsFiles(path, folder.file(`${name}.ndjson`));
      expect(text).to.equal(golden(join(path, 'out.ndjson'), text));
      const marbles = asMarbles(path, given);
      expect(marbles).to.equal(golden(join(path, 'out.marble'), marbles));
    });
  }
});
