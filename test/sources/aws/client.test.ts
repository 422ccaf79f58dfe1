import { expect } from 'chai';
import { clientConfig, loadSqs } from '../../../src/sources/aws/client.ts';
import { testIo } from '../../support/testIo.ts';

describe('the configuration of an AWS client', () => {
  it('leaves trying again to the caller, and never waits for an answer without end', () => {
    const { maxAttempts, requestHandler } = clientConfig({});
    expect(maxAttempts).to.equal(1);
    expect(requestHandler).to.deep.equal({ connectionTimeout: 2000, requestTimeout: 45_000, throwOnRequestTimeout: true });
  });

  for (const [what, place, added] of [
    ['nothing', {}, {}],
    ['a region', { region: 'eu-west-1' }, { region: 'eu-west-1' }],
    ['a profile', { profile: 'prod' }, { profile: 'prod' }],
    ['an endpoint, and no host prefix with it', { endpoint: 'http://x' }, { endpoint: 'http://x', disableHostPrefix: true }],
    ['no account: it is no option of the client', { account: '111111111111' }, {}],
  ] as const) {
    it(`takes of the options: ${what}`, () => {
      const { maxAttempts: _, requestHandler: __, ...taken } = clientConfig(place);
      expect(taken).to.deep.equal(added);
    });
  }

  it('keeps the SDK from warning about the age of Node', async () => {
    const io = testIo();
    await loadSqs(io);
    expect(io.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED).to.equal('true');
  });
});
