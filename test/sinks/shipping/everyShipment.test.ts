import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { Json } from '../../../src/event.ts';
import type { Signal } from '../../../src/signal.ts';
import { loki } from '../../../src/sinks/loki.ts';
import { otlp } from '../../../src/sinks/otlp.ts';
import type { OpenSink, SinkEntry } from '../../../src/sinks/sink.ts';
import { unpackOtlp } from '../../../src/formats/json/otlp.ts';
import { readOtlpProtobuf } from '../../../src/sources/http/shippers/otlpProtobuf.ts';
import { eventSignal } from '../../../src/testing.ts';
import { FaultyReceiver } from '../../support/servers/faultyReceiver.ts';
import { localCertificate, localKey } from '../../support/servers/localCertificate.ts';
import { answer, receiverFaults } from '../../support/servers/receiverFaults.ts';
import { settle, virtualIo, type TestIo } from '../../support/virtualIo.ts';

const otlpTexts = (records: ReturnType<typeof unpackOtlp>) => records!.map(({ message }) => String(message));
interface Push {
  streams: { values: [string, string][] }[];
}

/** Every sink that ships records over HTTP, and how a body of it is read. A new one passes these by its line here. */
const shipments: Record<string, { sink: SinkEntry; options: object; path: string; read(body: Buffer): string[] }> = {
  'otlp in protobuf': {
    sink: otlp,
    options: {},
    path: '/v1/logs',
    read: (body) => otlpTexts(readOtlpProtobuf(gunzipSync(body))),
  },
  'otlp in JSON': {
    sink: otlp,
    options: { encoding: 'json', compression: 'none' },
    path: '/v1/logs',
    read: (body) => otlpTexts(unpackOtlp(JSON.parse(body.toString()) as Json)),
  },
  loki: {
    sink: loki,
    options: {},
    path: '/loki/api/v1/push',
    read: (body) =>
      (JSON.parse(body.toString()) as Push).streams.flatMap(({ values }) =>
        values.map(([, line]) => (JSON.parse(line) as { text: string }).text),
      ),
  },
};

const records = (from: number, count: number): Signal[] =>
  Array.from({ length: count }, (_, i) => eventSignal('a', Date.UTC(2026, 2, 14) + (from + i) * 1000, { text: `record ${from + i}` }));
const names = (count: number) => Array.from({ length: count }, (_, i) => `record ${i}`);

describe('every sink that ships records', () => {
  const receiver = new FaultyReceiver();
  let io: TestIo;
  let sink: OpenSink;
  before(() => receiver.start());
  after(() => receiver.stop());
  beforeEach(() => {
    receiver.reset();
    io = virtualIo({ auto: false });
  });
  afterEach(() => close());

  /** Moves the clock on while requests are made and answered. */
  const until = async (done: () => boolean) => {
    for (let i = 0; i < 4000 && !done(); i += 1) {
      await settle(3);
      if (io.sleeping > 0) io.advance(100);
    }
    expect(done()).to.equal(true);
  };
  const close = async () => {
    let isClosed = false;
    void sink.close().then(() => (isClosed = true));
    await until(() => isClosed);
  };
  const isEven = (offered: number) => {
    const { written, filtered, failed, held } = sink.counters;
    expect(written + filtered + failed + held).to.equal(offered);
  };

  for (const [name, { sink: entry, options, path, read }] of Object.entries(shipments)) {
    describe(name, () => {
      const open = async (further: object = {}, from: Json | null = null) => {
        const parsed = entry.spec.options.parse({ url: receiver.url, select: ['event'], ...options, ...further });
        sink = await entry.spec.open(parsed, { io, id: 'out', dataDir: '/', from, pipeline: 'p' });
      };
      const texts = () => receiver.taken.flatMap(({ body }) => read(body));

      it('posts what is selected, in its order, to the path of the receiver', async () => {
        await open();
        await sink.write([...records(0, 3), { kind: 'mark', time: 0, key: '' } as Signal]);
        await sink.flush();
        expect(texts()).to.deep.equal(names(3));
        expect(receiver.taken[0]!.path).to.equal(path);
        expect(sink.counters).to.deep.equal({ written: 3, filtered: 1, failed: 0, held: 0 });
      });

      it('keeps to an address that names a path, and sends the headers and the token that are given', async () => {
        await open({ url: `${receiver.url}/to/logs?x=1`, headers: { 'x-key': 'k' }, token: 'secret-token' });
        await sink.write(records(0, 1));
        await sink.flush();
        expect(receiver.taken[0]).to.deep.include({ path: '/to/logs?x=1' });
        expect(receiver.taken[0]!.headers).to.deep.include({ 'x-key': 'k', authorization: 'Bearer secret-token' });
      });

      for (const [trouble, script] of Object.entries(receiverFaults)) {
        it(`to one that ${trouble} gets all of it through, once and in order, when it is back`, async () => {
          receiver.pending = [...script];
          await open({ batch: 2 });
          await sink.write(records(0, 5));
          await until(() => sink.counters.written === 5);
          expect(texts()).to.deep.equal(names(5));
          expect(sink.trouble!()).to.equal(null);
          isEven(5);
        });
      }

      it('holds no checkpoint up while the receiver is away, and the next run sends what waited', async () => {
        receiver.pending = Array.from({ length: 500 }, () => answer(503));
        await open();
        await sink.write(records(0, 3));
        let isFlushed = false;
        void sink.flush().then(() => (isFlushed = true));
        await until(() => isFlushed);
        expect(sink.counters.held).to.equal(3);
        expect(sink.trouble!()?.why).to.include('HTTP 503');
        const saved = JSON.parse(JSON.stringify(sink.position!())) as Json;
        await close();
        receiver.pending = [];
        await open({}, saved);
        await sink.write(records(3, 1));
        await sink.flush();
        expect(texts()).to.deep.equal(names(4));
        expect(sink.counters).to.deep.equal({ written: 1, filtered: 0, failed: 0, held: 0 });
      });

      it('lets the run wait when more wait than max_outbox, and drops none', async () => {
        receiver.pending = Array.from({ length: 5 }, () => answer(503));
        await open({ maxOutbox: 3 });
        let isTaken = false;
        void sink.write(records(0, 4)).then(() => (isTaken = true));
        await settle();
        expect(isTaken).to.equal(false);
        await until(() => isTaken);
        await sink.flush();
        expect(texts()).to.deep.equal(names(4));
      });

      it('sends again after a crash what the checkpoint did not hold, byte for byte but for when it is sent', async () => {
        await open();
        const before = JSON.parse(JSON.stringify(sink.position!())) as Json;
        await sink.write(records(0, 2));
        await sink.flush();
        await close();
        await open({}, before);
        await sink.write(records(0, 2));
        await sink.flush();
        const [first, second] = receiver.taken.map(({ body }) => body);
        expect(second).to.deep.equal(first);
      });

      it('does not send to one whose certificate nobody vouches for, and says so', async () => {
        const secure = createSecureServer({ cert: localCertificate, key: localKey }, (_, response) => void response.end('{}'));
        await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
        try {
          await open({ timeout: '1h', url: `https://127.0.0.1:${(secure.address() as AddressInfo).port}` });
          await sink.write(records(0, 1));
          await until(() => sink.trouble!() !== null);
          expect(sink.trouble!()!.why).to.match(/TLS failed/);
          expect(sink.counters.held).to.equal(1);
        } finally {
          secure.close();
        }
      });

      it('leaves out the one record that is refused, and says why', async () => {
        // Refuses what holds record 5, in whatever batch.
        await open({ batch: 8 });
        const refuse = answer(400);
        receiver.pending = Array.from({ length: 40 }, () => (response) => {
          const { body } = receiver.last!;
          if (read(body).includes('record 5')) return refuse(response);
          receiver.taken.push({ path: '', headers: {}, body });
          response.writeHead(200).end('{}');
        });
        await sink.write(records(0, 8));
        await until(() => sink.counters.written + sink.counters.failed === 8);
        expect(texts()).to.deep.equal(names(8).filter((text) => text !== 'record 5'));
        expect(sink.counters.failed).to.equal(1);
        expect(sink.note!()).to.match(/^1 refused: 127\.0\.0\.1:\d+: HTTP 400/);
        isEven(8);
      });
    });
  }
});
