import { expect } from 'chai';
import { insideBracket } from '../../../src/formats/header/bracketHeader.ts';
import { emptyHeader } from '../../../src/formats/header/header.ts';

describe('what else stands in the bracket of a stamp', () => {
  const cases: [inside: string, said: Record<string, string>][] = [
    [': ERROR/Worker-1', { level: 'ERROR', thread: 'Worker-1' }],
    [' ERROR app::db', { level: 'ERROR', component: 'app::db' }],
    [' WRN', { level: 'WARN' }],
    [':ERROR:init.cc(90)', { level: 'ERROR', other: 'init.cc(90)' }],
    [' 12/T8 a/b/Utils.cpp', { other: '12/T8' }],
    [' 4711 ServerApp', { pid: '4711', component: 'ServerApp' }],
    [' T8', { thread: 'T8' }],
    [' - ', {}],
  ];
  for (const [inside, said] of cases) {
    it(`${inside.trim()} says ${Object.keys(said).join(', ') || 'nothing'}`, () => {
      const header = emptyHeader();
      insideBracket(inside, header);
      const { level, pid, thread, component, other } = header;
      const found = Object.entries({ level, pid, thread, component, other }).filter(([, value]) => value !== '');
      const { other: kept, ...rest } = Object.fromEntries(found);
      expect({ ...rest, ...(said.other !== undefined && { other: kept }) }).to.deep.equal(said);
    });
  }
});
