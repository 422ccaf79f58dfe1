import { expect } from 'chai';
import { readRoute, type Route } from '../../../src/web/page/route.ts';

describe('readRoute', () => {
  const cases: [hash: string, kind: Route['kind'], id: string, at: string | null][] = [
    ['', 'radar', '', null],
    ['#/', 'radar', '', null],
    ['#/?at=2026-03-14T03:05Z', 'radar', '', '2026-03-14T03:05Z'],
    ['#/p/k7f2?at=2026-03-14T03:05Z', 'p', 'k7f2', '2026-03-14T03:05Z'],
    ['#/e/e7c1', 'e', 'e7c1', null],
    ['#/findings', 'findings', '', null],
    ['#/why/cloudwatch%3A%2Fhdfs%2Fdatanode', 'why', 'cloudwatch:/hdfs/datanode', null],
    ['#/p/%E0%A4%A', 'p', '%E0%A4%A', null],
    ['#/nothing/like/it', 'radar', 'like', null],
    ['#p/k7f2', 'p', 'k7f2', null],
  ];
  for (const [hash, kind, id, at] of cases)
    it(`"${hash}" is ${kind} ${id} ${at ?? 'now'}`, () => expect(readRoute(hash)).to.deep.equal({ kind, id, at }));
});
