import { expect } from 'chai';
import { continues, expectingAfter, isPaddedKey, opensComment, traceLevel, type Before } from '../../../src/formats/lines/continuation.ts';

const plain: Before = { expecting: 'nothing', indent: 0, stamped: false, empty: false };
const stamped: Before = { ...plain, stamped: true };

describe('a line that goes on with the record before it', () => {
  const always = [
    '  indented',
    '\tindented',
    'Caused by: x',
    'java.io.IOException: x',
    'Traceback (most recent call last):',
    '... 12 more',
    'at f (/a.js:1:2)',
    '}',
    '"}]);',
    '#0 /srv/app.php(40): f()',
    '** (RuntimeError) x',
    'created by main.run',
  ];
  for (const text of always) it(`is ${text.trim()}, behind any record`, () => expect(continues(text, plain)).to.equal(true));

  const belowStamps = ['<order>', '</a>', 'PID     : 7', 'net/http.(*conn).serve.func1()', 'main.main', 'panic({0x1, 0xc000})'];
  for (const text of belowStamps) {
    it(`is ${text}, behind a stamped one`, () => {
      expect(continues(text, stamped)).to.equal(true);
      expect(continues(text, plain)).to.equal(false);
    });
  }

  for (const text of ['Starting up', '<- back', '... and so on', '} else {', 'atomic)', 'Error opening file', 'x'.repeat(5000)])
    it(`is not ${text.slice(0, 20)}`, () => expect(continues(text, stamped)).to.equal(false));

  it('is indented deeper than the record is itself, by two at least and below a stamp', () => {
    expect(continues('  x', { ...plain, indent: 2 })).to.equal(false);
    expect(continues('   x', { ...stamped, indent: 2 })).to.equal(false);
    expect(continues('    x', { ...stamped, indent: 2 })).to.equal(true);
    expect(continues('    x', { ...plain, indent: 2 })).to.equal(false);
  });

  it('is any line where a trace, an exception of Python, a statement or a message is still to come', () => {
    for (const more of [{ expecting: 'trace' }, { expecting: 'python' }, { expecting: 'comment' }, { empty: true }] as const)
      expect(continues('anything', { ...plain, ...more })).to.equal(true);
    expect(continues('NODE : 0', { ...plain, expecting: 'fields' })).to.equal(true);
    expect(continues('anything', { ...plain, expecting: 'fields' })).to.equal(false);
  });
});

describe('what is expected behind a line', () => {
  it('is opened by its words, kept by indented lines, and over with the exception of Python', () => {
    expect(expectingAfter('Traceback (most recent call last):', 'nothing')).to.equal('python');
    expect(expectingAfter('  File "x.py", line 1', 'python')).to.equal('python');
    expect(expectingAfter('ValueError: bad', 'python')).to.equal('nothing');
    for (const text of ['goroutine 1 [running]:', 'panic: x', 'fatal error: x', "thread 'main' panicked at x"])
      expect(expectingAfter(text, 'nothing'), text).to.equal('trace');
    expect(expectingAfter('anything', 'trace')).to.equal('trace');
    expect(expectingAfter('# Query_time: 2', 'nothing')).to.equal('comment');
    expect(expectingAfter('# a comment', 'nothing')).to.equal('nothing');
  });

  it('is another record of comments behind a statement', () => {
    expect(opensComment('# Time: 1', 'select 1;')).to.equal(true);
    expect(opensComment('# Time: 1', '# User@Host: a')).to.equal(false);
  });

  it('is a field where a key is padded to its colon', () => {
    expect(['PID     : 7', 'PID: 7', 'pid : 7', 'P : 7'].map(isPaddedKey)).to.deep.equal([true, false, false, false]);
  });
});

describe('the level of a record that says none', () => {
  const levels: [text: string, level: string | null][] = [
    ['panic: index out of range', 'FATAL'],
    ['x panic y\n\ngoroutine 7 [running]:', 'FATAL'],
    ["thread 'main' panicked at x", 'FATAL'],
    ['Traceback (most recent call last):\n  x', 'ERROR'],
    ['Exception in thread main', 'ERROR'],
    ['Unhandled exception', 'ERROR'],
    ['failed\n\tat a.B(C.java:1)', 'ERROR'],
    ['failed\n    at f (/a.js:1:2)', 'ERROR'],
    ['see you at noon', null],
    ['Tuesday', null],
    ['a\nb', null],
  ];
  for (const [text, level] of levels) it(`${JSON.stringify(text)}: ${level}`, () => expect(traceLevel(text)).to.equal(level));
});
