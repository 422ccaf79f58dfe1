import { expect } from 'chai';
import { isLabel, isLevelLetter, keptLevel, levelHint } from '../../../src/formats/header/levelWord.ts';

const hint = (word: string) => levelHint(`[${word}] x`, 1, 1 + word.length);

describe('how surely a word in front of a message is its level', () => {
  const cases: Record<ReturnType<typeof levelHint>, string[]> = {
    plain: ['info', 'INFO', 'WRN', 'debug', 'Fatal', 'ERROR', 'CRITICAL'],
    word: ['error', 'Error', 'Log', 'LOG', 'success', 'SUCCESS', 'Note'],
    none: ['', 'default', 'opening', 'errors', 'informationally', 'x'],
  };
  for (const [expected, words] of Object.entries(cases))
    it(`is ${expected} for ${words.map((word) => JSON.stringify(word)).join(', ')}`, () => {
      for (const word of words) expect(hint(word), word).to.equal(expected);
    });
});

describe('a word that labels lines of all kinds', () => {
  it('is no level unless in capitals', () => {
    expect(['note', 'Success', 'log'].map(isLabel)).to.deep.equal([true, true, true]);
    expect(['NOTE', 'error', 'info'].map(isLabel)).to.deep.equal([false, false, false]);
  });
});

describe('a letter of logcat and its like', () => {
  it('stands for a level in capitals', () => {
    expect([...'CDEFITVW'].every((letter) => isLevelLetter(letter.charCodeAt(0)))).to.equal(true);
    expect([...'ABXwei'].some((letter) => isLevelLetter(letter.charCodeAt(0)))).to.equal(false);
  });
});

describe('a level as it is kept', () => {
  const cases: [word: string, kept: string][] = [
    ['Warning', 'Warning'],
    ['err', 'err'],
    ['WRN', 'WARN'],
    ['success', 'INFO'],
    ['nothing', 'nothing'],
  ];
  for (const [word, kept] of cases)
    it(`is ${kept} for ${word}, the second time too`, () => {
      expect([keptLevel(word), keptLevel(word)]).to.deep.equal([kept, kept]);
    });
});
