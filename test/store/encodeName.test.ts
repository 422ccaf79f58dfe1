import { expect } from 'chai';
import fc from 'fast-check';
import { encodeName } from '../../src/store/encodeName.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', 'A', '.', '/', '\\', '~', '%', '\0', ':', 'ſ', 'K', '\ud800', '\udc00', ' ') }),
  fc.constantFrom('', '.', '..', '../x', 'CON', 'con', 'con.txt', 'x'.repeat(500), 'X'.repeat(500), '\ud800', '\ufffd'),
);

describe('encodeName', () => {
  it('leaves the ids of this program as they are', () => {
    for (const id of ['k7f2', '9f3a0c-00001z-77aa01', 'a_b.c-d', '2026-03-14']) expect(encodeName(id)).to.equal(id);
  });

  it('names what is dangerous with percent signs', () => {
    expect(encodeName('../x')).to.equal('%2E.%2Fx');
    expect(encodeName('..')).to.equal('%2E%2E');
    expect(encodeName('.')).to.equal('%2E');
    expect(encodeName('')).to.equal('%');
    expect(encodeName('con')).to.equal('%63on');
    expect(encodeName('CON')).to.equal('%43%4F%4E');
    expect(encodeName('lpt1.log')).to.equal('%6Cpt1.log');
    expect(encodeName('a\0b')).to.equal('a%00b');
    expect(encodeName('hdfs-demo:DataNode')).to.equal('hdfs-demo%3A%44ata%4Eode');
  });

  it('gives a name that is one path component on every system', () => {
    fc.assert(
      fc.property(hostile, (id) => {
        const name = encodeName(id);
        expect(name)
          .to.match(/^[a-zA-Z0-9_.%~-]+$/)
          .and.not.match(/^\.|\.$/);
        expect(name.length).to.be.at.most(200);
        expect(name).to.not.match(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
      }),
    );
  });

  it('gives two ids two names, also where the file system ignores case', () => {
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        fc.pre(a !== b);
        expect(encodeName(a).toLowerCase()).to.not.equal(encodeName(b).toLowerCase());
      }),
      { numRuns: 1000 },
    );
    const ids = [
      'Ab',
      'aB',
      'AB',
      'ab',
      '%41b',
      '%61b',
      'ab.',
      'ab~',
      '\ud800',
      '\ufffd',
      'y'.repeat(200),
      `${'y'.repeat(200)}z`,
      'Y'.repeat(200),
    ];
    expect(new Set(ids.map((id) => encodeName(id).toLowerCase())).size).to.equal(ids.length);
  });

  it('can be read back by decodeURIComponent while the id is short', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 }), (id) => {
        fc.pre(encodeName(id).length <= 180 && !encodeName(id).includes('~'));
        expect(decodeURIComponent(encodeName(id))).to.equal(id);
      }),
    );
  });
});
