import { CaducusError } from 'caducus';
import { expect } from 'chai';
import { explain, isRefusal, nameFailure } from '../src/failure.ts';

describe('an error of the client of kafka', () => {
  const protocol = (type: string) => Object.assign(new Error('the broker said no'), { name: 'KafkaJSProtocolError', type });
  const tried = (cause: Error) => Object.assign(new Error('tried 3 times'), { name: 'KafkaJSNumberOfRetriesExceeded', cause });

  it('is a matter for a person where rights, user, topic or protocol are wrong, however often it was tried', () => {
    for (const type of ['TOPIC_AUTHORIZATION_FAILED', 'UNKNOWN_TOPIC_OR_PARTITION', 'INVALID_GROUP_ID'])
      expect(isRefusal(tried(protocol(type))), type).to.equal(true);
    expect(isRefusal(Object.assign(new Error('x'), { name: 'KafkaJSSASLAuthenticationError' }))).to.equal(true);
    for (const type of ['LEADER_NOT_AVAILABLE', 'REBALANCE_IN_PROGRESS', 'REQUEST_TIMED_OUT'])
      expect(isRefusal(protocol(type)), type).to.equal(false);
    expect(isRefusal(new Error('connect ECONNREFUSED'))).to.equal(false);
  });

  it('says what the broker said, and where', () => {
    expect(explain(tried(protocol('TOPIC_AUTHORIZATION_FAILED')))).to.equal('TOPIC_AUTHORIZATION_FAILED: the broker said no');
    expect(nameFailure(protocol('UNKNOWN_TOPIC_OR_PARTITION'), 'sources.in', 'a:1')).to.include({ code: 'CAD020' });
    expect(nameFailure(new Error('connect ECONNREFUSED'), 'sources.in', 'a:1').message).to.match(/CAD066.*a:1: connect ECONNREFUSED/s);
    const known = new CaducusError('CAD011', { path: 'p' }, 'x');
    expect(nameFailure(known, 'q', 'a:1')).to.equal(known);
  });
});
