import { expect } from 'chai';
import { announcedCode, type TokensSoFar } from '../../../src/memory/codes/announcedCode.ts';
import { ERRNO, EXIT, GRPC, HTTP, SQLSTATE } from '../../../src/memory/codes/codeClass.ts';
import { NO_CODE } from '../../../src/memory/codes/codeName.ts';
import { CONST, VAR } from '../../../src/memory/scan/shape.ts';
import { hashWord } from '../../../src/memory/scan/words.ts';

/** What the words of a text say of the number behind them; a word in angle brackets is a value. */
function announced(text: string): number {
  const words = [...text.matchAll(/<[^>]*>|[\w./-]+/g)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
    word: found[0],
  }));
  const row = (pick: (one: (typeof words)[number]) => number) => Int32Array.from(words, pick);
  const tokens: TokensSoFar = {
    length: words.length,
    start: row(({ start }) => start),
    end: row(({ end }) => end),
    kind: Int8Array.from(words, ({ word }) => (word.startsWith('<') || word.includes('/') ? VAR : CONST)),
    raw: row(({ word }) => hashWord(word)),
    readText: (start, end) => text.slice(start, end),
  };
  return announcedCode(tokens, new TextEncoder().encode(text), text.length);
}

describe('the words that announce a code', () => {
  const cases: [text: string, kind: number][] = [
    ['status=', HTTP],
    ['"status": ', HTTP],
    ['status [', HTTP],
    ['status  --  ', NO_CODE],
    ['status     ', NO_CODE],
    ['exit status ', EXIT],
    ['exited with code ', EXIT],
    ['exited long ago and with code ', NO_CODE],
    ['gRPC ended with code ', GRPC],
    ['SQLSTATE ', SQLSTATE],
    ['errno: ', ERRNO],
    ['HTTP/1.1 ', HTTP],
    ['HTTP/2 ', HTTP],
    ['XTTP/2 ', NO_CODE],
    ['code ', NO_CODE],
    ['took ', NO_CODE],
    ['status <x> ', NO_CODE],
    ['', NO_CODE],
  ];
  for (const [text, kind] of cases) it(`${JSON.stringify(text)} announces kind ${kind}`, () => expect(announced(text)).to.equal(kind));
});
