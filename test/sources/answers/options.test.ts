import { expect } from 'chai';
import { answersOptions } from '../../../src/sources/answers/options.ts';

describe('the options of answers', () => {
  const fits = (options: object) => answersOptions.safeParse(options).success;
  it('want to know whom to hear, and by which secret', () => {
    for (const options of [
      {},
      { pagerduty: {} },
      { pagerduty: { secret: 'long-enough', secretFile: 'x' } },
      { slack: { signingSecret: 'short' } },
      { slack: {} },
      { alertmanager: { url: 'ftp://x' } },
      { alertmanager: { url: 'http://a' }, listen: 'nowhere' },
    ])
      expect(fits(options)).to.equal(false);
    expect(fits({ pagerduty: { secretFile: 'x' }, slack: { signingSecretFile: 'y' }, alertmanager: { url: 'http://a' } })).to.equal(true);
  });
});
