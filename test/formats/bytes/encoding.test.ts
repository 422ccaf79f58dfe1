import { expect } from 'chai';
import { createParser } from '../../../src/formats/index.ts';
import type { ParserPosition } from '../../../src/formats/format.ts';
import { bytesOf, drafts, isoTimes, parseAll, refusals, texts } from '../parse.ts';

const text = '2024-05-01 10:00:00 ERROR Dienst läuft nicht\n2024-05-01 10:00:01 INFO 支払い 💥\n2024-05-01 10:00:02 INFO done\n';

/** A text in two bytes a character. */
function wide(of: string, big = false, bom = true): Uint8Array {
  const bytes = Buffer.from(bom ? `\uFEFF${of}` : of, 'utf16le');
  return big ? bytes.swap16() : bytes;
}

describe('encodings', () => {
  const kinds: [string, Uint8Array][] = [
    ['UTF-8', bytesOf(text)],
    ['UTF-8 with its mark', bytesOf(`\uFEFF${text}`)],
    ['UTF-16LE with its mark', wide(text)],
    ['UTF-16BE with its mark', wide(text, true)],
    ['UTF-16LE without', wide(text, false, false)],
    ['UTF-16BE without', wide(text, true, false)],
  ];
  for (const [name, bytes] of kinds) {
    it(`${name} gives the same records, however it is cut`, () => {
      for (const cuts of [[], [1], [3, 7]]) {
        const items = parseAll('auto', bytes, cuts);
        expect(texts(items)).to.deep.equal(['Dienst läuft nicht', '支払い 💥', 'done']);
        expect(drafts(items).map(({ metadata }) => metadata.level)).to.deep.equal(['ERROR', 'INFO', 'INFO']);
      }
    });
  }

  it('UTF-16 goes on from a position in the bytes of the stream', () => {
    const bytes = wide(`${text.repeat(40)}`);
    for (let half = 2; half < bytes.length; half += 501) {
      const first = createParser('lines', {}, null);
      const before = first.push(bytes.subarray(0, half));
      const position = JSON.parse(JSON.stringify(first.position())) as ParserPosition;
      expect(position.offset % 2).to.equal(0);
      const second = createParser('lines', {}, position);
      const all = [...before, ...second.push(bytes.subarray(position.offset)), ...second.end()];
      expect(texts(all)).to.have.length(120);
      expect(isoTimes(all).at(-1)).to.equal('2024-05-01T10:00:02.000Z');
    }
  });

  it('a line that is no UTF-8 is Windows-1252, marked', () => {
    const bytes = Buffer.concat([
      Buffer.from('2024-05-01 10:00:00 ERROR K'),
      Buffer.from([0xfc]),
      Buffer.from('che 5 '),
      Buffer.from([0x80]),
    ]);
    const [draft] = drafts(parseAll('auto', bytes));
    expect(draft!.text).to.equal('Küche 5 €');
    expect(draft!.metadata).to.include({ level: 'ERROR', invalid_utf8: true });
  });

  it('a line of UTF-8 with a character cut in two stays UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('größer '), Buffer.from([0xc3])]);
    expect(texts(parseAll('lines', bytes))).to.deep.equal(['größer \uFFFD']);
  });

  const packed: [string, number[], string][] = [
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4], 'xz -dc'],
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd, 0x24, 0, 1, 2], 'zstd -dc'],
    ['bzip2', [...Buffer.from('BZh91AY&SY'), 1, 2, 3], 'bzip2 -dc'],
    ['zip', [0x50, 0x4b, 3, 4, 20, 0, 0, 0], 'unzip -p'],
    ['gzip inside of it', [0x1f, 0x8b, 8, 0, 0, 0, 0, 0], 'gzip -dc'],
  ];
  for (const [name, bytes, command] of packed) {
    it(`data packed with ${name} is refused in one sentence that names the command`, () => {
      const items = parseAll('auto', Uint8Array.from([...bytes, ...Array.from({ length: 4000 }, (_, i) => (i * 7) % 256)]));
      expect(items).to.have.length(1);
      expect(refusals(items)[0]!.reason).to.include(command);
    });
  }

  it('binary data is refused once, and stays refused behind a restart', () => {
    const bytes = Uint8Array.from({ length: 2000 }, (_, i) => (i * 31 + (i % 3)) % 32);
    const parser = createParser('auto', {}, null);
    expect(refusals(parser.push(bytes)).map(({ reason }) => reason)).to.deep.equal(['no text: it is binary data']);
    const again = createParser('auto', {}, JSON.parse(JSON.stringify(parser.position())) as ParserPosition);
    expect([...again.push(bytes), ...again.end()]).to.deep.equal([]);
  });

  it('zeros that a rotation left in front are no binary data', () => {
    expect(texts(parseAll('lines', `${'\0'.repeat(300)}2024-05-01 10:00:00 INFO up\n${text}`)).at(-1)).to.equal('done');
  });
});
