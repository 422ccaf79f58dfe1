import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { DecisionLog } from '../../../src/run/decisions/decisionLog.ts';
import { toIso } from '../../../src/event.ts';
import type { WhyNot } from '../../../src/findings/whyNot.ts';
import type { SinkDecision } from '../../../src/findings/whyNot/decision.ts';
import { nodeFiles } from '../../../src/io.ts';
import { readDecisions } from '../../../src/store/decisions.ts';
import type { Pipeline } from '../../../src/pipeline/definition.ts';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';
import { partly } from '../../support/typed.ts';

const begin = Date.parse('2026-03-14T00:00:00Z');
const minute = 60_000;

describe('what is kept of decisions', () => {
  const folder = temporaryFolder();
  let server: Server;
  let port: number;
  const json = async <T>(...args: string[]): Promise<T> => {
    const { exit, out, err } = await caducus([...args, '--json', '--data-dir', folder.file('data')], { cwd: folder.path });
    expect(exit, err).to.equal(0);
    return JSON.parse(out) as T;
  };
  const whyNot = async (subject: string, at: string) => (await json<WhyNot>('why-not', subject, '--at', at)).stopped;

  before(async () => {
    server = createServer((request, response) => request.resume().on('end', () => response.writeHead(202).end('{}')));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
    const lines: string[] = [];
    const line = (at: number, level: string, service: string, msg: string) =>
      lines.push(JSON.stringify({ ts: toIso(at), level, service, msg }));
    for (let i = 0; i < 180; i += 1) {
      const at = begin + i * minute;
      if (i < 150) line(at + 1000, 'info', 'web', `request ${i} served`);
      line(at + 2000, 'info', 'orders', `request ${i} served`);
      if (i >= 120 && i < 130) line(at + 9000, 'error', 'orders', `could not save order ${i}`);
      if (i === 60) line(at + 9000, 'warn', 'orders', 'cache is cold');
    }
    writeFileSync(folder.file('shop.log'), `${lines.join('\n')}\n`);
    writeFileSync(
      folder.file('shop.yaml'),
      `name: shop
sources: { log: { file: { path: shop.log, format: ndjson } } }
operators:
  - normalize: { group_id: "{service}" }
  - group_by: { key: group_id }
  - memory: { window: 5m, warmup: 30m }
  - rank: {}
  - rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }]
sinks: { pager: { webhook: { format: json, url: "http://127.0.0.1:${port}/" } } }
`,
    );
    const { exit, err } = await caducus(['run', 'shop.yaml', '--quiet', '--data-dir', folder.file('data')], { cwd: folder.path });
    expect(exit, err).to.equal(0);
  });
  after(() => new Promise<void>((resolve) => server.close(() => resolve())));

  it('says where things stopped: lines that did not come, what was as ever, what no rule is about, and what was sent', async () => {
    expect(await whyNot('web', '02:47Z')).to.equal('received');
    expect(await whyNot('web', '02:02Z')).to.equal('judged');
    expect(await whyNot('cold', '01:02Z')).to.equal('rule');
    expect(await whyNot('orders', '02:02Z')).to.equal('sent');
  });

  it('lists what was sent, with the answer', async () => {
    const sent = await json<SinkDecision[]>('deliveries');
    expect(sent.map(({ sink, kind, answer, group, state }) => [sink, kind, answer, group, state])).to.deep.include([
      'pager',
      'sent',
      '202',
      'orders',
      'resolved',
    ]);
    expect(sent.every(({ kind }) => kind === 'sent')).to.equal(true);
  });

  it('tells of each rule how many of its messages were useful', async () => {
    const [{ id }] = (await json<SinkDecision[]>('deliveries')) as [SinkDecision];
    await json('useless', id);
    await json('useful', id, '--note', 'it was the deploy');
    const [status] = await json<{ rules: object[] }[]>('status', 'shop');
    expect(status!.rules).to.have.lengthOf(1);
    expect(status!.rules[0]).to.include({ rule: 'new-error', useful: 1, useless: 0 });
  });

  it('says that nothing is kept where nothing ran', async () => {
    const { exit, err } = await caducus(['why-not', 'x', '--data-dir', folder.file('none')]);
    expect([exit, err.includes('nothing that was decided is kept')]).to.deep.equal([64, true]);
  });

  it('counts every record that was rejected, by kinds of reasons, at the newest time that is known', async () => {
    const log = new DecisionLog(nodeFiles, folder.file('refused'), partly<Pipeline>({ name: 'p', operators: [], sinks: [] }));
    const event = { id: '1', timestamp: toIso(begin), source: 's', group_id: 'web', text: '', metadata: {} };
    log.see({ kind: 'event', time: begin, key: 'web', event });
    const refuse = (reason: string) =>
      log.see({ kind: 'rejected', time: 0, key: '', rejected: { source: 's', reason, place: {}, original: '' } });
    for (let i = 0; i < 2500; i += 1) refuse(`broken JSON at column ${i}: unexpected "x"`);
    refuse('text is missing');
    await log.close();
    expect(log.failure).to.equal(null);
    const lines = (await readDecisions(nodeFiles, folder.file('refused'), 'p')).filter((one) => one.kind === 'rejected');
    const counts: Record<string, number> = {};
    for (const { reason, count } of lines) counts[reason] = (counts[reason] ?? 0) + count;
    expect(counts).to.deep.equal({ 'broken JSON': 2500, 'text is missing': 1 });
    expect(lines.length).to.be.below(6);
    expect(new Set(lines.map(({ at }) => at))).to.deep.equal(new Set([toIso(begin)]));
  });

  it('ends no run when its disk is full', async () => {
    const full = { ...nodeFiles, makeFolder: () => Promise.reject(new Error('no space')) };
    const log = new DecisionLog(full, folder.file('full'), partly<Pipeline>({ name: 'p', operators: [], sinks: [] }));
    log.see({ kind: 'rejected', time: begin, key: '', rejected: { source: 's', reason: 'r', place: {}, original: '' } });
    await log.close();
    expect(String(log.failure)).to.contain('no space');
  });
});
