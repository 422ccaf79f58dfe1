import { expect } from 'chai';
import { levels, levelWords, parseLevel } from '../src/event.ts';

describe('a level', () => {
  it('is itself, in any case', () => {
    for (const level of levels) expect([parseLevel(level), parseLevel(level.toLowerCase())]).to.deep.equal([level, level]);
  });

  it('is a priority of syslog, as a number or in digits', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, '3', 30].map(parseLevel)).to.deep.equal([
      'FATAL', 'FATAL', 'FATAL', 'ERROR', 'WARN', 'INFO', 'INFO', 'DEBUG', null, 'ERROR', null,
    ]); // prettier-ignore
  });

  it('is a word of a logger, cut or in another language', () => {
    expect(['wrn', 'E', 'Fehler', 'AVERTISSEMENT', '错误', 'panic', 'finest'].map(parseLevel)).to.deep.equal([
      'WARN', 'ERROR', 'ERROR', 'WARN', 'ERROR', 'FATAL', 'TRACE',
    ]); // prettier-ignore
  });

  it('is none of other words, however long', () => {
    expect(['up', '', 'x'.repeat(17), null, undefined, {}, true].map(parseLevel)).to.deep.equal(Array(7).fill(null));
  });

  it('has words of three letters or more, in small ones', () => {
    expect(levelWords).to.include('warning').and.to.not.include('e');
    for (const word of levelWords) expect(parseLevel(word)).to.not.equal(null);
  });
});
