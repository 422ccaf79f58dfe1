import { expect } from 'chai';
import { classes } from '../../../src/memory/scan/chars.ts';
import {
  CONST, findShape, SOFT, T_EMAIL, T_HOST, T_ID, T_IP, T_NUMBER, T_PATH, T_TIME, T_URL, T_WORD, VAR,
} from '../../../src/memory/scan/shape.ts'; // prettier-ignore

function shape(token: string): [kind: number, type: number] {
  const bytes = new TextEncoder().encode(token);
  let flags = 0;
  for (const byte of bytes) flags |= classes[byte]!;
  const found = findShape(bytes, 0, bytes.length, flags);
  return [found & 3, found >> 2];
}

describe('the shape of a token', () => {
  const kinds: [what: string, kind: number, type: number, tokens: string[]][] = [
    ['a word', CONST, T_WORD, ['order', 'ORDER', 'read/write', 'com.acme.Widget', 'facade', 'a.b', 'x@y', 'größe', 'end.of.sentence']],
    ['a name with a number', SOFT, T_HOST, ['dn2', 'eth0', 'node-17', 'x123y']],
    ['a number', VAR, T_NUMBER, ['12', '-3', '3.14', '10ms', '1.5s', '64MB', '+7']],
    ['an id', VAR, T_ID, ['blk_1073', 'deadbeef', 'bff8fde', '0x1f', 'page+0xa', 'a1b2', '#ffcc00', '#facade', '10abcd', '123e4567-e89b']],
    ['an address', VAR, T_IP, ['10.0.0.1', '10.0.0.1:80', '/10.0.0.1:50010']],
    ['a host', VAR, T_HOST, ['proxy.cse.example.hk:5070', 'www.example.org', 'db1.example.com']],
    ['a path', VAR, T_PATH, ['/var/log/app.log', 'C:\\Temp\\a.txt', './x', '~/x', 'a/b/c', '/var/log1']],
    ['a URL', VAR, T_URL, ['https://a.example/x', 'http://10.0.0.1/x']],
    ['an address of mail', VAR, T_EMAIL, ['ann@example.org', 'ann1@example.org']],
    ['a time', VAR, T_TIME, ['07:07:00', '10:00']],
  ];
  for (const [what, kind, type, tokens] of kinds)
    for (const token of tokens) it(`${token} is ${what}`, () => expect(shape(token)).to.deep.equal([kind, type]));
});
