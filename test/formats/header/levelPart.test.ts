import { expect } from 'chai';
import { levelPart } from '../../../src/formats/header/levelPart.ts';
import { takeOff, type Before } from '../../support/formats/headerCursor.ts';

const bare: Before = { stamp: 'none' };

describe('a level in front of a message', () => {
  const cases: [text: string, taken: string | null, before?: Before][] = [
    ['INFO x', 'level=INFO|x'],
    ['INFO x', 'level=INFO|x', bare],
    ['info x', 'level=info|x'],
    ['info x', null, bare],
    ['info: x', 'level=info|: x', bare],
    ['Error opening file', null],
    ['Error: x', 'level=Error|: x'],
    ['Error   x', 'level=Error|x'],
    ['Error x', 'level=Error|x', { parted: true }],
    ['Error x', 'level=Error|x', { levelFirst: true }],
    ['Error - x', 'level=Error|- x'],
    ['Note: x', null, bare],
    ['Error: 18456, Severity: 14', null],
    ['ERRO[0012] x', 'level=ERROR|x', bare],
    ['INFO:root:x', 'level=INFO component=root|x', bare],
    ['information/ApiListener: x', 'level=information component=ApiListener|x'.replace('information', 'INFO')],
    ['PHP Fatal error: x', 'level=Fatal|x', bare],
    ['PHP Deprecated: x', 'level=warning|x', bare],
    ['Parse error: x', 'level=error|x', bare],
    ['Logic error: x', null, bare],
    ['panic: runtime error', null, bare],
    ['D x', null],
    ['D WINDOW x', 'level=DEBUG|WINDOW x'],
    ['D WindowManager: x', 'level=DEBUG pid=7|WindowManager: x', { header: { pid: '7' } }],
    ['E/Tag( 12): x', 'level=ERROR|Tag( 12): x', bare],
    ['I/flutter ( 1234): x', 'level=INFO pid=1234 component=flutter|x', bare],
    ['E! x', 'level=ERROR|x'],
    ['W core/loader.cc:12] x', 'level=WARN other=core/loader.cc:12|x'],
    ['w x', 'level=WARN|x', { levelFirst: true }],
    ['X x', null],
    ['Orders x', null],
  ];
  for (const [text, taken, before] of cases)
    it(`${text}${before === bare ? ' without a stamp' : ''}: ${taken ?? 'is the message'}`, () =>
      expect(takeOff(levelPart, text, before)).to.equal(taken));
});
