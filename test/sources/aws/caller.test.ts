import { expect } from 'chai';
import type { Trouble } from '../../../src/base/trouble.ts';
import { CaducusError } from '../../../src/errors.ts';
import { awsCaller, type CallerOptions, type CallOptions } from '../../../src/sources/aws/caller.ts';
import { virtualIo } from '../../support/virtualIo.ts';

const minute = 60_000;
const named = (name: string) => Object.assign(new Error('m'), { name });
const throttled = named('ThrottlingException');
const broken = named('InternalFailure');
const expired = named('ExpiredTokenException');

/** A caller whose calls fail as listed, and work from then on. */
function calling(failures: Error[], options: Partial<CallerOptions> = {}) {
  const io = virtualIo();
  const stop = new AbortController();
  const attempts: CallOptions[] = [];
  const call = awsCaller({ io, id: 'cw', signal: stop.signal, patience: 10 * minute, ...options });
  const run = () =>
    call('logs:FilterLogEvents', async (how) => {
      attempts.push(how);
      const failure = failures.shift();
      if (failure) throw failure;
      return 'answer';
    });
  return { run, io, stop, attempts, failures };
}
async function code(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => 'it worked',
    (cause: unknown) => cause,
  );
  expect(error).to.be.instanceOf(CaducusError);
  return (error as CaducusError).code;
}

describe('a caller of AWS', () => {
  for (const [what, failure] of [
    ['too many calls', throttled],
    ['a fault of the service', broken],
    ['a refused connection', Object.assign(new Error('m'), { code: 'ECONNREFUSED' })],
  ] as const) {
    it(`calls again after ${what}`, async () => {
      const { run, attempts } = calling([failure, failure]);
      expect(await run()).to.equal('answer');
      expect(attempts).to.have.lengthOf(3);
    });
  }

  it('fails at once where trying again cannot help', async () => {
    const { run, attempts } = calling([named('AccessDeniedException')]);
    expect(await code(run())).to.equal('CAD062');
    expect(attempts).to.have.lengthOf(1);
  });

  it('takes a turn for each attempt', async () => {
    let turns = 0;
    const { run } = calling([broken, broken], { turn: async () => void (turns += 1) });
    await run();
    expect(turns).to.equal(3);
  });

  it('reads the credentials anew once a call when a token has expired', async () => {
    let renewed = 0;
    const renew = () => void (renewed += 1);
    const once = calling([expired], { renew });
    expect([await once.run(), renewed]).to.deep.equal(['answer', 1]);
    expect(await code(calling([expired, expired], { renew }).run())).to.equal('CAD063');
    expect(renewed).to.equal(2);
    expect(await code(calling([expired]).run())).to.equal('CAD063');
  });

  it('gives up within 4 s where nothing has ever worked, and only after its patience where something has', async () => {
    const forever = Array.from({ length: 500 }, () => broken);
    const fresh = calling([...forever]);
    const begin = fresh.io.now();
    expect(await code(fresh.run())).to.equal('CAD067');
    expect(fresh.io.now() - begin).to.be.at.most(4000);
    const used = calling([]);
    await used.run();
    used.failures.push(...forever);
    const from = used.io.now();
    expect(await code(used.run())).to.equal('CAD067');
    expect(used.io.now() - from)
      .to.be.at.most(10 * minute)
      .and.above(9 * minute);
  });

  it('has the whole patience for a service that throttles, from the start', async () => {
    const { run, io } = calling(Array.from({ length: 500 }, () => throttled));
    const begin = io.now();
    expect(await code(run())).to.equal('CAD067');
    expect(io.now() - begin).to.be.above(9 * minute);
  });

  it('tells of a failure since when it lasts, and when it is over; not of calls that work', async () => {
    const told: (Trouble | null)[] = [];
    const { run, io, failures } = calling([broken, broken], { failing: (trouble) => void told.push(trouble) });
    const since = io.now();
    await run();
    expect(told.map((trouble) => trouble?.since ?? null)).to.deep.equal([since, since, null]);
    expect(told[0]!.why).to.include('logs:FilterLogEvents').and.include('InternalFailure');
    await run();
    expect([told.length, failures.length]).to.deep.equal([3, 0]);
  });

  it('waits less for the first answer than for those that follow', async () => {
    const { run, attempts } = calling([]);
    await run();
    await run();
    expect(attempts.map(({ requestTimeout }) => requestTimeout)).to.deep.equal([8000, undefined]);
  });

  it('throws an abort as it is, and makes no call after it', async () => {
    const { run, stop, attempts } = calling([]);
    const why = new Error('stopped');
    stop.abort(why);
    expect(await run().catch((error: unknown) => error)).to.equal(why);
    expect(attempts).to.deep.equal([]);
  });

  it('aborts the call that is under way, on a signal of its own', async () => {
    const stop = new AbortController();
    const call = awsCaller({ io: virtualIo(), id: 'cw', signal: stop.signal, patience: minute });
    const why = new Error('cut off');
    const under = call('sqs:ReceiveMessage', ({ abortSignal }) => {
      expect(abortSignal).not.to.equal(stop.signal);
      return new Promise((_, reject) => abortSignal.addEventListener('abort', () => reject(why)));
    }).catch((error: unknown) => error);
    await Promise.resolve();
    stop.abort();
    expect(await under).to.equal(why);
  });
});
