import { expect } from 'chai';
import { isByGroup, isGroupOfFile, isRange, sidesByField, sidesByTime } from '../../../src/cli/compare/comparedSides.ts';
import type { Event } from '../../../src/event.ts';

const event = (metadata: Event['metadata'] = {}, group = 'log:a'): Event => ({
  id: '1',
  timestamp: '',
  source: 'log',
  group_id: group,
  text: '',
  metadata,
});
const at = (text: string) => Date.parse(`2026-03-14T${text}Z`);

describe('the sides of a comparison in one input', () => {
  it('by time are half open, and an end that is left out is that of what there is', () => {
    const { choose, stretches } = sidesByTime({ before: '..03:00Z', after: '03:00Z..' }, at('02:00'), at('03:14:59'));
    expect(stretches).to.deep.equal({
      before: { from: at('02:00'), to: at('03:00') },
      after: { from: at('03:00'), to: at('03:14:59') + 1 },
    });
    expect(['01:59', '02:00', '02:59:59', '03:00', '03:14:59', '03:15'].map((time) => choose(event(), at(time)))).to.deep.equal([
      null,
      'before',
      'before',
      'after',
      'after',
      null,
    ]);
  });

  it('a time of day that ends one may lie behind what there is, and behind midnight', () => {
    const { stretches } = sidesByTime({ before: '01:00Z..02:00Z', after: '02:30Z..03:30Z' }, at('01:00'), at('03:14:59'));
    expect(stretches!.after).to.deep.equal({ from: at('02:30'), to: at('03:30') });
    const night = sidesByTime({ before: '22:00Z..23:00Z', after: '23:30Z..00:30Z' }, at('20:00'), at('23:50'));
    expect(night.stretches!.after.to).to.equal(at('00:30') + 86_400_000);
  });

  it('a range that is empty or none is refused, with how one is written', () => {
    for (const given of ['03:00Z', '2026-03-14T03:00Z..2026-03-14T02:00Z', 'yesterday..'])
      expect(() => sidesByTime({ before: given, after: '-1h..' }, at('02:00'), at('03:14'))).to.throw(/is no (range of )?time/);
  });

  it('by field are two values of it, of the event or of what stands beside it', () => {
    const { choose } = sidesByField('k8s.version', { before: 'v411', after: 'v412' });
    const all: Event['metadata'][] = [{ k8s: { version: 'v411' } }, { k8s: { version: 'v412' } }, { k8s: { version: 'v5' } }, {}];
    expect(all.map((one) => choose(event(one), 0))).to.deep.equal(['before', 'after', null, null]);
    expect(sidesByField('group', { before: 'log:a', after: 'log:b' }).choose(event(), 0)).to.equal('before');
    expect(sidesByField('group', { before: 'b', after: 'a' }).choose(event(), 0)).to.equal('after');
    expect(sidesByField('version', { before: 'b', after: 'a' }).choose(event({ version: 'x:a' }), 0)).to.equal(null);
    const version = sidesByField('version', { before: 'v411', after: 'v412' });
    expect(version.choose(event({ app_version: 'v412' }), 0)).to.equal('after');
    expect([isByGroup('group'), isByGroup('group_id'), isByGroup('version')]).to.deep.equal([true, true, false]);
  });

  it('tell a range from a file by its two points', () => {
    expect(['02:00Z..03:00Z', '..', 'app.log', 'a.1.log'].map(isRange)).to.deep.equal([true, true, false, false]);
  });

  it('know the group that is named after a file', () => {
    expect(['log:app.log', 'log:orders'].map(isGroupOfFile(['old/app.log.gz']))).to.deep.equal([true, false]);
    expect(['log:app-1.log', 'log:web.log'].map(isGroupOfFile(['old/app-*.log']))).to.deep.equal([true, false]);
    expect(isGroupOfFile(['-'])('log:log')).to.equal(true);
  });
});
