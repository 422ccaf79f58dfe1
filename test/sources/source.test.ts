import { expect } from 'chai';
import { z } from 'zod';
import { subscribeWithin } from '../../src/base/backPressure.ts';
import type { Signal } from '../../src/signal.ts';
import { defineSource, sourceOptions, type SourceBatch, type SourceContext, type SourceDefinition } from '../../src/sources/source.ts';
import { eventAt } from '../support/fakes.ts';
import { settle } from '../support/virtualIo.ts';

const options = z.strictObject({ ...sourceOptions, path: z.string().default('here'), follow: z.boolean().default(false) });
type Definition = SourceDefinition<typeof options>;

const batch = (...times: number[]): SourceBatch => ({ records: times.map((time) => eventAt(time)), position: times.at(-1) ?? null });

/** A source of these batches, and what became of it. */
function playing(batches: readonly SourceBatch[], parts: Partial<Definition> & { fails?: Error } = {}) {
  const seen = { opened: [] as SourceContext[], closed: 0, given: 0 };
  const { fails, ...definition } = parts;
  const source = defineSource({
    name: 'played',
    summary: 'Plays what a test gives it.',
    options,
    open: (_, context) => {
      seen.opened.push(context);
      return {
        batches: (async function* () {
          for (const one of batches) {
            seen.given += 1;
            yield one;
          }
          if (fails) throw fails;
        })(),
        close: async () => void (seen.closed += 1),
      };
    },
    ...definition,
  });
  return { source, seen };
}
const words = (signal: Signal) => `${signal.time}`;

describe('a source called as a function', () => {
  it('opens nothing before it is subscribed to, and then once for each', async () => {
    const { source, seen } = playing([batch(1)]);
    const signals = source({});
    expect(seen.opened).to.have.lengthOf(0);
    for (let i = 0; i < 2; i += 1) await new Promise<void>((resolve) => signals.subscribe({ complete: resolve }));
    expect(seen.opened).to.have.lengthOf(2);
  });

  it('gives each record in its order, ends, and is closed', async () => {
    const { source, seen } = playing([batch(1, 2), batch(), batch(3)]);
    const given: string[] = [];
    await new Promise<void>((resolve) => source({}).subscribe({ next: (signal) => given.push(words(signal)), complete: resolve }));
    await settle();
    expect(given).to.deep.equal(['1', '2', '3']);
    expect(seen.closed).to.equal(1);
  });

  it('hands on a failure behind what was read, and is closed', async () => {
    const why = new Error('torn');
    const { source, seen } = playing([batch(1)], { fails: why });
    const given: unknown[] = [];
    await new Promise<void>((resolve) =>
      source({}).subscribe({ next: (signal) => given.push(words(signal)), error: (error) => (given.push(error), resolve()) }),
    );
    await settle();
    expect(given).to.deep.equal(['1', why]);
    expect(seen.closed).to.equal(1);
  });

  it('stops inside a batch when it is unsubscribed from: its reading is aborted and it is closed', async () => {
    const { source, seen } = playing([batch(1, 2, 3), batch(4)]);
    const given: string[] = [];
    const subscription = source({}).subscribe((signal) => {
      given.push(words(signal));
      subscription.unsubscribe();
    });
    await settle();
    expect(given).to.deep.equal(['1']);
    expect([seen.given, seen.closed, seen.opened[0]!.signal.aborted]).to.deep.equal([1, 1, true]);
  });

  it('waits between batches for the room that its reader has', async () => {
    const { source, seen } = playing([batch(1), batch(2)]);
    let makeRoom = () => {};
    const given: string[] = [];
    subscribeWithin(
      () => new Promise<void>((resolve) => (makeRoom = resolve)),
      () => source({}).subscribe((signal) => given.push(words(signal))),
    );
    await settle();
    expect([given, seen.given]).to.deep.equal([['1'], 1]);
    makeRoom();
    await settle();
    expect(given).to.deep.equal(['1', '2']);
  });

  it('has its name for an id and begins at the start, unless told otherwise', async () => {
    const { source, seen } = playing([]);
    for (const context of [{}, { id: 'mine', from: 7 }])
      await new Promise<void>((resolve) => source({}, context).subscribe({ complete: resolve }));
    expect(seen.opened.map(({ id, from }) => [id, from])).to.deep.equal([
      ['played', null],
      ['mine', 7],
    ]);
  });

  it('refuses wrong options at the call', () => {
    expect(() => playing([]).source({ paht: 'x' } as never)).to.throw(z.ZodError);
  });
});

describe('what is known of a source', () => {
  const specOf = (parts: Partial<Definition> = {}) => playing([], parts).source.spec;
  const given = options.parse({});

  it('is that it can be read again, ends, and stands for itself, unless it says otherwise', () => {
    const spec = specOf();
    expect([spec.replayable(given), spec.live(given)]).to.deep.equal([true, false]);
    expect(spec).to.include({ accompanies: false, redelivers: false, sequential: false });
  });

  it('is what it says, for good or by its options', () => {
    expect(specOf({ live: true, replayable: false }).live(given)).to.equal(true);
    expect(specOf({ live: true, replayable: false }).replayable(given)).to.equal(false);
    const following = specOf({ live: ({ follow }) => follow, redelivers: true });
    expect([given, options.parse({ follow: true })].map((one) => following.live(one))).to.deep.equal([false, true]);
    expect(following.redelivers).to.equal(true);
  });

  it('is that its positions hang on all its options but those of time', () => {
    expect(specOf().identity(given)).to.deep.equal({ path: 'here', follow: false });
    expect(specOf({ identity: ({ path }) => path }).identity(given)).to.equal('here');
  });
});
