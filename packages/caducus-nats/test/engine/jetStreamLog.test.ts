import { JetStreamApiError } from '@nats-io/jetstream';
import { TimeoutError, type MsgHdrs } from '@nats-io/transport-node';
import { nodeIo, Stale } from 'caducus';
import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import type { Jet } from '../../src/connect.ts';
import { JetStreamLog } from '../../src/engine/jetStreamLog.ts';
import { Patience } from '../../src/engine/patience.ts';
import { Link } from '../../src/link.ts';

type Answer = number | Error;

const wrongLast = (err_code = 10071) => new JetStreamApiError({ err_code, code: 400, description: 'wrong last sequence' });
/** As the client calls it where nobody listens to a subject. */
const nobody = () => Object.assign(new Error('jetstream is not enabled'), { name: 'JetStreamNotEnabled' });

/** A log whose server answers each publishing in turn; `tail` is what it holds as the newest then. */
function begin(answers: Answer[], tail: (token: string) => { seq: number; token: string } | null = () => null) {
  let token = '';
  const published: { expected: string; token: string; id: string }[] = [];
  const asked: string[] = [];
  const purged: object[] = [];
  const js = {
    apiPrefix: '$JS.API',
    async publish(_: string, __: Uint8Array, given: { headers: MsgHdrs; expect: { lastSubjectSequence?: number } }) {
      token = given.headers.get('Caducus-Token');
      published.push({ expected: String(given.expect.lastSubjectSequence), token, id: given.headers.get('Nats-Msg-Id') });
      const answer = answers.shift()!;
      if (typeof answer !== 'number') throw answer;
      return { seq: answer };
    },
  };
  const jsm = {
    streams: {
      async info(name: string) {
        asked.push(name);
      },
      async purge(_: string, options: object) {
        purged.push(options);
      },
    },
  };
  const nc = {
    isClosed: () => false,
    info: { max_payload: 1_048_576, version: '2.10.22' },
    async request() {
      const now = tail(token);
      const hdrs = now && Buffer.from(`NATS/1.0\r\nCaducus-Token: ${now.token}\r\n\r\n`).toString('base64');
      const message = now && { seq: now.seq, subject: 'caducus-engine.shop.desk', hdrs, data: 'AA==' };
      return { json: () => (message ? { message } : { error: { err_code: 10037, code: 404, description: 'no message found' } }) };
    },
  };
  const link = new Link();
  const jet = { js, jsm, nc, link } as unknown as Jet;
  const patience = new Patience(jet, { ...nodeIo(), sleep: async () => undefined }, { path: '--engine', servers: 'host' });
  return { log: new JetStreamLog(jet, patience, { pipeline: 'shop', path: '--engine' }), published, asked, purged };
}

const body = Buffer.from('a');
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error as Error,
  );

describe('a log on JetStream', () => {
  it('takes its own message for written where a second attempt is refused: the answer to the first got lost', async () => {
    const { log, published } = begin([new TimeoutError(), wrongLast()], (token) => ({ seq: 8, token }));
    expect(await log.append('desk', body, 7)).to.equal(8);
    expect(published.map(({ expected }) => expected)).to.deep.equal(['7', '7']);
    expect(new Set(published.map(({ token }) => token)).size).to.equal(1);
  });

  it('is stale where the newest message is of somebody else, even with the same content', async () => {
    for (const code of [10071, 10164]) {
      const { log } = begin([wrongLast(code)], () => ({ seq: 8, token: 'of-another.1' }));
      expect(await failure(log.append('desk', body, 7))).to.be.instanceOf(Stale);
    }
    const { log } = begin([wrongLast()]);
    expect(await failure(log.append('desk', body, 7))).to.be.instanceOf(Stale);
  });

  it('asks again where it is refused while the newest is the one expected: a message is on its way through the replicas', async () => {
    const { log, published } = begin([wrongLast(), wrongLast(), 8], () => ({ seq: 7, token: 'older' }));
    expect(await log.append('desk', body, 7)).to.equal(8);
    expect(published).to.have.length(3);
    const first = begin([wrongLast(), 1]);
    expect(await first.log.append('desk', body, 0)).to.equal(1);
  });

  it('looks whether the stream is there when nobody answers for its subject', async () => {
    const { log, asked } = begin([nobody(), 8]);
    expect(await log.append('desk', body, 7)).to.equal(8);
    expect(asked).to.deep.equal(['caducus-shop']);
  });

  it('names a message without a fence, so that the server knows what comes twice', async () => {
    const { log, published } = begin([new TimeoutError(), 8, 9]);
    await log.append('ckpt.p1.data', body, null);
    await log.append('ckpt.p1.data', body, null);
    const ids = published.map(({ id }) => id);
    expect(published.every(({ expected, token }) => expected === 'undefined' && token === '')).to.equal(true);
    expect(ids[0]).to.equal(ids[1]).and.not.to.equal(ids[2]).and.not.to.equal('');
  });

  it('refuses what is larger than the server takes, by its name', async () => {
    const { log } = begin([]);
    const error = await failure(log.append('desk', randomBytes(1_048_576), 0));
    expect(error).to.include({ code: 'CAD020' });
    expect(error!.message).to.contain('desk has 1048576 bytes');
  });

  it('purges by number, below the newest that it knows, and asks for that only where it has to', async () => {
    const filter = 'caducus-engine.shop.desk';
    const { log, purged } = begin([8, 9], () => ({ seq: 9, token: '' }));
    await log.append('desk', body, 0);
    await log.append('desk', body, 8);
    for (const upTo of [-1, 0, 1, 8, 9, 100]) await log.purge('desk', upTo);
    expect(purged).to.deep.equal([2, 9, 9, 9].map((seq) => ({ filter, seq })));
    // The first of all is never purged: 1 is none given.
    const first = begin([], () => ({ seq: 1, token: '' }));
    await first.log.purge('desk', 1);
    expect(first.purged).to.deep.equal([]);
  });
});
