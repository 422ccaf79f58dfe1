import { expect } from 'chai';
import { newRecord, OpenRecords, type OpenRecord } from '../../../src/formats/lines/openRecords.ts';

function records(): { open: OpenRecords; out: string[]; add: (key: string, line: number, done?: boolean) => OpenRecord } {
  const out: string[] = [];
  const open = new OpenRecords(({ key, line }) => out.push(`${key}${line}`));
  const add = (key: string, line: number, done = false) => {
    const record = { ...newRecord(key, { line, offset: line * 10 }), done };
    open.add(record);
    return record;
  };
  return { open, out, add };
}

describe('records that may still grow', () => {
  it('come out in the order in which they began, whichever is finished first', () => {
    const { open, out, add } = records();
    add('a', 1);
    add('b', 2);
    add('b', 3);
    expect(out).to.deep.equal([]);
    expect(open.first).to.deep.include({ key: 'a', line: 1, offset: 10 });
    add('a', 4);
    expect(out).to.deep.equal(['a1', 'b2']);
    open.closeAll();
    expect(out).to.deep.equal(['a1', 'b2', 'b3', 'a4']);
    expect([open.isEmpty, open.first]).to.deep.equal([true, undefined]);
  });

  it('are one a stream, found by its key', () => {
    const { open, add } = records();
    const a = add('a', 1);
    const b = add('b', 2);
    expect([open.of('a'), open.of('b'), open.of('c')]).to.deep.equal([a, b, undefined]);
    open.close('b');
    expect([open.of('a'), open.of('b')]).to.deep.equal([a, undefined]);
    open.close('c');
  });

  it('that are whole wait for those before them, and finish that of their stream', () => {
    const { open, out, add } = records();
    add('a', 1);
    add('b', 2, true);
    expect(open.of('b')).to.equal(undefined);
    expect(out).to.deep.equal([]);
    add('a', 3, true);
    expect(out).to.deep.equal(['a1', 'b2', 'a3']);
  });

  it('are given out unfinished where more than 64 wait, and grow no more', () => {
    const { open, out, add } = records();
    for (let line = 0; line < 64; line += 1) add(`k${line}-`, line);
    expect(out).to.deep.equal([]);
    add('last', 64);
    expect(out).to.deep.equal(['k0-0']);
    expect(open.of('k0-')).to.equal(undefined);
  });
});
