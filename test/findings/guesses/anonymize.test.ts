import { expect } from 'chai';
import { anonymize } from '../../../src/findings/guesses/anonymize.ts';

describe('anonymize', () => {
  const cases: [text: string, left: string][] = [
    ['Disk failure on dn2, volume /data/3', 'Disk failure on dn2, volume /data/3'],
    ['mail to bob@example.com and root@localhost', 'mail to [redacted:email] and [redacted:email]'],
    ['from 10.0.3.12:50010 to fe80::1', 'from [redacted:ip]:50010 to [redacted:ip]'],
    ['host ip-10-0-3-12.internal', 'host ip-[redacted:ip].internal'],
    ['client10.0.3.12_8080 left', 'client[redacted:ip]_8080 left'],
    ['card 00:1b:44:11:3a:b7', 'card [redacted:mac]'],
    ['at 2026-03-14 03:07:12 it took 1200 ms', 'at 2026-03-14 03:07:12 it took 1200 ms'],
    ['DB_PASS=Summer!2024x', 'DB_PASS=[redacted:secret]'],
    ['request a8f3k29dk30x failed', 'request [redacted:id] failed'],
  ];
  for (const [text, left] of cases) it(`leaves of "${text}" "${left}"`, () => void expect(anonymize(text)).to.equal(left));
});
