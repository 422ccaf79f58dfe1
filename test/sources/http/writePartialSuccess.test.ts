import { expect } from 'chai';
import { readPartialSuccess } from '../../../src/sinks/otlp/readPartialSuccess.ts';
import { writePartialSuccess } from '../../../src/sources/http/shippers/writePartialSuccess.ts';

describe('the answer to an export of logs', () => {
  it('has nothing in it where all was taken', () => expect(writePartialSuccess({ accepted: 3, rejected: 0, why: null })).to.have.length(0));

  it('says how many records were of no use, and why', () => {
    expect(readPartialSuccess(writePartialSuccess({ accepted: 3, rejected: 300, why: 'no time' }), false)).to.deep.equal({
      count: 300,
      why: 'no time',
    });
    // Field 1 of the response, and in it 1 and 2.
    expect(Buffer.from(writePartialSuccess({ accepted: 0, rejected: 1, why: 'x' })).toString('hex')).to.equal('0a050801120178');
  });
});
