import { expect } from 'chai';
import { messageIdLevel } from '../../../src/formats/header/severityPart.ts';
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

describe("the number of a message with its level's letter", () => {
  for (const [text, level] of [
    ['ANR8311E An I/O error', 'ERROR'],
    ['ANR0405I: Session ended', 'INFO'],
    ['CWWKF0012W slow', 'WARN'],
    ['IEF450S gone', 'FATAL'],
    ['ANR8311 An I/O error', ''],
    ['ANR8311Error', ''],
    ['HTTP2E x', ''],
    ['Anr8311E x', ''],
    ['AN8311E x', ''],
  ])
    it(`${text} gives ${level || 'none'}`, () => {
      expect(messageIdLevel(text!, 0)).to.equal(level);
    });

  it('stays in the message, and gives way to a level in words', () => {
    expect(read('2024-06-10 09:15:02 ANR8311E An I/O error')).to.deep.equal(['ERROR', null, 'ANR8311E An I/O error']);
    expect(read('2024-06-10 09:15:02 WARN ANR8311E An I/O error')[0]).to.equal('WARN');
  });
});
