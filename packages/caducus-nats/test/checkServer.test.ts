import { expect } from 'chai';
import { checkServer } from '../src/checkServer.ts';

describe('the release of a server', () => {
  it('is one from 2.9 on', () => {
    for (const version of ['2.9.0', '2.9.10', '2.10.0-preview.1', '2.12.3', '3.0.0'])
      expect(() => checkServer(version, 'sources.in')).not.to.throw();
  });

  it('that is older is refused in one sentence', () => {
    for (const version of ['2.8.4', '1.99.0', ''])
      expect(() => checkServer(version, 'sources.in'))
        .to.throw(/CAD020 sources\.in: the server is nats-server/)
        .with.property('hint', 'It has to be 2.9 or later.');
  });
});
