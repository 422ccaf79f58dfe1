import { expect } from 'chai';
import { lookAtEngine } from '../../../src/cli/engine/lookAtEngine.ts';
import type { Engine, TransportOptions } from '../../../src/engine/transport.ts';
import { builtins } from '../../../src/pipeline/builtins.ts';
import { extend } from '../../../src/pipeline/registry.ts';
import { readText } from '../../support/engine/machines.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { testIo } from '../../support/testIo.ts';

const pipeline = readText(`name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
operators: [{ group_by: { key: group_id } }, { memory: {} }]
sinks: {}
`);

describe('looking at an engine', () => {
  let closed = 0;
  let given: TransportOptions | null = null;
  const engine: Engine = {
    name: 'memory',
    async open(_url, options) {
      given = options;
      const close = async () => void (closed += 1);
      return { ...new MemoryEngine({ step: false }).transport('x'), close, trouble: () => ({ since: 0, why: 'no connection to here' }) };
    },
  };
  const place = { url: 'memory://here', registry: extend(builtins, { engines: [engine] }) };
  const context = (sleep: () => Promise<void>) => ({ io: { ...testIo(), sleep }, stop: new AbortController().signal });
  beforeEach(() => (closed = 0));

  it('asks for what is there alone, and closes behind it', async () => {
    const context_ = context(() => new Promise(() => undefined));
    expect(await lookAtEngine(pipeline, place, context_, async (transport) => transport.last('arrivals'))).to.equal(null);
    expect(given).to.include({ pipeline: 'p', existing: true });
    expect(closed).to.equal(1);
  });

  it('waits for no engine that has gone away meanwhile: it says what is missing', async () => {
    const looking = lookAtEngine(
      pipeline,
      place,
      context(async () => undefined),
      () => new Promise(() => undefined),
    );
    const error = await looking.then(null, (thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'CAD066');
    expect((error as Error).message).to.contain('the engine does not answer: no connection to here');
    expect(closed).to.equal(1);
  });

  it('passes on what the look fails at', async () => {
    const context_ = context(() => new Promise(() => undefined));
    const looking = lookAtEngine(pipeline, place, context_, async () => Promise.reject(new Error('broken')));
    expect(((await looking.then(null, (thrown: unknown) => thrown)) as Error).message).to.equal('broken');
    expect(closed).to.equal(1);
  });
});
