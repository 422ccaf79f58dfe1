import { expect } from 'chai';
import { normalForm, readConcepts, splitWords } from '../../../src/memory/text/concepts.ts';

describe('the concepts of a text', () => {
  const same: [a: string, b: string][] = [
    ['Failed to open file', 'Unable to open the file'],
    ['NodeCard missing', 'missing node card'],
    ['token expires', 'Token expired'],
    ['job finished', 'job has completed'],
    ['cfg reload', 'configuration reloading'],
  ];
  for (const [a, b] of same) it(`are the same in ${a} and ${b}`, () => expect(readConcepts(a).key).to.equal(readConcepts(b).key));

  const other: [a: string, b: string][] = [
    ['deadlock detected', 'no deadlock detected'],
    ['user logged in', 'user logged out'],
    ['cache cache line', 'cache line'],
    ['link up', 'link down'],
  ];
  for (const [a, b] of other) it(`are others in ${a} and ${b}`, () => expect(readConcepts(a).key).to.not.equal(readConcepts(b).key));

  it('are counted, and those that hold the sentence together are none', () => {
    expect(readConcepts('the file is now being opened again').count).to.equal(2);
    expect(readConcepts('')).to.deep.equal({ key: '', count: 0 });
    expect(readConcepts('not ready').key).to.match(/^!/);
  });
});

describe('the words of a text', () => {
  it('are the parts of compounds, in lower case', () => {
    expect(splitWords('PacketResponder HTTPServer iPhone abc 12 größer')).to.deep.equal([
      'packet',
      'responder',
      'http',
      'server',
      'iphone',
      'abc',
      'größer',
    ]);
  });

  it('have one form without their ending, whether they are one or many', () => {
    for (const [one, many] of [
      ['retry', 'retries'],
      ['process', 'processes'],
      ['class', 'classes'],
      ['address', 'addresses'],
      ['service', 'services'],
    ] as const)
      expect(normalForm(many), many).to.equal(normalForm(one));
  });

  it('keep an ending where little would be left without it', () => {
    expect(['opened', 'used', 'bus', 'die', 'less'].map(normalForm)).to.deep.equal(['open', 'use', 'bus', 'die', 'less']);
  });
});
