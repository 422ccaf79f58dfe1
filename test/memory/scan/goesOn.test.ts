import { expect } from 'chai';
import { classes } from '../../../src/memory/scan/chars.ts';
import { goesOn } from '../../../src/memory/scan/goesOn.ts';

/** Whether the sign at the bar, which is taken out, belongs to the token that it stands in or behind: `3|.5`. */
function inside(marked: string): boolean {
  const at = marked.indexOf('|');
  const text = marked.replace('|', '');
  const bytes = new TextEncoder().encode(`${text}        `);
  let flags = 0;
  for (let i = 0; i < at; i++) flags |= classes[bytes[i]!]!;
  return goesOn(bytes, at, bytes[at]!, flags, 0);
}

describe('a sign within a token', () => {
  const yes = [
    '3|.5',
    'a|.b',
    "can|'t",
    '10|:00',
    '10.0.0.1|:80',
    'Mgr|::send',
    'Mgr:|:send',
    'C|:\\x',
    'http|://x',
    'fe80|:0:0',
    'ff:f2|:9f:',
    'http://x/y?a|=b',
    '/x|?y',
  ];
  for (const text of yes) it(`${text} goes on`, () => expect(inside(text)).to.equal(true));

  const no = [
    'end|. ',
    'end|..',
    "x|' ",
    "|'x",
    'state|:open',
    'word|: x',
    'a|:/b',
    'abc|:def',
    'deadbeef|:12:',
    'a|=b',
    '/x/y|=b',
    '/x|? ',
    'x|?y',
  ];
  for (const text of no) it(`${text} ends`, () => expect(inside(text)).to.equal(false));
});
