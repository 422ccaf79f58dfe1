import { expect } from 'chai';
import { codesPart, gluedLevel } from '../../../src/formats/header/codesPart.ts';
import { takeOff } from '../../support/formats/headerCursor.ts';

describe('codes in front of a level', () => {
  const cases: [text: string, taken: string | null][] = [
    ['R02-M1 RAS KERNEL INFO parity error', 'level=INFO host=R02-M1 component=KERNEL other=RAS|parity error'],
    ['user@shop ERROR: x', 'level=ERROR other=user@shop|: x'],
    ['SERVICE ALERT: x', null],
    ['the KERNEL INFO x', null],
    ['INFO x', null],
    ['A B C D E F ERROR x', null],
    ['A-1 B-1 C-1 D-1 E-1 ERROR x', 'level=ERROR host=A-1 other=B-1 C-1 D-1 E-1|x'],
  ];
  for (const [text, taken] of cases) it(text, () => expect(takeOff(codesPart, text)).to.equal(taken));

  it('are not looked for without a stamp, or where the level is known', () => {
    const text = 'R02-M1 KERNEL INFO x';
    expect(takeOff(codesPart, text, { stamp: 'none' })).to.equal(null);
    expect(takeOff(codesPart, text, { header: { level: 'WARN' } })).to.equal(null);
    expect(takeOff(codesPart, text, { header: { component: 'app' } })).to.equal(null);
  });
});

describe('a level at the end of fields that colons join', () => {
  const cases: [text: string, taken: string | null][] = [
    ['10.0.0.1(5000):app@shop:[123]:ERROR: x', 'level=ERROR other=10.0.0.1(5000):app@shop:[123]|x'],
    ['app:error: x', null],
    [':ERROR: x', null],
    ['app:ERROR x', null],
    [`${'a'.repeat(120)}:ERROR: x`, null],
  ];
  for (const [text, taken] of cases) it(text.slice(0, 40), () => expect(takeOff(gluedLevel, text)).to.equal(taken));

  it('is none behind other parts', () => expect(takeOff(gluedLevel, 'a:b:ERROR: x', { parts: 2 })).to.equal(null));
});
