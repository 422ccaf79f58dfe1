// One file, because one listener and one data folder serve every case.
import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { nodeIo } from '../../src/io.ts';
import { answersOptions } from '../../src/sources/answers/options.ts';
import { openAnswers } from '../../src/sources/answers.ts';
import { readMarks } from '../../src/store/marks.ts';
import { temporaryFolder } from '../support/testIo.ts';

const secrets = { pagerduty: 'pagerduty-secret', slack: 'slack-signing-secret' };
const sign = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex');

describe('answers', () => {
  const folder = temporaryFolder();
  let stop: AbortController;
  let running: Promise<void>;
  let close: () => Promise<void>;
  let url: string;
  let home: string;
  let made = 0;

  async function start(options: object): Promise<void> {
    stop = new AbortController();
    let listening = (_port: number) => {};
    const port = new Promise<number>((resolve) => (listening = resolve));
    const opened = openAnswers(
      answersOptions.parse({ listen: '127.0.0.1:0', ...options }),
      { io: nodeIo(), id: 'answers', from: null, signal: stop.signal, dataDir: home },
      { listening },
    );
    close = opened.close;
    running = (async () => {
      for await (const _ of opened.batches);
    })();
    if ('pagerduty' in options || 'slack' in options) url = `http://127.0.0.1:${await port}`;
  }
  beforeEach(() => {
    home = folder.file(`home-${(made += 1)}`);
  });
  afterEach(async () => {
    stop.abort();
    await running;
    await close();
  });
  const marks = async () => (await readMarks(nodeIo().files, home)).lines.flatMap((line) => ('mark' in line ? [line.mark] : []));
  const both = { pagerduty: { secret: secrets.pagerduty }, slack: { signingSecret: secrets.slack } };

  const event = (type: string, data: object) =>
    JSON.stringify({
      event: {
        id: `01-${type}`,
        event_type: type,
        occurred_at: '2026-05-04T10:00:00Z',
        agent: { type: 'user_reference', summary: 'Ana' },
        data,
      },
    });
  const pagerduty = async (body: string, signature = `v1=00,v1=${sign(secrets.pagerduty, body)}`) =>
    (await fetch(`${url}/pagerduty`, { method: 'POST', body, headers: { 'x-pagerduty-signature': signature } })).status;
  const click = async (secret = secrets.slack, age = 0) => {
    const time = String(Math.floor(Date.now() / 1000) - age);
    const payload = {
      type: 'block_actions',
      user: { id: 'U1', username: 'ben' },
      actions: [{ action_id: 'caducus_ack', value: 'e7c1', action_ts: '1.5' }],
    };
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const headers = { 'x-slack-request-timestamp': time, 'x-slack-signature': `v0=${sign(secret, `v0:${time}:${body}`)}` };
    const response = await fetch(`${url}/slack`, { method: 'POST', body, headers });
    return [response.status, await response.text()];
  };

  it('of PagerDuty and Slack are marks on disk before the sender is told so, the same word once', async () => {
    await start(both);
    const incident = { id: 'P1', incident_key: 'caducus-e7c1' };
    expect(await pagerduty(event('incident.acknowledged', incident))).to.equal(202);
    expect(await marks()).to.have.lengthOf(1);
    expect(await pagerduty(event('incident.acknowledged', incident))).to.equal(202);
    expect(await pagerduty(event('incident.annotated', { content: 'on it', incident: { id: 'P1' } }))).to.equal(202);
    expect(await click()).to.deep.equal([200, '']);
    const all = await marks();
    expect(all.map(({ type, who, via }) => `${type} ${who} ${via}`)).to.deep.equal([
      'ack Ana pagerduty',
      'ack Ana pagerduty',
      'note Ana pagerduty',
      'ack ben slack',
    ]);
    expect(new Set(all.map(({ id }) => id)).size).to.equal(3);
  });

  it('are listened for although nobody asks for the port', async () => {
    const io = nodeIo();
    stop = new AbortController();
    const served = new Promise<void>((resolve) => {
      const serve: typeof io.net.serve = async (...args) => {
        const server = await io.net.serve(...args);
        resolve();
        return server;
      };
      const opened = openAnswers(answersOptions.parse({ listen: '127.0.0.1:0', ...both }), {
        io: { ...io, net: { ...io.net, serve } },
        id: 'answers',
        from: null,
        signal: stop.signal,
        dataDir: home,
      });
      close = opened.close;
      running = (async () => {
        for await (const _ of opened.batches);
      })();
    });
    await served;
  });

  it('know of an incident after a restart what it is about', async () => {
    await start(both);
    await pagerduty(event('incident.triggered', { id: 'P9', incident_key: 'caducus-f00d' }));
    stop.abort();
    await running;
    await close();
    await start(both);
    await pagerduty(event('incident.annotated', { content: 'again', incident: { id: 'P9' } }));
    expect((await marks())[0]).to.include({ type: 'note', target: 'f00d' });
  });

  it('that nobody signed, or long ago, are refused, and other paths are none', async () => {
    await start(both);
    const body = event('incident.resolved', { id: 'P1', incident_key: 'caducus-e7c1' });
    expect([await pagerduty(body, 'v1=00'), await pagerduty(body, ''), await pagerduty(body, sign(secrets.pagerduty, body))]).to.deep.equal(
      [401, 401, 401],
    );
    expect((await click('another-secret'))[0]).to.equal(401);
    expect((await click(secrets.slack, 600))[0]).to.equal(401);
    expect((await fetch(`${url}/`, { method: 'POST', body: '{}' })).status).to.equal(404);
    expect(await pagerduty('{"event":', `v1=${sign(secrets.pagerduty, '{"event":')}`)).to.equal(400);
    expect(await marks()).to.deep.equal([]);
  });
});
