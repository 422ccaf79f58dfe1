import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as realTime } from 'node:timers/promises';
import { expect } from 'chai';
import { temporaryFolder } from '../support/testIo.ts';
import { OnCallServers, postPagerDuty } from '../support/servers/onCallServers.ts';

const secret = 'a-webhook-secret';

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
  );
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

/** Takes a minute or two: `npm run test:wire`. By the real clock, in a process of its own that is killed again and again. */
describe('an incident told to PagerDuty, Slack and Alertmanager by a process that is killed on the way', function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  const servers = new OnCallServers();
  before(() => servers.start());
  after(() => servers.stop());
  let child: ChildProcess | null = null;
  let ended: Promise<unknown> = Promise.resolve();
  let said = '';
  let kills = 0;
  let writing = true;
  let isBad = false;

  const log = folder.file('app.log');
  const line = (at: number, level: string, msg: string) =>
    `${JSON.stringify({ ts: new Date(at).toISOString(), level, service: 'orders', msg })}\n`;
  /** A service that says something ten times a second, and twice that it fails while it does. */
  async function write(): Promise<void> {
    for (let i = 0; writing; i += 1) {
      appendFileSync(log, line(Date.now(), 'info', `GET /api/orders/${i} completed`));
      if (isBad && i % 5 === 0)
        appendFileSync(log, line(Date.now(), 'error', `payment call failed for order ${i}: x509 certificate has expired`));
      await realTime(100);
    }
  }
  function start(file: string): void {
    child = spawn(
      process.execPath,
      ['--import=tsx', 'src/cli/main.ts', 'run', file, '--data-dir', folder.file('data'), '--quiet', '--follow'],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    child.stderr!.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
    const it = child;
    ended = new Promise((resolve) => it.once('close', resolve));
  }
  async function kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    child?.kill(signal);
    await ended;
    kills += 1;
  }
  async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    for (let i = 0; i < 1200; i += 1) {
      if (await holds()) return;
      if (child?.exitCode !== null && child?.exitCode !== undefined) throw new Error(`the run ended (${child.exitCode}): ${said}`);
      await realTime(50);
    }
    throw new Error(`${what} never came; ${JSON.stringify([...servers.incidents.values()])} ${JSON.stringify(servers.messages)} ${said}`);
  }

  it('is one incident a finding, never resolved before it was triggered, and an acknowledgement made there is shown everywhere', async () => {
    const port = await freePort();
    const file = folder.file('oncall.yaml');
    writeFileSync(
      file,
      [
        'name: oncall',
        'checkpoint: { events: 100, every: 1s }',
        'sources:',
        `  app: { file: { path: "${log}", format: ndjson, follow: true, poll_interval: 100ms } }`,
        `  people: { answers: { listen: "127.0.0.1:${port}", pagerduty: { secret: ${secret} }, alertmanager: { url: "${servers.url}", every: 200ms } } }`,
        'operators:',
        '  - normalize: { source: k8s, group_id: "{service}" }',
        '  - group_by: { key: group_id }',
        '  - memory: { window: 2s, warmup: 4s, early: 500ms }',
        '  - rank: {}',
        '  - rules: [{ name: new-error, when: { state: [new, returning], min_level: error }, severity: critical }]',
        '  - episodes: { group_wait: 500ms }',
        'sinks:',
        `  pager: { webhook: { format: pagerduty, routing_key: R0123456789, url: "${servers.url}/v2/enqueue", per_minute: 600 } }`,
        `  chat: { webhook: { format: slack, token: xoxb-secret, channel: C1, url: "${servers.url}/slack", per_minute: 600, update_every: 500ms } }`,
        `  alerts: { webhook: { format: alertmanager, url: "${servers.url}", per_minute: 600 } }`,
        '',
      ].join('\n'),
    );
    const begun = Date.now();
    for (let at = begun - 60_000; at < begun; at += 250) appendFileSync(log, line(at, 'info', `GET /api/orders/${at} completed`));
    const writer = write();
    try {
      start(file);
      await until('a log that is read', () => existsSync(folder.file('data/state/oncall')));
      await realTime(3000);
      await kill();
      start(file);
      isBad = true;
      await until('an incident', () => servers.incidents.size > 0);
      // At once, before any checkpoint may know of it.
      await kill();
      start(file);
      const [incident] = servers.incidents.values();
      await until('an acknowledgement that is taken', () =>
        postPagerDuty(
          `http://127.0.0.1:${port}/pagerduty`,
          secret,
          'incident.acknowledged',
          incident!.key,
          'Ana',
          new Date().toISOString(),
        ),
      );
      await kill();
      start(file);
      await until('the acknowledgement in Slack', () => servers.messages.some(({ text }) => text.includes('acked by Ana')));
      await kill();
      isBad = false;
      start(file);
      await until('its end', () => [...servers.incidents.values()].every(({ status }) => status === 'resolved'));
      await until('its end in Slack', () => servers.messages.some(({ thread, text }) => thread !== null && text.startsWith('[resolved]')));
      await until('its end in Alertmanager', () => [...servers.alerts.values()].every(({ endsAt }) => Date.parse(endsAt) <= Date.now()));
    } finally {
      writing = false;
      await writer;
      await kill('SIGTERM');
    }
    const marks = readFileSync(folder.file('data/marks/marks.ndjson'), 'utf8').trim().split('\n');
    console.log(
      `      killed ${kills} times; ${servers.incidents.size} incident, ${servers.messages.length} messages, ${servers.alerts.size} alert, ${marks.length} mark`,
    );
    expect(servers.wrong).to.deep.equal([]);
    expect([...servers.incidents.values()].map(({ opened, status }) => [opened, status])).to.deep.equal([[1, 'resolved']]);
    expect(servers.messages.filter(({ thread }) => thread === null).every(({ text }) => /x509/.test(text))).to.equal(true);
    expect(new Set(marks.map((text) => (JSON.parse(text) as { id: string }).id)).size).to.equal(1);
    expect(servers.alerts.size).to.equal(1);
  });
});
