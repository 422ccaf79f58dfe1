import { mkdirSync } from 'node:fs';
import { expect } from 'chai';
import { exposition } from '../../../src/cli/telemetry/exposition.ts';
import { Health } from '../../../src/cli/telemetry/health.ts';
import { openLogger } from '../../../src/cli/telemetry/logger.ts';
import { readStatus, statusPath } from '../../../src/cli/telemetry/statusFile.ts';
import { Telemetry } from '../../../src/cli/telemetry/telemetry.ts';
import type { RunFigures, RunReport } from '../../../src/run/report.ts';
import type { SinkTrouble } from '../../../src/sinks/sink.ts';
import { radarOfGroup } from '../../support/views/viewSamples.ts';
import { temporaryFolder, testIo, type TestIo } from '../../support/testIo.ts';

let trouble: SinkTrouble | undefined;
const report = (read: number): RunReport => ({
  pipeline: 'p',
  reason: 'stopped',
  took: 0,
  first: null,
  last: null,
  late: 2,
  rejected: [{ reason: 'r', count: 1, example: '' }],
  windows: 0,
  patterns: 0,
  newPatterns: 0,
  findings: 0,
  episodes: 0,
  sources: [{ id: 'in', read, accepted: read - 2, rejected: 1, duplicate: 1, redacted: { secrets: 3, emails: 0, ips: 0 } }],
  operators: [{ id: 'memory', in: 8, forwarded: 6, consumed: 2, refused: 0, emitted: 1, evicted: 4 }],
  sinks: [
    {
      id: 'out',
      from: [],
      offered: 9,
      written: 5,
      filtered: 3,
      failed: 0,
      held: 1,
      note: '',
      figures: { held_bytes: 77, retried: 2 },
      ...(trouble && { trouble }),
    },
  ],
});

describe('a running pipeline tells how it is', () => {
  const folder = temporaryFolder();
  let io: TestIo;
  let read = 10;
  const figures = (): RunFigures => ({ report: report(read), newest: io.now() - 5000, watermark: io.now() - 6000, live: true });

  /** A run that goes on until the test has looked. */
  async function watched(look: (base: string, telemetry: Telemetry) => Promise<void>, options = {}): Promise<void> {
    io = testIo();
    const log = openLogger(io, 'silent');
    const telemetry = new Telemetry({
      io,
      dataDir: folder.path,
      pid: 7,
      log,
      listen: '127.0.0.1:0',
      token: null,
      staleAfter: 60_000,
      ...options,
    });
    mkdirSync(folder.file('state/p'), { recursive: true });
    const execute = async () => {
      await look(`http://127.0.0.1:${telemetry.port}`, telemetry);
      return report(read);
    };
    await telemetry.during('p', { execute, figures });
  }
  const get = async (url: string, init = {}) => {
    const response = await fetch(url, init);
    return { status: response.status, text: await response.text() };
  };

  it('in Prometheus text, read when it is asked for', async () => {
    await watched(async (base, telemetry) => {
      telemetry.turned({ read });
      telemetry.observe({ kind: 'radar', time: 0, key: '', radar: { ...radarOfGroup, open: false } });
      telemetry.checkpointed({ took: 30, bytes: 4096 });
      const { status, text } = await get(`${base}/metrics`);
      expect(status).to.equal(200);
      for (const line of [
        'caducus_component_received_events_total{pipeline="p",component_id="in",component_type="source"} 10',
        'caducus_component_sent_events_total{pipeline="p",component_id="memory",component_type="operator"} 7',
        'caducus_component_discarded_events_total{pipeline="p",component_id="in",component_type="source",reason="duplicate",intentional="true"} 1',
        'caducus_component_discarded_events_total{pipeline="p",component_id="in",component_type="source",reason="rejected",intentional="false"} 1',
        'caducus_component_errors_total{pipeline="p",component_id="out",component_type="sink",error_type="delivery",stage="sending"} 2',
        'caducus_source_lag_seconds{pipeline="p"} 5',
        'caducus_late_events_total{pipeline="p"} 2',
        'caducus_inflight_events{pipeline="p",component_id="out",component_type="sink"} 1',
        'caducus_inflight_bytes{pipeline="p",component_id="out",component_type="sink"} 77',
        'caducus_checkpoint_duration_seconds_count{pipeline="p"} 1',
        'caducus_checkpoint_bytes{pipeline="p"} 4096',
        'caducus_checkpoint_failures_total{pipeline="p"} 0',
        'caducus_patterns{pipeline="p",state="new"} 1',
        'caducus_radar_score{pipeline="p",id="k7f2d0",group="app:orders",level="ERROR",pattern="Payment gateway pay-3 refused <id>: timeout"} 95.4',
        'caducus_radar_events{pipeline="p",id="k7f2d0",group="app:orders",level="ERROR",pattern="Payment gateway pay-3 refused <id>: timeout"} 42',
        'caducus_pattern_evictions_total{pipeline="p",component_id="memory",component_type="operator",reason="max_groups_or_idle"} 4',
        'caducus_redacted_total{pipeline="p",component_id="in",kind="secrets"} 3',
        'caducus_warnings_total{pipeline="p",component_id="in",kind="rejected"} 1',
      ])
        expect(text).to.contain(`${line}\n`);
      expect(text)
        .to.match(/^caducus_watermark_timestamp_seconds\{pipeline="p"\} \d{10}/m)
        .and.to.contain('process_resident_memory_bytes');
      read = 11;
      expect((await get(`${base}/metrics`)).text).to.contain('component_type="source"} 11\n');
      read = 10;
    });
  });

  it('is not ready before its first turn, and unwell when it has gone quiet or hangs', async () => {
    await watched(async (base, telemetry) => {
      expect(await get(`${base}/readyz`)).to.deep.equal({ status: 503, text: 'not ready\n' });
      telemetry.turned({ read });
      expect((await get(`${base}/readyz`)).status).to.equal(200);
      expect(await get(`${base}/healthz`)).to.deep.equal({ status: 200, text: 'ok\n' });
      await io.pass(59_000);
      telemetry.turned({ read });
      await io.pass(2_000);
      expect(await get(`${base}/healthz`)).to.deep.equal({ status: 503, text: 'stale: no records for 1m 1s\n' });
      telemetry.turned({ read: read + 1 });
      expect((await get(`${base}/healthz`)).status).to.equal(200);
      await io.pass(61_000);
      for (const path of ['healthz', 'livez']) expect((await get(`${base}/${path}`)).text).to.contain('the run has not turned for 1m 1s');
    });
  });

  it('a sink that delivers nothing: which, since when and why, on the health page, in the log and in the status', async () => {
    const log = openLogger(testIo(), 'silent');
    const logged: string[] = [];
    const listening = {
      ...log,
      warn: (text: string, fields?: object) => logged.push(`${text} ${JSON.stringify(fields)}`),
      info: (text: string) => logged.push(text),
    } as typeof log;
    await watched(
      async (base, telemetry) => {
        const since = io.now();
        trouble = { since, why: 'hooks.example.org: HTTP 401' };
        await io.pass(4_000);
        telemetry.turned({ read });
        expect((await get(`${base}/healthz`)).status).to.equal(200);
        await io.pass(8_000);
        telemetry.turned({ read });
        expect((await get(`${base}/livez`)).status, 'no reason to start anew').to.equal(200);
        const said = `sink out has delivered nothing since ${new Date(since).toISOString()}: hooks.example.org: HTTP 401`;
        expect(await get(`${base}/healthz`)).to.deep.equal({ status: 503, text: `${said}\n` });
        await io.pass(3_000);
        telemetry.turned({ read });
        await io.pass(0);
        expect(logged.filter((text) => text.startsWith('sink'))).to.have.length(1);
        trouble = undefined;
        await io.pass(3_000);
        telemetry.turned({ read });
        expect((await get(`${base}/healthz`)).status).to.equal(200);
        expect(logged.filter((text) => text.startsWith('sink'))[1]).to.equal('sink_back');
      },
      { log: listening },
    );
  });

  it('shows nothing else, and only to reading', async () => {
    await watched(async (base) => {
      expect((await get(`${base}/`)).status).to.equal(404);
      expect((await get(`${base}/metrics/../../etc/passwd`)).status).to.equal(404);
      expect((await get(`${base}/metrics`, { method: 'POST', body: 'x' })).status).to.equal(405);
    });
  });

  it('asks for the token where there is one', async () => {
    await watched(
      async (base) => {
        expect((await get(`${base}/metrics`)).status).to.equal(401);
        expect((await get(`${base}/metrics`, { headers: { authorization: 'Bearer q7Zt2LmX' } })).status).to.equal(200);
      },
      { token: 'q7Zt2LmX' },
    );
  });

  it('writes its status beside its state, and that it has stopped', async () => {
    await watched(async (_base, telemetry) => {
      telemetry.turned({ read });
      await io.pass(2_500);
      telemetry.turned({ read: read + 5 });
    });
    const status = await readStatus(io.files, statusPath(folder.path, 'p'));
    expect(status).to.deep.include({
      pipeline: 'p',
      pid: 7,
      state: 'stopped',
      received: 10,
      rejected: 1,
      duplicate: 1,
      late: 2,
      problem: null,
    });
  });
});

describe('Health', () => {
  const at = (health: Health, now: number, live = true) => health.problem({ now, live, staleAfter: 1000 });

  it('finds a finished input no reason to worry', () => {
    const health = new Health(0);
    health.turned(10_000, 5);
    expect(at(health, 20_000, false)).to.equal(null);
    expect(at(health, 20_000)).to.equal('stale: no records for 10s');
  });

  it('tell what the memories do not hold', async () => {
    const memory = { late: 0, unknown: 3, overflowed: 7, templates_evicted: 12, topics_forgotten: 2 };
    const text = await exposition(
      'p',
      () => null,
      () => ({ checkpoints: { count: 0, bytes: 0, failures: 0 }, patterns: {}, top: [], memory, warnings: [] }),
      () => 0,
    ).text();
    for (const line of [
      'caducus_pattern_evictions_total{pipeline="p",component_id="memory",component_type="operator",reason="template_limit"} 12',
      'caducus_pattern_evictions_total{pipeline="p",component_id="memory",component_type="operator",reason="pattern_forgotten"} 2',
      'caducus_unknown_lines_total{pipeline="p",reason="frozen"} 3',
      'caducus_unknown_lines_total{pipeline="p",reason="overflow"} 7',
    ])
      expect(text).to.include(`${line}\n`);
  });
});
