import { appendFileSync, chmodSync, existsSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { recordLine } from '../../../src/base/recordText.ts';
import { nodeFiles, type Files } from '../../../src/io.ts';
import { canonicalEvent } from '../../../src/store/canonicalEvent.ts';
import { indexPath, readIndex } from '../../../src/store/segments/segmentIndex.ts';
import { SegmentScan } from '../../../src/store/segments/segmentScan.ts';
import { eventAt } from '../../support/fakes.ts';
import { temporaryFolder } from '../../support/storeFixture.ts';

const lines = (from: number, to: number, word = 'x') =>
  Array.from({ length: to - from }, (_, i) => recordLine(canonicalEvent(eventAt(from + i, word).event))).join('');
const facts = (text: string) => {
  const scan = new SegmentScan();
  scan.push(Buffer.from(text));
  return scan.end();
};

describe('readIndex', () => {
  const dataDir = temporaryFolder();
  let path = '';
  beforeEach(() => void (path = join(dataDir(), '2026-03-14.wxyz.ndjson')));

  /** Reads the index; how many bytes of the segment were read for it, beside the last ones that are looked at. */
  async function read() {
    let bytes = 0;
    const files: Files = {
      ...nodeFiles,
      async *chunks(of, range) {
        for await (const chunk of nodeFiles.chunks(of, range)) {
          if (chunk.length > 1024) bytes += chunk.length;
          yield chunk;
        }
      },
    };
    return { ...(await readIndex(files, path)), bytes };
  }
  const text = () => readFileSync(path, 'utf8');

  it('reads a segment once, then only what came since', async () => {
    writeFileSync(path, lines(0, 3000));
    const { size } = await read();
    expect(await read()).to.deep.equal({ facts: facts(text()), size, bytes: 0 });
    appendFileSync(path, lines(3000, 3100));
    expect(await read()).to.deep.equal({ facts: facts(text()), size: text().length, bytes: text().length - size });
  });

  it('reads a segment anew that was changed in place, cut, written anew, or is another one', async () => {
    const changes: (() => void)[] = [
      () => writeFileSync(path, text().replace('"x"', '"y"')),
      () => truncateSync(path, 80_000),
      () => writeFileSync(path, lines(7000, 12_000, 'y')),
      () => (truncateSync(path, 90_000), appendFileSync(path, `\n${lines(0, 4000, 'z')}`)),
    ];
    for (const change of changes) {
      writeFileSync(path, lines(0, 3000));
      utimesSync(path, 1, 1);
      await read();
      change();
      expect((await read()).facts).to.deep.equal(facts(text()));
      expect((await read()).facts).to.deep.equal(facts(text()));
    }
  });

  it('makes an index anew that is damaged, torn, empty, of a later form, or missing', async () => {
    writeFileSync(path, lines(0, 3000));
    await read();
    const good = readFileSync(indexPath(path));
    const head = good.indexOf('\n');
    const bad = [
      Buffer.concat([good.subarray(0, -9), Buffer.of(1), good.subarray(-8)]),
      good.subarray(0, -8),
      good.subarray(0, head - 3),
      Buffer.alloc(0),
      Buffer.from(good.toString('latin1').replace('"version":1', '"version":9'), 'latin1'),
    ];
    for (const bytes of bad) {
      writeFileSync(indexPath(path), bytes);
      expect(await read()).to.deep.equal({ facts: facts(text()), size: text().length, bytes: text().length });
      expect((await read()).bytes).to.equal(0);
    }
  });

  it('keeps no index of what is read at once, and of a file that is not there', async () => {
    expect((await read()).facts.marks).to.deep.equal([]);
    writeFileSync(path, lines(0, 20));
    expect((await read()).facts.marks).to.have.length(20);
    expect(existsSync(indexPath(path))).to.equal(false);
  });

  it('knows a last line without a line feed, and does not keep it', async () => {
    writeFileSync(path, lines(0, 3000).trimEnd());
    expect((await read()).facts.marks).to.have.length(3000);
    expect((await read()).facts.marks).to.have.length(3000);
    appendFileSync(path, `\n${lines(3000, 3001)}`);
    expect((await read()).facts).to.deep.equal(facts(text()));
  });

  it('reads a store that it may not write to', async function () {
    writeFileSync(path, lines(0, 3000));
    chmodSync(dataDir(), 0o500);
    const files: Files = { ...nodeFiles, open: () => Promise.reject(Object.assign(new Error('read only'), { code: 'EROFS' })) };
    expect((await readIndex(files, path)).facts).to.deep.equal(facts(text()));
    expect(existsSync(indexPath(path))).to.equal(false);
    chmodSync(dataDir(), 0o700);
  });
});
