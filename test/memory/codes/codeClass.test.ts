import { expect } from 'chai';
import { classByHash, classOfCode, ERRNO, EXIT, GRPC, HTTP, SQLSTATE } from '../../../src/memory/codes/codeClass.ts';
import { levelAt } from '../../../src/memory/judge/levelRank.ts';

function classOf(kind: number, text: string): string | null {
  const bytes = new TextEncoder().encode(`x${text}y`);
  const found = classOfCode(kind, bytes, 1, 1 + text.length);
  return found && `${found.text} ${levelAt(found.rank)}${found.always ? ' always' : ''}`;
}

describe('the class of a code', () => {
  const cases: [kind: number, name: string, codes: Record<string, string | null>][] = [
    [
      HTTP,
      'HTTP',
      {
        200: '2xx null',
        404: '4xx WARN',
        599: '5xx ERROR always',
        600: null,
        '099': null,
        99: null,
        '0404': null,
        '-404': null,
        '4o4': null,
      },
    ],
    [EXIT, 'a process', { 0: '0 null', 1: 'nonzero ERROR', 137: 'nonzero ERROR', '-9': 'nonzero ERROR', x: null, '-': null }],
    [GRPC, 'gRPC', { 0: 'OK null', 5: 'NotFound WARN', 14: 'Unavailable ERROR always', 16: 'Unauthenticated WARN', 17: null }],
    [ERRNO, 'the system', { 2: '2 null', 111: '111 null', 1000: null }],
    [
      SQLSTATE,
      'SQL',
      { '00000': '00xxx null', '02000': '02xxx null', '01004': '01xxx WARN', '42P01': '42xxx ERROR', 4201: null, '42p01': null },
    ],
  ];
  for (const [kind, name, codes] of cases)
    for (const [code, wanted] of Object.entries(codes))
      it(`of ${name}: ${code} is ${wanted ?? 'none'}`, () => expect(classOf(kind, code)).to.equal(wanted));

  it('is found again by its hash', () => {
    const found = classOfCode(HTTP, new TextEncoder().encode('502'), 0, 3)!;
    expect(classByHash(found.hash)).to.equal(found);
    expect(classByHash(12_345)).to.equal(undefined);
  });
});
