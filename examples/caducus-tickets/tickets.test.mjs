// Its tests: a server that does what the ticket system does, and an outside whose clock moves as it is told.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import { testIo } from 'caducus/testing';
import { sinks, sources } from './index.mjs';

const tickets = [1, 2, 3].map((number) => ({
  number,
  at: `2026-03-14T00:00:0${number}.000Z`,
  team: 'shop',
  title: `card declined ${number}`,
}));
let broken = false;
let opened = [];
const server = createServer(async (request, response) => {
  if (broken) return response.writeHead(500).end();
  if (request.method === 'GET') {
    const last = Number(new URL(request.url, 'http://x').searchParams.get('after'));
    return response.end(JSON.stringify(tickets.filter(({ number }) => number > last)));
  }
  const body = (await request.toArray()).join('');
  opened.push({ key: request.headers['idempotency-key'], ...JSON.parse(body) });
  response.end('{}');
});
let url;
before(() =>
  new Promise((ready) => void server.listen(0, '127.0.0.1', ready)).then(() => (url = `http://127.0.0.1:${server.address().port}`)),
);
after(() => server.close());
beforeEach(() => void ((broken = false), (opened = [])));

/** The first batch of a source that was opened as a run opens it. */
async function firstBatch(from) {
  const stop = new AbortController();
  const { spec } = sources[0];
  const { batches } = spec.open(spec.options.parse({ url }), { io: testIo(), id: 'desk', from, signal: stop.signal });
  const { value } = await batches[Symbol.asyncIterator]().next();
  stop.abort();
  return value;
}

test('a source gives all records at its first start, and stands behind the last', async () => {
  const { records, position } = await firstBatch(null);
  assert.deepEqual(
    records.map(({ event }) => event.id),
    ['desk-1', 'desk-2', 'desk-3'],
  );
  assert.equal(position, 3);
});

test('it goes on behind its position', async () => {
  assert.deepEqual(
    (await firstBatch(2)).records.map(({ event }) => event.text),
    ['card declined 3'],
  );
});

test('it says who does not answer', async () => {
  broken = true;
  await assert.rejects(firstBatch(null), /127\.0\.0\.1:\d+ answered 500/);
});

test('a sink opens a ticket for a finding that fires, once a key, and counts the rest', async () => {
  const open = await sinks[0].open({ url }, { io: testIo(), id: 'page', dataDir: '.', from: null, pipeline: 'tickets' });
  const finding = (state) => ({ kind: 'finding', time: 0, key: '', finding: { id: 'f1', state, title: 'cards', severity: 'warning' } });
  await open.write([finding('pending'), finding('firing'), finding('resolved')]);
  assert.deepEqual(opened, [{ key: 'f1', title: 'cards', severity: 'warning' }]);
  assert.deepEqual(open.counters, { written: 1, filtered: 2, failed: 0, held: 0 });
});
