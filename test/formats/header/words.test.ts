import { expect } from 'chai';
import { allUpper, closing, isCodeLike, isComponentName, isLocation, isThreadName } from '../../../src/formats/header/words.ts';

const whole = (test: (text: string, from: number, to: number) => boolean) => (text: string) => test(text, 0, text.length);
const kinds: [what: string, test: (text: string) => boolean, yes: string[], no: string[]][] = [
  ['all capitals', whole(allUpper), ['ERROR', 'AB'], ['A', 'ERR0R', 'Error', '']],
  ['a code', whole(isCodeLike), ['R02-M1', 'RAS', '10.0.0.1', '-', 'a_b', 'x1'], ['order', 'Order', 'done.', '']],
  ['a place in a file', isLocation, ['source/grpc.h:163', 'gpu_init.cc(90)', 'a.b.ts:1'], ['a.h', 'a:1', 'x.abcdef:1', 'a b.c:1']],
  ['a thread', isThreadName, ['main', 'pool-1', 'Read-2', 'GC Thread', '#88'], ['orders', 'mainline', 'Domain']],
  [
    'a part of a program',
    whole(isComponentName),
    ['a.b.Service', 'std::thread', 'DataNode', 'Step$1', '_a/b', 'IOException#read'],
    ['received', 'userId', 'java.io.IOException', 'a=b', 'http://x', '1a.b', 'Order', 'ERROR'],
  ],
];

describe('a word of a header', () => {
  for (const [what, test, yes, no] of kinds) {
    it(`is ${what}, or is not`, () => {
      for (const text of yes) expect(test(text), text).to.equal(true);
      for (const text of no) expect(test(text), text).to.equal(false);
    });
  }

  it('closes where its own kind of bracket does, at most 200 characters on', () => {
    expect([closing('[a[b]c]', 0), closing('(a]b)', 0), closing('<a', 0), closing('{a}', 0)]).to.deep.equal([6, 4, -1, 2]);
    expect([closing(`[${'x'.repeat(198)}]`, 0), closing(`[${'x'.repeat(199)}]`, 0)]).to.deep.equal([199, -1]);
  });
});
