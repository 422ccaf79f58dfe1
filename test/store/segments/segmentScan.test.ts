import { expect } from 'chai';
import fc from 'fast-check';
import { recordLine } from '../../../src/base/recordText.ts';
import { canonicalEvent } from '../../../src/store/canonicalEvent.ts';
import { makeEntry, type Entry } from '../../../src/store/entry.ts';
import { markEvent, SegmentScan } from '../../../src/store/segments/segmentScan.ts';
import { eventAt } from '../../support/fakes.ts';

const line = (time: number, id = 'a', group = 'g') => recordLine(canonicalEvent({ ...eventAt(time, 'x', group).event, id }));

/** Lines as this program writes them, as others may, and as crashes leave them. */
const anyLine = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.nat(1e6), fc.string({ unit: 'grapheme' })).map(([time, id]) => line(time, id)) },
  fc.nat(1e6).map((time) => `${JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(line(time)) as object).toReversed()))}\n`),
  fc.nat(200).map((end) => `${line(5).slice(0, end).replaceAll('\n', '')}\n`),
  fc.constantFrom('\n', '{}\n', `${line(7).trimEnd()}\r\n`, '{"id":"a","timestamp":"none","text":{}}\n'),
);

function scan(text: string, cuts: readonly number[] = []) {
  const bytes = Buffer.from(text);
  const scanner = new SegmentScan();
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)), 0, bytes.length].toSorted((a, b) => a - b);
  for (const [i, at] of places.slice(1).entries()) scanner.push(bytes.subarray(places[i], at));
  return scanner;
}

describe('SegmentScan', () => {
  it('says what its lines say, read one by one, wherever it is cut (property)', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 30 }), fc.array(fc.nat(), { maxLength: 6 }), fc.boolean(), (lines, cuts, whole) => {
        const text = whole ? lines.join('') : lines.join('').trimEnd();
        const facts = scan(text, cuts).end();
        const rows = text.split('\n').map((one) => (one === '' ? null : makeEntry(one)));
        const entries = rows.filter((row): row is Entry => row !== null && typeof row !== 'string');
        const times = entries.map(({ ms }) => ms);
        expect(facts.marks).to.deep.equal(entries.map(({ ms, id }) => markEvent(ms, id)));
        expect(facts.first).to.equal(times.length === 0 ? null : Math.min(...times));
        expect(facts.last).to.equal(times.length === 0 ? null : Math.max(...times));
        expect(facts.disorder).to.equal(Math.max(0, ...times.map((ms, i) => Math.max(...times.slice(0, i + 1)) - ms)));
        expect(facts.problems).to.deep.equal(rows.flatMap((row, i) => (typeof row === 'string' ? { line: i + 1, reason: row } : [])));
        expect(facts.bytes).to.equal(Buffer.byteLength(text));
        expect(facts.mixed).to.equal(false);
      }),
      { numRuns: 300 },
    );
  });

  it('goes on behind what is known as if it had read all', () => {
    const [head, tail] = [line(5, 'a') + line(9, 'b'), `{"torn\n${line(2, 'c')}`];
    const later = new SegmentScan(scan(head).end());
    later.push(Buffer.from(tail));
    expect(later.end()).to.deep.equal(scan(head + tail).end());
  });

  it('leaves a line that lacks its line feed out of what is known for good', () => {
    const scanner = scan(`${line(1)}${line(2).trimEnd()}`);
    expect(scanner.end().marks).to.have.length(2);
    expect(scanner.facts).to.deep.include({ lines: 1, bytes: line(1).length, last: 1 });
  });

  it('names the group of the first good line, and tells when a line is of another', () => {
    expect(scan(`{"torn\n\n${line(1, 'a', 'app:web')}`).end()).to.deep.include({ group: 'app:web', mixed: false });
    expect(scan('{"torn\n').end().group).to.equal(null);
    const other = JSON.stringify({ text: '', ...(JSON.parse(line(1, 'b', 'other')) as object) });
    expect(scan(`${line(1)}${other}\n`).end().mixed).to.equal(true);
  });

  it('names places to begin at, with the newest event before them', () => {
    const text = Array.from({ length: 8000 }, (_, i) => line(i, `i${i}`)).join('');
    const { points } = scan(text).end();
    expect(points.length).to.be.above(2);
    for (const { offset, line: at, newest } of points) {
      const before = text.slice(0, offset);
      expect(before.split('\n').length).to.equal(at);
      expect(newest).to.equal(at - 2);
    }
  });
});
