import { expect } from 'chai';
import { z } from 'zod';
import { issueText } from '../../config/issueText.ts';

const options = z.strictObject({
  name: z.string().min(3).max(5).optional(),
  count: z.int().min(1).max(10).optional(),
  share: z.number().gt(0).lt(1).optional(),
  step: z.number().multipleOf(5).optional(),
  list: z.array(z.string()).min(1).max(2).optional(),
  word: z.enum(['up', 'down', 'both']).optional(),
  only: z.literal(1).optional(),
  on: z.boolean().optional(),
  by: z.record(z.string(), z.number()).optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  either: z.union([z.number(), z.array(z.number())]).optional(),
  own: z.string({ error: 'a sentence of its own' }).optional(),
});

describe('issueText', () => {
  const cases: [given: Record<string, unknown>, says: string][] = [
    [{ name: 4 }, 'expected text, got the number 4'],
    [{ name: 'ab' }, 'expected at least 3 characters, got 2'],
    [{ name: '' }, 'expected at least 3 characters, got none'],
    [{ name: 'abcdef' }, 'expected at most 5 characters, got 6'],
    [{ count: 0 }, 'expected 1 or more, got 0'],
    [{ count: 11 }, 'expected 10 or less, got 11'],
    [{ count: 1.5 }, 'expected a whole number, got the number 1.5'],
    [{ count: null }, 'expected a number, got nothing'],
    [{ share: 0 }, 'expected more than 0, got 0'],
    [{ share: 1 }, 'expected less than 1, got 1'],
    [{ step: 7 }, 'expected a multiple of 5, got the number 7'],
    [{ list: 'a' }, 'expected a list, got text'],
    [{ list: [] }, 'expected at least 1 entry, got none'],
    [{ list: ['a', 'b', 'c'] }, 'expected at most 2 entries, got 3'],
    [{ word: 'sideways' }, 'expected up, down or both, got "sideways"'],
    [{ word: ['up'] }, 'expected up, down or both, got a list'],
    [{ only: 2 }, 'expected 1, got the number 2'],
    [{ on: 'yes' }, 'expected true or false, got text'],
    [{ by: [1] }, 'expected a mapping (name: value), got a list'],
    [{ url: 'example.com' }, 'expected an address with its scheme, such as https://host/path'],
    [{ either: 'x' }, 'got text, which is none of the forms this can have'],
    [{ own: 1 }, 'a sentence of its own'],
    [{ more: 1 }, 'unknown key "more"'],
  ];
  for (const [given, says] of cases)
    it(`says of ${JSON.stringify(given)}: ${says}`, () => {
      const { error } = options.safeParse(given, { error: issueText });
      expect(error!.issues.map(({ message }) => message)).to.deep.equal([says]);
    });

  it('repeats no secret', () => {
    const { error } = z.strictObject({ token: z.string().min(8) }).safeParse({ token: 's3cret' }, { error: issueText });
    expect(error!.issues[0]!.message).to.equal('expected at least 8 characters, got 6');
  });
});
