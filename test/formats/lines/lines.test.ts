import { expect } from 'chai';
import { createParser, type FormatOption } from '../../../src/formats/index.ts';
import { bytesOf, isoTimes, parseAll, texts } from '../parse.ts';
import { partly } from '../../support/typed.ts';

const stamped = (text: string) => `2024-05-01 10:00:00 ERROR ${text}\n`;
const java =
  'java.lang.IllegalStateException: bad\n\tat a.B.c(B.java:12)\n\tat a.Main.main(Main.java:3)\nCaused by: java.io.IOException: nope\n\t... 12 more\n';
const python = 'Traceback (most recent call last):\n  File "x.py", line 1, in f\n    raise ValueError\nValueError: bad\n';
const node = 'TypeError: x is not a function\n    at f (/a/b.js:1:2)\n    at node:internal/main:3:4\n';
const go = 'goroutine 1 [running]:\nmain.main()\n\t/a/main.go:5 +0x1d\nexit status 2\n';
const json = '{\n  "a": 1\n}\n';

describe('lines: several lines of one record', () => {
  for (const [name, trace] of Object.entries({ java, python, node, go })) {
    it(`joins a stack trace: ${name}`, () => {
      const items = parseAll('lines', stamped('failed') + trace + stamped('next'));
      expect(texts(items)).to.deep.equal([`failed\n${trace.trimEnd()}`, 'next']);
    });
  }

  it('joins what is printed over several indented lines', () => {
    expect(texts(parseAll('lines', stamped('got') + '  "a": 1\n}\n' + stamped('next')))).to.deep.equal(['got\n  "a": 1\n}', 'next']);
    expect(texts(parseAll('lines', json))).to.deep.equal(['a=1']);
  });

  it('takes no line for a record in which nothing but blanks and carriage returns stands', () => {
    expect(texts(parseAll('lines', 'one\r\r\n\r\r\r\n \r\t\r\n\r\ntwo\n'))).to.deep.equal(['one', 'two']);
  });

  it('keeps lines apart that are all indented, or all without a stamp', () => {
    expect(texts(parseAll('lines', '  one\n  two\n'))).to.deep.equal(['one', 'two']);
    expect(texts(parseAll('lines', 'one\ntwo\n'))).to.deep.equal(['one', 'two']);
  });

  it('keeps every line by itself when told to', () => {
    const items = parseAll(partly<FormatOption>({ lines: { multiline: false } }), stamped('failed') + java);
    expect(items).to.have.length(6);
  });

  it('starts the next record at the cap, and loses nothing', () => {
    const format = partly<FormatOption>({ lines: { multiline: { maxLines: 3 } } });
    expect(texts(parseAll(format, stamped('a') + ' b\n c\n d\n'))).to.deep.equal(['a\n b\n c', 'd']);
  });

  it('holds a record back that may still grow, and gives it on flush', () => {
    const parser = createParser('lines', {}, null);
    expect(parser.push(bytesOf(stamped('failed')))).to.deep.equal([]);
    expect(parser.position().offset).to.equal(0);
    expect(texts(parser.flush())).to.deep.equal(['failed']);
    expect(parser.position().offset).to.equal(stamped('failed').length);
  });

  it('puts lines together that a container runtime cut', () => {
    const cri = '2024-05-01T10:00:00.1Z stdout P one \n2024-05-01T10:00:00.2Z stdout F two\n2024-05-01T10:00:00.3Z stdout F three\n';
    const docker =
      '{"log":"one ","stream":"stdout","time":"2024-05-01T10:00:00.1Z"}\n{"log":"two\\n","stream":"stdout","time":"2024-05-01T10:00:00.2Z"}\n';
    expect(texts(parseAll('lines', cri))[0]).to.equal('one two');
    expect(texts(parseAll('lines', docker))).to.deep.equal(['one two']);
  });

  it('joins a stack trace through the wrapper of a container', () => {
    const wrap = (text: string) =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => `2024-05-01T10:00:00.123456789Z stderr F ${line}\n`)
        .join('');
    expect(texts(parseAll('lines', wrap(stamped('failed') + java)))).to.deep.equal([`failed\n${java.trimEnd()}`]);
  });

  it('gives a line without a stamp the time of the line before', () => {
    expect(isoTimes(parseAll('lines', 'first\n2024-05-01 10:00:00 a\nb\n'))).to.deep.equal(Array(3).fill('2024-05-01T10:00:00.000Z'));
  });

  it('reads naive stamps in the zone it is told', () => {
    const format = partly<FormatOption>({ lines: { timeZone: 'America/New_York' } });
    expect(isoTimes(parseAll(format, stamped('x')))).to.deep.equal(['2024-05-01T14:00:00.000Z']);
  });
});
