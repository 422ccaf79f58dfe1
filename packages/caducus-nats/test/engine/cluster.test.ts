import { nodeIo } from 'caducus';
import { expect } from 'chai';
import { NatsCluster } from '../support/natsCluster.ts';
import { withNats } from '../support/natsServer.ts';
import { OpenEngines } from '../support/openEngines.ts';

const numbers = (count: number): string[] => Array.from({ length: count }, (_, n) => `${n}`);

/** What is tried of a cluster with the release that is there, which may be one that is refused without being asked. */
const trusted = { replicas: 3, trustReplicas: true };

withNats('an engine of nats with three replicas', function () {
  this.timeout(300_000);
  let cluster: NatsCluster;
  const engines = new OpenEngines();
  before(async () => {
    cluster = await NatsCluster.start();
  });
  after(async () => {
    await engines.close();
    await cluster.stop();
  });

  it('goes on while one of its servers is killed, whichever, and started again: nothing lost, in order', async () => {
    const [writer, reader] = [await engines.open(cluster.url, trusted), await engines.open(cluster.url, trusted)];
    expect(writer.remarks).to.have.length(1);
    expect(writer.remarks[0]).to.contain('3 replicas');
    const count = 300;
    const stop = new AbortController();
    const read: string[] = [];
    const reading = (async () => {
      for await (const { body } of reader.read('desk', stop.signal)) if (read.push(Buffer.from(body).toString()) === count) stop.abort();
    })();
    let fence = 0;
    let written = 0;
    const writing = (async () => {
      for (const each of numbers(count)) {
        fence = await writer.append('desk', Buffer.from(each), fence);
        written += 1;
      }
    })();
    for (const [i, server] of cluster.servers.entries()) {
      while (written < 40 + i * 80) await nodeIo().sleep(2);
      await server.kill();
      while (written < 60 + i * 80) await nodeIo().sleep(2);
      await server.begin();
    }
    await writing;
    await reading;
    expect(read).to.deep.equal(numbers(count));
  });
});
