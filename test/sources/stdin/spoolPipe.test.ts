import { expect } from 'chai';
import { spoolPipe } from '../../../src/sources/stdin/spoolPipe.ts';
import type { CaducusError } from '../../../src/errors.ts';
import { memoryFiles } from '../../support/memoryFiles.ts';
import { testIo } from '../../support/testIo.ts';

const outside = (...chunks: string[]) => {
  const files = memoryFiles();
  const stdin = async function* () {
    for (const chunk of chunks) yield Buffer.from(chunk);
  };
  return Object.assign(testIo(), { files, stdin });
};
const never = new AbortController().signal;
const where = { folder: '/d/state', command: 'caducus radar -' };

describe('a pipe that is put on disk', () => {
  it('lies there as it came', async () => {
    const io = outside('one\n', 'two\n');
    const { path, size } = await spoolPipe(io, io.stdin(), { ...where, signal: never });
    expect([io.files.texts()[path], size]).to.deep.equal(['one\ntwo\n', 8]);
  });

  it('is refused where it is too long, with the command that turns it round, and nothing stays', async () => {
    const io = outside('one\n', 'two\n', 'three\n');
    const failure = await spoolPipe(io, io.stdin(), { ...where, signal: never, most: 9 }).catch((error: CaducusError) => error);
    expect(failure).to.include({ code: 'CAD002' });
    expect((failure as CaducusError).hint).to.contain('| tac | caducus radar -');
    expect(Object.keys(io.files.texts())).to.deep.equal([]);
  });

  it('is an error where the disk takes no more, and nothing stays', async () => {
    const io = outside('one\n', 'two\n');
    const open = io.files.open;
    io.files.open = async (...given) => ({
      ...(await open(...given)),
      write: () => Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })),
    });
    const failure = await spoolPipe(io, io.stdin(), { ...where, signal: never }).catch((error: CaducusError) => error);
    expect(failure).to.include({ code: 'CAD011' });
    expect(Object.keys(io.files.texts())).to.deep.equal([]);
  });

  it('holds what came until somebody stopped', async () => {
    const stop = new AbortController();
    const io = outside();
    io.stdin = async function* () {
      yield Buffer.from('one\n');
      stop.abort();
      await new Promise(() => {});
    };
    const { path } = await spoolPipe(io, io.stdin(), { ...where, signal: stop.signal });
    expect(io.files.texts()[path]).to.equal('one\n');
  });
});
