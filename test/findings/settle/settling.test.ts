import { expect } from 'chai';
import { toIso, type Event } from '../../../src/event.ts';
import { Settling } from '../../../src/findings/settle/settling.ts';
import type { Blip, SpikeFinding } from '../../../src/signal.ts';
import { blipSignal, width } from '../../support/blips.ts';
import { partly } from '../../support/typed.ts';

const minute = 60_000;
const settle = 10 * minute;
/** When the new version comes; a window begins then. */
const change = 20 * width;

describe('a change that settles', () => {
  let settling: Settling;
  const event = (version: string, level = 'info'): Event => ({
    id: '1',
    timestamp: '',
    source: 's',
    group_id: 'g',
    text: '',
    metadata: { version, level },
  });
  const observe = (version: string, at: number, level?: string, times = 1) => {
    for (let i = 0; i < times; i += 1) settling.observe('g', event(version, level), at + i);
  };
  const blip = (id: string, end: number, more: Partial<Blip> = {}) => blipSignal(id, end, more).blip;
  const fresh = (id: string, end: number, more: Partial<Blip> = {}) =>
    blip(id, end, { state: 'new', first_seen: toIso(end - width + 1), ...more });
  const tag = (one: Blip) => settling.tag(one).settling;
  const known = () => observe('v411', 0, 'info', 1);

  beforeEach(() => {
    settling = new Settling(settle);
    known();
    observe('v411', change - minute, 'info', 1000);
    observe('v412', change + 1);
  });

  it('marks what is new, back, gone or on the move at WARN and below, and no error', () => {
    const end = change + width;
    expect(tag(fresh('a', end))).to.equal('v412');
    expect(tag(fresh('b', end, { level: 'WARN' }))).to.equal('v412');
    expect(tag(blip('c', end, { state: 'gone', count: 0 }))).to.equal('v412');
    expect(tag(blip('d', end, { state: 'rising', level: 'ERROR' }))).to.equal(undefined);
    expect(tag(blip('e', end, { group_id: 'other', state: 'new' }))).to.equal(undefined);
  });

  it('marks what came with it as long as it goes on, and nothing else after it', () => {
    expect(tag(fresh('a', change + width))).to.equal('v412');
    expect(tag(blip('a', change + 9 * width, { state: 'steady', first_seen: toIso(change + 1) }))).to.equal('v412');
    expect(tag(blip('a', change + 9 * width, { state: 'rising', first_seen: toIso(change + 1) }))).to.equal(undefined);
    expect(tag(fresh('late', change + 9 * width))).to.equal(undefined);
    expect(tag(blip('gone', change + settle + width, { state: 'gone', count: 0 })), 'an absence is seen a window later').to.equal('v412');
  });

  it('marks what went with it for as long as it stays away, and not what came again since', () => {
    const gone = (id: string, end: number, last: number) => tag(blip(id, end, { state: 'gone', count: 0, last_seen: toIso(last) }));
    expect(gone('old', change + 2 * width, change - 1)).to.equal('v412');
    for (let i = 3; i < 40; i += 1) expect(gone('old', change + i * width, change - 1), `${i} windows later`).to.equal('v412');
    expect(gone('old', change + 60 * width, change + 50 * width), 'it came again').to.equal(undefined);
    settling.settled(change + 30 * width);
    expect(gone('another', change + 40 * width, change - 1), 'it was not missed while the change settled').to.equal(undefined);
  });

  it('holds new errors against those of the version before', () => {
    observe('v412', change + minute, 'info', 300);
    observe('v411', change - 2 * minute, 'error', 10);
    const error = () => settling.tag(fresh('e', change + width, { level: 'ERROR' }));
    observe('v412', change + minute, 'error', 2);
    expect(error().settling, '2 of 303 after 10 of 1,011').to.equal('v412');
    observe('v412', change + 2 * minute, 'error', 30);
    const worse = error();
    expect(worse.settling).to.equal(undefined);
    expect(worse.why['versions']).to.deep.include({ version: 'v412', errors: 32, lines: 333 });
  });

  it('lets an error through whose version is not known to be better', () => {
    settling = new Settling(settle);
    settling.mark({ id: 'm', type: 'change', target: '', who: 'x', at: toIso(change), text: 'g v9' }, ['g', 'other']);
    expect(tag(fresh('e', change + width, { level: 'ERROR' }))).to.equal(undefined);
    expect(tag(fresh('a', change + width))).to.equal('g v9');
    expect(tag(fresh('a', change + width, { group_id: 'other' }))).to.equal(undefined);
  });

  it('begins with a process that starts or stops, and takes the name of a version that follows', () => {
    settling = new Settling(settle);
    expect(tag(fresh('s', change + width, { pattern: 'received SIGTERM, draining' }))).to.equal('rollout');
    known();
    observe('v411', change - minute);
    observe('v412', change + minute);
    expect(tag(fresh('t', change + width))).to.equal('v412');
  });

  it('takes nothing for a change that is none', () => {
    const none = (name: string, fill: () => void) => {
      settling = new Settling(settle);
      fill();
      expect(tag(fresh('a', change + width)), name).to.equal(undefined);
    };
    none('the first version there is', () => observe('v1', change));
    none('a group that is hardly known', () => {
      observe('v1', change - minute);
      observe('v2', change);
    });
    none('a field with a value of its own for each line', () => {
      for (let i = 0; i < 100; i += 1) observe(`v${i}`, change - 20 * minute + i);
      observe('v200', change);
    });
    none('two versions side by side', () => {
      observe('v1', 0);
      observe('v2', 10);
      for (let at = 0; at < change; at += minute) observe(at % (2 * minute) === 0 ? 'v1' : 'v2', at);
    });
    none('a job of a process', () => void tag(fresh('j', change + width, { pattern: 'nightly job reconcile started' })));
  });

  it('is counted in one line when it is over, and says what goes on in other words', () => {
    const end = change + width;
    for (const id of ['a', 'b', 'c']) tag(fresh(id, end, { label: `http request ${id}`, count: 100 }));
    tag(fresh('e', end, { level: 'ERROR', label: 'boom' }));
    tag(blip('old', end, { state: 'gone', count: 0, usual: 90, label: 'request c served' }));
    settling = reload(settling);
    const due = settling.due!;
    expect(settling.settled(due - 1)).to.deep.equal([]);
    const [settled] = settling.settled(due);
    expect(settled!.note).to.include({ title: 'g v412: 4 new, 1 gone, 1 error', severity: 'info', state: 'resolved', rule: 'settle' });
    expect(settled!.successors).to.deep.equal([{ from: 'old', to: 'a' }]);
    expect(settling.settled(due + settle)).to.deep.equal([]);
    expect(JSON.stringify(settling.save()), 'under the key of older releases').to.include('"told":true').and.not.include('announced');
    settling = reload(settling);
    expect([settling.due, settling.settled(due + settle)]).to.deep.equal([null, []]);
  });

  it('marks spikes of what is no error', () => {
    const spike = (template: string, since: number) =>
      settling.tagFinding(partly<SpikeFinding>({ type: 'spike', group_id: 'g', template_id: template, since: toIso(since), result: {} }))
        .result.settling;
    tag(fresh('e', change + width, { level: 'ERROR' }));
    tag(blip('i', change + width));
    expect([spike('i', change), spike('e', change), spike('i', change + 20 * width)]).to.deep.equal(['v412', undefined, undefined]);
  });

  it('is switched off by 0', () => {
    settling = new Settling(0);
    known();
    observe('v411', change - minute);
    observe('v412', change);
    expect([tag(fresh('a', change + width)), settling.due]).to.deep.equal([undefined, null]);
  });
});

function reload(before: Settling): Settling {
  const after = new Settling(settle);
  after.load(JSON.parse(JSON.stringify(before.save())));
  return after;
}
