import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../../../src/event.ts';

/** An incident as PagerDuty holds it: one for each key, while it is open. */
export interface Incident {
  key: string;
  status: 'triggered' | 'acknowledged' | 'resolved';
  summary: string;
  opened: number;
}

export interface SlackMessage {
  channel: string;
  ts: string;
  thread: string | null;
  text: string;
}

/**
 * PagerDuty (Events API v2), Slack (chat.postMessage and chat.update) and Alertmanager (alerts and silences, API v2), as far
 * as their documents say what they answer, in one server; what must not be asked of them is noted.
 */
export class OnCallServers {
  readonly incidents = new Map<string, Incident>();
  readonly messages: SlackMessage[] = [];
  readonly alerts = new Map<string, { startsAt: string; endsAt: string }>();
  readonly silences: JsonObject[] = [];
  /** What broke a rule of theirs. */
  readonly wrong: string[] = [];
  url = '';
  readonly #server = createServer((request, response) => {
    void readBody(request).then((text) => {
      const [status, body] = this.#answer(request, text);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #answer({ method, url }: IncomingMessage, text: string): [number, unknown] {
    if (url === '/api/v2/alerts') return this.#alerts(JSON.parse(text) as JsonObject[]);
    const body = text === '' ? {} : (JSON.parse(text) as JsonObject);
    if (url === '/v2/enqueue') return this.#event(body);
    if (url === '/slack/chat.postMessage' || url === '/slack/chat.update') return this.#slack(url.endsWith('update'), body);
    if (url === '/api/v2/silences' && method === 'GET') return [200, this.silences];
    if (url === '/api/v2/silences') {
      this.silences.push({ id: `s${this.silences.length}`, status: { state: 'active' }, ...body });
      return [200, { silenceID: `s${this.silences.length - 1}` }];
    }
    return [404, {}];
  }

  #event({ routing_key: key, event_action: action, dedup_key: dedup, payload }: JsonObject): [number, unknown] {
    const invalid = [
      String(key).length < 8,
      action === 'trigger' && [typeof (payload as JsonObject)?.['summary'], (payload as JsonObject)?.['source'] ?? ''].includes(''),
      String(dedup).length > 255,
    ].some(Boolean);
    if (invalid) {
      this.wrong.push(`invalid event ${JSON.stringify({ action, dedup })}`);
      return [400, { status: 'invalid event' }];
    }
    const known = this.incidents.get(String(dedup));
    if (action === 'trigger') {
      const opened = (known?.opened ?? 0) + Number(known === undefined || known.status === 'resolved');
      const status = known?.status === 'acknowledged' ? 'acknowledged' : 'triggered';
      this.incidents.set(String(dedup), { key: String(dedup), status, summary: String((payload as JsonObject)['summary']), opened });
    } else if (!known) this.wrong.push(`${String(action)} without a trigger: ${String(dedup)}`);
    else known.status = action === 'resolve' ? 'resolved' : 'acknowledged';
    return [202, { status: 'success', dedup_key: dedup }];
  }

  #slack(isUpdate: boolean, { channel, ts, thread_ts: thread, text, blocks }: JsonObject): [number, unknown] {
    if (typeof text !== 'string' || text.length > 4000 || JSON.stringify(blocks ?? []).length > 40_000)
      this.wrong.push('too long for Slack');
    const known = this.messages.find((message) => message.ts === ts);
    if (isUpdate && !known) return [200, { ok: false, error: 'message_not_found' }];
    if (known && isUpdate) known.text = String(text);
    const made = `${this.messages.length + 1}.0`;
    if (!isUpdate)
      this.messages.push({ channel: String(channel), ts: made, thread: thread === undefined ? null : String(thread), text: String(text) });
    return [200, { ok: true, channel, ts: isUpdate ? ts : made }];
  }

  #alerts(list: readonly JsonObject[]): [number, unknown] {
    for (const { labels, startsAt, endsAt } of list) {
      const bad = Object.entries(labels as JsonObject).some(([name, value]) => !/^[A-Za-z_]\w*$/.test(name) || value === '');
      if (bad) this.wrong.push(`labels ${JSON.stringify(labels)}`);
      this.alerts.set(JSON.stringify(labels), { startsAt: String(startsAt), endsAt: String(endsAt) });
    }
    return [200, {}];
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request.setEncoding('utf8') as AsyncIterable<string>) text += part;
  return text;
}

/** What PagerDuty posts when a person does something with an incident of that key; true when it was taken. */
export async function postPagerDuty(to: string, secret: string, type: string, key: string, who: string, at: string): Promise<boolean> {
  const data = { id: `P-${key}`, type: 'incident', incident_key: key };
  const event = {
    id: `${type}-${key}`,
    event_type: type,
    resource_type: 'incident',
    occurred_at: at,
    agent: { type: 'user_reference', summary: who },
    data,
  };
  const body = JSON.stringify({ event });
  const signature = `v1=${createHmac('sha256', secret).update(body).digest('hex')}`;
  return fetch(to, { method: 'POST', body, headers: { 'x-pagerduty-signature': signature } }).then(
    ({ status }) => status >= 200 && status < 300,
    () => false,
  );
}
