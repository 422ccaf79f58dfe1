import { expect } from 'chai';
import fc from 'fast-check';
import { findRequest, methods } from '../../../src/formats/access/requestLine.ts';

describe('the request in a text', () => {
  const cases: [text: string, found: [method: string, target: string] | null][] = [
    ['"GET /orders/17?page=2 HTTP/1.1" 200', ['GET', '/orders/17?page=2']],
    ['POST "/a" done', ['POST', '/a']],
    ['PROPFIND | /dav | 207', ['PROPFIND', '/dav']],
    ['GET https://shop.example/a 200', ['GET', 'https://shop.example/a']],
    ['CONNECT wss://x/y', ['CONNECT', 'wss://x/y']],
    ['read /etc/passwd, then DELETE /b', ['DELETE', '/b']],
    ['get /a', null],
    ['FORGET /a', null],
    ['XGET /a', null],
    ['GET a/b', null],
    ['GET ftp://host/a', null],
    ['GET', null],
    ['/a', null],
    ['', null],
  ];
  for (const [text, found] of cases)
    it(`is ${found?.join(' ') ?? 'none'} in ${JSON.stringify(text)}`, () => {
      const request = findRequest(text);
      expect(request && [request.method, request.target]).to.deep.equal(found);
    });

  it('is found at its place, with the quote that closes it, whatever stands around it', () => {
    const around = fc.string({ unit: fc.constantFrom(...'ab 01=[]:.,') });
    fc.assert(
      fc.property(
        around,
        fc.constantFrom(...methods),
        fc.stringMatching(/^\/[a-z0-9/?=&]{0,20}$/),
        around,
        (before, method, target, after) => {
          const text = `${before} ${method} "${target}" ${after}`;
          const found = findRequest(text)!;
          expect([found.method, found.target]).to.deep.equal([method, target]);
          expect(text.slice(found.start, found.end)).to.equal(`${method} "${target}"`);
        },
      ),
    );
  });
});
