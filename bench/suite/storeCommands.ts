import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeEvents } from '../support/makeEvents.ts';
import { median, timedProgram, type Timed } from '../support/timedProgram.ts';

export interface StoreCommand {
  store: string;
  command: string;
  /** The first time after the store was filled, and once more. */
  firstSeconds: number;
  seconds: number;
  cpuSeconds: number;
}

const built = new URL('../../dist/bin/caducus.js', import.meta.url).pathname;
const commands = [
  ['groups'],
  ['events'],
  ['events', '--since', '2026-03-14T00:04:00Z', '--limit', '5'],
  ['analyze', '--group-id', 'bench:api'],
  ['topics'],
  ['radar'],
  ['radar', '--json'],
];

const timed = (args: readonly string[], folder: string): Timed => timedProgram(built, args, folder);

/** The commands over a store of so many events in segments, and of a tenth of them in a folder, a file each; of the built program. */
export async function storeCommands(events: number, rounds: number): Promise<StoreCommand[]> {
  const folder = mkdtempSync(join(tmpdir(), 'caducus-store-'));
  try {
    const found: StoreCommand[] = [];
    for (const [sink, count] of [
      ['segments', events],
      ['folder', Math.ceil(events / 10)],
    ] as const) {
      const [input, pipeline, dataDir] = ['ndjson', 'yaml', 'data'].map((ending) => join(folder, `${sink}.${ending}`)) as [
        string,
        string,
        string,
      ];
      await makeEvents(input, count);
      mkdirSync(dataDir);
      const text = `name: fill\nsources: { in: { file: { path: "${input}", format: ndjson } } }\noperators: []\nsinks: { out: { ${sink}: { fsync: never } } }\n`;
      writeFileSync(pipeline, text);
      timed(['run', pipeline, '--data-dir', dataDir], folder);
      for (const command of commands) {
        const [first, ...again] = Array.from({ length: rounds + 1 }, () => timed([...command, '--data-dir', dataDir], folder));
        found.push({
          store: `${count.toLocaleString('en-US')} in ${sink}`,
          command: command.join(' '),
          firstSeconds: Number(first!.seconds.toFixed(2)),
          seconds: Number(median(again.map(({ seconds }) => seconds)).toFixed(2)),
          cpuSeconds: Number(median(again.map(({ cpuSeconds }) => cpuSeconds)).toFixed(2)),
        });
      }
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
