import { expect } from 'chai';
import { survey } from '../../../src/formats/lines/survey.ts';
import { at, check } from '../../support/formats/readKinds.ts';

describe('what most lines of a stream have in common', () => {
  it('paragraphs whose first line is signs and a stamp', () =>
    check(
      '%%%%%  OPCOM   1-MAY-2024 10:00:00.00  %%%%%\ndisk is offline\n\n%%%%%  OPCOM   1-MAY-2024 10:00:01.00  %%%%%\ndisk is online\n',
      [{ time: at('10:00:00') }, { time: at('10:00:01') }],
    ));

  it('a name, and the level as the next word', () =>
    check('2024-05-01 10:00:00 cart Error [x] lost\n2024-05-01 10:00:01 cart Info [x] found\n', [
      { level: 'ERROR', group: 'cart' },
      { level: 'INFO', group: 'cart' },
    ]));

  it('one level at the second word is what they are about', () =>
    check('2024-05-01 10:00:00 cart error again\n2024-05-01 10:00:01 cart error again\n', [{ level: null }, { level: null }]));

  it('a small letter, a name, a file and a line', () =>
    check(
      '[7]{1}[2/3] 2024-05-01 10:00:00.000000 e Backup Backup.cpp(00012) : lost\n[7]{1}[2/3] 2024-05-01 10:00:01.000000 i Backup       Backup.cpp(00013) : found\n',
      [
        { level: 'ERROR', group: 'Backup', text: 'lost' },
        { level: 'INFO', group: 'Backup', text: 'found' },
      ],
    ));

  it('indented records with deeper lines of their own', () =>
    check(
      '  2024-05-01T10:00:00.000000Z ERROR a::b: lost\n    at src/a.rs:1\n    in a::c with id: 3\n\n  2024-05-01T10:00:01.000000Z  INFO a::b: found\n    at src/a.rs:2\n',
      [
        { level: 'ERROR', group: 'a::b', text: 'lost\n    at src/a.rs:1\n    in a::c with id: 3' },
        { level: 'INFO', group: 'a::b', text: 'found\n    at src/a.rs:2' },
      ],
    ));

  it('headers that are a stamp alone', () =>
    check('M Wed May  1 10:00:00:000 2024\nM  *** ERROR => no memory\nM  gave up\nM Wed May  1 10:00:01 2024\nM  found\n', [
      { time: at('10:00:00'), level: 'ERROR', text: 'M  *** ERROR => no memory\nM  gave up' },
      { time: at('10:00:01'), level: null, text: 'M  found' },
    ]));

  it('fields of a block, padded or not', () =>
    check(
      '2024-05-01-10.00.00.000000+000 I1E2           LEVEL: Error\nPID     : 7   TID : 9\nINSTANCE: db2   NODE : 0\nMESSAGE : lost\n\n2024-05-01-10.00.01.000000+000 I1E3           LEVEL: Info\nPID     : 7\n',
      [{ level: 'ERROR' }, { time: at('10:00:01'), level: 'INFO' }],
    ));
});

describe('a survey of the first lines', () => {
  const reference = Date.UTC(2024, 5, 1);
  const settled = (lines: readonly string[]) => survey(lines, reference, false);

  it('settles where stamps stand other than at the start', () => {
    expect(settled(['a1 2024-05-01 10:00:00 x', 'b2 2024-05-01 10:00:01 y', 'c3 2024-05-01 10:00:02 z']).places).to.deep.equal(['t1']);
    expect(settled(['2024-05-01 10:00:00 x', '2024-05-01 10:00:01 y']).places).to.deep.equal([]);
    expect(settled(['n=1 time=2024-05-01T10:00:00Z', 'n=2 time=2024-05-01T10:00:01Z']).places).to.deep.equal(['k:time']);
  });

  it('settles the order of dates, days first where points stand between', () => {
    expect(settled(['13/05/2024 10:00:00 x']).order.long).to.equal('dmy');
    expect(settled(['05/13/2024 10:00:00 x']).order.long).to.equal('mdy');
    expect(settled(['03.04.2024 10:00:00 x']).order.long).to.equal('dmy');
    expect(survey(['05/13/2024 10:00:00 x'], reference, true).order).to.deep.equal({ long: 'dmy', short: 'dmy' });
  });

  it('settles that the word behind the stamp is the level, where most lines have one there', () => {
    const lines = (...words: string[]) => words.map((word, i) => `2024-05-01 10:00:0${i} ${word} x`);
    expect(settled(lines('error', 'info', 'note', 'error', 'info')).levelFirst).to.equal(true);
    expect(settled(lines('error', 'the', 'info')).levelFirst).to.equal(false);
    expect(settled(lines('error')).levelFirst).to.equal(false);
  });

  it('settles that one word and a colon are a name, where few of them come again', () => {
    const lines = (...tags: string[]) => tags.map((tag, i) => `2024-05-01 10:00:0${i} INFO ${tag}: x`);
    expect(settled(lines('core', 'disk', 'core', 'disk')).tags).to.equal(true);
    expect(settled(lines('core', 'core', 'core', 'core')).tags).to.equal(false);
    expect(settled(lines('one', 'two', 'three', 'four')).tags).to.equal(false);
    expect(settled(lines('core', 'disk', 'core')).tags).to.equal(false);
  });

  it('settles what numbers at the level mean', () => {
    const records = (...levels: number[]) => levels.map((level) => JSON.stringify({ level, msg: 'x' }));
    expect(settled(records(30, 50)).scale).to.equal('tens');
    expect(settled(records(6, 3)).scale).to.equal('syslog');
    expect(settled(['{"PRIORITY":"3","MESSAGE":"x"}']).scale).to.equal('syslog');
    expect(settled(['{"level":"info"}']).scale).to.equal(null);
  });

  it('settles the column of bars behind names', () => {
    expect(settled(['api  | a', 'db   | b']).column).to.equal(5);
    expect(settled(['api  | a', 'db | b', 'cache      | c']).column).to.equal(-1);
    expect(settled(['api  | a']).column).to.equal(-1);
  });
});
