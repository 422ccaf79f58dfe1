import { expect } from 'chai';
import { eachPlace, skipSigns, skipToStamp } from '../../../src/formats/header/places.ts';

/** The name and the text of each place. */
function places(text: string): string[] {
  const found: string[] = [];
  eachPlace(text, 0, ({ name, at, shallow }) => {
    found.push(`${name}${shallow ? '' : ' deep'}: ${text.slice(at, at + 5)}`);
    return false;
  });
  return found;
}

describe('places where a stamp may stand', () => {
  it('are tokens, a bracket or a quoted text being one', () => {
    expect(places('1.2.3.4 - "ann b" [10/Oct')).to.deep.equal(['t1: ann b', '[: 10/Oc']);
    expect(places('[a b] 2024 x')).to.deep.equal(['b0: b] 20', 't1: 2024 ', 't2: x']);
  });

  it('are deep behind prose', () => {
    expect(places('x. began at 2024')).to.deep.equal(['t1 deep: began', 't2 deep: at 20', 't3 deep: 2024']);
  });

  it('are behind keys, colons and glued brackets', () => {
    expect(places('time=2024-06')).to.deep.equal(['k:time deep: 2024-']);
    expect(places('msg=audit(1717408800.1')).to.include('k:msg deep: 17174');
    expect(places('4711:20240603:10')).to.include('c0: 20240');
    expect(places('ERROR[06-03|10')).to.deep.equal(['[: 06-03']);
  });

  it('are columns behind tabs, whatever stands in front', () => {
    expect(places('a sentence\t2024')).to.include('tab1: 2024');
  });

  it('end where one is taken, and behind 24 tokens', () => {
    let seen = 0;
    eachPlace('1 2 3 4 5 6', 0, () => ++seen === 2);
    expect(seen).to.equal(2);
    expect(places('1 '.repeat(40))).to.have.length(23);
  });
});

describe('signs in front of a stamp', () => {
  it('are skipped, at most eight, with the blanks inside a bracket', () => {
    expect([skipSigns('[(2024', 0), skipSigns('[   2024', 0), skipSigns('==========', 0), skipSigns('2024', 0)]).to.deep.equal([
      2, 4, 8, 0,
    ]);
  });

  it('may be followed by a name for the time', () => {
    expect([skipToStamp('# Time: 2024', 0), skipToStamp('timestamp=2024', 0), skipToStamp('Tuesday', 0)]).to.deep.equal([8, 10, 0]);
  });
});
