import { expect } from 'chai';
import { extractMeaning } from '../../../src/memory/text/meaning.ts';

const concepts = (text: string) => extractMeaning(text).concepts;

describe('texts of one event', () => {
  it('have the same concepts, whatever holds the sentence together', () => {
    expect(concepts('Failed to open file')).to.equal(concepts('Unable to open the file'));
    expect(concepts('NodeCard is missing')).to.equal(concepts('node card missing'));
    expect(concepts('License expires on')).to.equal(concepts('License will expire on'));
  });

  it('have other concepts where one of them is denied, or stands once more', () => {
    expect(concepts('Deadlock detected in pool')).to.not.equal(concepts('No deadlock detected in pool'));
    expect(concepts('user logged in')).to.not.equal(concepts('user logged out'));
    expect(concepts('CPU cache cache line')).to.not.equal(concepts('CPU cache line'));
  });

  it('are none of one concept alone', () => {
    expect(concepts('started')).to.equal('');
  });
});
