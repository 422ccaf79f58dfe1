import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as realTime } from 'node:timers/promises';
import { expect } from 'chai';
import { main } from '../../src/cli/program.ts';
import { awsEnvironment } from '../support/servers/awsEnvironment.ts';
import { startOpsHouse } from '../support/servers/opsHouse.ts';
import { temporaryFolder } from '../support/testIo.ts';
import { settle, virtualIo } from '../support/virtualIo.ts';

const start = Date.UTC(2026, 2, 14, 3);
const minute = 60_000;
const docPage = 'docs/ops-radar.md';

/** How far behind a live page is depends on the moment it is drawn. */
const withoutAge = (text = '') => text.trimEnd().replace(/ {2}Live, [^.]+ behind\./, '');

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

/** Waits until nothing is being read, written or connected to: answers come over real sockets, and a busy machine has few turns in a millisecond. */
async function atRest(): Promise<void> {
  for (let calm = 0; calm < 3;) {
    await realTime(1);
    await settle(20);
    calm = process.getActiveResourcesInfo().some((kind) => /Req|ConnectWrap|WriteWrap/.test(kind)) ? 0 : calm + 1;
  }
}

describe('caducus run ops-radar', () => {
  awsEnvironment();
  const folder = temporaryFolder();

  it('shows an alert, a dead letter and the log pattern behind both on one radar', async function () {
    this.timeout(60_000);
    const io = virtualIo({ start, auto: false });
    const house = await startOpsHouse(start, io.now);
    const port = await freePort();
    const variables = { AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: house.logs.url, AWS_ENDPOINT_URL_SQS: house.endpoint };
    Object.assign(process.env, variables);
    const env = { HOME: '/nonexistent', LISTEN: `127.0.0.1:${port}`, START: '-1m', WARMUP: '30m' };
    let ended: number | null = null;
    let said = '';
    const stderr = { ...io.stderr, write: async (text: string) => ((said += text), true) };
    const outside = { ...io, env, stderr };
    const run = main(['run', 'ops-radar', '--data-dir', folder.file('data')], '0.0.0-test', outside).then((exit) => (ended = exit));
    try {
      const pass = async (ms: number) => {
        for (let at = 0; at < ms && ended === null; at += 10_000) {
          io.advance(10_000);
          await atRest();
        }
      };
      for (let waited = 0; house.logs.calls.size === 0 && waited < 400 && ended === null; waited += 1)
        await realTime(10).then(() => settle(2));
      for (let m = 0; m < 45 && ended === null; m += 1) {
        await house.minuteOf(m, port);
        await pass(minute);
      }
      await pass(2 * minute);
      process.emit('SIGTERM', 'SIGTERM');
      for (let waited = 0; ended === null && waited < 1000; waited += 1) await realTime(5).then(() => io.advance(1000));
      expect(await run, said).to.equal(0);
    } finally {
      for (const name of Object.keys(variables)) delete process.env[name];
      await house.stop();
    }
    const pages = io.stdout.text.split(/(?=^RADAR |^ SUMMARY )/m);
    const page = pages.find((text) => text.includes('03:40-03:45Z') && text.includes('closed'));
    expect(page, `${io.stdout.text}\n${said}`)
      .to.match(/ReadTimeout/)
      .and.match(/PutOrder timed out/)
      .and.match(/OrdersErrorRate/);
    const doc = readFileSync(docPage, 'utf8');
    const shown = /^```text\n([\s\S]*?)^```$/m;
    if (process.env.UPDATE_GOLDENS === '1')
      writeFileSync(
        docPage,
        doc.replace(shown, () => `\`\`\`text\n${page!.trimEnd()}\n\`\`\``),
      );
    else expect(withoutAge(shown.exec(doc)?.[1])).to.equal(withoutAge(page));
  });
});
