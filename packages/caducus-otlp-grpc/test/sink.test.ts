import { Server, ServerCredentials, status, type handleUnaryCall } from '@grpc/grpc-js';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { nodeIo, type Json, type OpenSink, type Signal } from 'caducus';
import { eventSignal } from 'caducus/testing';
import { expect } from 'chai';
import { readOtlp } from '../../../src/sources/http/shippers/otlp.ts';
import { localCertificate, localKey } from '../../../test/support/servers/localCertificate.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportLogs } from '../src/logsService.ts';
import { writeRetryInfo } from '../src/retryInfo.ts';
import { otlpGrpc } from '../src/sink.ts';

type Handle = handleUnaryCall<Buffer, Buffer>;

/** A receiver that answers as it is told, one answer after the other, and then takes all. */
class Receiver {
  readonly taken: string[][] = [];
  readonly heads: Record<string, unknown>[] = [];
  readonly pending: Handle[] = [];
  port = 0;
  #server: Server | null = null;

  async start(port = 0, secure: ServerCredentials = ServerCredentials.createInsecure()): Promise<void> {
    this.#server = new Server();
    const handle: Handle = (call, answer) => {
      this.heads.push(call.metadata.getMap());
      const other = this.pending.shift();
      if (other) return other(call, answer);
      this.taken.push(readOtlp(call.request, true).map(({ fields }) => String(fields['message'])));
      answer(null, Buffer.alloc(0));
    };
    this.#server.addService({ export: exportLogs }, { export: handle });
    this.port = await new Promise<number>((resolve, reject) =>
      this.#server!.bindAsync(`localhost:${port}`, secure, (error, bound) => (error ? reject(error) : resolve(bound))),
    );
  }

  stop(): void {
    this.#server?.forceShutdown();
  }
}

describe('the sink otlp-grpc', function () {
  this.timeout(30_000);
  let receiver: Receiver;
  const open: OpenSink[] = [];

  beforeEach(async () => {
    receiver = new Receiver();
    await receiver.start();
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    receiver.stop();
  });

  const events = (...names: string[]): Signal[] => names.map((text, i) => eventSignal(text, i));
  async function ship(more: object = {}, from: Json | null = null): Promise<OpenSink> {
    const given = { address: `localhost:${receiver.port}`, select: ['event'], drain: '0s', ...more };
    const opened = await otlpGrpc.spec.open(otlpGrpc.spec.options.parse(given), {
      io: nodeIo(),
      id: 'out',
      dataDir: '/',
      from,
      pipeline: 'p',
    });
    open.push(opened);
    return opened;
  }
  const until = async (done: () => boolean) => {
    while (!done()) await new Promise((resolve) => setImmediate(resolve));
  };
  const refuse =
    (code: status, details: string): Handle =>
    (_call, answer) =>
      answer({ code, details });

  it('exports what is selected, in order, with the token and the metadata that are given', async () => {
    const opened = await ship({ token: 'secret', headers: { 'x-key': 'k' } });
    await opened.write(events('a', 'b'));
    await opened.flush();
    expect(receiver.taken).to.deep.equal([['a', 'b']]);
    expect(receiver.heads[0]).to.include({ authorization: 'Bearer secret', 'x-key': 'k' });
    expect(opened.counters).to.deep.equal({ written: 2, filtered: 0, failed: 0, held: 0 });
  });

  it('exports without packing, and with TLS', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'caducus-grpc-'));
    receiver.stop();
    await receiver.start(
      0,
      ServerCredentials.createSsl(null, [{ cert_chain: Buffer.from(localCertificate), private_key: Buffer.from(localKey) }]),
    );
    writeFileSync(join(folder, 'ca.pem'), localCertificate);
    const opened = await ship({ compression: 'none', tls: { caFile: join(folder, 'ca.pem') } });
    await opened.write(events('a'));
    await opened.flush();
    expect(receiver.taken).to.deep.equal([['a']]);
    rmSync(folder, { recursive: true });
  });

  for (const code of [status.UNAVAILABLE, status.RESOURCE_EXHAUSTED, status.UNAUTHENTICATED, status.INTERNAL, status.UNIMPLEMENTED])
    it(`sends again what was answered ${status[code]}`, async () => {
      receiver.pending.push(refuse(code, 'not now'));
      const opened = await ship();
      await opened.write(events('a', 'b'));
      await opened.flush();
      expect(opened.trouble!()?.why).to.equal(`localhost:${receiver.port}: ${status[code]}: not now`);
      await until(() => opened.counters.written === 2);
      expect(receiver.taken).to.deep.equal([['a', 'b']]);
      expect(opened.trouble!()).to.equal(null);
    });

  it('comes back when the receiver said, not before', async () => {
    receiver.pending.push((_call, answer) =>
      answer({ code: status.UNAVAILABLE, details: 'later', metadata: writeRetryInfo(status.UNAVAILABLE, 'later', 3600) }),
    );
    const waits: number[] = [];
    const io = nodeIo();
    const sleep = (ms: number, signal?: AbortSignal) => {
      waits.push(ms);
      return io.sleep(Math.min(ms, ms >= 3_600_000 ? 0 : ms), signal);
    };
    const options = otlpGrpc.spec.options.parse({ address: `localhost:${receiver.port}`, select: ['event'], drain: '0s' });
    const opened = await otlpGrpc.spec.open(options, { io: { ...io, sleep }, id: 'out', dataDir: '/', from: null, pipeline: 'p' });
    open.push(opened);
    await opened.write(events('a'));
    await until(() => opened.counters.written === 1);
    expect(waits).to.include(3_600_000);
  });

  it('halves what is refused as it stands, until only what cannot be taken is left out', async () => {
    const isBad: Handle = ({ request }, answer) => {
      const texts = readOtlp(request, true).map(({ fields }) => String(fields['message']));
      if (texts.includes('bad')) {
        receiver.pending.unshift(isBad);
        answer({ code: status.INVALID_ARGUMENT, details: 'cannot be read' });
        return;
      }
      receiver.pending.unshift(isBad);
      receiver.taken.push(texts);
      answer(null, Buffer.alloc(0));
    };
    receiver.pending.push(isBad);
    const opened = await ship();
    await opened.write(events('a', 'bad', 'b', 'c'));
    await opened.flush();
    expect(receiver.taken.flat()).to.deep.equal(['a', 'b', 'c']);
    expect(opened.counters).to.deep.equal({ written: 3, filtered: 0, failed: 1, held: 0 });
  });

  it('halves what is larger than the receiver takes, as each implementation says it', async () => {
    for (const details of ['grpc: received message larger than max (5 vs. 4)', 'gRPC message exceeds maximum size 4: 5'])
      receiver.pending.push(refuse(status.RESOURCE_EXHAUSTED, details));
    const opened = await ship();
    await opened.write(events('a', 'b', 'c', 'd'));
    await opened.flush();
    expect(receiver.taken.flat()).to.deep.equal(['a', 'b', 'c', 'd']);
    expect(receiver.taken[0]).to.deep.equal(['a']);
  });

  it('counts what a receiver took only in part', async () => {
    receiver.pending.push((_call, answer) => {
      const writer = new BinaryWriter();
      writer.tag(1, WireType.LengthDelimited).fork();
      writer.tag(1, WireType.Varint).int64(1);
      writer.tag(2, WireType.LengthDelimited).string('too old').join();
      answer(null, Buffer.from(writer.finish()));
    });
    const opened = await ship();
    await opened.write(events('a', 'b'));
    await opened.flush();
    expect(opened.counters).to.deep.equal({ written: 1, filtered: 0, failed: 1, held: 0 });
    expect(opened.note!()).to.include('too old');
  });

  it('goes on when the receiver was away, and what waited is in the checkpoint', async () => {
    const { port } = receiver;
    receiver.stop();
    const opened = await ship();
    await opened.write(events('a'));
    await opened.flush();
    expect(opened.counters.held).to.equal(1);
    const saved = JSON.parse(JSON.stringify(opened.position!())) as Json;
    await opened.close();
    open.length = 0;
    await receiver.start(port);
    const next = await ship({}, saved);
    await until(() => (next.figures!()['outbox'] as number) === 0);
    expect(receiver.taken).to.deep.equal([['a']]);
  });

  it('gives up on an answer that does not come, and tells validate whether somebody is there', async () => {
    receiver.pending.push(() => undefined);
    const opened = await ship({ timeout: '200ms' });
    await opened.write(events('a'));
    await until(() => opened.counters.written === 1);
    expect(receiver.taken).to.deep.equal([['a']]);
    const context = { io: nodeIo(), id: 'out', dataDir: '/', from: null, pipeline: 'p' };
    const probe = (address: string) => otlpGrpc.spec.probe!(otlpGrpc.spec.options.parse({ address }), context);
    expect(await probe(`localhost:${receiver.port}`)).to.equal(`localhost:${receiver.port} answers`);
  });
});
