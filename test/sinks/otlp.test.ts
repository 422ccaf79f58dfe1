import { expect } from 'chai';
import { nodeIo } from '../../src/io.ts';
import { otlp } from '../../src/sinks/otlp.ts';
import { http } from '../../src/sources/http.ts';
import { eventSignal } from '../../src/testing.ts';
import { openSource } from '../support/openSource.ts';
import { FaultyReceiver } from '../support/servers/faultyReceiver.ts';
import { temporaryFolder } from '../support/testIo.ts';
import { createServer, type AddressInfo } from 'node:net';

describe('the sink otlp', () => {
  const folder = temporaryFolder();
  const context = { io: nodeIo(), id: 'out', dataDir: '/', from: null, pipeline: 'p' };

  async function freePort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }

  for (const encoding of ['protobuf', 'json'] as const)
    it(`sends in ${encoding} what a listener takes as it was: text, time, level and group`, async () => {
      const port = await freePort();
      const source = openSource(
        http,
        { listen: `127.0.0.1:${port}`, format: 'shippers' },
        { io: nodeIo(), id: 'in', stateDir: `${folder.path}/${encoding}` },
      );
      const next = source.iterator.next();
      const sink = await otlp.open({ url: `http://127.0.0.1:${port}`, encoding, select: ['event'] }, context);
      await sink.write([
        eventSignal('disk full on /dev/sda1', Date.UTC(2026, 2, 14, 3), { metadata: { level: 'ERROR', 'service.name': 'orders' } }),
      ]);
      await sink.flush();
      const { value } = await next;
      const [record] = value.records;
      expect(record).to.have.nested.property('event.text', 'disk full on /dev/sda1');
      expect(record).to.have.nested.property('event.timestamp', '2026-03-14T03:00:00.000Z');
      expect(record).to.have.nested.property('event.metadata.level', 'ERROR');
      expect(record).to.have.nested.property('event.group_id', 'in:orders');
      await sink.close();
      source.stop();
      await source.close();
    });

  it('counts what the receiver refuses of a batch that it takes', async () => {
    const receiver = new FaultyReceiver();
    await receiver.start();
    receiver.answer.body = '{"partialSuccess":{"rejectedLogRecords":"2","errorMessage":"too old"}}';
    const sink = await otlp.open({ url: receiver.url, encoding: 'json', select: ['event'] }, context);
    await sink.write([eventSignal('a', 1), eventSignal('b', 2), eventSignal('c', 3)]);
    await sink.flush();
    expect(sink.counters).to.deep.equal({ written: 1, filtered: 0, failed: 2, held: 0 });
    expect(sink.note!()).to.equal('2 refused: too old');
    await sink.close();
    receiver.stop();
  });
});
