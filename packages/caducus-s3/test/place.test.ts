import { expect } from 'chai';
import fc from 'fast-check';
import { nameObject, planStream, readPlace, rewindPlace, savePlace, startPlace, type Listed, type StreamPlace } from '../src/place.ts';

const hour = 3_600_000;
const object = (key: string, start: number, modified = start): Listed => ({ bucket: 'b', key, etag: '"1"', size: 1, start, modified });
const read = (place: StreamPlace, listed: readonly Listed[], count = Number.POSITIVE_INFINITY) => {
  const { todo, close } = planStream(place, listed);
  const keys: string[] = [];
  let now = place;
  for (const [i, { key }] of todo.entries()) {
    if (i >= count) break;
    now = close(i);
    keys.push(key);
  }
  return { now: JSON.parse(JSON.stringify(now)) as StreamPlace, keys };
};

describe('the plan of a log', () => {
  it('goes by the time of the keys, then by when they were written', () => {
    const listed = [object('c', 2, 9), object('b', 1, 8), object('a', 1, 7)];
    expect(read(startPlace, listed).keys).to.deep.equal(['a', 'b', 'c']);
  });

  it('ends what was begun first', () => {
    const listed = [object('a', 1), object('b', 2)];
    const open = { name: nameObject(listed[1]!), at: { offset: 5, line: 1, state: null } };
    expect(read({ ...startPlace, open }, listed).keys).to.deep.equal(['b', 'a']);
  });

  it('reads an object again that was written anew', () => {
    const before = object('a', 1);
    const { now } = read(startPlace, [before]);
    expect(read(now, [{ ...before, etag: '"2"' }]).keys).to.deep.equal(['a']);
  });

  it('keeps no names of what lies a day back', () => {
    const listed = Array.from({ length: 1000 }, (_, i) => object(`k${i}`, i * hour));
    expect(read(startPlace, listed).now.done).to.have.length(24);
  });

  it('keeps a bounded number of names, however many objects were copied at once', () => {
    const listed = Array.from({ length: 6_000 }, (_, i) => object(`k${String(i).padStart(4, '0')}`, i * hour, 1e12 + i));
    const { now, keys } = read(startPlace, listed);
    expect(keys).to.have.length(6_000);
    expect(now.done.length).to.be.at.most(5_000);
    expect(read(now, listed).keys).to.deep.equal([]);
  });

  it('reads each object once, whenever it shows within a day, and wherever reading broke off', () => {
    const arrivals = fc.array(
      fc.record({
        start: fc.integer({ min: 0, max: 200 }),
        written: fc.integer({ min: 0, max: 200 }),
        late: fc.integer({ min: 0, max: 23 }),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(arrivals, fc.array(fc.nat({ max: 5 }), { maxLength: 60 }), (given, breaks) => {
        const objects = given.map(({ start, written, late }, i) => ({
          object: object(`k${i}`, start * hour, (100 + written) * hour),
          shows: (100 + written + late) * hour,
        }));
        let place = startPlace;
        const seen: string[] = [];
        for (const [turn, now] of [...Array(230).keys()].entries()) {
          // What is written is seen later; nothing newer is there than now.
          const listed = objects.filter(({ shows }) => shows <= (100 + now) * hour).map((one) => one.object);
          const result = read(place, listed, breaks[turn % Math.max(1, breaks.length)] ?? 2);
          place = result.now;
          seen.push(...result.keys);
        }
        const rest = read(
          place,
          objects.map((one) => one.object),
        );
        expect([...seen, ...rest.keys].toSorted()).to.deep.equal(objects.map((one) => one.object.key).toSorted());
      }),
      { numRuns: 40 },
    );
  });
});

describe('a place', () => {
  const at = (key: string): StreamPlace => ({ ...startPlace, mark: { start: 1, modified: 1, key } });

  it('is saved and read', () => {
    const place = { single: false, streams: new Map([['a', at('x')]]) };
    expect(readPlace(JSON.parse(JSON.stringify(savePlace(place))))).to.deep.equal(place);
    for (const other of [null, 7, [], {}, { streams: [] }]) expect(readPlace(other as never)).to.equal(null);
  });

  it('goes back for some logs, to their begin where they had none', () => {
    const now = savePlace({
      single: false,
      streams: new Map([
        ['a', at('2')],
        ['b', at('2')],
        ['c', at('2')],
      ]),
    });
    const before = savePlace({ single: false, streams: new Map([['a', at('1')]]) });
    const back = readPlace(
      rewindPlace(
        now,
        new Map([
          ['a', before],
          ['b', before],
        ]),
      ),
    )!;
    expect(Object.fromEntries(back.streams)).to.deep.equal({ a: at('1'), c: at('2') });
  });
});
