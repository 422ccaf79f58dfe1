import { expect } from 'chai';
import { share } from '../../../../src/web/page/pages/share.ts';

describe('a share on the page', () => {
  for (const [part, text] of [
    [0, '0 %'],
    [0.000_01, '< 0.01 %'],
    [0.001, '0.1 %'],
    [0.0123, '1.2 %'],
    [0.5, '50 %'],
    [0.9987, '99.9 %'],
    [1, '100 %'],
  ] as const)
    it(`${part} is ${text}`, () => expect(share(part)).to.equal(text));
});
