import { expect } from 'chai';
import { readAmounts } from '../../../src/formats/access/readAmounts.ts';
import { findRequest } from '../../../src/formats/access/requestLine.ts';

const amounts = (text: string) => readAmounts(text, findRequest(text)!);

describe('size and duration of an answer', () => {
  const cases: [text: string, wanted: object][] = [
    ['"GET /a HTTP/1.1" 200 157', { bytes: 157 }],
    ['"GET /a HTTP/1.1" 200 157 "https://x.example/" "agent 12 ms"', { bytes: 157 }],
    ['"GET /a HTTP/1.1" 200 157 ms', { duration_ms: 157 }],
    ['GET /a 200 in 63.1ms, 20 bytes', { bytes: 20, duration_ms: 63.1 }],
    ['GET /a 200 2.5s', { duration_ms: 2500 }],
    ['GET /a 200 250 µs', { duration_ms: 0.25 }],
    ['GET /a 200 250 μs', { duration_ms: 0.25 }],
    ['GET /a 200 1500us', { duration_ms: 1.5 }],
    ['GET /a 200 1000000ns', { duration_ms: 1 }],
    ['(12 ms) GET /a 200', { duration_ms: 12 }],
    ['time=3 seconds GET /a 200', { duration_ms: 3000 }],
    ['GET /a/12ms 200', {}],
    ['GET /a 200 12 monkeys', {}],
    ['GET /a 200 17', {}],
  ];
  for (const [text, wanted] of cases) it(text, () => expect(amounts(text)).to.deep.equal(wanted));

  it('are not read from a quote that is never closed', () => {
    expect(amounts('"GET /a HTTP/1.1" 200 5 "agent 12 ms')).to.deep.equal({ bytes: 5, duration_ms: 12 });
    expect(amounts('"agent 12 ms" "GET /a HTTP/1.1" 200 5')).to.deep.equal({ bytes: 5 });
  });
});
