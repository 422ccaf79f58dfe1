import { expect } from 'chai';
import type { CaducusError } from '../../../src/errors.ts';
import { difference, durablePipeline, durableRun, eventLines, outputsOf } from '../../support/durableRun.ts';
import { memoryFiles, type MemoryFiles } from '../../support/memoryFiles.ts';
import { testIo } from '../../support/testIo.ts';

const state = '/d/state/p';

async function disk(input: string): Promise<MemoryFiles> {
  const files = memoryFiles({ largest: 2000 });
  await put(files, '/in.ndjson', input);
  return files;
}

async function put(files: MemoryFiles, path: string, text: string): Promise<void> {
  const file = await files.open(path, 'w');
  await file.write(Buffer.from(text));
}

const play = (files: MemoryFiles, more: Partial<Parameters<typeof durableRun>[0]> = {}) =>
  durableRun({ io: { ...testIo(), files }, ...more });

async function whole(input: string, text?: string): Promise<Record<string, string>> {
  const files = await disk(input);
  await play(files, text === undefined ? {} : { text });
  return outputsOf(files.texts());
}

/** A run that comes to a sudden end after so many batches: what it wrote since the last checkpoint stays as it is. */
async function stopAfter(files: MemoryFiles, batches: number, text?: string): Promise<void> {
  let seen = 0;
  const progress = () => {
    seen += 1;
    if (seen === batches) throw new Error('enough');
  };
  const failure = await play(files, { progress, ...(text === undefined ? {} : { text }) }).then(
    () => null,
    (error: Error) => error,
  );
  expect(failure?.message).to.equal('enough');
}

describe('checkpoints of a run', () => {
  const lines = eventLines(300);

  it('three are kept, and files of keys that none of them names are gone', async () => {
    const files = await disk(lines);
    await play(files);
    const names = await files.list(state);
    expect(names.filter((name) => name.startsWith('checkpoint-'))).to.have.length(3);
    const named = new Set<string>();
    for (const name of names.filter((one) => one.startsWith('checkpoint-'))) {
      const head = JSON.parse((await files.readText(`${state}/${name}`)).split('\n')[1]!) as { parts: { file: string }[] };
      for (const { file } of head.parts) named.add(file);
    }
    expect(names.filter((name) => name.startsWith('keys-'))).to.deep.equal([...named].toSorted());
  });

  it('most hold only what changed', async () => {
    // All groups once, then a few of them again and again.
    const input = eventLines(600, { groups: 600 }) + eventLines(900, { groups: 3, from: 600 });
    const files = await disk(input);
    const sizes: number[] = [];
    const rename = async (from: string, to: string) => {
      await files.rename(from, to);
      if (!to.includes('/checkpoint-')) return;
      const { parts } = JSON.parse((await files.readText(to)).split('\n')[1]!) as { parts: { bytes: number }[] };
      if (parts.length > 1) sizes.push(parts.at(-1)!.bytes / Math.max(...parts.map(({ bytes }) => bytes)));
    };
    await durableRun({ io: { ...testIo(), files: { ...files, rename } }, text: durablePipeline({ every: 20 }) });
    expect(sizes.length).to.be.greaterThan(8);
    for (const size of sizes.slice(-5)) expect(size).to.be.lessThan(0.05);
  });

  for (const [what, damage] of [
    ['torn', (text: string) => text.slice(0, text.length >> 1)],
    ['emptied', () => ''],
    ['with a flipped bit', (text: string) => `${text.slice(0, 200)}${String.fromCharCode(text.charCodeAt(200) ^ 1)}${text.slice(201)}`],
  ] as const) {
    for (const kind of ['checkpoint-', 'keys-'] as const) {
      it(`a newest ${kind === 'keys-' ? 'file of keys' : 'checkpoint'} that is ${what} is passed over for the one before, and all ends the same`, async () => {
        const files = await disk(lines);
        await stopAfter(files, 20);
        const head = (await files.list(state)).filter((name) => name.startsWith('checkpoint-')).at(-1)!;
        const { parts } = JSON.parse((await files.readText(`${state}/${head}`)).split('\n')[1]!) as { parts: { file: string }[] };
        const newest = kind === 'keys-' ? parts.at(-1)!.file : head;
        await put(files, `${state}/${newest}`, damage(await files.readText(`${state}/${newest}`)));
        const told: number[][] = [];
        await play(files, { restored: (number, bad) => told.push([number, bad]) });
        expect(told).to.have.length(1);
        expect(told[0]![1]).to.be.at.least(1);
        expect(difference(outputsOf(files.texts()), await whole(lines))).to.equal(null);
      });
    }
  }

  it('a run in which none can be used says so and does not start anew by itself', async () => {
    const files = await disk(lines);
    await play(files);
    for (const name of await files.list(state)) if (name.startsWith('checkpoint-')) await put(files, `${state}/${name}`, 'x');
    const failure = await play(files).then(
      () => null,
      (error: CaducusError) => error,
    );
    expect(failure?.code).to.equal('CAD042');
  });

  it('what is changed in the keys is refused by name, with what to do; other sink options and bounds are not', async () => {
    const files = await disk(lines);
    await stopAfter(files, 15);
    const text = durablePipeline().replace('key: group_id', 'key: source');
    const failure = await play(files, { text }).then(
      () => null,
      (error: CaducusError) => error,
    );
    expect(failure?.message).to.contain('operator group_by has another key than its state was made with');
    expect(failure?.hint).to.equal('Undo the change, or run with --accept-changes: group_by and what is behind start anew.');
    await play(files, {
      text: durablePipeline({ memory: 'window: 1m, early: 10s, max_groups: 50' }).replace(
        'part_bytes: 20KiB',
        'part_bytes: 20KiB, max_open_files: 3',
      ),
    });
    expect(difference(outputsOf(files.texts()), await whole(lines))).to.equal(null);
  });

  it('two halves of a file give the bytes of the whole, wherever it was cut', async () => {
    const text = durablePipeline({ every: 7 });
    const all = await whole(lines, text);
    for (let cut = 1; cut < lines.length; cut += 4507) {
      const files = await disk(lines.slice(0, cut));
      await play(files, { text });
      await put(files, '/in.ndjson', lines);
      await play(files, { text });
      // What was not a whole line yet was rejected or read as it stood; its file stays, under an id of its own.
      const outputs = outputsOf(files.texts());
      for (const path of Object.keys(outputs)) if (path.startsWith('/d/events/') && !(path in all)) delete outputs[path];
      expect(difference(outputs, all), `cut at ${cut}`).to.equal(null);
    }
  });

  it('a second run over the same input changes nothing; only what waited for its turn is read again', async () => {
    for (const [input, again] of [
      [eventLines(300, { inOrder: true }), 1],
      [lines, 61],
    ] as const) {
      const files = await disk(input.slice(0, -1));
      await play(files);
      const once = outputsOf(files.texts());
      const { sources } = await play(files);
      expect(difference(outputsOf(files.texts()), once)).to.equal(null);
      expect(sources[0]!.read).to.equal(again);
    }
  });

  describe('with more keys than have a state of their own', () => {
    const input = eventLines(200, { groups: 20 });
    const tight = durablePipeline({ every: 15, memory: 'window: 1m, early: 10s, max_groups: 6' });

    it('go on alike from each of the three checkpoints', async () => {
      const all = await whole(input, tight);
      for (const stop of [14, 17]) {
        for (const back of [0, 1, 2]) {
          const files = await disk(input);
          await stopAfter(files, stop, tight);
          const checkpoints = (await files.list(state)).filter((name) => name.startsWith('checkpoint-')).toReversed();
          for (const name of checkpoints.slice(0, back)) await put(files, `${state}/${name}`, 'torn');
          await play(files, { text: tight });
          expect(difference(outputsOf(files.texts()), all), `stopped after ${stop} batches, ${back} back`).to.equal(null);
        }
      }
    });
  });
});
