import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { nodeIo } from 'caducus';
import { expect } from 'chai';
import { CuttingProxy } from '../support/cuttingProxy.ts';
import { NatsServer, withNats } from '../support/natsServer.ts';
import { OpenEngines, readTexts } from '../support/openEngines.ts';

const bytes = (some: string): Uint8Array => Buffer.from(some);
const numbers = (count: number): string[] => Array.from({ length: count }, (_, n) => `${n}`);

withNats('an engine of nats, disturbed', function () {
  this.timeout(300_000);
  let server: NatsServer;
  const engines = new OpenEngines();
  const children = new Set<ChildProcess>();
  beforeEach(async () => {
    server = await NatsServer.start();
  });
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    children.clear();
    await engines.close();
    await server.stop();
  });

  it('loses nothing and writes nothing twice when the server is killed in mid-append and started again', async () => {
    const transport = await engines.open(server.url);
    const reader = await engines.open(server.url);
    const count = 400;
    const stop = new AbortController();
    const read: string[] = [];
    const reading = (async () => {
      for await (const { body } of reader.read('desk', stop.signal)) if (read.push(Buffer.from(body).toString()) === count) stop.abort();
    })();
    let fence = 0;
    let written = 0;
    const writing = (async () => {
      for (const each of numbers(count)) {
        fence = await transport.append('desk', bytes(each), fence);
        written += 1;
      }
    })();
    for (const at of [50, 150, 250]) {
      while (written < at) await nodeIo().sleep(1);
      await server.kill();
      await nodeIo().sleep(100);
      await server.begin();
    }
    await writing;
    await reading;
    expect(read).to.deep.equal(numbers(count));
    const { jsm } = await server.client();
    expect(await readTexts(jsm, 'desk')).to.deep.equal(numbers(count));
    expect(transport.trouble()).to.equal(null);
  });

  it('knows its own message again where the answer got lost on a network that was cut', async () => {
    const proxy = await CuttingProxy.start(Number(new URL(server.url).port));
    const transport = await engines.open(proxy.url);
    const { jsm } = await server.client();
    const count = 200;
    let fence = 0;
    let cuts = 0;
    // Cut as the answer goes by: the server has the message, and the client will never hear of it.
    let since = 0;
    proxy.passed = () => {
      since += 1;
      if (since % 9 !== 0 || cuts >= 12) return;
      cuts += 1;
      proxy.cut();
    };
    for (const each of numbers(count)) fence = await transport.append('desk', bytes(each), fence);
    expect(cuts).to.equal(12);
    expect(await readTexts(jsm, 'desk')).to.deep.equal(numbers(count));
    await engines.close();
    await proxy.stop();
  });

  it('goes on with a reading over a network that is cut again and again', async () => {
    const proxy = await CuttingProxy.start(Number(new URL(server.url).port));
    const [near, far] = [await engines.open(server.url), await engines.open(proxy.url)];
    const count = 300;
    const stop = new AbortController();
    const read: string[] = [];
    const reading = (async () => {
      for await (const { body } of far.read('desk', stop.signal)) if (read.push(Buffer.from(body).toString()) === count) stop.abort();
    })();
    let fence = 0;
    for (const [n, each] of numbers(count).entries()) {
      fence = await near.append('desk', bytes(each), fence);
      if (n % 60 === 30) {
        while (read.length < n - 20) await nodeIo().sleep(1);
        proxy.cut();
      }
    }
    await reading;
    expect(read).to.deep.equal(numbers(count));
    await engines.close();
    await proxy.stop();
  });

  it('says since when the server is away, and that it is back', async () => {
    const transport = await engines.open(server.url);
    const fence = await transport.append('desk', bytes('a'), 0);
    const began = nodeIo().now();
    await server.kill();
    const appending = transport.append('desk', bytes('b'), fence);
    while (transport.trouble() === null) await nodeIo().sleep(5);
    expect(transport.trouble()!.why).to.contain('no connection to');
    expect(transport.trouble()!.since).to.be.at.least(began);
    await server.begin();
    expect(await appending).to.be.greaterThan(fence);
    expect(transport.trouble()).to.equal(null);
  });

  function start(holder: string, lease: number): { child: ChildProcess; lines: Interface } {
    const child = spawn(
      process.execPath,
      [
        '--import=tsx',
        '--conditions=source',
        resolve('packages/caducus-nats/test/support/engineWriter.ts'),
        server.url,
        'shop',
        holder,
        String(lease),
      ],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, NODE_OPTIONS: '', TSX_TSCONFIG_PATH: resolve('tsconfig.packages.json') },
      },
    );
    children.add(child);
    return { child, lines: createInterface({ input: child.stdout! }) };
  }
  const next = async (lines: Interface): Promise<string> => ((await once(lines, 'line')) as [string])[0];

  it('refuses a zombie: a holder that stood still beyond its lease, and goes on', async () => {
    const zombie = start('zombie', 1_500);
    await next(zombie.lines);
    zombie.child.kill('SIGSTOP');
    const heir = start('heir', 1_500);
    expect(await next(heir.lines)).to.equal('wrote heir 1');
    const seen: string[] = [];
    zombie.lines.on('line', (line) => void seen.push(line));
    zombie.child.kill('SIGCONT');
    const [code] = (await once(zombie.child, 'close')) as [number];
    expect(code).to.equal(0);
    expect(seen.slice(-2)).to.deep.equal(['refused', 'holds false']);
    heir.child.kill('SIGKILL');
    const { jsm } = await server.client();
    const all = await readTexts(jsm, 'desk');
    // Behind the first word of the heir nothing is of the zombie.
    const first = all.indexOf('heir 1');
    expect(all.slice(0, first).every((each) => each.startsWith('zombie'))).to.equal(true);
    expect(all.slice(first).every((each) => each.startsWith('heir'))).to.equal(true);
  });

  it('has lost nothing that a writer was sure of when it was killed', async () => {
    const wrote: string[] = [];
    for (const holder of ['one', 'two', 'three']) {
      const { child, lines } = start(holder, 1_000);
      lines.on('line', (line) => void wrote.push(line.replace('wrote ', '')));
      const before = wrote.length;
      while (wrote.length < before + 30) await nodeIo().sleep(2);
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    const { jsm } = await server.client();
    const all = await readTexts(jsm, 'desk');
    expect(new Set(all).size).to.equal(all.length);
    expect(all).to.include.members(wrote);
    // Beside what each was sure of there is at most the one that it was killed with.
    expect(all.length - wrote.length).to.be.within(0, 3);
  });

  it('waits while the disk of the server is full, says so, and goes on when there is room', async () => {
    await server.stop();
    server = await NatsServer.start('jetstream: { store_dir: "STORE", max_file_store: 3000000 }');
    const transport = await engines.open(server.url);
    const large = randomBytes(250_000);
    let fence = 0;
    let written = 0;
    const writing = (async () => {
      for (let n = 0; n < 16; n += 1) {
        fence = await transport.append('desk', large, fence);
        written += 1;
      }
    })();
    while (transport.trouble() === null) await nodeIo().sleep(5);
    expect(transport.trouble()!.why).to.contain('has no room left').and.to.contain('max_file_store');
    expect(written).to.be.within(5, 13);
    // What is read and needed no more makes room.
    const reader = await engines.open(server.url);
    while (written < 16) {
      const newest = (await reader.last('desk'))!.seq;
      await reader.purge('desk', newest);
      await nodeIo().sleep(50);
    }
    await writing;
    expect(transport.trouble()).to.equal(null);
  });
});
