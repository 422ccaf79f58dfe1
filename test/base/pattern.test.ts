import { expect } from 'chai';
import { compileMatcher, pattern } from '../../src/base/pattern.ts';

describe('a pattern', () => {
  const cases: [written: string, text: string, matches: boolean][] = [
    ['timed? out', 'connect timed out', true],
    ['timed? out', 'Timed out', false],
    ['/timed? out/i', 'it Timed Out', true],
    ['/^b/m', 'a\nb', true],
    ['/^b/', 'a\nb', false],
    ['/a.b/s', 'a\nb', true],
    ['/a.b/', 'a\nb', false],
    ['/usr/bin', 'in /usr/bin/env', true],
    ['a/b/i', 'A/B/I', false],
  ];
  for (const [written, text, matches] of cases)
    it(`${written} ${matches ? 'is found' : 'is not found'} in ${JSON.stringify(text)}`, () => {
      expect(compileMatcher(written)(text)).to.equal(matches);
    });

  it('takes time linear in the text, whatever it is', () => {
    const hostile = compileMatcher('(a+)+$');
    expect(hostile(`${'a'.repeat(50_000)}!`)).to.equal(false);
  });

  it('is an error of the options when it is none, with the reason', () => {
    for (const wrong of ['(', 'a{2,1}', '(?<n>a)\\k<n>', '(?=a)']) {
      const { success, error } = pattern.safeParse(wrong);
      expect(success, wrong).to.equal(false);
      expect(error!.issues[0]!.message).to.match(/^no pattern in RE2 syntax: ./);
    }
    expect(pattern.safeParse('a'.repeat(1001)).success).to.equal(false);
  });
});
