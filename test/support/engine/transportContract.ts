// One file, because all of it is the contract of one interface.
import { expect } from 'chai';
import { partBytes } from '../../../src/engine/envelope.ts';
import { Stale, type Message, type Transport } from '../../../src/engine/transport.ts';

/** An engine under test, as several processes see it. */
export interface OpenContract {
  /** The same logs, seen by one more process. */
  open(process: string): Promise<Transport>;
  /** Time goes by until every hold that is not kept has lapsed. */
  lapse(): Promise<void>;
  close(): Promise<void>;
}

const text = (body: Uint8Array | undefined) => (body === undefined ? '' : Buffer.from(body).toString());
const bytes = (some: string): Uint8Array => Buffer.from(some);

/** Rejects with what a call rejected with; fails where it did not. */
async function refused(call: Promise<unknown>): Promise<void> {
  const result = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  expect(result).to.have.property('error').that.is.instanceOf(Stale);
}

/** Takes that many messages, then stops reading. */
async function take(transport: Transport, subject: string, count: number, after?: number): Promise<Message[]> {
  const stop = new AbortController();
  const taken: Message[] = [];
  for await (const message of transport.read(subject, stop.signal, after)) if (taken.push(message) === count) stop.abort();
  return taken;
}

/** What every transport has to do, whatever is behind it: facts of `Transport`. */
export function transportContract(start: () => Promise<OpenContract>): void {
  let engine: OpenContract;
  let one: Transport;
  let other: Transport;

  beforeEach(async () => {
    engine = await start();
    [one, other] = [await engine.open('one'), await engine.open('other')];
  });
  afterEach(() => engine.close());

  it('numbers messages of all subjects in one order, and gives them back byte for byte', async () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    const first = await one.append('arrivals', all, 0);
    const second = await other.append('in.1', bytes('b'), 0);
    const third = await one.append('arrivals', new Uint8Array(0), first);
    expect(first).to.be.greaterThan(0);
    expect([second, third].toSorted((a, b) => a - b)).to.deep.equal([second, third]);
    expect(second).to.be.greaterThan(first);
    expect(Buffer.from((await other.get(first))!.body).equals(all)).to.equal(true);
    const last = await other.last('arrivals');
    expect(last).to.include({ subject: 'arrivals', seq: third });
    expect(last!.body).to.have.length(0);
  });

  it('has no newest message of a subject without any, and none of a number that was not given', async () => {
    expect(await one.last('in.7')).to.equal(null);
    expect(await one.get(1)).to.equal(null);
    await one.append('in.7', bytes('a'), 0);
    expect(await one.get(1_000_000)).to.equal(null);
  });

  it('takes a part of a log of the largest size', async () => {
    const large = Buffer.alloc(partBytes + 300, 'x');
    large[0] = 0;
    const seq = await one.append('ckpt.p1.data', large, null);
    expect(large.equals((await other.get(seq))!.body)).to.equal(true);
    const [read] = await take(other, 'ckpt.p1.data', 1);
    expect(large.equals(read!.body)).to.equal(true);
  });

  it('refuses what is to be written behind another message than the newest, and writes nothing', async () => {
    const first = await one.append('desk', bytes('a'), 0);
    const second = await one.append('desk', bytes('b'), first);
    for (const wrong of [0, first, second + 1]) await refused(other.append('desk', bytes('x'), wrong));
    await refused(other.append('in.3', bytes('x'), second));
    expect(await other.last('in.3')).to.equal(null);
    expect((await take(other, 'desk', 2)).map(({ body }) => text(body))).to.deep.equal(['a', 'b']);
    expect(await other.append('desk', bytes('c'), second)).to.be.greaterThan(second);
  });

  it('lets one of those through a fence who want to at once', async () => {
    let fence = 0;
    for (let round = 0; round < 20; round += 1) {
      const results = await Promise.allSettled(
        [one, other, one, other].map((each, i) => each.append('desk', bytes(`${round} ${i}`), fence)),
      );
      const through = results.filter((result) => result.status === 'fulfilled');
      expect(through).to.have.length(1);
      fence = through[0]!.value;
    }
    expect(await take(one, 'desk', 20)).to.have.length(20);
  });

  it('writes without a fence behind whatever is there', async () => {
    await one.append('ckpt.p1.data', bytes('a'), null);
    await other.append('ckpt.p1.data', bytes('b'), null);
    await Promise.all(['c', 'd', 'e'].map((each) => one.append('ckpt.p1.data', bytes(each), null)));
    const all = (await take(other, 'ckpt.p1.data', 5)).map(({ body }) => text(body));
    expect(all.toSorted()).to.deep.equal(['a', 'b', 'c', 'd', 'e']);
    expect(all.slice(0, 2)).to.deep.equal(['a', 'b']);
  });

  it('reads what is there of a subject, in order, then what comes', async () => {
    const written: number[] = [];
    for (let n = 0; n < 50; n += 1) {
      written.push(await one.append('in.1', bytes(`${n}`), written.at(-1) ?? 0));
      await one.append(n % 2 === 0 ? 'in.10' : 'in', bytes('of another'), null);
    }
    const reading = take(other, 'in.1', 80);
    for (let n = 50; n < 80; n += 1) written.push(await one.append('in.1', bytes(`${n}`), written.at(-1)!));
    const read = await reading;
    expect(read.map(({ seq }) => seq)).to.deep.equal(written);
    expect(read.map(({ body }) => text(body))).to.deep.equal(Array.from({ length: 80 }, (_, n) => `${n}`));
    expect(read.every(({ subject }) => subject === 'in.1')).to.equal(true);
  });

  it('reads what is there of a subject behind a number, whether that one is there or not, then what comes', async () => {
    const written: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      written.push(await one.append('in.1', bytes(`${n}`), written.at(-1) ?? 0));
      await one.append('in.2', bytes('of another'), null);
    }
    await other.purge('in.1', written[1]!);
    const takeBehind = async (after: number, count: number) => (await take(other, 'in.1', count, after)).map(({ body }) => text(body));
    for (const after of [0, written[0]!]) expect(await takeBehind(after, 4)).to.deep.equal(['2', '3', '4', '5']);
    for (const after of [written[3]!, written[3]! + 1]) expect(await takeBehind(after, 2)).to.deep.equal(['4', '5']);
    const coming = takeBehind(written[5]!, 1);
    await one.append('in.1', bytes('6'), written[5]!);
    expect(await coming).to.deep.equal(['6']);
  });

  it('ends a reading that waits when its signal aborts, and lets go of one that is left', async () => {
    await one.append('in.1', bytes('a'), 0);
    const stop = new AbortController();
    const read: string[] = [];
    const reading = (async () => {
      for await (const { body } of one.read('in.1', stop.signal)) read.push(text(body));
    })();
    while (read.length === 0) await one.last('in.1');
    stop.abort();
    await reading;
    expect(read).to.deep.equal(['a']);
    for await (const { body } of one.read('in.1', new AbortController().signal)) {
      expect(text(body)).to.equal('a');
      break;
    }
    const ended = new AbortController();
    ended.abort();
    for await (const { body } of one.read('in.1', ended.signal)) throw new Error(`it gave ${text(body)}`);
  });

  it('forgets up to a number, and that of one subject alone', async () => {
    const [a, b, c] = [
      await one.append('desk', bytes('a'), null),
      await one.append('desk', bytes('b'), null),
      await one.append('desk', bytes('c'), null),
    ];
    const kept = await one.append('out.1', bytes('kept'), null);
    await other.purge('desk', b!);
    expect(await one.get(a!)).to.equal(null);
    expect(await one.get(b!)).to.equal(null);
    expect(text((await one.get(c!))?.body)).to.equal('c');
    expect(text((await one.get(kept))?.body)).to.equal('kept');
    expect((await take(one, 'desk', 1)).map(({ seq }) => seq)).to.deep.equal([c]);
  });

  it('forgets nothing up to number 0, and nothing twice', async () => {
    const first = await one.append('desk', bytes('a'), null);
    await one.purge('desk', 0);
    expect(text((await one.last('desk'))?.body)).to.equal('a');
    const second = await one.append('desk', bytes('b'), first);
    for (let again = 0; again < 2; again += 1) await one.purge('desk', first);
    expect((await take(one, 'desk', 1)).map(({ seq }) => seq)).to.deep.equal([second]);
    await one.purge('nothing.there', 100);
  });

  it('never forgets the newest of a subject: an emptied one would have no fence', async () => {
    const first = await one.append('desk', bytes('a'), 0);
    await other.purge('desk', first);
    const second = await one.append('desk', bytes('b'), first);
    for (const each of [one, other]) await each.purge('desk', second + 100);
    expect(text((await one.last('desk'))?.body)).to.equal('b');
    for (const wrong of [0, first]) await refused(other.append('desk', bytes('zombie'), wrong));
    expect(await one.append('desk', bytes('c'), second)).to.be.greaterThan(second);
  });

  it('passes over what is forgotten while it reads', async () => {
    const written: number[] = [];
    for (let n = 0; n < 6; n += 1) written.push(await one.append('desk', bytes(`${n}`), null));
    const stop = new AbortController();
    const read: number[] = [];
    for await (const { seq } of one.read('desk', stop.signal)) {
      read.push(seq);
      if (read.length === 1) await other.purge('desk', written[3]!);
      if (seq === written[5]) stop.abort();
    }
    expect(read.slice(-2)).to.deep.equal(written.slice(-2));
    expect(written).to.include.members(read);
  });

  it('gives a piece of work to one holder, who keeps it by asking again', async () => {
    expect(await one.hold('p.1', 'a')).to.equal(true);
    expect(await other.hold('p.1', 'b')).to.equal(false);
    for (let again = 0; again < 3; again += 1) expect(await one.hold('p.1', 'a')).to.equal(true);
    expect(await other.hold('p.10', 'b')).to.equal(true);
    expect([...(await other.holders())].toSorted()).to.deep.equal([
      ['p.1', 'a'],
      ['p.10', 'b'],
    ]);
  });

  it('gives it to another once it was let go, by its holder alone', async () => {
    await one.hold('desk', 'a');
    await other.release('desk', 'b');
    expect(await other.hold('desk', 'b')).to.equal(false);
    await one.release('desk', 'a');
    expect([...(await one.holders())]).to.deep.equal([]);
    expect(await other.hold('desk', 'b')).to.equal(true);
    expect(await one.hold('desk', 'a')).to.equal(false);
    await one.release('never.held', 'a');
  });

  it('gives it to another once it lapsed, and the one before finds out when it asks', async () => {
    await one.hold('desk', 'a');
    await engine.lapse();
    expect([...(await other.holders())]).to.deep.equal([]);
    expect(await other.hold('desk', 'b')).to.equal(true);
    expect(await one.hold('desk', 'a')).to.equal(false);
    expect([...(await one.holders())]).to.deep.equal([['desk', 'b']]);
  });

  it('gives work back to a holder who came late, where nobody took it', async () => {
    await one.hold('desk', 'a');
    await engine.lapse();
    expect(await one.hold('desk', 'a')).to.equal(true);
    expect(await other.hold('desk', 'b')).to.equal(false);
  });

  it('gives work that many want at once to one of them', async () => {
    for (let round = 0; round < 10; round += 1) {
      const results = await Promise.all([one.hold(`p.${round}`, 'a'), other.hold(`p.${round}`, 'b')]);
      expect(results.filter(Boolean)).to.have.length(1);
      expect((await one.holders()).get(`p.${round}`)).to.equal(results[0] ? 'a' : 'b');
    }
  });
}
