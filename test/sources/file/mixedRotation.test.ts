import { copyFileSync, existsSync, renameSync, truncateSync, writeFileSync, appendFileSync } from 'node:fs';
import { expect } from 'chai';
import { seeded } from '../../../bench/support/seeded.ts';
import { nodeFiles, type Files } from '../../../src/io.ts';
import { followFile, textsOf, withFolder } from './fileRuns.ts';

let second = 0;
const line = (text: string) => `${new Date(Date.UTC(2024, 4, 1, 10) + ++second * 1000).toISOString()} INFO ${text}\n`;
const named = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `seq=${from + i}`);
const lines = (from: number, to: number) => named(from, to).map(line).join('');

type Kind = 'rename' | 'copytruncate';

describe('a log that is rotated in both ways', () => {
  const folder = withFolder();
  const rotate = (path: string, kind: Kind) => {
    for (let n = 9; n >= 1; n -= 1) if (existsSync(`${path}.${n}`)) renameSync(`${path}.${n}`, `${path}.${n + 1}`);
    if (kind === 'rename') renameSync(path, `${path}.1`);
    else {
      copyFileSync(path, `${path}.1`);
      truncateSync(path);
    }
  };
  for (const kinds of [
    ['rename', 'copytruncate'],
    ['copytruncate', 'rename'],
    ['copytruncate', 'copytruncate'],
    ['copytruncate', 'rename', 'copytruncate'],
    ['rename', 'copytruncate', 'rename', 'copytruncate'],
  ] as Kind[][]) {
    for (const stopped of [false, true]) {
      it(`${kinds.join(', ')} ${stopped ? 'while nobody reads' : 'between two looks'} lose nothing`, async () => {
        const path = folder.at('app.log');
        writeFileSync(path, lines(1, 10));
        const all = () => {
          appendFileSync(path, lines(11, 15));
          for (const [n, kind] of kinds.entries()) {
            rotate(path, kind);
            appendFileSync(path, lines(10 * n + 16, 10 * n + 25));
          }
        };
        const format = { path, format: 'lines' };
        const texts: string[] = [];
        if (stopped) {
          const first = await followFile(format, []);
          all();
          const then = await followFile(format, [], { from: first.positions.at(-1)!.position });
          texts.push(...textsOf([...first.signals, ...then.signals]));
        } else texts.push(...textsOf((await followFile(format, [() => undefined, all, () => undefined])).signals));
        expect(texts).to.deep.equal(named(1, 10 * kinds.length + 15));
      });
    }
  }
});

describe('a log that is rotated all the time, while it is read too', () => {
  const folder = withFolder();
  for (const [ways, share] of [
    ['renamed', 1],
    ['copied and truncated', 0],
    ['both', 0.5],
  ] as const)
    for (let seed = 1; seed <= 6; seed += 1) {
      it(`${ways}: loses nothing, however looks and rotations fall (${seed})`, async () => {
        const random = seeded(seed);
        const path = folder.at('app.log');
        let written = 0;
        const write = (count: number) => {
          appendFileSync(path, lines(written + 1, written + count));
          written += count;
        };
        let rotations = 0;
        const rotate = () => {
          for (let n = 60; n >= 1; n -= 1) if (existsSync(`${path}.${n}`)) renameSync(`${path}.${n}`, `${path}.${n + 1}`);
          if (random() < share) renameSync(path, `${path}.1`);
          else {
            copyFileSync(path, `${path}.1`);
            truncateSync(path);
          }
          rotations += 1;
        };
        writeFileSync(path, '');
        write(3);
        let isOver = false;
        const step = () => {
          if (random() < 0.5) rotate();
          write(1 + Math.floor(random() * 60));
        };
        const looks = Array.from({ length: 30 }, () => () => {
          for (let steps = Math.floor(random() * 4); steps > 0; steps -= 1) step();
        });
        // What takes a batch may take its time: the log does not wait for it.
        const between = () => {
          if (!isOver && random() < 0.3) step();
        };
        const { signals } = await followFile({ path, format: 'lines' }, [() => undefined, ...looks, () => void (isOver = true)], {
          between,
        });
        expect(
          textsOf(signals).toSorted((a, b) => Number(a.slice(4)) - Number(b.slice(4))),
          `${rotations} rotations`,
        ).to.deep.equal(named(1, written));
      });
    }
});

describe('a log that is renamed in the midst of a look', () => {
  const folder = withFolder();
  /** Files of which each call is heard of before it is made. */
  const heard = (called: () => void): Files => {
    const before =
      <Given extends unknown[], T>(call: (...given: Given) => Promise<T>) =>
      async (...given: Given): Promise<T> => {
        called();
        return call(...given);
      };
    return {
      ...nodeFiles,
      async *chunks(...given) {
        called();
        yield* nodeFiles.chunks(...given);
      },
      open: before(nodeFiles.open),
      list: before(nodeFiles.list),
      stat: before(nodeFiles.stat),
      lstat: before(nodeFiles.lstat),
      realPath: before(nodeFiles.realPath),
    };
  };
  for (const [ways, share] of [
    ['renamed', 1],
    ['copied and truncated', 0],
    ['both', 0.5],
  ] as const)
    for (let seed = 1; seed <= 6; seed += 1) {
      it(`${ways}: loses nothing and doubles nothing, whichever of its calls the rotation comes before (${seed})`, async () => {
        const random = seeded(seed);
        const path = folder.at('app.log');
        let written = 0;
        const write = (count: number) => {
          appendFileSync(path, lines(written + 1, written + count));
          written += count;
        };
        const rotate = () => {
          for (let n = 60; n >= 1; n -= 1) if (existsSync(`${path}.${n}`)) renameSync(`${path}.${n}`, `${path}.${n + 1}`);
          if (random() < share) renameSync(path, `${path}.1`);
          else {
            copyFileSync(path, `${path}.1`);
            truncateSync(path);
          }
        };
        writeFileSync(path, '');
        write(3);
        // Calls of this look that pass before the log is rotated.
        let left = Number.POSITIVE_INFINITY;
        const files = heard(() => {
          left -= 1;
          if (left !== 0) return;
          write(1 + Math.floor(random() * 40));
          rotate();
          write(1 + Math.floor(random() * 80));
        });
        const looks = Array.from({ length: 40 }, () => () => {
          write(1 + Math.floor(random() * 5));
          left = 1 + Math.floor(random() * 60);
        });
        const { signals } = await followFile(
          { path, format: 'lines' },
          [() => undefined, ...looks, () => (left = Number.POSITIVE_INFINITY)],
          { files },
        );
        expect(textsOf(signals).toSorted((a, b) => Number(a.slice(4)) - Number(b.slice(4)))).to.deep.equal(named(1, written));
      });
    }
});
