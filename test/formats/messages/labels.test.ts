import { expect } from 'chai';
import { findLabel, readLabels } from '../../../src/formats/messages/labels.ts';

describe('labels', () => {
  it('are an object, or pairs in a text or a list', () => {
    const right = { service: 'cart', env: 'prod' };
    for (const written of [right, 'service:cart,env:prod', 'monitor, service: cart , env:prod', ['service:cart', 'monitor', 'env:prod']])
      expect(readLabels(written)).to.deep.equal(right);
    expect(readLabels('url:http://a:80/b')).to.deep.equal({ url: 'http://a:80/b' });
    for (const none of ['monitor', [], ['a', 7], null, 7, '']) expect(readLabels(none)).to.equal(null);
  });

  it('are found by the first name that says something, never in a prototype', () => {
    expect(findLabel({ service: '', app: 'x' }, ['service', 'app'])).to.equal('x');
    expect(findLabel({}, ['constructor', 'toString'])).to.equal(null);
  });
});
