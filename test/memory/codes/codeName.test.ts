import { expect } from 'chai';
import { ERRNO, EXIT, GRPC, HTTP, SQLSTATE } from '../../../src/memory/codes/codeClass.ts';
import { kindAfter, kindInContext, NO_CODE, SOME_CODE, SOME_STATUS } from '../../../src/memory/codes/codeName.ts';
import { digest } from '../../../src/base/digest.ts';

const hashed = (word: string) => Number.parseInt(digest(word, 8), 36);
const announced = (word: string) => kindAfter(hashed(word), () => word);
const inContext = (word: string) => kindInContext(hashed(`context ${word}`), () => word);

describe('the word in front of a code', () => {
  for (const [words, kind] of [
    [['exit_code', 'exitCode', 'exit-status', 'returnvalue', 'rc'], EXIT],
    [['grpc_status', 'grpc.code', 'grpcStatusCode'], GRPC],
    [['errno'], ERRNO],
    [['SQLSTATE'], SQLSTATE],
    [['http_status', 'upstream_status', 'statusCode', 'response_code', 'https'], HTTP],
    [['status'], SOME_STATUS],
    [['code', 'with', 'value'], SOME_CODE],
    [['order', 'barcode_reader', 'statusline', 'x'.repeat(60)], NO_CODE],
  ] as const)
    for (const word of words) it(`${word.slice(0, 20)} announces kind ${kind}`, () => expect(announced(word)).to.equal(kind));

  it('is explained by a word further back', () => {
    expect(['exited', 'return', 'gRPC', 'HTTP', 'order'].map(inContext)).to.deep.equal([EXIT, EXIT, GRPC, HTTP, NO_CODE]);
  });

  it('is asked for once', () => {
    let asked = 0;
    const text = () => {
      asked += 1;
      return 'errno';
    };
    expect([kindAfter(-77, text), kindAfter(-77, text)]).to.deep.equal([ERRNO, ERRNO]);
    expect(asked).to.equal(1);
  });
});
