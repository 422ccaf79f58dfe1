import { expect } from 'chai';
import { ackWords } from '../../../src/cli/live/ackWords.ts';

const cases: Record<string, ReturnType<typeof ackWords>> = {
  '': {},
  '2h': { lasts: 7_200_000 },
  '2h swapping disk': { lasts: 7_200_000, text: 'swapping disk' },
  '30m "on it"': { lasts: 1_800_000, text: 'on it' },
  'swapping disk': { text: 'swapping disk' },
  '"2h of waiting"': { text: '2h of waiting' },
  '0s nothing': { text: '0s nothing' },
};

describe('what is typed with an ack', () => {
  for (const [typed, words] of Object.entries(cases))
    it(`"${typed}" is ${JSON.stringify(words)}`, () => expect(ackWords(typed)).to.deep.equal(words));
});
