import { setTimeout as wait } from 'node:timers/promises';
import { CaducusError } from 'caducus';
import { expect } from 'chai';
import { NatsServer, withNats } from '../support/natsServer.ts';
import { OpenEngines } from '../support/openEngines.ts';

withNats('somebody who only looks at an engine of nats', () => {
  let server: NatsServer;
  const engines = new OpenEngines();
  before(async () => {
    server = await NatsServer.start();
  });
  after(async () => {
    await engines.close();
    await server.stop();
  });

  it('is told that nothing is there, and makes nothing', async () => {
    const error = await engines.open(server.url, { existing: true }).then(null, (thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(CaducusError).with.property('code', 'CAD040');
    expect((error as Error).message).to.contain('no stream caducus-shop');
    const { jsm } = await server.client();
    expect(await jsm.streams.names().next()).to.deep.equal([]);
  });

  it('sees logs and holds as they are, with the time they have left, whatever lease and replicas it was told', async () => {
    const running = await engines.open(server.url, { lease: 3_000 });
    const seq = await running.append('arrivals', Buffer.from('a'), 0);
    await running.hold('desk', 'w1');
    await wait(400);
    await running.hold('member.w1', 'w1');
    const { jsm } = await server.client();
    const before = await Promise.all(['caducus-shop', 'caducus-shop-holds'].map((name) => jsm.streams.info(name)));
    const looking = await engines.open(server.url, { existing: true, lease: 60_000, replicas: 3 });
    expect((await looking.last('arrivals'))!.seq).to.equal(seq);
    const leases = await looking.leases();
    expect([...leases.keys()].toSorted()).to.deep.equal(['desk', 'member.w1']);
    const { holder, left } = leases.get('desk')!;
    expect(holder).to.equal('w1');
    // Time went by since it was kept: 400 ms at least, by the server's clock.
    expect(left).to.be.within(0, 2_600);
    expect(leases.get('member.w1')!.left).to.be.within(left, 3_000);
    const behind = await Promise.all(['caducus-shop', 'caducus-shop-holds'].map((name) => jsm.streams.info(name)));
    expect(behind.map(({ config }) => config)).to.deep.equal(before.map(({ config }) => config));
    expect(behind.map(({ state }) => state.last_seq)).to.deep.equal(before.map(({ state }) => state.last_seq));
  });

  it('does not see what was let go', async () => {
    const running = await engines.open(server.url, { lease: 3_000 });
    await running.hold('writer', 'w1');
    await running.release('writer', 'w1');
    const looking = await engines.open(server.url, { existing: true });
    expect((await looking.leases()).has('writer')).to.equal(false);
  });
});
