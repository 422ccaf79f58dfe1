import { JetStreamApiError } from '@nats-io/jetstream';
import { AuthorizationError, TimeoutError } from '@nats-io/transport-node';
import { nodeIo, Stale } from 'caducus';
import { expect } from 'chai';
import { Patience } from '../../src/engine/patience.ts';
import { Link } from '../../src/link.ts';

/** Patience with a clock that moves only by waiting, and all that it waited. */
function begin() {
  const waits: number[] = [];
  let now = 0;
  const link = new Link();
  const nc = { over: false, isClosed: () => nc.over, closed: async () => new AuthorizationError('expired') };
  const io = {
    ...nodeIo(),
    now: () => now,
    monotonic: () => now,
    sleep: async (ms: number) => {
      waits.push(ms);
      now += ms;
    },
  };
  const patience = new Patience({ link, nc: nc as never }, io, { path: '--engine', servers: 'nats://host' });
  return { patience, link, nc, waits };
}
/** Fails with each of these, then succeeds. */
function after<T>(failures: readonly unknown[], result: T): () => Promise<T> {
  const left = [...failures];
  return async () => {
    if (left.length > 0) throw left.shift();
    return result;
  };
}
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error as Error,
  );

describe('patience', () => {
  it('does a thing once that succeeds', async () => {
    const { patience, waits } = begin();
    expect(await patience.until(async () => 7)).to.equal(7);
    expect(waits).to.deep.equal([]);
  });

  it('tries again while the server is away, waiting longer each time up to two seconds', async () => {
    const { patience, waits } = begin();
    expect(
      await patience.until(
        after(
          Array.from({ length: 8 }, () => new TimeoutError()),
          'done',
        ),
      ),
    ).to.equal('done');
    expect(waits).to.deep.equal([50, 100, 200, 400, 800, 1600, 2000, 2000]);
  });

  it('says since when it has been trying, and why, until all is done', async () => {
    const { patience } = begin();
    const seen: unknown[] = [];
    let attempts = 0;
    await patience.until(async () => {
      seen.push(patience.trouble());
      if ((attempts += 1) < 3) throw new JetStreamApiError({ err_code: 10047, code: 500, description: 'insufficient storage' });
    });
    expect(seen[0]).to.equal(null);
    expect(seen[2]).to.include({ since: 0 }).and.to.have.property('why').that.contains('no room left');
    expect(patience.trouble()).to.equal(null);
  });

  it('gives up at once on what stays as it is', async () => {
    const { patience, waits } = begin();
    expect(await failure(patience.until(after([new Stale('desk')], 0)))).to.be.instanceOf(Stale);
    expect(await failure(patience.until(after([new AuthorizationError('no')], 0)))).to.include({ code: 'CAD020' });
    expect(waits).to.deep.equal([]);
  });

  it('asks again at once when a connection that was lost is there again, whatever became of the answer', async () => {
    const { patience, link } = begin();
    let attempts = 0;
    const result = patience.until(() => ((attempts += 1) === 1 ? new Promise<string>(() => undefined) : Promise.resolve('again')));
    await Promise.resolve();
    link.lose({ since: 1, why: 'cut' });
    link.restore();
    expect(await result).to.equal('again');
  });

  it('believes after ten seconds that a stream is gone, and not before', async () => {
    const missing = () => new JetStreamApiError({ err_code: 10059, code: 404, description: 'stream not found' });
    const { patience } = begin();
    expect(await patience.until(after(Array.from({ length: 6 }, missing), 'back'))).to.equal('back');
    const error = await failure(patience.until(() => Promise.reject(missing())));
    expect(error).to.include({ code: 'CAD020' });
    expect(error!.message).to.contain('is gone');
  });

  it('ends with why the connection is over for good', async () => {
    const { patience, link, nc } = begin();
    link.lose({ since: 1, why: 'cut' });
    const waiting = failure(patience.until(async () => 1));
    nc.over = true;
    link.end();
    expect(await waiting).to.include({ code: 'CAD020' });
  });

  it('ends when it is closed or its signal aborts, whatever it waits for', async () => {
    const { patience, link } = begin();
    const stop = new AbortController();
    const asked = failure(patience.until(() => new Promise(() => undefined), stop.signal));
    await Promise.resolve();
    stop.abort();
    expect(await asked).to.have.property('name', 'AbortError');
    link.lose({ since: 1, why: 'cut' });
    const waiting = failure(patience.until(async () => 1));
    patience.close();
    expect(await waiting).to.have.property('name', 'AbortError');
    expect(await failure(patience.until(async () => 1))).to.have.property('name', 'AbortError');
  });
});
