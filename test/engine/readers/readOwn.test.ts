import { expect } from 'chai';
import { listReaders, decodeOffer, offeredSubject } from '../../../src/engine/readers/offered.ts';
import { decodeEnvelope } from '../../../src/engine/envelope.ts';
import { readOwn } from '../../../src/engine/readers/readOwn.ts';
import { CaducusError } from '../../../src/errors.ts';
import type { Pipeline } from '../../../src/pipeline/definition.ts';
import { defineSource, type OpenSource } from '../../../src/sources/source.ts';
import { z } from 'zod';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { readText } from '../../support/engine/machines.ts';
import { caught, makeRole, until } from '../../support/engine/roles.ts';
import { eventAt } from '../../support/fakes.ts';
import { memoryFiles, type MemoryFiles } from '../../support/memoryFiles.ts';
import { testIo } from '../../support/testIo.ts';

const pipeline: Pipeline = readText(`name: p
redact: [secrets]
sources: { s: { http: { listen: "127.0.0.1:0", format: json } } }
sinks: { out: { ndjson: { path: /d/out.ndjson } } }`);

/** A listener of which one process has the port: it gives its records, and stands there. */
function listener(ports: Set<string>, trouble: OpenSource['trouble']) {
  const records = [eventAt(1, 'password=hunter2hunter2')];
  return defineSource({
    name: 'http',
    summary: 'x',
    options: z.strictObject({ port: z.string().default('1') }),
    live: true,
    open: ({ port }, { signal, from }) => {
      let isOwn = false;
      return {
        batches: (async function* () {
          if (ports.has(port)) throw new CaducusError('CAD070', { path: 'sources.s' }, `port ${port} is taken`);
          ports.add(port);
          isOwn = true;
          if (from === null) yield { records, position: 1 };
          await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
        })(),
        ...(trouble && { trouble }),
        close: async () => void (isOwn && ports.delete(port)),
      };
    },
  });
}

describe('a source of which each process reads what comes to it', () => {
  function read(
    on: MemoryEngine,
    files: MemoryFiles,
    ports: Set<string>,
    { id, dataDir = `/${id}`, trouble }: { id: string; dataDir?: string; trouble?: OpenSource['trouble'] },
  ) {
    const stop = new AbortController();
    const told: string[] = [];
    const node = { ...pipeline.sources[0]!, source: listener(ports, trouble), options: { port: '1' } };
    const io = {
      ...testIo(),
      files,
      sleep: (_ms: number, signal?: AbortSignal) => new Promise<void>((go) => (signal?.aborted ? go() : void setImmediate(go))),
    };
    const done = readOwn(node, pipeline, {
      ...makeRole(on, id, stop.signal),
      ...{ io, dataDir, id, self: { pid: Number(id.slice(1)), isAlive: () => true } },
      pause: async () => undefined,
      tell: (text) => void told.push(text),
    });
    return { stop, told, done };
  }
  const reader = (on: MemoryEngine) => listReaders(on.transport('look'), 's');

  it('is masked before it is offered, in a log that bears the name of the folder, whichever process reads there', async () => {
    const [on, files, ports] = [new MemoryEngine({ step: false }), memoryFiles(), new Set<string>()];
    const first = read(on, files, ports, { id: 'h1', dataDir: '/d' });
    await until(() => on.of(offeredSubject('s', 'h1')).length === 1);
    const { records } = decodeOffer(decodeEnvelope(on.of(offeredSubject('s', 'h1'))[0]!.body).content);
    expect(JSON.stringify(records)).to.not.contain('hunter2');
    first.stop.abort();
    await first.done;
    const second = read(on, files, ports, { id: 'h2', dataDir: '/d' });
    await until(() => ports.size === 1);
    second.stop.abort();
    await second.done;
    expect(await reader(on)).to.deep.equal(['h1']);
    expect(on.of(offeredSubject('s', 'h1'))).to.have.lengthOf(1);
  });

  it('is read by one process of a folder, and by the next as soon as that one is gone', async () => {
    const [on, files, ports] = [new MemoryEngine({ step: false }), memoryFiles(), new Set<string>()];
    const first = read(on, files, ports, { id: 'h1', dataDir: '/d' });
    await until(() => ports.size === 1);
    const second = read(on, files, ports, { id: 'h2', dataDir: '/d' });
    for (let i = 0; i < 50; i += 1) await new Promise((resolve) => void setImmediate(resolve));
    expect(second.told).to.deep.equal([]);
    first.stop.abort();
    await first.done;
    await until(() => ports.size === 1);
    second.stop.abort();
    await second.done;
  });

  it('says once where another has the address, and listens when that is free', async () => {
    const [on, files, ports] = [new MemoryEngine({ step: false }), memoryFiles(), new Set(['1'])];
    const one = read(on, files, ports, { id: 'h1' });
    for (let i = 0; i < 200; i += 1) await new Promise((resolve) => void setImmediate(resolve));
    expect(one.told).to.deep.equal(['This process does not listen at s, and tries again: port 1 is taken']);
    ports.clear();
    await until(() => on.of(offeredSubject('s', 'h1')).length === 1);
    one.stop.abort();
    await one.done;
  });

  it('says what keeps it from giving anything', async () => {
    const [on, files, ports] = [new MemoryEngine({ step: false }), memoryFiles(), new Set<string>()];
    const trouble = { since: 1, why: 'the door is shut' };
    const one = read(on, files, ports, { id: 'h1', trouble: () => trouble });
    await until(() => one.told.length > 0);
    expect(one.told).to.deep.equal(['The source s gives nothing here: the door is shut.']);
    one.stop.abort();
    await one.done;
  });

  it('ends the process where it cannot be read at all', async () => {
    const [on, files] = [new MemoryEngine({ step: false }), memoryFiles()];
    const stop = new AbortController();
    const source = defineSource({
      name: 'http',
      summary: 'x',
      options: z.strictObject({}),
      live: true,
      open: () => ({
        // oxlint-disable-next-line require-yield
        batches: (async function* () {
          throw new CaducusError('CAD071', { path: 'sources.s' }, 'anybody could send');
        })(),
        close: async () => undefined,
      }),
    });
    const failed = await caught(
      readOwn({ ...pipeline.sources[0]!, source, options: {} }, pipeline, {
        ...makeRole(on, 'h1', stop.signal),
        ...{ io: { ...testIo(), files }, dataDir: '/d', id: 'h1', self: { pid: 1, isAlive: () => true } },
        ...{ pause: async () => undefined, tell: () => undefined },
      }),
    );
    expect(failed).to.be.instanceOf(CaducusError).with.property('code', 'CAD071');
  });
});
