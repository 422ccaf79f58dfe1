import { expect } from 'chai';
import { drafts, parseAll } from '../parse.ts';

const read = (line: string) => {
  const [draft] = drafts(parseAll('auto', `${line}\n`, [], Date.UTC(2024, 5, 11)));
  return [draft!.metadata.level ?? null, draft!.logicalId ?? null, draft!.text];
};

describe('a severity in letters and a priority', () => {
  for (const [word, level] of [
    ['Er(163)', 'error'],
    ['Wa(164)', 'warning'],
    ['In(182)', 'info'],
    ['Db(167)', 'debug'],
    ['Cr(2)', 'crit'],
  ])
    it(`${word} is ${level}`, () => {
      expect(read(`2024-06-10T09:15:02.123Z ${word} hostd[2099]: cannot start`)).to.deep.equal([level, 'hostd', 'cannot start']);
    });

  for (const word of ['Er(164)', 'Er(963)', 'Fn(163)', 'Er(x)'])
    it(`${word} is none: they do not say the same`, () => {
      expect(read(`2024-06-10T09:15:02.123Z ${word} hostd is up`)[0]).to.equal(null);
    });

  it('in angles, facility and severity in numbers, is one', () => {
    expect(read('2024-06-10T09:15:02.123Z <1.3> node dedupe[4711]: no space')[0]).to.equal('error');
    expect(read('2024-06-10T09:15:02.123Z <1.9> node is up')[0]).to.equal(null);
  });
});
