import { expect } from 'chai';
import { bracketPart } from '../../../src/formats/header/bracketPart.ts';
import { takeOff, type Before } from '../../support/formats/headerCursor.ts';

const level: Before = { header: { level: 'INFO' }, parts: 1 };

describe('a bracket in front of a message', () => {
  const cases: [text: string, taken: string | null, before?: Before][] = [
    ['[error] x', 'level=error|x'],
    ['[ WARN ] x', 'level=WARN|x'],
    ['[core:error] x', 'level=error component=core|x'],
    ['[Server thread/WARN] x', 'level=WARN thread=Server thread|x'],
    ['(EE) x', 'level=ERROR|x'],
    ['(EI) x', null],
    ['[ERROR] x', 'level=INFO thread=ERROR|x', level],
    ['[ERROR] x', 'level=ERROR|x', { header: { level: 'crit', priority: true }, parts: 1 }],
    ['[ID 540533 kern.notice] x', 'level=notice|x'],
    ['[1234] x', 'pid=1234|x'],
    ['[pid 1234:tid 7] x', 'pid=1234:tid 7|x'],
    ['[1234] x', 'pid=9 thread=1234|x', { header: { pid: '9' } }],
    ['[] x', '|x'],
    ['[main] x', 'thread=main|x'],
    ['[a.b.Service] x', 'component=a.b.Service|x'],
    ['[server.go:77] x', 'other=server.go:77|x'],
    ['[salt.minion      :2234] x', 'component=salt.minion other=salt.minion      :2234|x'],
    ['[ABC-1234] x', 'other=ABC-1234|x'],
    ['[Handler 5 on 62270] org.example.Listener: x', 'thread=Handler 5 on 62270|org.example.Listener: x'],
    ['[Server id=0] started', null],
    ['<12.5> x', 'pid=12.5|x'],
    ['<user> x', null],
    ['{task.py:11} INFO x', 'other=task.py:11|INFO x'],
    ['{task.py:11} x', null],
    ['(pool-1) x', 'level=INFO thread=pool-1|x', level],
    ['(pool-1) x', null],
    ['[12345.678901] x', 'other=uptime=12345.678901|x', { stamp: 'none' }],
    ['[worker] INFO x', '|INFO x', { stamp: 'none' }],
    ['[worker] x', null, { stamp: 'none' }],
    ['[open x', null],
  ];
  for (const [text, taken, before] of cases)
    it(`${text}: ${taken ?? 'is the message'}`, () => expect(takeOff(bracketPart, text, before)).to.equal(taken));
});
