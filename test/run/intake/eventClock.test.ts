import { expect } from 'chai';
import fc from 'fast-check';
import { EventClock, type ClockFlag, type EventClockOptions, type SavedEventClock } from '../../../src/run/intake/eventClock.ts';
import type { EventSignal, Signal } from '../../../src/signal.ts';
import { eventAt } from '../../support/fakes.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.UTC(2026, 2, 14, 8);
const file: EventClockOptions = { live: false, sequential: true, lateness: 0, maxFutureSkew: minute };
const live: EventClockOptions = { ...file, live: true };
/** When the file is read. */
const read = start + 30 * day;

interface Seen {
  id: string;
  time: number;
  flag: ClockFlag | null;
}

function clockRun(options: EventClockOptions, saved?: SavedEventClock) {
  const seen: Seen[] = [];
  const clock = new EventClock(options, saved);
  const settled = (record: Signal, flag: ClockFlag | null) =>
    void seen.push({ id: (record as EventSignal).event.id, time: record.time, flag });
  return {
    seen,
    clock,
    push: (stamp: number, arrived = read) => clock.push(eventAt(stamp, `line ${seen.length + clock.held}`), arrived, settled),
    flush: () => clock.flush(settled),
  };
}

/** What a clock makes of a file with these stamps, in seconds after the start: the settled times, strays marked with `!`. */
function settledFile(stamps: readonly number[], options = file): string[] {
  const run = clockRun(options);
  for (const stamp of stamps) run.push(start + stamp * second);
  run.flush();
  return run.seen.map(({ time, flag }) => `${(time - start) / second}${flag === 'stray' ? '!' : flag === 'set back' ? '<' : ''}`);
}

const steady = Array.from({ length: 20 }, (_, i) => i * 10);
const plain = steady.map(String);
const at = <T>(list: readonly T[], index: number, value: T): T[] => list.map((one, i) => (i === index ? value : one));
const in2099 = (Date.UTC(2099, 0, 1) - start) / second;
const in1970 = -start / second;

describe('event time', () => {
  it('is what the stamps say where they step forward', () => {
    expect(settledFile(steady)).to.deep.equal(plain);
  });

  it('is that of each stamp in a file of too few lines to call one wrong, but for one that is years away', () => {
    expect(settledFile([0, 86_400 * 200, 5])).to.deep.equal(['0', `${86_400 * 200}`, '5']);
    expect(settledFile([86_400 * 40, 86_400 * 31, 0])).to.deep.equal([`${86_400 * 40}`, `${86_400 * 31}`, '0']);
    expect(settledFile([0, in2099, 20])).to.deep.equal(['0', '0!', '20']);
    expect(settledFile([in1970, 10, 20])).to.deep.equal(['10!', '10', '20']);
    expect(settledFile([in2099])).to.deep.equal([`${in2099}`]);
  });

  for (const [what, stray] of [
    ['2099', in2099],
    ['1970', in1970],
    ['20 h ahead', 20 * 3600],
    ['two days back', -2 * 86_400],
  ] as const) {
    it(`is not bent by one stamp of ${what}: in the middle, first or last, it goes on at the time of its neighbours`, () => {
      expect(settledFile(at(steady, 10, stray))).to.deep.equal(at(plain, 10, '90!'));
      expect(settledFile(at(steady, 0, stray))).to.deep.equal(at(plain, 0, '10!'));
      // Nothing behind it bears witness: only the ceiling bounds a leap.
      const last = stray === 20 * 3600 ? `${stray}` : '180!';
      expect(settledFile(at(steady, 19, stray))).to.deep.equal(at(plain, 19, last));
    });

    it(`is not bent by each tenth line of a host that is ${what}`, () => {
      const stamps = Array.from({ length: 100 }, (_, i) => (i % 10 === 4 ? stray + i : i));
      const times = settledFile(stamps).map((text, i) => ({ i, stray: text.endsWith('!'), time: Number.parseFloat(text) }));
      expect(times.filter((one) => one.stray).map(({ i }) => i)).to.deep.equal(stamps.flatMap((_, i) => (i % 10 === 4 ? [i] : [])));
      expect(times.every(({ i, time }) => Math.abs(time - i) <= 1)).to.equal(true);
    });
  }

  it('goes on after a gap of eight hours, a stray behind the gap included', () => {
    const gap = [...steady, ...steady.map((s) => s + 8 * 3600)];
    expect(settledFile(gap)).to.deep.equal(gap.map(String));
    expect(settledFile(at(gap, 21, in2099))).to.deep.equal(at(gap.map(String), 21, '28800!'));
  });

  it('goes on over gaps between single lines', () => {
    const sparse = Array.from({ length: 12 }, (_, i) => i * 3600);
    expect(settledFile(sparse)).to.deep.equal(sparse.map(String));
  });

  it('keeps a little disorder, and late records, as they are', () => {
    const late = [...steady.slice(0, 10), 20, ...steady.slice(10), -3600];
    expect(settledFile(late)).to.deep.equal(late.map(String));
  });

  it('goes on when a clock was set back, by what it was set back, until its stamps catch up', () => {
    const back = Array.from({ length: 12 }, (_, i) => 190 - 3600 + i * 10);
    const caught = [3700, 3710];
    expect(settledFile([...steady, ...back, ...caught])).to.deep.equal([
      ...plain,
      ...back.map((_, i) => `${190 + i * 10}${'<'}`),
      ...caught.map(String),
    ]);
  });

  it('has no ceiling where most stamps lie above it, and says so', () => {
    const run = clockRun({ ...file, live: true });
    for (let i = 0; i < 20; i += 1) run.push(start + i * second, start + i * second - 2 * hour);
    expect(run.clock.ahead).to.equal(true);
    expect(run.seen.map(({ flag }) => flag)).to.not.include('stray');
    expect(run.seen.at(-1)!.time).to.equal(start + 19 * second);
  });

  it('believes at once what agrees with its arrival, on a live source', () => {
    const run = clockRun(live);
    run.push(start, start + second);
    expect(run.seen, 'the first').to.have.length(1);
    run.push(start + 9 * hour, start + 9 * hour);
    expect(run.seen, 'after a quiet night').to.have.length(2);
    run.push(start + 29 * hour, start + 9 * hour + second);
    expect(run.seen[2]).to.include({ time: start + 9 * hour, flag: 'stray' });
    run.push(start + 9 * hour + 2 * second, start + 9 * hour + 2 * second);
    expect(run.seen[3]).to.include({ time: start + 9 * hour + 2 * second, flag: null });
  });

  it('takes a lone first stamp from the future at its arrival, on a live source', () => {
    const run = clockRun(live);
    run.push(start + 20 * hour, start);
    run.flush();
    expect(run.seen).to.deep.include({ id: run.seen[0]!.id, time: start, flag: 'stray' });
  });

  it('goes by every stamp of a source whose records come in any order, up to the ceiling', () => {
    const run = clockRun({ ...live, sequential: false });
    for (const stamp of [0, -3 * day, 5 * hour - 6 * hour, -minute]) run.push(start + stamp, start);
    run.push(start + day, start);
    expect(run.seen.map(({ time, flag }) => [time - start, flag])).to.deep.equal([
      [0, null],
      [-3 * day, null],
      [-hour, null],
      [-minute, null],
      [0, 'stray'],
    ]);
    expect(run.clock.held).to.equal(0);
  });

  it('keeps the stamp of a stray in its metadata', () => {
    const out: Signal[] = [];
    const clock = new EventClock({ ...live, sequential: false });
    clock.push(eventAt(start), start, (record) => void out.push(record));
    clock.push(eventAt(start + day), start, (record) => void out.push(record));
    const { event } = out[1] as EventSignal;
    expect([event.timestamp, event.metadata['own_stamp'], event.metadata['clock']]).to.deep.equal([
      new Date(start).toISOString(),
      new Date(start + day).toISOString(),
      'stray',
    ]);
  });

  const stamps = fc.array(
    fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 0, max: 60 }).map((s) => ({ step: s * second })) },
      { weight: 1, arbitrary: fc.constantFrom(-day, -hour, -5 * minute, 20 * hour, 400 * day).map((s) => ({ leap: s })) },
      { weight: 1, arbitrary: fc.constantFrom(8 * hour, -hour).map((s) => ({ step: s })) },
    ),
    { minLength: 1, maxLength: 80 },
  );
  const timesOf = (steps: readonly ({ step: number } | { leap: number })[]): number[] => {
    let time = start;
    return steps.map((one) => ('step' in one ? (time += one.step) : time + one.leap));
  };

  it('loses and doubles nothing, keeps the order, and does not depend on where it was saved', () => {
    fc.assert(
      fc.property(stamps, fc.nat(80), fc.boolean(), (steps, cut, isLive) => {
        const times = timesOf(steps);
        const options = isLive ? live : file;
        const arrived = (i: number) => (isLive ? times[i]! + second : read);
        const whole = clockRun(options);
        times.forEach((time, i) => whole.push(time, arrived(i)));
        whole.flush();
        const first = clockRun(options);
        times.slice(0, cut).forEach((time, i) => first.push(time, arrived(i)));
        const second_ = clockRun(options, JSON.parse(JSON.stringify(first.clock.save())) as SavedEventClock);
        times.slice(cut).forEach((time, i) => second_.push(time, arrived(cut + i)));
        second_.flush();
        const seen = [...first.seen, ...second_.seen];
        expect(seen.map(({ time, flag }) => ({ time, flag }))).to.deep.equal(whole.seen.map(({ time, flag }) => ({ time, flag })));
        expect(whole.seen).to.have.length(times.length);
        // A record keeps its stamp, or is marked.
        whole.seen.forEach(({ time, flag }, i) => expect(flag !== null || time === times[i]).to.equal(true));
      }),
      { numRuns: 300 },
    );
  });
});
