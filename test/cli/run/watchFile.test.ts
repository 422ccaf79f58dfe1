import { expect } from 'chai';
import { watchFile } from '../../../src/cli/run/watchFile.ts';
import { memoryFiles } from '../../support/memoryFiles.ts';
import { testIo } from '../../support/testIo.ts';

/** A file that is watched, second by second: what it holds at each look, null where it is not there. */
async function changesOf(looks: readonly (string | null)[]): Promise<number[]> {
  const files = memoryFiles();
  const io = { ...testIo(), files };
  const put = async (text: string | null) => {
    await files.remove('/radar.yaml');
    if (text === null) return;
    const file = await files.open('/radar.yaml', 'w');
    await file.write(Buffer.from(text));
    await file.close();
  };
  const over = new AbortController();
  const told: number[] = [];
  let second = 0;
  await put(looks[0]!);
  const watching = watchFile(io, '/radar.yaml', over.signal, async () => void told.push(second));
  for (const text of looks.slice(1)) {
    await io.pass(500);
    second += 1;
    await put(text);
    await io.pass(500);
    for (let turn = 0; turn < 5; turn += 1) await io.pass(0);
  }
  over.abort();
  await watching;
  return told;
}

describe('a file that is watched', () => {
  it('is taken when it has stayed changed for a look, and once', async () => {
    expect(await changesOf(['a', 'a', 'b', 'b', 'b', 'b'])).to.deep.equal([3]);
  });

  it('is not taken half-written, nor while it is being replaced', async () => {
    expect(await changesOf(['a', 'b', 'bc', 'bcd', 'bcd', 'bcd'])).to.deep.equal([4]);
    expect(await changesOf(['a', null, 'b', null, 'b', 'b', 'b'])).to.deep.equal([5]);
  });

  it('is not taken where it is again what was taken', async () => {
    expect(await changesOf(['a', 'b', 'a', 'a', 'a'])).to.deep.equal([]);
    expect(await changesOf(['a', null, null, 'a', 'a'])).to.deep.equal([]);
  });
});
