// One file, because one folder of a log and its generations serves every case.
import { expect } from 'chai';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Json } from '../../../src/event.ts';
import { eventsOf, followFile, readFile, rejectedOf, textsOf, withFolder } from './fileRuns.ts';

let second = 0;
/** A line with a stamp of its own; times go on from line to line. */
const line = (text: string) =>
  `2024-05-01T10:${String(Math.floor(++second / 60) % 60).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}Z INFO ${text}\n`;
const wait = () => undefined;
const named = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `seq=${from + i}`);
const lines = (from: number, to: number) => named(from, to).map(line).join('');

describe('file: generations of a log', () => {
  const folder = withFolder();
  const format = { format: 'lines' };
  /** As logrotate does: each moves up, the newest is made anew. */
  const rotate = (path: string, keep = 9) => {
    for (let n = keep; n >= 1; n -= 1) {
      try {
        renameSync(n === 1 ? path : `${path}.${n - 1}`, `${path}.${n}`);
      } catch {
        // That one is not there yet.
      }
    }
  };
  const goOn = async (path: string, from: Json) => followFile({ path, ...format }, [], { from });

  for (const rotations of [2, 5]) {
    for (const pattern of ['app.log', 'app.log*', '*.log']) {
      it(`${rotations} rotations while nobody reads lose nothing (${pattern})`, async () => {
        const path = folder.at('app.log');
        writeFileSync(path, lines(1, 10));
        const first = await followFile({ path: folder.at(pattern), ...format }, []);
        appendFileSync(path, lines(11, 15));
        for (let n = 1; n <= rotations; n += 1) {
          rotate(path);
          writeFileSync(path, lines(10 * n + 6, 10 * n + 15));
        }
        const second = await goOn(folder.at(pattern), first.positions.at(-1)!.position);
        expect(textsOf([...first.signals, ...second.signals])).to.deep.equal(named(1, 10 * rotations + 15));
        const third = await goOn(folder.at(pattern), second.positions.at(-1)!.position);
        expect(textsOf(third.signals)).to.deep.equal([]);
      });

      it(`${rotations} rotations between two looks lose nothing (${pattern})`, async () => {
        const path = folder.at('app.log');
        writeFileSync(path, lines(1, 10));
        const all = () => {
          appendFileSync(path, lines(11, 15));
          for (let n = 1; n <= rotations; n += 1) {
            rotate(path);
            writeFileSync(path, lines(10 * n + 6, 10 * n + 15));
          }
        };
        const { signals } = await followFile({ path: folder.at(pattern), ...format }, [wait, all]);
        expect(textsOf(signals)).to.deep.equal(named(1, 10 * rotations + 15));
      });
    }
  }

  it('a glob that rotation moves files out of loses nothing under load', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, '');
    let n = 0;
    const write = (count: number) => {
      appendFileSync(path, lines(n + 1, n + count));
      n += count;
    };
    const steps = Array.from({ length: 60 }, (_, at) => () => {
      write(7);
      if (at % 4 === 3) {
        write(5);
        rotate(path, 3);
        if (at % 8 === 7) write(3);
      }
    });
    const { signals } = await followFile({ path: folder.at('*.log'), ...format }, steps);
    expect(textsOf(signals)).to.deep.equal(named(1, n));
    expect(rejectedOf(signals)).to.deep.equal([]);
  });

  it('the rest of a file that is removed is read', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, lines(1, 2));
    const remove = () => {
      appendFileSync(path, lines(3, 4));
      unlinkSync(path);
      writeFileSync(path, lines(5, 6));
    };
    const { signals } = await followFile({ path, ...format }, [wait, remove]);
    expect(textsOf(signals)).to.deep.equal(named(1, 6));
  });

  it('lines that are still written to the file that was put aside are read', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, lines(1, 2));
    for (const pattern of ['app.log', '*.log']) {
      writeFileSync(path, lines(1, 2));
      const { signals } = await followFile({ path: folder.at(pattern), ...format }, [
        () => {
          rotate(path);
          writeFileSync(path, '');
        },
        wait,
        () => appendFileSync(`${path}.1`, lines(3, 3)),
        () => appendFileSync(path, lines(4, 4)),
        ...Array.from({ length: 12 }, () => wait),
        () => appendFileSync(`${path}.1`, lines(5, 5)),
      ]);
      expect(textsOf(signals), pattern).to.deep.equal(named(1, 5));
      rmSync(`${path}.1`);
    }
  });

  it('links of containers are followed through rotation by kubelet, compression and new starts', async () => {
    const pod = folder.at('pods/web_1');
    mkdirSync(folder.at('containers'));
    mkdirSync(pod, { recursive: true });
    const link = folder.at('containers/web.log');
    const point = (target: string) => {
      rmSync(link, { force: true });
      symlinkSync(target, link);
    };
    writeFileSync(`${pod}/0.log`, lines(1, 3));
    point(`${pod}/0.log`);
    const path = folder.at('containers/*.log');
    const first = await followFile({ path, ...format }, [
      () => {
        appendFileSync(`${pod}/0.log`, lines(4, 5));
        renameSync(`${pod}/0.log`, `${pod}/0.log.20240501-101010`);
        writeFileSync(`${pod}/0.log`, lines(6, 7));
      },
      () => {
        writeFileSync(`${pod}/0.log.20240501-101010.gz`, gzipSync(readFileSync(`${pod}/0.log.20240501-101010`)));
        rmSync(`${pod}/0.log.20240501-101010`);
      },
      () => {
        appendFileSync(`${pod}/0.log`, lines(8, 9));
        writeFileSync(`${pod}/1.log`, lines(10, 11));
        point(`${pod}/1.log`);
      },
    ]);
    expect(textsOf(first.signals)).to.deep.equal(named(1, 11));
    // Stopped: the end of one start, a whole one, and the begin of the next.
    appendFileSync(`${pod}/1.log`, lines(12, 13));
    writeFileSync(`${pod}/2.log`, lines(14, 15));
    writeFileSync(`${pod}/3.log`, lines(16, 17));
    point(`${pod}/3.log`);
    const second = await goOn(path, first.positions.at(-1)!.position);
    expect(textsOf(second.signals)).to.deep.equal(named(12, 17));
    expect(new Set(eventsOf([...first.signals, ...second.signals]).map(({ id }) => id)).size).to.equal(17);
    expect(eventsOf(second.signals)[0]!.group_id).to.equal('file:web.log');
  });

  it('compressed data that is still being written is read to its trailer', async () => {
    const whole = gzipSync(lines(1, 2000));
    const path = folder.at('app.log.1.gz');
    const parts = [0.1, 0.3, 0.31, 0.7, 0.999, 1].map((share) => Math.round(whole.length * share));
    const steps = parts.map((end) => () => writeFileSync(path, whole.subarray(0, end)));
    const { signals } = await followFile({ path: folder.at('app.log*'), ...format }, [wait, ...steps.flatMap((step) => [step, wait])]);
    expect(textsOf(signals)).to.deep.equal(named(1, 2000));
    expect(rejectedOf(signals)).to.deep.equal([]);
  });

  it('a file that is being compressed is not read twice', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, lines(1, 2000));
    const whole = () => gzipSync(readFileSync(`${path}.1`));
    const { signals } = await followFile({ path: folder.at('app.log*'), ...format }, [
      () => {
        rotate(path);
        writeFileSync(path, lines(2001, 2002));
      },
      () => writeFileSync(`${path}.1.gz`, whole().subarray(0, 20)),
      () => writeFileSync(`${path}.1.gz`, whole().subarray(0, 3000)),
      () => writeFileSync(`${path}.1.gz`, whole()),
      () => rmSync(`${path}.1`),
    ]);
    expect(textsOf(signals)).to.deep.equal(named(1, 2002));
  });

  it('compressed data that stays cut is told after a minute', async () => {
    const path = folder.at('app.log.gz');
    writeFileSync(path, gzipSync(lines(1, 2000)).subarray(0, 3000));
    const { signals } = await followFile({ path, ...format }, [], { quiet: 300 });
    expect(rejectedOf(signals).map(({ reason }) => reason)).to.deep.equal(['damaged gzip data: it ends before its end']);
  });

  it('NUL bytes that copytruncate leaves are passed over and counted', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, lines(1, 100));
    const copyTruncate = () => {
      const size = readFileSync(path).length;
      copyFileSync(path, `${path}.1`);
      truncateSync(path);
      // The writer does not append: it goes on where it stood.
      writeFileSync(path, Buffer.concat([Buffer.alloc(size), Buffer.from(lines(101, 103))]));
    };
    const { signals } = await followFile({ path, ...format }, [wait, copyTruncate, () => appendFileSync(path, lines(104, 104))]);
    expect(textsOf(signals)).to.deep.equal(named(1, 104));
    expect(rejectedOf(signals).map(({ reason, original }) => [reason.slice(0, 9), original])).to.deep.equal([
      ['NUL bytes', `${lengthOf(named(1, 100))} bytes`],
    ]);
  });

  const lengthOf = (texts: string[]) => texts.reduce((sum, text) => sum + text.length + '2024-05-01T10:00:00Z INFO \n'.length, 0);

  it('two copies and truncations while nobody reads lose nothing', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, lines(1, 10));
    const first = await followFile({ path, ...format }, []);
    const copyTruncate = () => {
      for (let n = 3; n >= 2; n -= 1) {
        try {
          renameSync(`${path}.${n - 1}`, `${path}.${n}`);
        } catch {
          // That one is not there yet.
        }
      }
      copyFileSync(path, `${path}.1`);
      truncateSync(path);
    };
    appendFileSync(path, lines(11, 12));
    copyTruncate();
    appendFileSync(path, lines(13, 30));
    copyTruncate();
    appendFileSync(path, lines(31, 60));
    const second = await goOn(path, first.positions.at(-1)!.position);
    expect(textsOf(second.signals)).to.deep.equal(named(11, 60));
  });

  it('a record of several lines at the end of a file comes before the first of the next', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, line('one'));
    const { signals } = await followFile({ path, ...format }, [
      () => appendFileSync(path, `${line('crash')}\tat a.b(C.java:1)\n`),
      () => {
        appendFileSync(path, '\tat a.c(C.java:2)\n');
        rotate(path);
        writeFileSync(path, line('two') + line('three'));
      },
    ]);
    expect(textsOf(signals).map((text) => text.split('\n')[0])).to.deep.equal(['one', 'crash', 'two', 'three']);
    expect(textsOf(signals)[1]).to.match(/C\.java:2/);
  });

  it('a record of several lines that waits at the end of a file comes before a long next one', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, lines(1, 99));
    const { signals } = await followFile({ path, ...format }, [
      () => appendFileSync(path, `${line('crash')}\tat a.b(C.java:1)\n`),
      () => {
        rotate(path);
        writeFileSync(path, lines(100, 400));
      },
    ]);
    expect(textsOf(signals).map((text) => text.split('\n')[0])).to.deep.equal([...named(1, 99), 'crash', ...named(100, 400)]);
  });

  it('says what was left behind: in bytes where a size was seen, else that a file was never seen', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, lines(1, 4));
    const { positions } = await followFile({ path, ...format }, []);
    const whole = positions.at(-1)!.position as { files: { at: { offset: number } }[] };
    // As if the last two lines had been seen and not read.
    const half = structuredClone(whole);
    half.files[0]!.at.offset /= 2;
    delete (half.files[0] as { tail?: unknown }).tail;
    rmSync(path);
    writeFileSync(path, lines(11, 12));
    writeFileSync(`${path}.1`, lines(5, 10));
    const [bytes] = rejectedOf((await goOn(path, half)).signals);
    expect(bytes).to.include({ reason: 'the end of a file was never read: it was removed or overwritten' });
    expect(bytes!.original).to.match(/^\d+ bytes of .*app\.log$/);
    const second = await goOn(path, whole);
    expect(rejectedOf(second.signals).map(({ original }) => original.replaceAll(`${folder.at('')}/`, ''))).to.deep.equal([
      'at least one file between app.log and app.log.1 was never seen',
    ]);
    expect(textsOf(second.signals)).to.deep.equal(named(5, 12));
  });

  it('files that were there before the first look are left alone', async () => {
    const path = folder.at('app.log');
    writeFileSync(`${path}.1`, lines(1, 2));
    writeFileSync(path, lines(3, 4));
    const first = await followFile({ path, ...format }, []);
    rmSync(path);
    writeFileSync(path, lines(5, 6));
    const second = await goOn(path, first.positions.at(-1)!.position);
    expect(textsOf([...first.signals, ...second.signals])).to.deep.equal(named(3, 6));
  });

  it('goes on from every position through rotations without a loss or a repetition', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, lines(1, 3));
    const whole = await followFile({ path, ...format }, [
      () => appendFileSync(path, lines(4, 5)),
      () => {
        appendFileSync(path, lines(6, 7));
        rotate(path);
        writeFileSync(path, lines(8, 9));
      },
      () => appendFileSync(path, lines(10, 11)),
      () => rotate(path),
      () => writeFileSync(path, lines(12, 13)),
    ]);
    expect(textsOf(whole.signals)).to.deep.equal(named(1, 13));
    for (const { count, position } of whole.positions) {
      const rest = await goOn(path, position);
      expect(textsOf([...whole.signals.slice(0, count), ...rest.signals]), `after ${count}`).to.deep.equal(named(1, 13));
    }
  });

  describe('ids', () => {
    const ids = (signals: Parameters<typeof eventsOf>[0]) => eventsOf(signals).map(({ id }) => id);
    const banner = 'ERROR service crashed and restarted\nworker up\n';

    it('generations that hold the same lines without a time have ids of their own', async () => {
      const path = folder.at('app.log');
      const again = () => {
        rotate(path);
        writeFileSync(path, banner);
      };
      const { signals } = await followFile({ path, ...format }, [again, wait, again, wait, again, wait, again]);
      expect(textsOf(signals)).to.have.length(8);
      expect(new Set(ids(signals)).size).to.equal(8);
      const read = await readFile({ path: folder.at('app.log*'), ...format });
      expect(new Set(ids(read.signals))).to.deep.equal(new Set(ids(signals)));
    });

    it('the same line without a time, at the same place behind lines that have one, is another event', async () => {
      const path = folder.at('app.log');
      const texts = ['2024-05-01T10:00:00Z INFO up\nheartbeat\n', '2024-05-02T10:00:00Z INFO up\nheartbeat\n'];
      writeFileSync(`${path}.1`, texts[0]!);
      writeFileSync(path, texts[1]!);
      const flat = { format: { lines: { multiline: false } } };
      const read = await readFile({ path: folder.at('app.log*'), ...flat });
      expect(new Set(ids(read.signals)).size).to.equal(4);
      writeFileSync(`${path}.1.gz`, gzipSync(texts[0]!));
      rmSync(`${path}.1`);
      expect(ids((await readFile({ path: folder.at('app.log*'), ...flat })).signals)).to.deep.equal(ids(read.signals));
    });

    it('a file that an older release began keeps the ids it had', async () => {
      const path = folder.at('app.log');
      writeFileSync(path, banner);
      const { positions, signals } = await followFile({ path, ...format }, [() => appendFileSync(path, 'worker up\n')]);
      const { files } = positions.at(-1)!.position as { files: Record<string, Json>[] };
      const saved = files.map(({ path, node, print, closed }) => ({ path, node, print, closed, at: { offset: 0, line: 0, state: null } }));
      const old = await goOn(path, { files: saved } as Json);
      // As the last release made them: from the record alone.
      expect(ids(old.signals)).to.have.length(3).and.not.deep.equal(ids(signals));
      const stamped = folder.at('stamped.log');
      writeFileSync(stamped, lines(1, 3));
      const before = await readFile({ path: stamped, ...format });
      expect(new Set(ids(before.signals)).size).to.equal(3);
    });
  });
});
