import { expect } from 'chai';
import { explainFailure } from '../../src/base/explainFailure.ts';
import { TimeLimitError } from '../../src/base/timeLimit.ts';

const fetchError = (message: string, code?: string) => Object.assign(new TypeError(message), code === undefined ? {} : { cause: { code } });

describe('why a request came to nothing', () => {
  const cases: [name: string, error: unknown, why: string][] = [
    ['a connection that was refused', fetchError('fetch failed', 'ECONNREFUSED'), 'ECONNREFUSED'],
    [
      'a certificate that does not verify',
      fetchError('fetch failed', 'DEPTH_ZERO_SELF_SIGNED_CERT'),
      'TLS failed: DEPTH_ZERO_SELF_SIGNED_CERT',
    ],
    ['a name in no certificate', fetchError('fetch failed', 'ERR_TLS_CERT_ALTNAME_INVALID'), 'TLS failed: ERR_TLS_CERT_ALTNAME_INVALID'],
    ['an answer that did not come in time', new TimeLimitError('no answer within 100 ms'), 'no answer within 100 ms'],
    ['what our own code says', new Error('the connection ended at byte 3 of 5'), 'the connection ended at byte 3 of 5'],
    ['fetch without a cause', fetchError('fetch failed'), 'TypeError'],
    ['an address that fetch quotes', fetchError('Failed to parse URL from https://u:secret@host'), 'TypeError'],
    ['nothing that can be read', {}, 'failed'],
  ];
  for (const [name, error, why] of cases)
    it(`is said of ${name}`, () => {
      expect(explainFailure(error)).to.equal(why);
    });
});
