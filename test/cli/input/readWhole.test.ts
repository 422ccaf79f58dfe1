import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { readWhole } from '../../../src/cli/input/readWhole.ts';
import type { FormatOption } from '../../../src/formats/index.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';

const line = (minute: number, text = 'ok') =>
  `${JSON.stringify({ timestamp: new Date(Date.UTC(2026, 2, 13, 0, minute)).toISOString(), text })}\n`;

describe('an input that is read as a whole', () => {
  const folder = temporaryFolder();
  const read = async (path: string, { format = 'ndjson' as FormatOption | undefined, stdin = [] as Buffer[] } = {}) => {
    const seen: number[] = [];
    const whole = await readWhole(path, {
      format,
      stamps: { timeZone: 'UTC', dayFirst: false },
      io: testIo({ stdin }),
      stop: new AbortController().signal,
      show: (progress) => seen.push(progress.read),
    });
    return { ...whole, seen };
  };

  it('is counted, from its first time to its last, what was refused by reason, most first', async () => {
    writeFileSync(folder.file('a.ndjson'), `${line(1)}{\n${line(5)}[]\n{\n`);
    const { reading, refused, seen } = await read(folder.file('a.ndjson'));
    expect([reading.records, reading.refused]).to.deep.equal([2, 3]);
    expect([reading.first, reading.last]).to.deep.equal([Date.UTC(2026, 2, 13, 0, 1), Date.UTC(2026, 2, 13, 0, 5)]);
    expect(refused.map(([, many]) => many)).to.deep.equal([2, 1]);
    expect(seen.at(-1)).to.equal(5);
  });

  it('is all files of a pattern, packed ones too, each read anew', async () => {
    mkdirSync(folder.file('many'));
    writeFileSync(folder.file('many/a.log'), line(1).trimEnd());
    writeFileSync(folder.file('many/b.log.gz'), gzipSync(line(2) + line(3)));
    expect((await read(folder.file('many/*'), { format: undefined })).reading).to.include({ records: 3, refused: 0 });
  });

  it('is standard input, wherever its pieces are cut', async () => {
    const bytes = Buffer.from(line(1) + line(2));
    for (const at of [1, 30, bytes.length - 1]) {
      const { reading } = await read('-', { stdin: [bytes.subarray(0, at), bytes.subarray(at)] });
      expect([reading.records, reading.refused], String(at)).to.deep.equal([2, 0]);
    }
    expect((await read('-')).reading).to.include({ records: 0, first: null, last: null });
  });

  it('that is not there, or cannot be read, is refused', async () => {
    const refused = (path: string) => read(path).catch((error: unknown) => error);
    expect(await refused(folder.file('none.log'))).to.include({ code: 'CAD010' });
    writeFileSync(folder.file('torn.log.gz'), gzipSync(line(1).repeat(9)).subarray(0, 20));
    expect(await refused(folder.file('torn.log.gz'))).to.include({ code: 'CAD011' });
  });
});
