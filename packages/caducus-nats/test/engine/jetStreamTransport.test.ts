import { CaducusError, nodeIo } from 'caducus';
import { expect } from 'chai';
import { transportContract } from '../../../../test/support/engine/transportContract.ts';
import { jetStreamTransport, type JetStreamTransport } from '../../src/engine/jetStreamTransport.ts';
import { NatsServer, withNats } from '../support/natsServer.ts';

const lease = 1_000;

withNats('the transport over JetStream', () => {
  let server: NatsServer;
  let pipelines = 0;
  before(async () => {
    server = await NatsServer.start();
  });
  after(() => server.stop());

  transportContract(async () => {
    const opened: JetStreamTransport[] = [];
    const pipeline = `shop-${(pipelines += 1)}`;
    return {
      open: async () => {
        const transport = await jetStreamTransport(server.url, { pipeline, lease, replicas: 1 });
        opened.push(transport);
        return transport;
      },
      // What counts is the clock of the server, and it forgets a while after.
      lapse: async () => {
        while ((await opened[0]!.holders()).size > 0) await nodeIo().sleep(50);
      },
      close: async () => {
        await Promise.all(opened.map((transport) => transport.close()));
      },
    };
  });

  describe('beside that', () => {
    const opened: JetStreamTransport[] = [];
    const open = async (pipeline: string) => {
      const transport = await jetStreamTransport(server.url, { pipeline, lease, replicas: 1 });
      opened.push(transport);
      return transport;
    };
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((transport) => transport.close()));
    });

    it('keeps pipelines apart', async () => {
      const [shop, pay] = [await open('apart'), await open('apart-2')];
      await shop.append('desk', Buffer.from('a'), 0);
      await shop.hold('desk', 'me');
      expect(await pay.last('desk')).to.equal(null);
      expect(await pay.hold('desk', 'you')).to.equal(true);
    });

    it('says where the state lies, and what a power cut can lose', async () => {
      const { remarks } = await open('remarks');
      expect(remarks).to.have.length(2);
      expect(remarks[0]).to.contain('caducus-remarks').and.to.contain(server.url).and.to.contain(': one replica');
      expect(remarks[1]).to.contain('power cut').and.to.contain('three replicas');
    });

    it('rejects what is asked of it once it is closed, and ends what was under way', async () => {
      const transport = await open('closed');
      const reading = (async () => {
        for await (const _ of transport.read('desk', new AbortController().signal));
      })();
      await transport.last('desk');
      const [ended] = await Promise.allSettled([reading, transport.close()]);
      expect(ended.status).to.equal('fulfilled');
      const error = await transport.last('desk').catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(Error).and.not.to.be.instanceOf(CaducusError);
    });
  });
});
