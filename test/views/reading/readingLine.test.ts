import { expect } from 'chai';
import type { Reading } from '../../../src/formats/reading/readingTally.ts';
import { readingLine } from '../../../src/views/reading/readingLine.ts';
import { reading } from '../../support/views/readingSample.ts';

describe('the sentence that says how an input was read', () => {
  it('names the field of each part', () => {
    expect(readingLine({ ...reading, kinds: [['JSON lines', 1]] })).to.equal('Read as JSON lines, time=ts level=level group=service.');
  });
  it('says what stands in between', () => {
    expect(readingLine(reading)).to.equal('Read as JSON lines, with plain text in between, time=ts level=level group=service.');
  });
  it('names the parts in front of a message', () => {
    const by = { time: [['', 3]], level: [['', 3]], group: [], text: [['', 3]] } as Reading['by'];
    expect(readingLine({ ...reading, kinds: [['text lines', 3]], by })).to.equal('Read as text lines: time, level, message.');
  });
  it('says that there is no time', () => {
    const by = { time: [], level: [], group: [], text: [['', 3]] } as Reading['by'];
    expect(readingLine({ ...reading, kinds: [['text lines', 3]], by, records: 3, untimed: 3 })).to.equal(
      'Read as text lines, no time: one window in order of arrival.',
    );
  });
});
