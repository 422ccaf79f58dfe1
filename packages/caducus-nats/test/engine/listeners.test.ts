import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { nodeIo } from 'caducus';
import { EngineCluster } from '../support/engineCluster.ts';
import { NatsServer, freePort, withNats } from '../support/natsServer.ts';

withNats('a listener on several machines', function () {
  this.timeout(240_000);
  const { sleep } = nodeIo();
  let server: NatsServer;
  let cluster: EngineCluster;
  before(async () => {
    server = await NatsServer.start();
  });
  after(async () => {
    await cluster.stop();
    await server.stop();
  });

  it('takes what comes to any, gives each once, and is another as soon as the one that listens is killed', async () => {
    const port = await freePort();
    const folder = server.file('hooks');
    cluster = new EngineCluster(
      folder,
      `name: hooks
sources: { hook: { http: { listen: "127.0.0.1:${port}", format: json } } }
operators: [{ group_by: { key: group_id } }, { memory: { window: 1m } }]
sinks: { out: { ndjson: { path: "${folder}/out.ndjson", select: [event] } } }
engine: { lease: 3s }
`,
    );
    const post = async (text: string): Promise<boolean> => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: JSON.stringify({ text }) }).catch(
        () => null,
      );
      return answer?.status === 200;
    };
    /** Sent again until it is taken, as senders do. */
    const send = async (text: string) => {
      while (!(await post(text))) await sleep(50);
    };
    const written = (): string[] =>
      existsSync(`${folder}/out.ndjson`)
        ? readFileSync(`${folder}/out.ndjson`, 'utf8')
            .split('\n')
            .flatMap((line) => (line === '' ? [] : [(JSON.parse(line) as { text: string }).text]))
        : [];
    const expected: string[] = [];
    const sendSome = async (round: number) => {
      for (let i = 0; i < 20; i += 1) {
        expected.push(`round ${round} number ${i}`);
        await send(expected.at(-1)!);
      }
    };
    const first = cluster.start(server.url, 'one');
    await sendSome(1);
    const second = cluster.start(server.url, 'two');
    await sendSome(2);
    while (written().length < expected.length) await sleep(50);
    first.signal('SIGKILL');
    // The second listens; what is written lies where the first has begun it.
    await sendSome(3);
    const again = cluster.start(server.url, 'one');
    while (written().length < expected.length) await sleep(50);
    second.signal('SIGKILL');
    await sendSome(4);
    while (written().length < expected.length) await sleep(50);
    expect(written().toSorted()).to.deep.equal(expected.toSorted());
    again.signal('SIGTERM');
    expect((await again.ended).code).to.equal(0);
  });
});
