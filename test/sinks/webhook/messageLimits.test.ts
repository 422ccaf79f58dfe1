import { expect } from 'chai';
import type { JsonObject } from '../../../src/event.ts';
import type { EpisodeFinding, Finding } from '../../../src/signal.ts';
import { alertmanager } from '../../../src/sinks/webhook/alertmanager.ts';
import { email } from '../../../src/sinks/webhook/email.ts';
import { jsonReceiver } from '../../../src/sinks/webhook/jsonBody.ts';
import { messageMaker } from '../../../src/sinks/webhook/message.ts';
import { ntfy } from '../../../src/sinks/webhook/ntfy.ts';
import { pagerDuty } from '../../../src/sinks/webhook/pagerduty.ts';
import type { Call, Receiver } from '../../../src/sinks/webhook/receiver.ts';
import { slackBot, slackWebhook } from '../../../src/sinks/webhook/slack.ts';
import { teams } from '../../../src/sinks/webhook/teams.ts';
import { changedFinding } from '../../support/findings.ts';
import { episode, quiet, spike } from '../../support/views/viewSamples.ts';

/** What stands in every text of a finding, and in all that is known around it. */
const texts: Record<string, string> = {
  'nothing at all': '',
  'only blanks': ' \t ',
  'a text without end': 'x'.repeat(120_000),
  'many characters of two halves': '😀'.repeat(20_000),
  'many bytes a character': '漢'.repeat(40_000),
  'half a character': 'a\ud83d',
  'escapes and controls': '\u001b[2J\u0000\u0007\u009b31m\u202egnp.exe',
  'lines of its own': 'one\r\n[resolved] two\n\nBcc: evil@example.com',
  'the markup of Slack': '<!channel> <@U1> <https://evil.example|click> *b* _i_ ~s~ `c` ```d``` &amp;',
  'the markup of cards': '[click](https://evil.example) **b** # h\n- l',
  'markup of pages': '"><script>alert(1)</script><img src=x>',
  'fields of a template': '{group} {{ .Labels }} ${x} %s',
  'names of objects': '__proto__',
  'a number': '0',
};

/** All texts of a finding are that one, and its result is as full as it can be. */
function fullOf(text: string): Finding[] {
  const at = '2026-05-04T09:56:00.000Z';
  const around = {
    acked: { who: text, at, note: text, until: '2026-05-04T12:00:00Z' },
    notes: [{ who: text, at, note: text, link: text }],
    resolved_by: { who: text, at, note: text },
    fields: [{ name: text, value: text, count: 3, of: 3, others: 0 }],
  };
  const members = Array.from({ length: 30 }, () => ({ ...episode.result.members[0]!, label: text, group_id: text }));
  const lines = [1, 2, 3].map(() => ({ at, group_id: text, text }));
  const all: Partial<EpisodeFinding['result']> = {
    members,
    lines,
    groups: 30,
    changes: [{ at, text }],
    in_common: [{ value: text, in: 3, of: 3, field: text }],
    seen_before: [{ id: text, at, lasted_ms: 1, patterns: 1, of: 3, note: text, link: text }],
    rate: { label: text, count: 9, usual: 1, window_ms: 300_000 } as NonNullable<EpisodeFinding['result']['rate']>,
  };
  const named = { title: text, group_id: text, rule: text };
  const findings = [
    changedFinding(episode, { ...named, result: { ...episode.result, ...all, ...around } }),
    changedFinding(quiet, { ...named, result: { ...quiet.result, ...around, lines, example: text } }),
    changedFinding(spike, { ...named, result: { ...spike.result, ...around } }),
    // Operators of one's own may put anything into a result.
    changedFinding(quiet, { ...named, result: {} }),
  ];
  return findings.flatMap((one) => [
    one,
    changedFinding(one, { state: 'acked' }),
    changedFinding(one, { state: 'resolved', severity: 'critical' }),
  ]);
}

const isWebAddress = (href: string): boolean => URL.canParse(href) && /^https?:$/.test(new URL(href).protocol);
const within = (text: unknown, least: number, most: number): void => {
  expect(String(text).length).to.be.within(least, most);
};
/** Every text in it is whole characters: half of one is refused by some, and replaced by others. */
function areWhole(value: unknown): void {
  if (typeof value === 'string') expect(value, value.slice(0, 60)).to.satisfy((text: string) => !/\p{Cs}/u.test(text));
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) areWhole(one);
}

type Check = (body: JsonObject, call: Call) => void;

/** Source: Slack, Block Kit reference. */
const checkSlack: Check = (body) => {
  within(body['text'], 1, 4000);
  const blocks = (body['blocks'] ?? []) as JsonObject[];
  expect(blocks.length).to.be.at.most(50);
  for (const block of blocks) {
    if (block['type'] === 'section') within((block['text'] as JsonObject)['text'], 1, 3000);
    const elements = (block['elements'] ?? []) as JsonObject[];
    if (block['type'] !== 'section') expect(elements.length).to.be.within(1, 25);
    if (block['type'] === 'context') for (const { text } of elements) within(text, 1, 3000);
    if (block['type'] !== 'actions') continue;
    const ids = elements.map((one) => String(one['action_id']));
    expect(new Set(ids).size).to.equal(ids.length);
    for (const { text, url, value } of elements) {
      within((text as JsonObject)['text'], 1, 75);
      if (url !== undefined) expect(isWebAddress(url as string) && (url as string).length <= 3000).to.equal(true);
      if (value !== undefined) within(value, 1, 2000);
    }
  }
  // Nothing in a log line is a mention, a link or a channel.
  expect(JSON.stringify(body)).to.not.match(/<[!@#]|<https/);
};

/** Source: PagerDuty, Events API v2. */
const checkPagerDuty: Check = (body, call) => {
  expect(Buffer.byteLength((call as { body: string }).body)).to.be.below(512_000);
  within(body['dedup_key'], 1, 255);
  if (body['event_action'] !== 'trigger') return;
  const { summary, source, severity, timestamp, component, group } = body['payload'] as JsonObject;
  within(summary, 1, 1024);
  within(source, 1, 255);
  expect(['info', 'warning', 'error', 'critical']).to.include(severity);
  expect(Number.isFinite(Date.parse(String(timestamp)))).to.equal(true);
  for (const one of [component, group]) within(one, 0, 255);
  const links = body['links'] as { href: string; text: string }[];
  for (const { href, text } of links) {
    expect(isWebAddress(href)).to.equal(true);
    within(text, 1, 255);
  }
  if (body['client_url'] !== undefined) expect(isWebAddress(String(body['client_url']))).to.equal(true);
};

/** Source: Alertmanager, api/v2/openapi.yaml, and its check of an alert. */
const checkAlertmanager: Check = (body) => {
  for (const one of body as unknown as JsonObject[]) {
    const { labels, annotations, startsAt, endsAt, generatorURL } = one;
    for (const names of [labels, annotations]) {
      for (const [name, value] of Object.entries(names as JsonObject)) {
        expect(name).to.match(/^[A-Za-z_][A-Za-z0-9_]*$/);
        within(value, 1, 8000);
      }
    }
    expect((labels as JsonObject)['alertname'])
      .to.be.a('string')
      .and.not.equal('');
    expect(Date.parse(String(startsAt))).to.be.at.most(Date.parse(String(endsAt)));
    if (generatorURL !== undefined) expect(isWebAddress(String(generatorURL))).to.equal(true);
  }
};

/** Source: Microsoft Teams, "Create incoming webhooks with Workflows": 28 KB. */
const checkTeams: Check = (_, call) => {
  expect(Buffer.byteLength((call as { body: string }).body)).to.be.at.most(28_000);
};

/** Source: docs.ntfy.sh/publish. */
const checkNtfy: Check = (body) => {
  expect(Buffer.byteLength(String(body['message']))).to.be.at.most(4096);
  expect(((body['actions'] ?? []) as unknown[]).length).to.be.at.most(3);
  within(body['title'], 1, 250);
};

const checkEmail: Check = (_, call) => {
  if (call.method !== 'MAIL') throw new Error('it is no mail');
  expect(call.mail.subject).to.not.match(/[\r\n\0]/);
  within(call.mail.subject, 1, 500);
  areWhole(call.mail.text);
  within(call.mail.text, 1, 40_000);
};

const around = (text: string) =>
  messageMaker(() => ({
    owner: text,
    links: [
      { name: 'radar', href: 'https://radar.example/#/e/1' },
      { name: '1st <of> all:', href: `https://logs.example/?q=${'%F0%9F%98%80'.repeat(100)}` },
      { name: '2nd place', href: `https://logs.example/?q=${'x'.repeat(9000)}` },
    ],
    blind: { silent: 2, of: 60 },
  }));
const labels = (text: string) => () => ({ [text]: text, team: text, '0day': text, alertname: 'mine', caducus_id: 'mine' });

const receivers: Record<string, { make(text: string): Receiver; check: Check }> = {
  'Slack by a bot': {
    make: (text) => slackBot({ token: 'xoxb-12345678', channel: 'C1', message: around(text), buttons: true }),
    check: checkSlack,
  },
  'Slack by a webhook': {
    make: (text) => slackWebhook('https://hooks.example/x', { message: around(text), buttons: false }),
    check: checkSlack,
  },
  PagerDuty: { make: (text) => pagerDuty({ routingKey: 'r', message: around(text) }), check: checkPagerDuty },
  Alertmanager: {
    make: (text) => alertmanager({ url: 'http://am.example', headers: {}, message: around(text), labels: labels(text) }),
    check: checkAlertmanager,
  },
  Teams: { make: (text) => teams({ url: 'https://teams.example/x', message: around(text) }), check: checkTeams },
  ntfy: { make: (text) => ntfy({ topic: 'ops', token: null, message: around(text) }), check: checkNtfy },
  JSON: { make: (text) => jsonReceiver({ url: 'https://json.example', headers: {}, message: around(text) }), check: () => undefined },
  'e-mail': {
    make: (text) => email({ url: 'smtp://mail.example', password: null, from: 'a@b.example', to: ['c@d.example'], message: around(text) }),
    check: checkEmail,
  },
};

describe('a message is within the limits of its receiver', () => {
  for (const [name, { make, check }] of Object.entries(receivers)) {
    describe(name, () => {
      for (const [what, text] of Object.entries(texts)) {
        it(`with ${what} in every text`, () => {
          for (const finding of fullOf(text)) {
            const receiver = make(text);
            const call = receiver.call(finding, null);
            if (call === null) continue;
            const body = call.method === 'MAIL' ? {} : (JSON.parse(call.body) as JsonObject);
            check(body, call);
            if (name !== 'JSON') areWhole(body);
          }
        });
      }
    });
  }
});
