import { expect } from 'chai';
import fc from 'fast-check';
import {
  hashWord,
  isCommon,
  slotNouns,
  WORD_BOOLEAN,
  WORD_CALENDAR,
  WORD_NONE,
  WORD_UNIT,
  wordKind,
} from '../../../src/memory/scan/words.ts';

const kind = (word: string) => wordKind(hashWord(word));

describe('words whose meaning is a value', () => {
  it('are known as log writers write them', () => {
    expect(['true', 'True', 'TRUE', 'tRue', 'nil'].map(kind)).to.deep.equal([
      WORD_BOOLEAN,
      WORD_BOOLEAN,
      WORD_BOOLEAN,
      WORD_NONE,
      WORD_BOOLEAN,
    ]);
    expect(['ms', 'MB', 'kHz', 'req/s', 'KiB', 'kib'].map(kind)).to.deep.equal(Array(6).fill(WORD_UNIT));
  });

  it('are days and months in capitals only: `may` is no date', () => {
    expect(['May', 'MAY', 'may', 'Sun', 'sun'].map(kind)).to.deep.equal([
      WORD_CALENDAR,
      WORD_CALENDAR,
      WORD_NONE,
      WORD_CALENDAR,
      WORD_NONE,
    ]);
  });

  it('are never among those that surely are none (property)', () => {
    fc.assert(
      fc.property(fc.string(), (word) => {
        if (isCommon(hashWord(word))) expect(kind(word)).to.equal(WORD_NONE);
      }),
    );
    for (const word of ['true', 'May', 'ms']) expect(isCommon(hashWord(word))).to.equal(false);
  });

  it('may name one of many behind a noun', () => expect([slotNouns.has('user'), slotNouns.has('order')]).to.deep.equal([true, false]));
});
