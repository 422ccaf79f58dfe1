import { expect } from 'chai';
import type { z } from 'zod';
import {
  choice,
  length,
  needed,
  neededChoice,
  neededWhole,
  off,
  on,
  requireFlag,
  several,
  text,
  textOr,
  whole,
  wholeOr,
} from '../../../src/cli/shared/flags.ts';

/** What a flag makes of a value; what it says of one that it does not understand. */
const read = (flag: z.ZodType, value: unknown) => {
  const { success, data, error } = flag.safeParse(value);
  return success ? data : `refused: ${error!.issues[0]!.message}`;
};
const notWhole = (given: string) => `refused: expected a whole number of at least 1, got "${given}"`;
const words = ['new', 'rising'] as const;

describe('a flag', () => {
  for (const [what, flag, value, is] of [
    ['a switch', on(''), undefined, false],
    ['a switch', on(''), true, true],
    ['a switch that is on', off(''), undefined, true],
    ['a switch that is on', off(''), false, false],
    ['text', text('id', ''), undefined, undefined],
    ['text', text('id', ''), '', ''],
    ['text with a preset', textOr('group_id', 'field', ''), undefined, 'group_id'],
    ['text with a preset', textOr('group_id', 'field', ''), 'host', 'host'],
    ['text that is needed', needed('file', ''), 'F', 'F'],
    ['text again and again', several('module', ''), undefined, []],
    ['text again and again', several('module', ''), ['a', 'b'], ['a', 'b']],
    ['a number', whole(''), undefined, undefined],
    ['a number', whole(''), '1_000', 1000],
    ['a number', whole(''), '0', notWhole('0')],
    ['a number', whole(''), '-3', notWhole('-3')],
    ['a number', whole(''), '1.5', notWhole('1.5')],
    ['a number', whole(''), '', notWhole('')],
    ['a number', whole(''), 'Infinity', notWhole('Infinity')],
    ['a number that is needed', neededWhole(''), '3', 3],
    ['a number with a preset', wholeOr(8, ''), undefined, 8],
    ['a number with a preset', wholeOr(8, ''), '3', 3],
    ['a length of time', length(''), undefined, undefined],
    ['a length of time', length(''), '1h 30m', 5_400_000],
    ['a length of time', length(''), '0s', 'refused: "0s" is no length of time'],
    ['a length of time', length(''), 'soon', 'refused: "soon" is no length of time'],
    ['a word', choice('state', words, ''), undefined, undefined],
    ['a word', choice('state', words, ''), 'new', 'new'],
    ['a word', choice('state', words, ''), 'New', 'refused: "New" is no state'],
    ['a word that is needed', neededChoice('state', words, ''), 'rising', 'rising'],
  ] as const) {
    it(`for ${what} makes ${JSON.stringify(is) ?? 'nothing'} of ${JSON.stringify(value) ?? 'nothing'}`, () => {
      expect(read(flag, value)).to.deep.equal(is);
    });
  }

  for (const [what, flag] of [
    ['text', needed('file', '')],
    ['a number', neededWhole('')],
    ['a word', neededChoice('state', words, '')],
  ] as const) {
    it(`for ${what} that is needed is refused when it is not given`, () => {
      expect(flag.safeParse(undefined).success).to.equal(false);
    });
  }

  it('shows its help the word for its value, and its description', () => {
    const shown = (flag: z.ZodType) => flag.meta() as { value?: string; description: string };
    expect(shown(on('all of them')))
      .to.include({ description: 'all of them' })
      .and.not.have.property('value');
    expect(shown(whole('at most'))).to.include({ value: 'n', description: 'at most' });
    expect(shown(length('how long'))).to.include({ value: 'duration' });
    expect(shown(choice('state', words, ''))).to.include({ value: 'state' });
    expect(shown(choice('state', words, '', 'which'))).to.include({ value: 'which' });
    expect(shown(requireFlag('sinks'))).to.include({ value: 'module', description: 'a module that adds sinks (repeatable)' });
  });
});
