import { expect } from 'chai';
import { CaducusErrors } from '../../src/errors.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import type { Pipeline } from '../../src/pipeline/definition.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { Run } from '../../src/run/run.ts';
import { runTest } from '../../src/run/runTest.ts';
import type { Signal } from '../../src/signal.ts';
import { testIo, temporaryFolder } from '../support/testIo.ts';

describe('names beside the verb of a source', () => {
  const folder = temporaryFolder();
  const load = (source: string): Pipeline =>
    loadPipeline('p.yaml', `name: p\nsources:\n  in: ${source}\n`, { registry: builtins, variables: { env: {}, config: () => undefined } });
  async function signalsOf(source: string, stdin: string): Promise<Signal[]> {
    const seen: Signal[] = [];
    await new Run(load(source), {
      io: testIo({ stdin: [Buffer.from(stdin)] }),
      dataDir: folder.path,
      observe: (signal) => void seen.push(signal),
    }).execute();
    return seen;
  }
  const line = '{"timestamp":"2026-03-14T03:00:00Z","message":"disk full","host":"dn2"}\n';

  it('rename source and group of its events', async () => {
    const [signal] = await signalsOf('{ stdin: { format: ndjson }, source: "prod-{host}", group_id: "{source}:{host}" }', line);
    expect(signal?.kind === 'event' && [signal.event.source, signal.event.group_id]).to.deep.equal(['prod-dn2', 'prod-dn2:dn2']);
  });

  it('reject an event that lacks a field of the name, with the reason', async () => {
    const signals = await signalsOf('{ stdin: { format: ndjson }, group_id: "{cluster}" }', line);
    expect(signals.map((signal) => signal.kind === 'rejected' && signal.rejected.reason)).to.deep.equal([
      'group_id needs the field cluster, which is missing',
    ]);
  });

  it('hold for what a test feeds in the place of the source', async () => {
    const pipeline = load('{ stdin: {}, group_id: "prod:{host}" }');
    const result = await runTest(
      pipeline,
      { name: 't', feed: { in: [{ text: 'x', host: 'dn3' }] }, frame: 1000, expect: [{ from: 'in', match: { group_id: 'prod:dn3' } }] },
      testIo(),
    );
    expect(result.failures).to.deep.equal([]);
  });

  it('are checked: a brace that is not closed is named with its place', () => {
    expect(() => load('{ stdin: {}, group_id: "prod:{host" }'))
      .to.throw(CaducusErrors)
      .with.nested.property('errors[0].where.path', 'sources.in.group_id');
    expect(() => load('{ stdin: {}, group: x }'))
      .to.throw(CaducusErrors)
      .with.nested.property('errors[0].hint', 'known here: source, group_id, expect, canary, stdin');
  });
});
