import { expect } from 'chai';
import { failureError, makeFailure } from '../../../src/sources/aws/failure.ts';

const named = (name: string, message = 'm', status?: number) => ({
  name,
  message,
  ...(status === undefined ? {} : { $metadata: { httpStatusCode: status } }),
});
const sorted = (error: unknown) => {
  const { kind, code } = makeFailure(error, 'logs:X');
  return `${kind} ${code}`;
};

describe('a call that failed', () => {
  for (const [what, error, is] of [
    ['too many', named('ThrottlingException'), 'throttled CAD067'],
    ['too many, by number', named('Odd', 'm', 429), 'throttled CAD067'],
    ['a fault of the service', named('Odd', 'm', 500), 'busy CAD067'],
    ['a refusal that nobody knows', named('Odd', 'm', 499), 'fatal CAD069'],
    ['what does not come from the wire', new TypeError('x is undefined'), 'fatal CAD001'],
    ['a word that was thrown', 'broken', 'fatal CAD001'],
    ['nothing that was thrown', null, 'fatal CAD001'],
    ['no region', new Error('Region is missing'), 'fatal CAD061'],
    ['no credentials', new Error('Could not resolve credentials using profile'), 'fatal CAD060'],
    ['a thing that could not be found and is no credential', named('ResourceNotFoundException', 'could not be found'), 'fatal CAD064'],
    ['a token that expired', named('ExpiredTokenException'), 'expired CAD063'],
    ['a signature that is wrong', named('SignatureDoesNotMatch'), 'fatal CAD068'],
    ['a signature that came late', named('SignatureDoesNotMatch', 'Signature expired: 1 is now earlier than 2'), 'expired CAD068'],
    ['a clock that is early', named('InvalidSignatureException', 'Signature not yet current'), 'expired CAD068'],
    ['words of a signature on another fault', named('AccessDenied', 'Signature expired'), 'fatal CAD062'],
    ['a refused connection inside', new Error('fetch failed', { cause: { code: 'ECONNREFUSED' } }), 'network CAD066'],
    ['two refused connections', new AggregateError([{ code: 'ENOTFOUND' }, { code: 'ECONNRESET' }]), 'network CAD066'],
    ['a file of the credentials', Object.assign(new Error('no such file'), { code: 'ENOENT' }), 'fatal CAD060'],
  ] as const) {
    it(`is told: ${what}`, () => {
      expect(sorted(error)).to.equal(is);
    });
  }

  it('is said with what was asked for', () => {
    const said = (name: string) => makeFailure(named(name), 'logs:X').what;
    expect(['AccessDenied', 'TokenProviderError', 'SlowDown'].map(said)).to.deep.equal([
      'logs:X is not allowed: m',
      'no credentials were found for logs:X: m',
      'logs:X: SlowDown: m',
    ]);
    expect(makeFailure(named('Odd', 'y'.repeat(900), 400), 'logs:X').what).to.have.length('logs:X: HTTP 400 Odd: '.length + 500);
  });

  it('names its source', () => {
    const cause = named('AccessDenied');
    const error = failureError(makeFailure(cause, 'logs:X'), 'app', cause);
    expect([error.code, error.where.path, error.cause]).to.deep.equal(['CAD062', 'sources.app', cause]);
  });
});
