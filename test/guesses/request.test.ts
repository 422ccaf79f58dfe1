import { expect } from 'chai';
import fc from 'fast-check';
import { makeRequest, priceUsage } from '../../src/guesses/request.ts';
import { writePico } from '../../src/safeguards/budget/money.ts';
import { ask } from './support/asking.ts';
import { guessing } from './support/samples.ts';

const url = 'http://localhost:11434/v1/';

describe('the request of a question', () => {
  it('counts a token a byte at the most, and the longest answer', () => {
    const { body, most } = makeRequest(ask('a', ['Festplatte ist kaputt \u{1f4a5}']), guessing(url, { maxTokens: 77 }));
    expect(most).to.deep.equal({ input: Buffer.byteLength(body) + 256, output: 77 });
  });

  it('goes to the address without a slash too many', () => {
    expect(makeRequest(ask('a'), guessing(url)).url).to.equal('http://localhost:11434/v1/chat/completions');
  });

  it('wants an answer of the shape of what is asked for', () => {
    const body = JSON.parse(makeRequest(ask('a'), guessing(url)).body) as {
      response_format: { json_schema: { strict: boolean; schema: { required: string[] } } };
    };
    expect(body.response_format.json_schema.strict).to.equal(true);
    expect(body.response_format.json_schema.schema.required).to.deep.equal(['labels', 'summary', 'causes']);
  });

  it('costs its tokens, or their price to the pico, rounded up', () => {
    expect(writePico(priceUsage({ input: 100, output: 20 }, guessing(url)))).to.equal('120');
    const priced = guessing(url, { budget: { limit: 1, currency: 'USD' }, price: { input: '0.15', output: '0.60' } });
    expect(writePico(priceUsage({ input: 1000, output: 10 }, priced))).to.equal('0.000156');
    const tiny = guessing(url, { budget: { limit: 1, currency: 'USD' }, price: { input: '0.0000001', output: '1' } });
    expect(priceUsage({ input: 1, output: 0 }, tiny)).to.equal(1n);
  });

  it('never costs more than what is booked for it, of any usage within its bounds', () => {
    const options = guessing(url, { budget: { limit: 1, currency: 'USD' }, price: { input: '0.15', output: '0.60' } });
    const { most, cost } = makeRequest(ask('a'), options);
    fc.assert(fc.property(fc.nat(most.input), fc.nat(most.output), (input, output) => priceUsage({ input, output }, options) <= cost));
  });
});
