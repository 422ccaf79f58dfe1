import { expect } from 'chai';
import { from, map, toArray } from 'rxjs';
import { memory } from '../../operators/memory.ts';
import { rank } from '../../operators/rank.ts';
import { rules } from '../../operators/rules.ts';
import type { Flow } from '../../src/kernel/defineOperator.ts';
import type { Blip, BlipSignal, EventSignal, FindingSignal, RadarSignal } from '../../src/signal.ts';

const began = Date.UTC(2026, 2, 14);

function event(n: number, group: string, text: string, level = 'INFO'): EventSignal {
  const time = began + n * 100;
  const more = { id: `e${n}`, timestamp: new Date(time).toISOString(), source: 's', group_id: group, text, metadata: { level } };
  return { kind: 'event', time, key: group, event: more };
}

/** Ten groups that fill the room, then one group a line; the error of one of them. */
const flood = [
  ...Array.from({ length: 600 }, (_, n) => event(n, `app:${n % 10}`, `request ${n} was served`)),
  ...Array.from({ length: 1200 }, (_, n) =>
    n === 700 ? event(600 + n, 'pod:victim', 'disk failure on volume 7', 'ERROR') : event(600 + n, `pod:${n}`, `request ${n} was served`),
  ),
];

function play(): Flow[] {
  let out: Flow[] = [];
  from<Flow[]>(flood)
    .pipe(
      memory({ window: '1m', maxGroups: 10 }),
      rank(),
      rules([{ name: 'new-error', when: { state: 'new', minLevel: 'error', group: 'victim' }, severity: 'critical' }]),
      map((signal) => signal as Flow),
      toArray(),
    )
    .subscribe((all) => (out = all));
  return out;
}

describe('a memory with more groups than it has room for', () => {
  const out = play();
  const blips = out.filter((one): one is BlipSignal => one.kind === 'blip').map(({ blip }) => blip);
  const of = (word: string): Blip[] => blips.filter(({ label }) => label.includes(word));

  it('tells an error of one of them that was never seen, with the name of its group', () => {
    const findings = out.filter((one): one is FindingSignal => one.kind === 'finding').map(({ finding }) => finding);
    expect(findings[0]).to.include({ rule: 'new-error', state: 'firing', severity: 'critical' });
    expect(findings[0]!.title).to.contain('pod:victim').and.to.contain('isk failure');
    expect(of('isk failure')[0]).to.include({ group_id: 'others', state: 'new' });
    expect(of('isk failure')[0]!.from).to.deep.include({ group: 'pod:victim' });
  });

  it('says on the radar about how many there are', () => {
    const folded = out.filter((one): one is RadarSignal => one.kind === 'radar').flatMap(({ radar }) => radar.folded ?? []);
    expect(folded.at(-1)! / 1200).to.be.within(0.85, 1.15);
  });

  it('marks the lines of those without room, and no others', () => {
    const events = out.filter((one): one is EventSignal => one.kind === 'event');
    const marked = events.filter(({ folded }) => folded).map(({ key }) => key);
    expect([events.length, marked.length, marked.every((key) => key.startsWith('pod:'))]).to.deep.equal([1800, 1200, true]);
  });

  it('counts all their lines', () => {
    const counted = of('served').filter(({ open, group_id: group }) => !open && group === 'others');
    expect(counted.reduce((sum, { count }) => sum + count, 0)).to.equal(1199);
  });
});
