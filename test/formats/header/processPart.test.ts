import { expect } from 'chai';
import { barredNumber, hexPart, processPart } from '../../../src/formats/header/processPart.ts';
import { takeOff, type Before } from '../../support/formats/headerCursor.ts';

describe('a process in front of a message', () => {
  const cases: [text: string, taken: string | null, before?: Before][] = [
    ['148 INFO x', 'pid=148|INFO x'],
    ['1702  2395 D Window: x', 'pid=1702 2395|D Window: x'],
    ['12345 --- [main] x', 'pid=12345|--- [main] x'],
    ['12345 [main] x', 'pid=12345|[main] x'],
    ['148 - INFO - x', 'pid=148|- INFO - x'],
    ['123#456: x', 'pid=123#456|x'],
    ['148: error: x', 'pid=148|error: x'],
    ['148: x', null],
    ['42 apples sold', null],
    ['17  Orders: x', 'pid=17|Orders: x'],
    ['1234 server.go:77] x', 'level=INFO pid=1234 other=server.go:77|x', { header: { level: 'INFO' } }],
    ['1234 server.go:77] x', null],
    ['148 INFO x', null, { header: { pid: '9' } }],
  ];
  for (const [text, taken, before] of cases)
    it(`${text}: ${taken ?? 'is none'}`, () => expect(takeOff(processPart, text, before)).to.equal(taken));

  it('may stand in front of a bar', () => {
    expect(takeOff(barredNumber, '30002312|x')).to.equal('pid=30002312|x');
    expect(takeOff(barredNumber, '3000 |x')).to.equal(null);
    expect(takeOff(barredNumber, '3|x', { header: { pid: '9' } })).to.equal(null);
  });
});

describe('a number in hexadecimal in front of a message', () => {
  const cases: [text: string, taken: string | null, before?: Before][] = [
    ['0x7f3a INFO  x', 'other=0x7f3a|INFO  x'],
    ['7f3a12bc  x', 'other=7f3a12bc|x'],
    ['7f3a12bc x', null],
    ['deadbeef  x', null],
    ['7f3a12b  x', null],
    ['7f3a12bc700 -1 osd x', 'other=7f3a12bc700 -1|osd x'],
    ['7f3a12bc700 10 osd  x', null],
    ['123e4567-e89b-42d3-a456-426614174000 x', 'other=123e4567-e89b-42d3-a456-426614174000|x'],
    ['0x7f3a INFO  x', null, { stamp: 'none' }],
  ];
  for (const [text, taken, before] of cases)
    it(`${text}: ${taken ?? 'is the message'}`, () => expect(takeOff(hexPart, text, before)).to.equal(taken));
});
