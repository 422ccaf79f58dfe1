import { expect } from 'chai';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Signal } from '../../../src/signal.ts';
import { followFile, readFile, rejectedOf, textsOf, withFolder } from './fileRuns.ts';

let second = 0;
const line = (text: string) => `${new Date(Date.UTC(2024, 4, 1, 10) + ++second * 1000).toISOString()} INFO ${text}\n`;
const named = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `seq=${from + i}`);
const lines = (from: number, to: number) => named(from, to).map(line).join('');

/** The number of a rotation, from 1, and the path of the log; what is written then begins a new file. */
type Rotate = (path: string, n: number) => void;
const beside = (path: string, name: string) => join(dirname(path), name);
const shiftUp: Rotate = (path) => {
  for (let n = 9; n >= 1; n -= 1) {
    const from = n === 1 ? path : `${path}.${n - 1}`;
    if (existsSync(from)) renameSync(from, `${path}.${n}`);
    if (existsSync(`${from}.gz`)) renameSync(`${from}.gz`, `${path}.${n}.gz`);
  }
};
/** As gzip does it: what is compressed keeps the time of its last change. */
const compress = (path: string) => {
  const { atime, mtime } = statSync(path);
  writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)));
  utimesSync(`${path}.gz`, atime, mtime);
  rmSync(path);
};
const day = (n: number) => String(n).padStart(2, '0');

/** Ways in which logs are rotated. */
const ways: Record<string, Rotate> = {
  'logrotate: .1 is the newest': shiftUp,
  'the highest number is the newest': (path, n) => renameSync(path, `${path}.${n}`),
  'logrotate with dateext': (path, n) => renameSync(path, `${path}-202405${day(n)}`),
  'logrotate with dateext, hourly': (path, n) => renameSync(path, `${path}-202405011${n}`),
  'a date and a count of seconds behind the name': (path, n) => renameSync(path, `${path}-202405011${n}-17145${n}1600`),
  'logrotate with delaycompress': (path, n) => {
    if (n > 1) compress(`${path}.1`);
    shiftUp(path, n);
  },
  'logrotate with copytruncate': (path, n) => {
    for (let k = 8; k >= 1; k -= 1) if (existsSync(`${path}.${k}`)) renameSync(`${path}.${k}`, `${path}.${k + 1}`);
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
    void n;
  },
  'logrotate with copytruncate and compress': (path) => {
    for (let k = 8; k >= 1; k -= 1) if (existsSync(`${path}.${k}.gz`)) renameSync(`${path}.${k}.gz`, `${path}.${k + 1}.gz`);
    writeFileSync(`${path}.1.gz`, gzipSync(readFileSync(path)));
    truncateSync(path);
  },
  'logrotate with olddir': (path, n) => {
    mkdirSync(beside(path, 'old'), { recursive: true });
    for (let k = 8; k >= 1; k -= 1)
      if (existsSync(beside(path, `old/app.log.${k}`))) renameSync(beside(path, `old/app.log.${k}`), beside(path, `old/app.log.${k + 1}`));
    renameSync(path, beside(path, 'old/app.log.1'));
    void n;
  },
  'a date before the extension': (path, n) => renameSync(path, beside(path, `app-2024-05-${day(n)}.log`)),
  'a date and a number before the extension, compressed': (path, n) => {
    const name = beside(path, `app-05-${day(n)}-2024-1.log`);
    renameSync(path, name);
    compress(name);
  },
  'a number before the extension, the highest the newest': (path, n) => renameSync(path, beside(path, `app-${n}.log`)),
  'numbers before the extension that move up': (path) => {
    for (let k = 8; k >= 1; k -= 1)
      if (existsSync(beside(path, `app.${k}.log`))) renameSync(beside(path, `app.${k}.log`), beside(path, `app.${k + 1}.log`));
    renameSync(path, beside(path, 'app.1.log'));
  },
};

describe('file: ways to rotate', () => {
  const folder = withFolder();
  const format = { format: 'lines' };
  const wait = () => undefined;

  for (const [what, rotate] of Object.entries(ways)) {
    describe(what, () => {
      /** Changes are seconds apart, as they are on a machine; here all would come within one tick of its clock. */
      const settle = (path: string) => {
        const at = new Date(Date.UTC(2024, 4, 1, 10) + second * 1000);
        if (existsSync(path)) utimesSync(path, at, at);
      };
      const write = (path: string, from: number, to: number) => {
        appendFileSync(path, lines(from, to));
        settle(path);
      };
      const twice = (path: string) => {
        write(path, 11, 15);
        for (const n of [1, 2]) {
          rotate(path, n);
          write(path, 10 * n + 6, 10 * n + 15);
        }
      };

      it('two rotations while nobody reads lose nothing', async () => {
        const path = folder.at('app.log');
        write(path, 1, 10);
        const first = await followFile({ path, ...format }, []);
        twice(path);
        const next = await followFile({ path, ...format }, [], { from: first.positions.at(-1)!.position });
        const after = await followFile({ path, ...format }, [], { from: next.positions.at(-1)!.position });
        expect(textsOf([...first.signals, ...next.signals, ...after.signals])).to.deep.equal(named(1, 35));
        expect(rejectedOf(next.signals)).to.deep.equal([]);
      });

      it('two rotations between two looks lose nothing', async () => {
        const path = folder.at('app.log');
        write(path, 1, 10);
        const { signals } = await followFile({ path, ...format }, [wait, () => twice(path), wait, () => write(path, 36, 38)]);
        expect(textsOf(signals)).to.deep.equal(named(1, 38));
        expect(rejectedOf(signals)).to.deep.equal([]);
      });

      it('from every position through rotations nothing is lost or comes twice', async () => {
        const path = folder.at('app.log');
        write(path, 1, 3);
        let n = 3;
        const more = (count: number) => {
          write(path, n + 1, n + count);
          n += count;
        };
        const whole = await followFile({ path, ...format }, [
          () => more(2),
          () => {
            more(1);
            rotate(path, 1);
            more(2);
          },
          () => more(1),
          () => rotate(path, 2),
          () => more(3),
          () => {
            more(1);
            rotate(path, 3);
            more(1);
            rotate(path, 4);
            more(1);
          },
        ]);
        expect(textsOf(whole.signals)).to.deep.equal(named(1, n));
        const places = new Map(whole.positions.map((one) => [JSON.stringify(one.position), one]));
        for (const { count, position } of places.values()) {
          const rest = await followFile({ path, ...format }, [], { from: position });
          expect(textsOf([...whole.signals.slice(0, count), ...rest.signals]), `after ${count}`).to.deep.equal(named(1, n));
        }
      });
    });
  }

  it('reads rotated files that are there oldest first, whichever way their numbers go', async () => {
    for (const order of [
      [1, 2, 3],
      [3, 2, 1],
    ]) {
      const path = folder.at(`app${order[0]}.log`);
      for (const [i, n] of order.entries()) writeFileSync(`${path}.${n}`, lines(4 * i + 1, 4 * i + 4));
      writeFileSync(path, lines(13, 16));
      const { signals } = await readFile({ path: `${path}*`, ...format });
      expect(textsOf(signals)).to.deep.equal(named(1, 16));
    }
  });

  it('another log with a name that looks like a rotated one is left alone', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, lines(1, 3));
    const first = await followFile({ path, ...format }, []);
    writeFileSync(folder.at('app-2.log'), lines(100, 104));
    renameSync(path, `${path}.1`);
    writeFileSync(path, lines(4, 6));
    const next = await followFile({ path, ...format }, [], { from: first.positions.at(-1)!.position });
    expect(textsOf([...first.signals, ...next.signals])).to.deep.equal(named(1, 6));
  });

  it('clocks go back at a rotation: each file goes on in the pass in which the one before it ended', async () => {
    const path = folder.at('night.log');
    const back = Date.UTC(2026, 9, 25, 1);
    const stamp = (ms: number) => new Date(ms + (ms < back ? 2 : 1) * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
    const instants = Array.from({ length: 36 }, (_, i) => back + (i - 18) * 300_000);
    let n = 0;
    const write = (count: number) => {
      for (const ms of instants.slice(n, n + count)) appendFileSync(path, `${stamp(ms)} INFO job done\n`);
      n += count;
    };
    const rotate = (k: number) => {
      renameSync(path, `${path}.${k}`);
      writeFileSync(path, '');
    };
    const berlin = { format: { lines: { timeZone: 'Europe/Berlin' } } };
    const timesOf = (signals: readonly Signal[]) => signals.flatMap(({ kind, time }) => (kind === 'event' ? [time] : []));
    write(18);
    const whole = await followFile({ path, ...berlin }, [
      () => rotate(1),
      () => write(4),
      () => rotate(2),
      () => write(4),
      () => {
        write(2);
        rotate(3);
        write(8);
      },
    ]);
    expect(timesOf(whole.signals)).to.deep.equal(instants);
    for (const { count, position } of whole.positions) {
      const rest = await followFile({ path, ...berlin }, [], { from: position });
      expect(timesOf([...whole.signals.slice(0, count), ...rest.signals]), `after ${count}`).to.deep.equal(instants);
    }
    const once = await readFile({ path: `${path}*`, ...berlin });
    expect(timesOf(once.signals)).to.deep.equal(instants);
  });
});
