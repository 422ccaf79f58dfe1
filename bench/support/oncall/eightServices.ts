import { makeChance, type Chance } from './chance.ts';
import type { Line } from './playLines.ts';
import { START } from './quietWeek.ts';

const MINUTE = 60_000;

export const services = ['orders', 'checkout', 'auth', 'billing', 'search', 'catalog', 'cart', 'notify'] as const;

export const kinds = ['deploy', 'failover', 'latency', 'cert', 'backlog', 'deploynoise', 'format', 'debug', 'quiet'] as const;
export type Kind = (typeof kinds)[number];

export interface EightServices {
  kind: Kind;
  days: number;
  /** Length of the incident at the end, hours. */
  hours: number;
  seed: number;
  /** How many times the usual lines there are. */
  rate?: number;
}

/** When the incident begins, milliseconds. */
export const incidentAt = ({ days, hours }: Pick<EightServices, 'days' | 'hours'>): number =>
  START + days * 1440 * MINUTE - hours * 60 * MINUTE + 2 * MINUTE;

const failures: Partial<Record<(typeof services)[number], string>> = {
  orders: 'could not save order %: connection refused db-main:5432',
  checkout: 'upstream orders timed out after 3 tries for %',
  auth: 'login failed for %: could not obtain connection from pool',
  billing: 'SQLSTATE 57P01 terminating connection due to administrator command, invoice %',
  catalog: 'read only transaction cannot execute UPDATE for %',
  cart: 'retry 3 of 3 for cart %, giving up',
  notify: 'job % moved to dead letter',
};
const stages =
  'select bind commit fetch map route filter pool lease span encode decode retry header token cookie acl flag bucket trace gc tick hook queue emit'.split(
    ' ',
  );
const deployLines = [
  'received SIGTERM, draining',
  'shutdown complete after # ms',
  'starting release v412',
  'loaded config from /etc/app',
  'migrations up to date',
  'connected to broker',
  'server listening on port 8080',
  'health check failed: connection refused',
];

/** Eight services for some days, and an incident of a kind in the last hours. Lines come in order of time. */
export function* eightServices(given: EightServices): Generator<Line> {
  const chance = makeChance(given.seed * 90_001 + 7);
  const end = START + given.days * 1440 * MINUTE;
  for (let at = START; at < end; at += MINUTE) {
    const lines = [...usualLines(at, given, chance), ...jobLines(at, chance), ...incidentLines(at, given, chance)];
    yield* lines.sort((a, b) => a.at - b.at);
  }
}

const id = ({ hex }: Chance): string => `${hex(8)}-${hex(4)}`;

function* usualLines(at: number, { kind, rate = 1, ...span }: EightServices, chance: Chance): Generator<Line> {
  const date = new Date(at);
  const hour = (at - START) / (60 * MINUTE);
  const weekend = date.getUTCDay() % 6 === 0 ? 0.5 : 1;
  const load = (0.4 + 0.6 * Math.max(0, Math.sin(((hour - 6) / 24) * 2 * Math.PI))) * weekend;
  const begun = incidentAt(span);
  for (const group of services) {
    const many = Math.round(rate * (chance.draw() < load ? 2 : 1));
    for (let i = 0; i < Math.max(1, many); i++) {
      const when = at + Math.floor(chance.draw() * MINUTE);
      const bad = when >= begun;
      const say = (text: string, level = 'info', version = 'v411'): Line => ({ at: when, group, level, text, version });
      const ms = chance.whole(20, 90) * (kind === 'latency' && bad && (group === 'orders' || group === 'checkout') ? 12 : 1);
      if (kind === 'format' && bad && group === 'orders') {
        yield say(`http_request done method=GET route=/api/${group} status=200 dur_ms=${ms} id=${id(chance)}`, 'info', 'v412');
        yield say(`cache hit=${chance.draw() < 0.9} key=${id(chance)} shard=${chance.whole(0, 9)}`, 'info', 'v412');
      } else {
        yield say(`GET /api/${group}/${chance.whole(1000, 99_999)} completed in ${ms} ms`);
        yield say(`cache lookup for ${id(chance)} took ${chance.whole(1, 5)} ms`);
      }
      if (kind === 'debug' && bad && group === 'orders')
        for (const stage of stages) yield say(`${stage} stage entered with ctx ${id(chance)}`, 'debug');
      if (chance.draw() < 0.02) yield say(`slow client ${id(chance)} dropped`, 'warn');
    }
  }
  if (chance.draw() < 1 / 25)
    yield {
      at: at + 5000,
      group: 'notify',
      level: 'error',
      text: `smtp 451 temporarily deferred for message ${id(chance)}`,
      version: 'v411',
    };
}

function* jobLines(at: number, chance: Chance): Generator<Line> {
  const date = new Date(at);
  const say = (group: string, seconds: number, text: string, level = 'info'): Line => ({
    at: at + Math.floor(seconds * 1000),
    group,
    level,
    text,
    version: 'v411',
  });
  if (date.getUTCHours() === 0 && (date.getUTCMinutes() === 5 || date.getUTCMinutes() === 6)) {
    yield say('billing', 9, 'nightly job reconcile started');
    yield say('billing', 9, `nightly job reconcile finished in ${chance.whole(40, 60)} s`);
    yield say('billing', 9, 'nightly job archive started');
    yield say('billing', 9, `purged ${chance.whole(900, 1300)} rows from sessions`);
    for (let i = 0; i < 30; i++)
      yield say('billing', 12 + i / 3, `reconcile mismatch for invoice ${chance.whole(1, 99_999)}, will retry`, 'warn');
  }
  if (date.getUTCDay() === 0 && date.getUTCHours() === 3 && date.getUTCMinutes() === 0)
    for (let i = 0; i < 20; i++) yield say('search', i, `reindex shard ${i} complete`);
}

function* incidentLines(at: number, { kind, ...span }: EightServices, chance: Chance): Generator<Line> {
  const since = (at - incidentAt(span)) / MINUTE;
  const say = (group: string, text: string, level: string, version = 'v411', seconds = chance.draw() * 60): Line => ({
    at: at + Math.floor(seconds * 1000),
    group,
    level,
    text,
    version,
  });
  if (kind === 'backlog') {
    const lag = since < 0 ? chance.whole(10, 60) : Math.floor(40 + since * 400);
    yield say('notify', `consumer lag partition 3 is ${lag} messages`, 'info', 'v411', since < 0 ? 3 : undefined);
  }
  if (since < 0) return;
  if (kind === 'failover' && since < 12) {
    yield say('billing', 'connection to db-main lost, reconnecting', 'warn', 'v411', 0);
    for (const [group, text] of Object.entries(failures))
      for (let i = 0; i < 6; i++) yield say(group, text.replace('%', id(chance)), 'error');
  }
  if (kind === 'deploy') {
    if (since < 1) for (let i = 0; i < 3; i++) yield say('orders', 'server listening on port 8080, release v412', 'info', 'v412');
    for (let i = 0; i < 5; i++)
      yield say('orders', `TypeError: Cannot read properties of undefined (reading 'total') order ${id(chance)}`, 'error', 'v412');
  }
  if (kind === 'cert')
    for (let i = 0; i < 4; i++)
      yield say('checkout', `payment call failed for ${id(chance)}: x509: certificate has expired or is not yet valid`, 'error');
  if (kind === 'deploynoise' && since < 5)
    for (const group of services)
      for (const text of deployLines)
        yield say(group, text.replace('#', String(chance.whole(100, 900))), text.includes('failed') ? 'warn' : 'info', 'v412');
}
