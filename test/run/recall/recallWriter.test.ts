import { expect } from 'chai';
import { buildPipeline, radarOperators, sourceNode } from '../../../src/cli/shared/pipelineNodes.ts';
import { toIso } from '../../../src/event.ts';
import { clearState } from '../../../src/run/checkpoint/checkpointing.ts';
import { RecallWriter } from '../../../src/run/recall/recallWriter.ts';
import { Run } from '../../../src/run/run.ts';
import type { TopicRecord } from '../../../src/memory/topics/topicRecord.ts';
import type { Finding, Signal } from '../../../src/signal.ts';
import { readRecall, readTemplates, readTopics, recalls, writeRecall } from '../../../src/store/recall.ts';
import { blipSignal } from '../../support/blips.ts';
import { eventAt, fakeRegistry } from '../../support/fakes.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';
import { episode, spike } from '../../support/views/viewSamples.ts';

const MINUTE = 60_000;

describe('what a run keeps of what it knows', () => {
  const folder = temporaryFolder();
  const dataDir = folder.file('d');
  const io = testIo();

  const lines = (from: number, to: number, group: string, text: (i: number) => string): Signal[] =>
    Array.from({ length: to - from }, (_, i) => eventAt((from + i) * MINUTE, text(from + i), group));

  async function run(name: string, signals: Signal[], fresh = false): Promise<Signal[]> {
    const { registry } = fakeRegistry({ a: [signals.toSorted((a, b) => a.time - b.time)] });
    const recalling = new RecallWriter({ io, dataDir, name, fresh });
    const seen: Signal[] = [];
    const pipeline = buildPipeline(name, {
      sources: [sourceNode('a', registry.sources[0]!, {})],
      operators: radarOperators({ by: 'group_id', window: 300_000, top: 8 }),
      sinks: [],
    });
    await new Run(recalling.watch(pipeline), {
      io,
      dataDir,
      observe: (signal) => {
        seen.push(signal);
        recalling.see(signal);
      },
    }).execute();
    recalling.write();
    return seen;
  }

  it('is a record for each topic of each group, with its counts, its past and how it was last judged', async () => {
    await run('one', [...lines(0, 60, 'g', (i) => `beat ${i} of the heart`), ...lines(20, 25, 'h', (i) => `Disk failure on dn${i}`)]);
    const topics = readTopics(io.files, dataDir, 'one');
    expect(topics.map(({ group_id, total, count_7d }) => [group_id, total, count_7d])).to.have.deep.members([
      ['g', 60, 60],
      ['h', 5, 5],
    ]);
    const [beat] = topics.filter(({ group_id }) => group_id === 'g');
    expect(beat!.judged).to.include({ state: 'steady', count: 5, end: toIso(60 * MINUTE) });
    expect(beat!.members).to.deep.equal([{ template_id: beat!.template_ids[0]!, pattern: 'beat <n> of the heart', count: 60 }]);
    expect(readRecall(io.files, dataDir, 'one')).to.include({ name: 'one', by: 'group_id', as_of: toIso(59 * MINUTE) });
    expect(readTemplates(io.files, dataDir, 'one', 'g')).to.not.equal(null);
    expect(readTemplates(io.files, dataDir, 'one', 'nobody')).to.equal(null);
  });

  it('changes nothing in what the run gives', async () => {
    const signals = lines(0, 30, 'g', (i) => `beat ${i} of the heart`);
    const { registry } = fakeRegistry({ a: [signals] });
    const plain: Signal[] = [];
    const pipeline = buildPipeline('plain', {
      sources: [sourceNode('a', registry.sources[0]!, {})],
      operators: radarOperators({ by: 'group_id', window: 300_000, top: 8 }),
      sinks: [],
    });
    await new Run(pipeline, { io, dataDir, observe: (signal) => void plain.push(signal) }).execute();
    expect(await run('watched', signals)).to.deep.equal(plain);
  });

  it('keeps of an earlier run the groups that the next one does not meet, unless it starts anew', async () => {
    await run(
      'two',
      lines(0, 10, 'g', (i) => `beat ${i} of the heart`),
    );
    await run(
      'two',
      lines(10, 20, 'h', (i) => `Disk failure on dn${i}`),
    );
    expect(readTopics(io.files, dataDir, 'two').map(({ group_id }) => group_id)).to.have.members(['g', 'h']);
    await run(
      'two',
      lines(10, 20, 'h', (i) => `Disk failure on dn${i}`),
      true,
    );
    expect(readTopics(io.files, dataDir, 'two').map(({ group_id }) => group_id)).to.deep.equal(['h']);
    expect(await recalls(io.files, dataDir)).to.include.members(['one', 'two']);
  });

  it('keeps the last word on each finding', () => {
    const recalling = new RecallWriter({ io, dataDir, name: 'findings' });
    const finding = (state: Finding['state'], at: number): Signal => ({
      kind: 'finding',
      time: at,
      key: '',
      finding: {
        id: 'f1',
        rule: 'r',
        type: 'rule',
        state,
        severity: 'warning',
        group_id: 'g',
        title: 't',
        since: toIso(0),
        updated: toIso(at),
        result: {},
      },
    });
    for (const [state, at] of [
      ['firing', 1],
      ['resolved', 2],
    ] as const)
      recalling.see(finding(state, at));
    recalling.write();
    expect(readRecall(io.files, dataDir, 'findings')!.findings.map(({ state }) => state)).to.deep.equal(['resolved']);
  });

  it('keeps what was made of a pattern until its memory is looked at, over a restart', () => {
    const own = () => Object.assign(new RecallWriter({ io, dataDir, name: 'unseen' }), { keepsUnseen: true });
    const before = own();
    before.see(blipSignal('t1', 60_000, { state: 'rising' }));
    before.write();
    const { recall, topics } = own().known();
    expect(topics).to.deep.equal([]);
    expect(recall.judged?.map(([, { state }]) => state)).to.deep.equal(['rising']);
    expect(new RecallWriter({ io, dataDir, name: 'unseen' }).known().recall).not.to.have.property('judged');
  });

  it('keeps incidents that are over when very many other findings have come since', () => {
    const writer = () => new RecallWriter({ io, dataDir, name: 'incidents' });
    const first = writer();
    const over = { ...episode, state: 'resolved' as const };
    const see = (finding: Finding) => first.see({ kind: 'finding', time: Date.parse(finding.updated), key: '', finding });
    see(over);
    for (let i = 0; i < 1200; i++) see({ ...spike, id: `s${i}`, state: 'resolved' });
    expect(first.board.over.has(over.id)).to.equal(false);
    first.write();
    expect(readRecall(io.files, dataDir, 'incidents')!.findings[0]).to.deep.include({ id: over.id, type: 'episode' });
    const again = writer();
    again.write();
    expect(readRecall(io.files, dataDir, 'incidents')!.findings.some(({ id }) => id === over.id)).to.equal(true);
  });

  it('keeps of very many topics those that came last', () => {
    const many = 25_000;
    const records = Array.from({ length: many }, (_, i) => ({
      group_id: `g${i % 100}`,
      topic_id: `t${i}`,
      last_seen: toIso(((i * 7919) % many) * 1000),
    })) as TopicRecord[];
    const before = new RecallWriter({ io, dataDir, name: 'many' }).known().recall;
    writeRecall(io.files, dataDir, before, records);
    const { topics } = new RecallWriter({ io, dataDir, name: 'many' }).known();
    expect(topics.map(({ last_seen: last }) => Date.parse(last) / 1000)).to.deep.equal(
      Array.from({ length: 10_000 }, (_, i) => many - 1 - i),
    );
  });

  it('goes with the state of the pipeline', async () => {
    await run(
      'gone',
      lines(0, 9, 'g', (i) => `beat ${i} of the heart`),
    );
    await clearState(io.files, folder.file('d/state/gone'));
    expect([
      readRecall(io.files, dataDir, 'gone'),
      readTopics(io.files, dataDir, 'gone'),
      readTemplates(io.files, dataDir, 'gone', 'g'),
    ]).to.deep.equal([null, [], null]);
  });

  it('takes names and texts of logs as data', async () => {
    await run('hostile', [
      ...lines(0, 9, '../../__proto__', () => '__proto__ constructor'),
      ...lines(0, 9, '__proto__', (i) => `\u001b[31m\u0000 ${i} {{x}}`),
    ]);
    expect(readTopics(io.files, dataDir, 'hostile').map(({ group_id }) => group_id)).to.have.members(['../../__proto__', '__proto__']);
    expect(readTemplates(io.files, dataDir, 'hostile', '../../__proto__')).to.not.equal(null);
  });
});
