import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Blip } from '../../../src/signal.ts';
import { durableRun } from '../../support/durableRun.ts';
import { memoryFiles, type MemoryFiles } from '../../support/memoryFiles.ts';
import { testIo } from '../../support/testIo.ts';

/** Characters of a time. */
const stampLength = '2026-03-14T00:00:00.000Z'.length;
/** After everything in these inputs. */
const start = Date.UTC(2026, 2, 15);
const fixtures = fileURLToPath(new URL('../../../fixtures/checkpoints', import.meta.url));

/** Every file below a folder, by its path there. */
const below = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length));

async function put(files: MemoryFiles, path: string, bytes: Uint8Array): Promise<void> {
  await files.makeFolder(join(path, '..'));
  const file = await files.open(path, 'w');
  await file.write(bytes);
  await file.close();
}

/** What came of each pattern in each window; how it is judged is the release's. */
const tellings = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Partial<Blip>)
    .filter(({ count = 0, volume }) => count > 0 && volume === undefined)
    .map(({ group_id: group, label, start, count, level }) => [start, group, label, count, level].join(' '))
    .sort();

// A run of each of these releases was stopped in the middle: fixtures/checkpoints/<release> holds its pipeline, its input
// and its disk as it was then.
for (const release of readdirSync(fixtures)) {
  describe(`a checkpoint of release ${release}`, () => {
    const folder = join(fixtures, release);
    const text = readFileSync(join(folder, 'pipeline.yaml'), 'utf8');
    const disk = async (left: boolean): Promise<MemoryFiles> => {
      const files = memoryFiles({ largest: 4000 });
      await put(files, '/in.ndjson', readFileSync(join(folder, 'in.ndjson')));
      for (const path of left ? below(join(folder, 'disk')) : []) await put(files, path, readFileSync(join(folder, 'disk', path)));
      return files;
    };

    it('is gone on from to what a run says that was never stopped', async () => {
      const [left, fresh] = [await disk(true), await disk(false)];
      const before = left.texts()['/d/out/radar.ndjson']!;
      const restored: number[] = [];
      await durableRun({ io: { ...testIo({ start }), files: left }, text, restored: (number) => void restored.push(number) });
      await durableRun({ io: { ...testIo({ start }), files: fresh }, text });
      expect(restored).to.have.length(1);
      const { content } = JSON.parse(headLeft()) as { content: { sinks: { position: { offset: number } }[] } };
      // What was written by then stays as that release wrote it; it goes on as one that was never stopped.
      const kept = before.slice(0, content.sinks[0]!.position.offset);
      const [after, whole] = [left, fresh].map((files) => files.texts()['/d/out/radar.ndjson']!);
      expect(kept.split('\n')).to.have.length.greaterThan(20);
      expect(after!.startsWith(kept), 'what was written stays').to.equal(true);
      // That release did not put finite input in order: what came late by then is in none of its windows.
      const reached = tellings(kept).at(-1)!.slice(0, stampLength);
      const later = (text: string) => tellings(text).filter((line) => line.slice(0, stampLength) > reached);
      expect(later(whole!)).to.have.length.greaterThan(10);
      expect(later(after!)).to.deep.equal(later(whole!));
    });

    /** The head of the checkpoint that was left. */
    function headLeft(): string {
      const [name] = below(join(folder, 'disk/d/state/p')).filter((path) => path.includes('checkpoint-'));
      return readFileSync(join(folder, 'disk/d/state/p', name!), 'utf8').split('\n')[1]!;
    }
  });
}
