import { expect } from 'chai';
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { nodeIo, type Files } from '../../../src/io.ts';
import { followFile, readFile, rejectedOf, textsOf, withFolder } from './fileRuns.ts';

let second = 0;
const line = (text: string, end = '\n') => `${new Date(Date.UTC(2024, 4, 1, 10) + ++second * 1000).toISOString()} INFO ${text}${end}`;
const named = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `seq=${from + i}`);
const lines = (from: number, to: number, end = '\n') =>
  named(from, to)
    .map((text) => line(text, end))
    .join('');
const wait = () => undefined;

/** Files of which some may not be read for now. */
function guarded(isClosed: (path: string) => boolean): Files {
  const { files } = nodeIo();
  const refuse = (path: string) => {
    if (isClosed(path)) throw Object.assign(new Error(`EACCES: ${path}`), { code: 'EACCES' });
  };
  return {
    ...files,
    async *chunks(path, range) {
      refuse(path);
      yield* files.chunks(path, range);
    },
    open: async (path, flags, mode) => {
      refuse(path);
      return files.open(path, flags, mode);
    },
    list: async (path) => {
      refuse(path);
      return files.list(path);
    },
  };
}

describe('file: what may happen to a log', () => {
  const folder = withFolder();
  const format = { format: 'lines' };
  const follow = (steps: (() => void)[], path = folder.at('app.log')) => followFile({ path, ...format }, steps);

  it('an editor that saves it as a new file beside has nothing read twice', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, lines(1, 5));
    const { signals } = await follow([
      wait,
      () => {
        writeFileSync(`${path}.new`, readFileSync(path));
        renameSync(`${path}.new`, path);
      },
      () => appendFileSync(path, lines(6, 7)),
    ]);
    expect(textsOf(signals)).to.deep.equal(named(1, 7));
  });

  it('one that is truncated in the middle of a line gives what comes then', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, lines(1, 5) + line('torn').slice(0, 20));
    const { signals } = await follow([wait, wait, () => truncateSync(path), () => appendFileSync(path, lines(6, 8))]);
    expect(textsOf(signals).filter((text) => text.startsWith('seq'))).to.deep.equal(named(1, 8));
  });

  it('one with the line ends of Windows is read as any, through a rotation too', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, lines(1, 5, '\r\n'));
    const first = await follow([]);
    renameSync(path, `${path}.1`);
    writeFileSync(path, lines(6, 9, '\r\n'));
    const next = await followFile({ path, ...format }, [], { from: first.positions.at(-1)!.position });
    expect(textsOf([...first.signals, ...next.signals])).to.deep.equal(named(1, 9));
  });

  it('a file that appears later under a glob is read from its beginning', async () => {
    writeFileSync(folder.at('a.log'), lines(1, 2));
    const { signals } = await follow([wait, () => writeFileSync(folder.at('b.log'), lines(3, 4))], folder.at('*.log'));
    expect(textsOf(signals)).to.deep.equal(named(1, 4));
  });

  it('a folder that is removed and made again goes on', async () => {
    const path = folder.at('logs/app.log');
    mkdirSync(dirname(path));
    for (const pattern of [path, folder.at('logs/*.log')]) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, lines(1, 3));
      const { signals } = await follow(
        [
          wait,
          () => rmSync(dirname(path), { recursive: true }),
          wait,
          () => {
            mkdirSync(dirname(path));
            writeFileSync(path, lines(4, 6));
          },
        ],
        pattern,
      );
      expect(textsOf(signals)).to.deep.equal(named(1, 6));
    }
  });

  it('one that is removed and made again with the same inode is read from its beginning', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, lines(1, 5));
    const first = await follow([]);
    const position = structuredClone(first.positions.at(-1)!.position) as { files: { node: string }[] };
    unlinkSync(path);
    writeFileSync(path, lines(6, 12));
    const { files } = nodeIo();
    const { dev, ino } = (await files.stat(path))!;
    position.files[0]!.node = `${dev}:${ino}`;
    const next = await followFile({ path, ...format }, [], { from: position });
    expect(textsOf(next.signals)).to.deep.equal(named(6, 12));
  });

  it('devices and inodes that are other numbers after a restart change nothing', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, lines(1, 5));
    const first = await follow([]);
    const position = structuredClone(first.positions.at(-1)!.position) as { files: { node: string }[] };
    position.files[0]!.node = '9999:1';
    appendFileSync(path, lines(6, 7));
    const next = await followFile({ path, ...format }, [], { from: position });
    expect(textsOf([...first.signals, ...next.signals])).to.deep.equal(named(1, 7));
    expect(rejectedOf(next.signals)).to.deep.equal([]);
  });

  it('a link that is re-pointed from day to day is followed, whatever happened while nobody read', async () => {
    const link = folder.at('current.log');
    const day = (n: number) => folder.at(`app-2024-05-0${n}.log`);
    const point = (n: number) => {
      rmSync(link, { force: true });
      symlinkSync(day(n), link);
    };
    writeFileSync(day(1), lines(1, 3));
    point(1);
    const first = await follow([wait, () => appendFileSync(day(1), lines(4, 5))], link);
    appendFileSync(day(1), lines(6, 6));
    writeFileSync(day(2), lines(7, 8));
    writeFileSync(day(3), lines(9, 10));
    point(3);
    const next = await followFile({ path: link, ...format }, [() => appendFileSync(day(3), lines(11, 12))], {
      from: first.positions.at(-1)!.position,
    });
    expect(textsOf([...first.signals, ...next.signals])).to.deep.equal(named(1, 12));
    expect(rejectedOf(next.signals)).to.deep.equal([]);
  });

  describe('that may not be read', () => {
    it('one of several is said once and read as soon as it may be, the others meanwhile', async () => {
      writeFileSync(folder.at('a.log'), lines(1, 2));
      writeFileSync(folder.at('b.log'), lines(3, 4));
      let isClosed = true;
      const { signals } = await followFile(
        { path: folder.at('*.log'), ...format },
        [wait, wait, wait, wait, wait, wait, () => void (isClosed = false)],
        { files: guarded((path) => isClosed && path.endsWith('b.log')) },
      );
      expect(textsOf(signals)).to.deep.equal(named(1, 4));
      expect(rejectedOf(signals).map(({ reason, original }) => [reason, original.includes('b.log: permission denied')])).to.deep.equal([
        ['a file could not be read so far', true],
      ]);
    });

    it('one alone ends a start with its path and why, and is waited for later', async () => {
      const path = folder.at('app.log');
      writeFileSync(path, lines(1, 2));
      const start = await followFile({ path, ...format }, [], { files: guarded(() => true) }).catch((error: unknown) => error);
      expect(start).to.include({ code: 'CAD011' });
      let isClosed = false;
      const { signals } = await followFile(
        { path, ...format },
        [
          wait,
          () => {
            isClosed = true;
            renameSync(path, `${path}.1`);
            writeFileSync(path, lines(3, 4));
          },
          wait,
          wait,
          () => void (isClosed = false),
        ],
        { files: guarded((at) => isClosed && at === path) },
      );
      expect(textsOf(signals)).to.deep.equal(named(1, 4));
    });

    it('a folder that is closed for a while is waited for', async () => {
      writeFileSync(folder.at('a.log'), lines(1, 2));
      let isClosed = false;
      const { signals } = await followFile(
        { path: folder.at('*.log'), ...format },
        [
          wait,
          () => {
            isClosed = true;
            appendFileSync(folder.at('a.log'), lines(3, 4));
          },
          wait,
          () => void (isClosed = false),
          () => appendFileSync(folder.at('a.log'), lines(5, 6)),
        ],
        { files: guarded((at) => isClosed && `${at}/` === folder.at('')) },
      );
      expect(textsOf(signals)).to.deep.equal(named(1, 6));
    });

    it('one that is read once is an error', async () => {
      writeFileSync(folder.at('a.log'), lines(1, 2));
      expect((await readFile({ path: folder.at('a.log'), ...format })).signals).to.have.length(2);
      const failed = await readFile(
        { path: folder.at('*.log'), ...format },
        { io: { ...nodeIo(), files: guarded((path) => path.endsWith('a.log')) } },
      ).catch((error: unknown) => error);
      expect(failed).to.include({ code: 'CAD011' });
    });
  });
});
