import { expect } from 'chai';
import fc from 'fast-check';
import { Scanner } from '../../../src/memory/scan/scanner.ts';
import { CONST, SOFT } from '../../../src/memory/scan/shape.ts';

const scanner = new Scanner({ maxTokens: 16, maxBytes: 512 });

/** A line as the scanner sees it: constants as they are, names with a number with `~`, values in angle brackets. */
function read(text: string, scan = scanner): string {
  const tokens: string[] = [];
  for (let i = 0, n = scan.scan(text); i < n; i++) {
    const token = scan.readText(scan.start[i]!, scan.end[i]!);
    tokens.push(scan.kind[i]! <= CONST ? token : scan.kind[i] === SOFT ? `${token}~` : `<${token}>`);
  }
  return tokens.join(' ');
}

describe('scanner', () => {
  const table: [what: string, line: string, tokens: string][] = [
    ['numbers are values', 'took 12 of -3', 'took <12> of <-3>'],
    ['an address with its port is one value', 'from /10.0.0.1:50010 to', 'from </10.0.0.1:50010> to'],
    ['a name may follow an address at once', '10.0.0.1:80:Got exception', '<10.0.0.1:80> Got exception'],
    ['long ids are values', 'block blk_-123456789 ok', 'block <blk_-123456789> ok'],
    ['hex words are values', 'at deadbeef and 0x1f', 'at <deadbeef> and <0x1f>'],
    ['a short number in a name leaves a name', 'disk on dn2', 'disk on dn2~'],
    ['paths are values', 'open /var/log/app.log now', 'open </var/log/app.log> now'],
    ['Windows paths are values', 'open C:\\Temp\\a.txt now', 'open <C:\\Temp\\a.txt> now'],
    ['words joined by a slash are words', 'read/write error', 'read/write error'],
    ['host names are values', 'to proxy.cse.example.hk:5070 ok', 'to <proxy.cse.example.hk:5070> ok'],
    ['package names are words', 'class com.acme.Widget', 'class com.acme.Widget'],
    ['URLs are values with their query', 'GET https://a.example/x?b=1&c=d done', 'GET <https://a.example/x?b=1&c=d> done'],
    ['e-mail addresses are values', 'mail to ann@example.org sent', 'mail to <ann@example.org> sent'],
    ['MAC addresses are values', 'via FF:F2:9F:16:E2:23 up', 'via <FF:F2:9F:16:E2:23> up'],
    ['IPv6 addresses are values', 'via fe80:0:0:0:abcd:1 up', 'via <fe80:0:0:0:abcd:1> up'],
    ['clock times are values', 'at 07:07:00 sharp', 'at <07:07:00> sharp'],
    ['months in lower case are words', 'process 12 may wait', 'process <12> may wait'],
    ['dates with names are one value', 'at Fri Jun 17 07:07:00 2005', 'at <Fri Jun 17 07:07:00 2005>'],
    ['months without a number are words', 'in Jun we', 'in Jun we'],
    ['a unit belongs to its number', 'sent 10 KB, took 5 ms', 'sent <10 KB> took <5 ms>'],
    ['a unit without a number is a word', 'bytes sent', 'bytes sent'],
    ['neighbouring values are one', 'speeds ( 1 2 3 ) rpm', 'speeds <1 2 3> rpm'],
    ['a number in brackets joins the one before', '18846 bytes (18.4 KB) in', '<18846 bytes (18.4 KB> in'],
    ['keys keep their values apart', 'uid=0 euid=5', 'uid <0> euid <5>'],
    ['an empty value is a value', 'ruser= rhost=', 'ruser <> rhost <>'],
    ['booleans are values', 'open true closed null', 'open <true> closed <null>'],
    ['a boolean at the very end is a value', 'flag=false', 'flag <false>'],
    ['a colon ends a key', 'state:open', 'state open'],
    ['scopes stay whole', 'Mgr::send(x)', 'Mgr::send x'],
    ['apostrophes stay in words', "can't stop", "can't stop"],
    ['rows of dots are no tokens', 'enable......0', 'enable <0>'],
    ['marks are no tokens', '*** -- ->', ''],
    ['nothing is nothing', '', ''],
    ['records of a list are told once', 'nodes a1 0x1 <ok> a2 0x2 <ok> a3 0x3 <ok>', 'nodes a1~ <0x1> ok'],
    ['letters beyond ASCII are letters', 'Größe überschritten 5', 'Größe überschritten <5>'],
    ['wide spaces are spaces', '読み込み\u3000失敗 7', '読み込み 失敗 <7>'],
  ];
  for (const [what, line, tokens] of table) it(what, () => expect(read(line)).to.equal(tokens));

  it('takes what is beyond the token limit as one value', () => {
    const line = Array.from({ length: 20 }, (_, i) => 'abcdefghijklmnopqrst'[i]!.repeat(3)).join(' ');
    expect(read(line).split(' ').slice(0, 16).join(' ')).to.equal(line.split(' ').slice(0, 16).join(' '));
    expect(scanner.length).to.equal(17);
    expect(scanner.readText(scanner.start[16]!, scanner.end[16]!).endsWith('ttt')).to.equal(true);
  });

  it('does not read beyond the byte limit', () => {
    expect(scanner.scan('word '.repeat(1000))).to.be.at.most(17);
    expect(scanner.scan(`x ${'y'.repeat(5000)}`)).to.equal(3);
  });

  it('asks the user about tokens', () => {
    const ruled = new Scanner({ maxTokens: 16, maxBytes: 512, mask: (t) => t === 'alice', keep: (t) => t === '404' });
    expect(read('alice got 404 after 7', ruled)).to.equal('<alice> got 404 after <7>');
  });

  it('survives any text and keeps tokens in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 800 }), (text) => {
        const n = scanner.scan(text);
        for (let i = 0; i < n; i++) {
          expect(scanner.start[i]).to.be.at.most(scanner.end[i]!);
          if (i > 0) expect(scanner.start[i]).to.be.at.least(scanner.end[i - 1]!);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('reads a line the same whatever came before it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, before) => {
        const fresh = read(text, new Scanner({ maxTokens: 16, maxBytes: 512 }));
        read(before);
        expect(read(text)).to.equal(fresh);
      }),
    );
  });
});
