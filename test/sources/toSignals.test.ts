import { expect } from 'chai';
import type { Draft, FormatItem } from '../../src/formats/format.ts';
import { signalMaker, type IdState, type Origin } from '../../src/sources/toSignals.ts';

const time = Date.UTC(2026, 2, 14, 3);
const draft = (parts: Partial<Draft> = {}): Draft => ({
  kind: 'draft',
  line: 1,
  offset: 0,
  time,
  text: 'a line',
  metadata: {},
  raw: '03:00 a line',
  ...parts,
});
const make = (origin: Origin, ...items: FormatItem[]) => signalMaker(origin)(items);
const eventOf = (origin: Origin, parts: Partial<Draft> = {}) => {
  const [signal] = make(origin, draft(parts));
  if (signal?.kind !== 'event') throw new Error('it is no event');
  return signal.event;
};
const idOf = (origin: Origin, parts: Partial<Draft> = {}) => eventOf(origin, parts).id;
const app = { source: 'app' };

describe('what a format found, as signals', () => {
  it('is an event with its time, text and metadata', () => {
    const [signal] = make(app, draft({ metadata: { level: 'INFO' } }));
    expect(signal).to.deep.include({ kind: 'event', time, key: '' });
    expect(eventOf(app, { metadata: { level: 'INFO' } })).to.deep.include({
      timestamp: '2026-03-14T03:00:00.000Z',
      source: 'app',
      text: 'a line',
      metadata: { level: 'INFO' },
    });
  });

  it('says of a record without a time that it is borrowed', () => {
    const signals = make(app, draft(), draft({ borrowed: 'before' }), draft({ borrowed: 'reference' }));
    expect(signals.map((signal) => signal.kind === 'event' && signal.borrowed)).to.deep.equal([undefined, true, true]);
  });

  for (const [what, origin, parts, is] of [
    ['the source, of a stream', app, {}, 'app:app'],
    ['the file', { source: 'app', file: '/var/log/pay.log' }, {}, 'app:pay.log'],
    ['the file before it was rotated', { source: 'app', file: '/var/log/pay.log.1' }, {}, 'app:pay.log'],
    ['the component that it names', { source: 'app', file: '/var/log/pay.log' }, { logicalId: 'web' }, 'app:web'],
    ['the source that it names', app, { source: 'kernel', logicalId: 'oom' }, 'kernel:oom'],
    ['the group that it names', app, { groupId: 'x:y', logicalId: 'web' }, 'x:y'],
  ] as const) {
    it(`has a group of ${what}`, () => {
      expect(eventOf(origin, parts).group_id).to.equal(is);
    });
  }

  it('has the same id each time it is read, also of a rotated file, and another at another place or of other content', () => {
    const file = { source: 'app', file: '/var/log/pay.log' };
    expect(idOf(file)).to.equal(idOf({ ...file, file: '/var/log/pay.log.1' }));
    const ids = [
      idOf(file),
      idOf(file, { offset: 13 }),
      idOf(file, { raw: 'another' }),
      idOf({ ...file, file: '/var/log/auth.log' }),
      idOf({ ...file, source: 'web' }),
    ];
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('has the id that it brings', () => {
    expect(idOf(app, { id: 'own-1' })).to.equal('own-1');
  });

  it('has ids in the order of its lines, however far they lie apart', () => {
    const ids = [0, 35, 36, 1295, 1296, 10 ** 12].map((offset) => idOf(app, { offset }));
    expect(ids.toSorted()).to.deep.equal(ids);
  });

  it('is passed on as it is where it was an event already', () => {
    const event = eventOf(app, { id: 'e' });
    const [signal] = make({ source: 'other' }, draft({ event }));
    expect(signal?.kind === 'event' && signal.event).to.equal(event);
  });

  it('is a rejected record, at the time of the record before it, with its place', () => {
    const refusal: FormatItem = { kind: 'refusal', reason: 'no JSON', line: 2, offset: 9, original: '{' };
    const [first, , last] = make({ source: 'app', file: 'x.log' }, refusal, draft(), refusal);
    expect([first!.time, last!.time]).to.deep.equal([0, time]);
    expect(last).to.deep.include({
      kind: 'rejected',
      rejected: { source: 'app', reason: 'no JSON', place: { file: 'x.log', line: 2, offset: 9 }, original: '{' },
    });
    const [streamed] = make(app, refusal);
    expect(streamed!.kind === 'rejected' && streamed!.rejected.place).to.deep.equal({ line: 2, offset: 9 });
  });

  it('has a stamp of whole milliseconds, before 1970 too', () => {
    const stamps = make(app, ...[0, 1, 999, 1000, 1.9, -1, 0].map((at) => draft({ time: at })));
    expect(stamps.map((signal) => signal.kind === 'event' && signal.event.timestamp.slice(11))).to.deep.equal([
      '00:00:00.000Z',
      '00:00:00.001Z',
      '00:00:00.999Z',
      '00:00:01.000Z',
      '00:00:00.001Z',
      '23:59:59.999Z',
      '00:00:00.000Z',
    ]);
  });
});

describe('the id of a record without a time of its own', () => {
  const fresh = (): IdState => ({ stamped: false, first: null, nth: 0 });
  const untimed = { borrowed: 'reference' } as const;

  it('does not hang on when the file was read', () => {
    expect(idOf({ source: 'app', ids: fresh() }, { ...untimed, time })).to.equal(
      idOf({ source: 'app', ids: fresh() }, { ...untimed, time: 5 }),
    );
  });

  it('hangs on the time that it borrowed from a record of the file', () => {
    const behind = (at: number) => idOf({ source: 'app', ids: fresh() }, { borrowed: 'behind', time: at });
    expect(behind(1)).not.to.equal(behind(2));
    const after = (at: number) => idOf({ source: 'app', ids: { ...fresh(), stamped: true } }, { borrowed: 'before', time: at });
    expect(after(1)).not.to.equal(after(2));
  });

  it('tells generations apart that begin alike, and remembers which it is', () => {
    const ids = fresh();
    const second = idOf({ source: 'app', ids, generationsBefore: () => 1 }, untimed);
    expect(second).not.to.equal(idOf({ source: 'app', ids: fresh() }, untimed));
    expect(ids).to.include({ nth: 1, stamped: false });
    expect(idOf({ source: 'app', ids: { ...ids }, generationsBefore: () => 7 }, untimed)).to.equal(second);
  });

  it('is noted where a record with a time comes', () => {
    const ids = fresh();
    make({ source: 'app', ids }, draft());
    expect(ids).to.deep.equal({ stamped: true, first: null, nth: 0 });
  });
});
