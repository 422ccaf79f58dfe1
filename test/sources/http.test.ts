// One file, because one listener, opened as a run opens it, serves every sender.
import { createHmac, createSign } from 'node:crypto';
import { Agent, request as send } from 'node:http';
import { request as sendSecurely } from 'node:https';
import { connect } from 'node:net';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { CaducusError } from '../../src/errors.ts';
import type { Event, Json } from '../../src/event.ts';
import type { Io } from '../../src/io.ts';
import { openHttp, type HttpHooks } from '../../src/sources/http.ts';
import { httpOptions } from '../../src/sources/http/options.ts';
import { signedText, type SnsMessage } from '../../src/sources/http/snsSignature.ts';
import type { SourceBatch, SourceContext } from '../../src/sources/source.ts';
import { snsCertificate, snsKey } from '../support/servers/snsCertificate.ts';
import { virtualIo } from '../support/virtualIo.ts';

// After the tests' certificate was made.
const start = Date.UTC(2030, 2, 14, 3, 10);
const topic = 'arn:aws:sns:eu-west-1:123456789012:alarms';

interface Reply {
  status: number;
  body: { accepted?: number; rejected?: number; error?: string };
  headers: Record<string, string | string[] | undefined>;
}
const agent = new Agent({ keepAlive: true, maxSockets: 16 });

function post(
  port: number,
  body: string | Buffer,
  headers: Record<string, string> = {},
  { path = '/', method = 'POST' } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = send(
      { port, host: '127.0.0.1', path, method, agent, headers: { 'content-length': Buffer.byteLength(body), ...headers } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () =>
          resolve({ status: response.statusCode!, body: JSON.parse(text || '{}') as Reply['body'], headers: response.headers }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

const events = (batches: readonly SourceBatch[]): Event[] =>
  batches.flatMap(({ records }) => records).flatMap((record) => (record.kind === 'event' ? [record.event] : []));

describe('http', () => {
  let stateDir: string;
  let stops: (() => Promise<void>)[];
  beforeEach(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'caducus-http-'));
    stops = [];
  });
  afterEach(async () => {
    for (const stop of stops) await stop();
    await rm(stateDir, { recursive: true });
  });
  after(() => agent.destroy());

  /** A listener on a free port, and its batches. */
  async function listen(
    options: Record<string, unknown> = {},
    {
      io = virtualIo({ start, auto: false }) as Io,
      from = null as Json | null,
      fetchText,
      redact,
    }: Partial<SourceContext> & HttpHooks = {},
  ) {
    const abort = new AbortController();
    let listening: (port: number) => void = () => {};
    const port = new Promise<number>((resolve) => (listening = resolve));
    const parsed = httpOptions.parse({ listen: '127.0.0.1:0', ...options });
    const source = openHttp(
      parsed,
      { io, id: 'alerts', from, signal: abort.signal, stateDir, redact },
      { listening, ...(fetchText && { fetchText }) },
    );
    const iterator = source.batches[Symbol.asyncIterator]();
    // The first pull opens the port; a failure to open it rejects.
    let pulled: Promise<IteratorResult<SourceBatch>> | null = iterator.next();
    const opened = await Promise.race([port, pulled.then(() => port)]);
    const pull = () => {
      const next = pulled ?? iterator.next();
      pulled = null;
      return next;
    };
    const stop = async () => {
      abort.abort();
      await source.close();
    };
    stops.push(stop);
    const take = async (count: number) => {
      const batches: SourceBatch[] = [];
      while (batches.reduce((sum, { records }) => sum + records.length, 0) < count) batches.push((await pull()).value as SourceBatch);
      return batches;
    };
    return {
      port: opened,
      take,
      stop,
      release: source.release!,
      counts: source.counts!,
      send: (body: unknown, headers?: Record<string, string>) =>
        post(opened, typeof body === 'string' ? body : JSON.stringify(body), headers),
    };
  }

  const alert = (changes: Record<string, unknown> = {}) => ({
    status: 'firing',
    labels: { alertname: 'DataNodeVolumeFailed', instance: 'dn2', severity: 'critical', job: 'hdfs' },
    annotations: { summary: 'volume /data/3 failed' },
    startsAt: '2030-03-14T03:09:30.000Z',
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: 'http://prom/graph',
    fingerprint: 'd41d8cd98f00b204',
    ...changes,
  });
  const webhook = (...alerts: unknown[]) => ({
    version: '4',
    groupKey: '{}:{alertname="X"}',
    truncatedAlerts: 0,
    status: 'firing',
    receiver: 'radar',
    groupLabels: {},
    commonLabels: {},
    commonAnnotations: {},
    externalURL: 'http://am',
    alerts,
  });

  describe('alertmanager', () => {
    it('makes one record an alert', async () => {
      const source = await listen({ format: 'alertmanager' });
      expect(await source.send(webhook(alert(), alert({ fingerprint: 'ff', labels: { alertname: 'Other' } })))).to.deep.include({
        status: 200,
        body: { accepted: 2, rejected: 0 },
      });
      const [first, second] = events(await source.take(2));
      expect(first).to.include({
        source: 'alertmanager',
        group_id: 'alertmanager:hdfs',
        timestamp: '2030-03-14T03:09:30.000Z',
        text: 'DataNodeVolumeFailed dn2, critical: volume /data/3 failed',
      });
      expect(first!.metadata).to.include({ level: 'FATAL', status: 'firing', link: 'http://prom/graph' });
      expect(second).to.include({ group_id: 'alertmanager:radar' });
    });

    it('takes repeats of an alert that goes on for one, and resolves it as no new trouble', async () => {
      const source = await listen({ format: 'alertmanager' });
      await source.send(webhook(alert()));
      await source.send(webhook(alert(), alert()));
      await source.send(webhook(alert({ status: 'resolved', endsAt: '2030-03-14T03:09:59.000Z' })));
      const [firing, resolved, ...more] = events(await source.take(2));
      expect(more).to.deep.equal([]);
      expect(resolved!.metadata).to.include({ level: 'INFO', status: 'resolved', resolves: firing!.id });
      expect(resolved!.text).to.equal('DataNodeVolumeFailed dn2, resolved: volume /data/3 failed');
    });

    it('counts what becomes no record: repeats, alerts that are over where they are dropped, and those the sender left out', async () => {
      const source = await listen({ format: 'alertmanager', resolved: 'drop' });
      await source.send(webhook(alert(), alert({ status: 'resolved' }), alert({ fingerprint: 'b' })));
      await source.send({ ...webhook(alert()), truncatedAlerts: 37 });
      await source.take(3);
      expect(source.counts()).to.deep.equal({ duplicate: 1, filtered: 1, left_out: 37 });
    });

    it('dates an alert to when it began, at most `allowed_lateness` back: older ones would miss their window', async () => {
      const source = await listen({ format: 'alertmanager', allowedLateness: '15s' });
      const began = (fingerprint: string, startsAt: string) => alert({ fingerprint, startsAt });
      await source.send(
        webhook(
          began('a', '2030-03-14T03:09:50.000Z'),
          began('b', '2030-03-14T02:00:00.000Z'),
          began('c', '2030-03-14T04:00:00.000Z'),
          began('d', 'soon'),
        ),
      );
      expect(events(await source.take(4)).map(({ timestamp }) => timestamp.slice(11, 19))).to.deep.equal([
        '03:09:50',
        '03:09:45',
        '03:10:00',
        '03:10:00',
      ]);
    });

    it('refuses what is no webhook of it', async () => {
      const source = await listen({ format: 'alertmanager' });
      expect((await source.send({ version: '3', alerts: [] })).status).to.equal(400);
      expect((await source.send('{')).status).to.equal(400);
    });
  });

  describe('alerts of other senders', () => {
    const grafana = {
      version: '1',
      orgId: 1,
      receiver: 'hook',
      groupKey: 'g',
      externalURL: 'https://grafana.test/',
      alerts: [
        alert({ labels: { alertname: 'Queue depth', severity: 'high', service: 'checkout' }, values: { B: 912 } }),
        alert({ fingerprint: 'w', labels: { alertname: 'Watchdog', severity: 'none' }, annotations: null }),
      ],
    };

    for (const format of ['ndjson', 'json', 'alerts', 'grafana', 'alertmanager']) {
      it(`takes Grafana's as it takes Alertmanager's, with format ${format}`, async () => {
        const source = await listen({ format });
        expect((await source.send(grafana)).body).to.deep.equal({ accepted: 2, rejected: 0 });
        const [first, second] = events(await source.take(2));
        expect(first).to.include({ source: 'grafana', group_id: 'grafana:checkout', text: 'Queue depth, high: volume /data/3 failed' });
        expect(first!.metadata).to.include({ level: 'ERROR', status: 'firing', alert: 'Queue depth' });
        expect(second!.metadata).to.include({ level: 'INFO', status: 'firing' });
      });
    }

    it('takes what Prometheus posts: an alert whose time is over has ended, one that ended long ago is of an old message', async () => {
      const source = await listen({ format: 'ndjson' });
      const ending = (fingerprint: string, endsAt: string) => ({
        labels: { alertname: fingerprint, severity: 'page' },
        startsAt: '2030-03-14T03:00:00Z',
        endsAt,
      });
      await source.send([
        ending('on', '2030-03-14T03:14:00Z'),
        ending('over', '2030-03-14T03:09:00Z'),
        ending('old', '2030-03-14T01:00:00Z'),
      ]);
      const seen = events(await source.take(3)).map(({ metadata }) => [metadata.alert, metadata.status, metadata.level]);
      expect(seen).to.deep.equal([
        ['on', 'firing', 'FATAL'],
        ['over', 'resolved', 'INFO'],
        ['old', 'firing', 'FATAL'],
      ]);
    });

    it('says how many alerts the sender left out', async () => {
      const source = await listen({ format: 'alertmanager' });
      await source.send({ ...webhook(alert()), truncatedAlerts: 37 });
      const [, left] = events(await source.take(2));
      expect(left!.text).to.equal('37 more alerts of this group were left out by the sender (max_alerts)');
      expect(left!.metadata).to.include({ level: 'WARN' });
    });

    const incident = (type: string, at: string) => ({
      event: {
        event_type: `incident.${type}`,
        occurred_at: at,
        data: { id: 'P1', title: 'Payments are stuck', priority: { summary: 'P1' }, service: { summary: 'Payments' } },
      },
    });

    it('makes one record of a message that is repeated, and lets its end be known by the same fingerprint', async () => {
      const source = await listen({ format: 'pagerduty' });
      await source.send(incident('triggered', '2030-03-14T03:09:30Z'));
      await source.send(incident('triggered', '2030-03-14T03:09:30Z'));
      await source.send(incident('resolved', '2030-03-14T03:09:50Z'));
      const [firing, over, ...more] = events(await source.take(2));
      expect(more).to.deep.equal([]);
      expect(firing).to.include({ source: 'pagerduty', group_id: 'pagerduty:Payments', timestamp: '2030-03-14T03:09:30.000Z' });
      expect(firing!.metadata).to.include({ level: 'FATAL', status: 'firing', starts_at: '2030-03-14T03:09:30.000Z' });
      expect(over!.metadata).to.include({ level: 'INFO', status: 'resolved', fingerprint: firing!.metadata.fingerprint });
    });

    it('drops word of the end when asked to', async () => {
      const source = await listen({ format: 'pagerduty', resolved: 'drop' });
      expect((await source.send(incident('resolved', '2030-03-14T03:09:50Z'))).body).to.deep.equal({ accepted: 0, rejected: 0 });
    });

    it('refuses, of one sender, what another sends', async () => {
      const source = await listen({ format: 'opsgenie' });
      expect((await source.send(incident('triggered', '2030-03-14T03:09:30Z'))).status).to.equal(400);
    });

    it('leaves records alone where the user says what stands where', async () => {
      const source = await listen({ format: 'json', fields: { text: 'title' } });
      await source.send({ title: 'one', alert_transition: 'Triggered' });
      expect(events(await source.take(1))[0]).to.include({ text: 'one', source: 'alerts' });
    });
  });

  describe('sns', () => {
    const sign = (changes: Partial<SnsMessage> = {}, key = snsKey): SnsMessage => {
      const message: SnsMessage = {
        Type: 'Notification',
        MessageId: 'm-1',
        TopicArn: topic,
        Message: 'disk full',
        Timestamp: '2030-03-14T03:09:50.000Z',
        SignatureVersion: '2',
        Signature: '',
        SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem',
        ...changes,
      };
      message.Signature = createSign(message.SignatureVersion === '1' ? 'RSA-SHA1' : 'RSA-SHA256')
        .update(signedText(message))
        .sign(key, 'base64');
      return message;
    };
    const fetched: string[] = [];
    const fetchText = async (url: string) => {
      fetched.push(url);
      return url.endsWith('.pem') ? snsCertificate : '<ConfirmSubscriptionResponse/>';
    };
    const open = () => listen({ format: 'sns', topicArns: [topic] }, { fetchText });
    beforeEach(() => fetched.splice(0));

    it('takes signed notifications, of both signature versions', async () => {
      const source = await open();
      expect((await source.send(sign({ Subject: 'Disk' }))).status).to.equal(200);
      expect((await source.send(sign({ SignatureVersion: '1', MessageId: 'm-2' }))).status).to.equal(200);
      const [first] = events(await source.take(2));
      expect(first).to.include({ source: 'sns', group_id: 'sns:alarms', text: 'disk full', timestamp: '2030-03-14T03:09:50.000Z' });
      expect(fetched).to.have.lengthOf(1);
    });

    it('refuses forged, foreign and unsigned messages, and writes nothing down', async () => {
      const source = await open();
      const forged: unknown[] = [
        { ...sign(), Message: 'something else' },
        { ...sign(), Signature: 'AAAA' },
        sign({ TopicArn: 'arn:aws:sns:eu-west-1:999999999999:mine' }),
        sign({ SigningCertURL: 'https://sns.eu-west-1.amazonaws.com.evil.example/x.pem' }),
        sign({ SigningCertURL: 'http://sns.eu-west-1.amazonaws.com/x.pem' }),
        sign({ SigningCertURL: 'https://user@sns.eu-west-1.amazonaws.com/x.pem' }),
        sign({ SigningCertURL: 'https://bucket.s3.eu-west-1.amazonaws.com/x.pem' }),
        sign({ SignatureVersion: '3' }),
      ];
      for (const message of forged) expect((await source.send(message)).status, JSON.stringify(message)).to.equal(403);
      expect(await readdir(join(stateDir, 'journal', 'alerts'))).to.deep.equal([]);
    });

    it('confirms a subscription to a topic that is named, at an address of SNS only', async () => {
      const source = await open();
      const SubscribeURL = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t';
      expect((await source.send(sign({ Type: 'SubscriptionConfirmation', Token: 't', SubscribeURL }))).status).to.equal(200);
      expect(fetched).to.include(SubscribeURL);
      expect(
        (await source.send(sign({ Type: 'SubscriptionConfirmation', Token: 't', SubscribeURL: 'https://evil.example/' }))).status,
      ).to.equal(403);
      expect(fetched).not.to.include('https://evil.example/');
    });

    it('understands CloudWatch alarms', async () => {
      const source = await open();
      const alarm = (state: string, at: string) =>
        JSON.stringify({
          AlarmName: 'auth-5xx',
          AWSAccountId: '123456789012',
          NewStateValue: state,
          NewStateReason: 'Threshold Crossed: 1 datapoint [7.0]',
          StateChangeTime: at,
          Region: 'EU (Ireland)',
          OldStateValue: 'OK',
          Trigger: { MetricName: '5xx' },
        });
      await source.send(sign({ MessageId: 'a', Message: alarm('ALARM', '2030-03-14T03:09:40.000+0000') }));
      await source.send(sign({ MessageId: 'b', Message: alarm('OK', '2030-03-14T03:09:55.000+0000') }));
      const [firing, resolved] = events(await source.take(2));
      expect(firing).to.include({
        source: 'cloudwatch-alarm',
        group_id: 'cloudwatch-alarm:alarms',
        timestamp: '2030-03-14T03:09:40.000Z',
        text: 'auth-5xx, firing: Threshold Crossed: 1 datapoint [7.0]',
      });
      expect(firing!.metadata).to.include({ level: 'ERROR', status: 'firing' });
      expect(resolved!.metadata).to.include({ level: 'INFO', status: 'resolved' });
    });
  });

  describe('json and ndjson', () => {
    it('takes the lines of Vector and Fluent Bit, and shows what it cannot take', async () => {
      const source = await listen();
      const body =
        '{"timestamp":"2030-03-14T03:09:00Z","level":"warn","message":"slow write"}\n{"date":1899601740.5,"log":"from fluent bit"}\nnot json\n';
      expect((await source.send(body)).body).to.deep.equal({ accepted: 2, rejected: 1 });
      const batches = await source.take(3);
      expect(events(batches).map(({ text }) => text)).to.deep.equal(['slow write', 'from fluent bit']);
      expect(batches[0]!.records[2]).to.include({ kind: 'rejected' });
    });

    for (const format of ['ndjson', 'json'])
      it(`takes documents one after the other, arrays of them, and those of several lines (${format})`, async () => {
        const record = (n: number) => ({ timestamp: '2030-03-14T03:00:00Z', message: `event ${n}` });
        const [one, two] = [1, 2].map((n) => JSON.stringify(record(n)));
        const both = [
          `${one}${two}`,
          [record(1), record(2)].map((each) => JSON.stringify(each, null, 2)).join('\n'),
          JSON.stringify([record(1), record(2)], null, 2),
        ];
        const source = await listen({ format });
        for (const body of format === 'json' ? both : [...both, `[${one}]\n[${two}]`, `${one}\n[${two}]`]) {
          expect((await source.send(body)).body, body).to.deep.equal({ accepted: 2, rejected: 0 });
          expect(events(await source.take(2)).map(({ text }) => text)).to.deep.equal(['event 1', 'event 2']);
        }
      });

    it('tells a sender none of whose records is of use, and keeps them to be looked at', async () => {
      const source = await listen();
      const refused = await source.send('not json\nneither\n');
      expect([refused.status, refused.body]).to.deep.equal([422, { accepted: 0, rejected: 2 }]);
      expect((await source.take(2)).flatMap(({ records }) => records).map(({ kind }) => kind)).to.deep.equal(['rejected', 'rejected']);
    });

    it('refuses a body that can never be taken, whatever it is', async () => {
      const source = await listen({ format: 'json' });
      for (const body of ['', '{', '"text"', '7', `${'['.repeat(200_000)}${']'.repeat(200_000)}`])
        expect((await source.send(body)).status, body.slice(0, 9)).to.be.oneOf([400, 422]);
    });

    it('keeps canonical events as they are, once', async () => {
      const source = await listen();
      const event = { id: 'e-1', timestamp: '2030-03-14T03:00:00.000Z', source: 's', group_id: 's:g', text: 't', metadata: { a: 1 } };
      await source.send(event);
      await source.send(event);
      await source.send({ ...event, id: 'e-2' });
      expect(events(await source.take(2))).to.deep.equal([event, { ...event, id: 'e-2' }]);
    });

    it('takes two equal bodies for two records', async () => {
      const source = await listen();
      for (let i = 0; i < 2; i += 1) await source.send({ timestamp: '2030-03-14T03:00:00Z', message: 'x' });
      const ids = events(await source.take(2)).map(({ id }) => id);
      expect(new Set(ids).size).to.equal(2);
      expect(ids).to.deep.equal(ids.toSorted());
    });

    it('unfolds an OpenTelemetry export', async () => {
      const source = await listen({ format: 'json' });
      const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
      await source.send({
        resourceLogs: [
          {
            resource: { attributes: [attribute('service.name', 'auth')] },
            scopeLogs: [
              {
                logRecords: [
                  {
                    timeUnixNano: '1899601740123456789',
                    severityText: 'ERROR',
                    body: { stringValue: 'JWT expired' },
                    attributes: [attribute('user', 'u1')],
                    traceId: 'abc',
                  },
                ],
              },
            ],
          },
        ],
      });
      const [event] = events(await source.take(1));
      expect(event).to.include({ text: 'JWT expired', group_id: 'alerts:auth', timestamp: '2030-03-13T03:09:00.123Z' });
      expect(event!.metadata).to.include({ user: 'u1', level: 'ERROR', trace_id: 'abc' });
    });

    it('finds records where it is told, under the names it is told', async () => {
      const source = await listen({ format: 'json', records: 'data.items', fields: { text: 'what', timestamp: 'when' } });
      await source.send({
        data: {
          items: [
            { what: 'a', when: '2030-03-14T03:00:00Z' },
            { what: 'b', when: '2030-03-14T03:00:01Z' },
          ],
        },
      });
      expect(events(await source.take(2)).map(({ text }) => text)).to.deep.equal(['a', 'b']);
    });
  });

  describe('trust', () => {
    const line = '{"timestamp":"2030-03-14T03:00:00Z","message":"x"}';

    it('wants the token', async () => {
      const { port } = await listen({ token: 'correct horse' });
      expect((await post(port, line)).status).to.equal(401);
      expect((await post(port, line, { authorization: 'Bearer wrong horse' })).status).to.equal(401);
      expect((await post(port, line, { authorization: 'Bearer correct horse' })).status).to.equal(200);
    });

    it('wants the signature of the body', async () => {
      const { port } = await listen({ hmac: { secret: 'battery staple' } });
      const signature = (body: string) => createHmac('sha256', 'battery staple').update(body).digest('hex');
      expect((await post(port, line)).status).to.equal(401);
      expect((await post(port, line, { 'x-hub-signature-256': `sha256=${signature('other')}` })).status).to.equal(401);
      expect((await post(port, line, { 'x-hub-signature-256': `sha256=${signature(line)}` })).status).to.equal(200);
      expect((await post(port, line, { 'x-hub-signature-256': signature(line) })).status).to.equal(200);
    });

    it('takes the token in any spelling of the scheme, and as the password of Basic authentication', async () => {
      const { port } = await listen({ token: 'correct horse' });
      const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
      for (const authorization of [
        'bearer correct horse',
        'BEARER  correct horse',
        basic('anybody:correct horse'),
        basic(':correct horse'),
      ])
        expect((await post(port, line, { authorization })).status, authorization).to.equal(200);
      for (const authorization of [
        'correct horse',
        'Token correct horse',
        basic('correct horse:'),
        basic('correct horse'),
        'Bearer',
        'Basic !',
      ])
        expect((await post(port, line, { authorization })).status, authorization).to.equal(401);
    });

    it('takes one signature of several', async () => {
      const { port } = await listen({ hmac: { secret: 'battery staple' } });
      const signature = (key: string) => createHmac('sha256', key).update(line).digest('hex');
      const [good, other] = [signature('battery staple'), signature('another key')];
      for (const [given, status] of [
        [`sha256=${other},sha256=${good}`, 200],
        [`${good} ${other}`, 200],
        [`v1=${other}, v1=${other}`, 401],
      ] as const)
        expect((await post(port, line, { 'x-hub-signature-256': given })).status).to.equal(status);
    });

    it('listens for HTTPS with a certificate of files, and says which cannot be read', async () => {
      const certificate = (name: string) => join(stateDir, name);
      await writeFile(certificate('cert.pem'), snsCertificate);
      await writeFile(certificate('key.pem'), snsKey);
      const error = await listen({ tls: { certFile: '/nonexistent.pem', keyFile: certificate('key.pem') } }).then(
        () => null,
        (cause: unknown) => cause as CaducusError,
      );
      expect([error?.code, error?.message.includes('/nonexistent.pem')]).to.deep.equal(['CAD011', true]);
      const { port } = await listen({ tls: { certFile: certificate('cert.pem'), keyFile: certificate('key.pem') } });
      const status = await new Promise((resolve, reject) => {
        const request = sendSecurely({ port, host: '127.0.0.1', method: 'POST', rejectUnauthorized: false, agent: false }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        request.on('error', reject);
        request.end(line);
      });
      expect(status).to.equal(200);
    });

    it("does not open itself to the network without a key, nor to anybody's SNS topic", async () => {
      const failure = async (options: Record<string, unknown>) =>
        listen(options).then(
          () => null,
          (error: unknown) => error,
        );
      for (const [options, code] of [
        [{ listen: '0.0.0.0:0' }, 'CAD071'],
        [{ listen: ':0' }, 'CAD071'],
        [{ format: 'sns' }, 'CAD015'],
        [{ tokenFile: '/nonexistent' }, 'CAD011'],
      ] as const) {
        const error = await failure(options);
        expect(error).to.be.instanceOf(CaducusError).and.include({ code });
      }
    });

    it('says when the address is taken', async () => {
      const { port } = await listen();
      const error = await listen({ listen: `127.0.0.1:${port}` }).then(
        () => null,
        (cause: unknown) => cause,
      );
      expect(error).to.include({ code: 'CAD070', exit: 74 });
    });

    it('bounds bodies, packed and unpacked, and wants the right path and method', async () => {
      const { port } = await listen({ maxBody: 1000, path: '/in' });
      const at = { path: '/in' };
      expect((await post(port, 'x'.repeat(1001), {}, at)).status).to.equal(413);
      expect((await post(port, gzipSync(' '.repeat(100_000)), { 'content-encoding': 'gzip' }, at)).status).to.equal(413);
      expect((await post(port, 'xx', { 'content-encoding': 'gzip' }, at)).status).to.equal(400);
      expect((await post(port, 'xx', { 'content-encoding': 'br' }, at)).status).to.equal(415);
      for (const encoding of ['gzip', 'GZIP', 'x-gzip', ' gzip ', 'identity, gzip'])
        expect((await post(port, gzipSync(line), { 'content-encoding': encoding }, at)).status, encoding).to.equal(200);
      expect((await post(port, gzipSync(line), {}, at)).body).to.deep.equal({ accepted: 1, rejected: 0 });
      expect((await post(port, line)).status).to.equal(404);
      expect((await post(port, '', {}, { path: '/in?x=1', method: 'GET' })).status).to.equal(405);
    });

    it('redacts before it writes anything down', async () => {
      const source = await listen(
        {},
        {
          redact: (record) =>
            record.kind === 'event' ? { ...record, event: { ...record.event, text: record.event.text.replace(/hunter2/, '***') } } : record,
        },
      );
      await source.send({ timestamp: '2030-03-14T03:00:00Z', message: 'password hunter2' });
      await source.take(1);
      const folder = join(stateDir, 'journal', 'alerts');
      for (const name of await readdir(folder))
        expect(await readFile(join(folder, name), 'utf8'))
          .to.include('password ***')
          .and.not.include('hunter2');
    });
  });

  describe('a stop', () => {
    it('waits for no sender that is slow, and answers those whose bodies have come', async () => {
      const source = await listen();
      const slow = connect(source.port, '127.0.0.1');
      const cut = new Promise<void>((resolve) => slow.once('close', () => resolve()));
      slow.on('error', () => undefined);
      slow.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"a":');
      const line = '{"timestamp":"2030-03-14T03:00:00Z","message":"x"}';
      expect((await source.send(line)).status).to.equal(200);
      // Resolves although the slow one never ends: were it waited for, this test would run into its time limit.
      await source.stop();
      await cut;
    });
  });

  describe('durability', () => {
    it('goes on behind the last checkpoint, whatever was acknowledged since', async () => {
      const first = await listen();
      await first.send({ timestamp: '2030-03-14T03:00:00Z', message: 'one' });
      const [batch] = await first.take(1);
      await first.send({ timestamp: '2030-03-14T03:00:01Z', message: 'two' });
      await first.release(batch!.position);
      await first.stop();
      const second = await listen({}, { from: batch!.position });
      await second.send({ timestamp: '2030-03-14T03:00:02Z', message: 'three' });
      const batches = await second.take(2);
      expect(events(batches).map(({ text }) => text)).to.deep.equal(['two', 'three']);
      await second.release(batches.at(-1)!.position);
      expect(await readdir(join(stateDir, 'journal', 'alerts'))).to.have.lengthOf(1);
    });

    it('goes on when the checkpoint stands behind all that is left of the journal', async () => {
      const first = await listen();
      await first.send({ timestamp: '2030-03-14T03:00:00Z', message: 'one' });
      await first.take(1);
      await first.stop();
      const second = await listen({}, { from: { segment: 7, offset: 0 } });
      await second.release({ segment: 7, offset: 0 });
      await second.send({ timestamp: '2030-03-14T03:00:01Z', message: 'two' });
      expect(events(await second.take(1)).map(({ text }) => text)).to.deep.equal(['two']);
    });

    it('cuts a line that a crash has torn', async () => {
      const first = await listen();
      await first.send({ timestamp: '2030-03-14T03:00:00Z', message: 'whole' });
      await first.stop();
      const folder = join(stateDir, 'journal', 'alerts');
      const io = virtualIo({ start, auto: false });
      const file = await io.files.open(join(folder, (await readdir(folder))[0]!), 'a');
      await file.write(Buffer.from('{"kind":"event","time":1'));
      await file.close();
      const second = await listen();
      await second.send({ timestamp: '2030-03-14T03:00:01Z', message: 'next' });
      expect(events(await second.take(2)).map(({ text }) => text)).to.deep.equal(['whole', 'next']);
    });

    it('says 503 and when to come back, while the disk fails', async () => {
      const io = virtualIo({ start, auto: false });
      let failing = true;
      const broken: Io = {
        ...io,
        files: {
          ...io.files,
          open: async (path, flags) => {
            const file = await io.files.open(path, flags);
            return {
              ...file,
              sync: () => (failing ? Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' })) : file.sync()),
            };
          },
        },
      };
      const source = await listen({}, { io: broken });
      const refused = await source.send({ timestamp: '2030-03-14T03:00:00Z', message: 'lost' });
      expect([refused.status, refused.headers['retry-after']]).to.deep.equal([503, '5']);
      failing = false;
      expect((await source.send({ timestamp: '2030-03-14T03:00:01Z', message: 'kept' })).status).to.equal(200);
      expect(events(await source.take(1)).map(({ text }) => text)).to.deep.equal(['kept']);
    });

    it('turns senders away while too much waits for the pipeline', async () => {
      const source = await listen({ maxBacklog: 2000 });
      const statuses: number[] = [];
      // Nobody takes batches beyond the first.
      for (let i = 0; i < 60; i += 1)
        statuses.push((await source.send({ timestamp: '2030-03-14T03:00:00Z', message: `event ${i}` })).status);
      expect(statuses.at(-1)).to.equal(503);
      const taken = statuses.filter((status) => status === 200).length;
      expect(taken).to.be.within(5, 59);
      expect(events(await source.take(taken))).to.have.lengthOf(taken);
      expect((await source.send({ timestamp: '2030-03-14T03:00:00Z', message: 'again' })).status).to.equal(200);
    });

    it('has every record on disk whose sender was told 2xx, under load', async () => {
      const io = virtualIo({ start, auto: false });
      const synced = new Set<string>();
      const watched: Io = {
        ...io,
        files: {
          ...io.files,
          open: async (path, flags) => {
            const file = await io.files.open(path, flags);
            const written: string[] = [];
            return {
              ...file,
              write: (bytes, position) => {
                written.push(Buffer.from(bytes).toString());
                return file.write(bytes, position);
              },
              sync: async () => {
                const before = written.splice(0).join('');
                await file.sync();
                for (const [, n] of before.matchAll(/event (\d+)"/g)) synced.add(n!);
              },
            };
          },
        },
      };
      const source = await listen({}, { io: watched });
      const early: number[] = [];
      let next = 0;
      await Promise.all(
        Array.from({ length: 16 }, async () => {
          while (next < 2000) {
            const n = (next += 1);
            const { status } = await source.send({ timestamp: '2030-03-14T03:00:00Z', message: `event ${n}` });
            if (status !== 200 || !synced.has(String(n))) early.push(n);
          }
        }),
      );
      expect(early).to.deep.equal([]);
      expect(new Set(events(await source.take(next)).map(({ text }) => text)).size).to.equal(next);
    });
  });
});
