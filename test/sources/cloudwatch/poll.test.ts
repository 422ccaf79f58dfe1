import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { expect } from 'chai';
import { CaducusError } from '../../../src/errors.ts';
import type { Json } from '../../../src/event.ts';
import { LogGroups } from '../../../src/sources/cloudwatch/logGroups.ts';
import type { EventQuery, LogsApi } from '../../../src/sources/cloudwatch/logsApi.ts';
import { cloudWatchOptions } from '../../../src/sources/cloudwatch/options.ts';
import { Poll } from '../../../src/sources/cloudwatch/poll.ts';
import type { SourceBatch, SourcePart } from '../../../src/sources/source.ts';
import { virtualIo } from '../../support/virtualIo.ts';

const start = Date.UTC(2026, 2, 14, 3);
const minute = 60_000;

interface PollingOptions {
  from?: Json;
  now?: number;
  fails?: (query: EventQuery) => Error | null;
  part?: SourcePart;
}

/** A poll over what these groups hold, and which stretches it asked for. `fails` is thrown in place of an answer. */
function polling(
  held: Record<string, FilteredLogEvent[]>,
  options: object,
  { from = null, now = start, fails = () => null, part }: PollingOptions = {},
) {
  const io = virtualIo({ start: now });
  const asked: EventQuery[] = [];
  const api: LogsApi = {
    region: async () => 'eu-west-1',
    account: async () => '111111111111',
    groups: async () => Object.keys(held).map((name) => ({ name, account: '111111111111', region: 'eu-west-1' })),
    events: async (query) => {
      asked.push(query);
      const failure = fails(query);
      if (failure) throw failure;
      const events = held[query.group]!.filter(({ timestamp = 0 }) => timestamp >= query.start && timestamp < query.end);
      return { events, token: undefined };
    },
    close: () => {},
  };
  const stop = new AbortController();
  const context = { io, id: 'cw', from, signal: stop.signal, part };
  const parsed = cloudWatchOptions.parse({ qualify: 'never', ...options });
  const poll = new Poll(api, new LogGroups(api, parsed, context), parsed, context);
  return { poll, io, asked, stop };
}
const line = (timestamp: number, message = `at ${timestamp}`): FilteredLogEvent => ({
  eventId: String(timestamp),
  timestamp,
  message,
  logStreamName: 's',
});
const once = { follow: false, logGroupPrefix: '/' };
async function all({ poll }: { poll: Poll }): Promise<SourceBatch[]> {
  const batches: SourceBatch[] = [];
  for await (const batch of poll.batches()) batches.push(batch);
  return batches;
}
const texts = (batches: readonly SourceBatch[]) =>
  batches.flatMap(({ records }) =>
    records.map((one) => (one.kind === 'event' ? one.event.text : one.kind === 'rejected' ? one.rejected.reason : one.kind)),
  );

describe('a poll of log groups', () => {
  it('begins where it is told to, and ends at the present', async () => {
    const work = polling({ '/a': [line(start - 20 * minute, 'older'), line(start - minute, 'young')] }, { ...once, start: '-10m' });
    expect(texts(await all(work))).to.deep.equal(['young']);
    expect([work.asked[0]!.start, work.asked.at(-1)!.end]).to.deep.equal([start - 10 * minute, start]);
  });

  it('moves time to what was read of all groups, less the lateness allowed', async () => {
    const batches = await all(polling({ '/a': [line(start - minute)], '/b': [] }, { ...once, allowedLateness: '30s' }));
    expect(batches.at(-1)!.watermark).to.equal(start - 30_000);
  });

  it('goes on from its position and gives nothing twice, though it looks back again', async () => {
    const held = { '/a': [line(start - minute)] };
    const position = (await all(polling(held, once))).at(-1)!.position;
    held['/a'].unshift(line(start - 2 * minute, 'late'));
    const again = polling(held, once, { from: JSON.parse(JSON.stringify(position)) as Json, now: start + minute });
    expect(texts(await all(again))).to.deep.equal(['late']);
    expect(again.asked[0]!.start).to.equal(start - 5 * minute);
  });

  it('takes longer stretches while little comes of them', async () => {
    const work = polling({ '/a': [] }, { ...once, start: '-1d', overlap: '0s' });
    await all(work);
    const lengths = work.asked.map((query) => (query.end - query.start) / minute);
    expect(lengths.slice(0, 4)).to.deep.equal([15, 30, 60, 120]);
    expect(Math.max(...lengths)).to.be.at.most(360);
  });

  it('sets aside a group that may not be read, says so once, and reads the others', async () => {
    const work = polling({ '/a': [line(start - minute)], '/b': [line(start - minute)] }, once, {
      fails: ({ group }) => (group === '/b' ? new CaducusError('CAD062', {}, 'not allowed') : null),
    });
    const told = texts(await all(work));
    expect(told.filter((text) => text === 'log group set aside: it may not be read')).to.have.lengthOf(1);
    expect(told).to.include(`at ${start - minute}`);
    expect(work.poll.trouble?.why).to.include('/b');
  });

  it('fails where a group that was named was never there, and where no group can be read', async () => {
    const failing = (code: 'CAD062' | 'CAD064', options: object) =>
      all(polling({ '/a': [] }, { follow: false, ...options }, { fails: () => new CaducusError(code, {}, 'it fails') })).then(
        () => 'it ended',
        (error: CaducusError) => error.code,
      );
    expect(await failing('CAD064', { logGroups: ['/a'] })).to.equal('CAD064');
    expect(await failing('CAD062', { logGroupPrefix: '/' })).to.equal('CAD062');
  });

  it('names once each group that is beyond those allowed, when it appears', async () => {
    const held: Record<string, FilteredLogEvent[]> = { '/a': [] };
    const { poll, io, stop } = polling(held, { logGroupPrefix: '/', maxLogGroups: 1, start: 'now', rediscover: '1m' });
    const batches: SourceBatch[] = [];
    for await (const batch of poll.batches()) {
      held['/b'] = [];
      batches.push(batch);
      if (io.now() - start > 5 * minute) stop.abort();
      if (stop.signal.aborted) break;
    }
    expect(texts(batches)).to.deep.equal(['log group not read: max_log_groups is 1']);
  });

  it('asks again once in each poll, at the present', async () => {
    const { poll, io, asked } = polling({ '/a': [] }, { logGroups: ['/a'], start: 'now', poll: '10s' });
    for await (const _ of poll.batches()) if (io.now() >= start + 30_000) break;
    expect(asked.map(({ end }) => end - start)).to.deep.equal([10_000, 20_000, 30_000]);
  });

  it('of a part without any group holds nobody up, and looks again now and then whether there is one', async () => {
    const held: Record<string, FilteredLogEvent[]> = { '/a': [line(start - minute)] };
    // Of eight parts, '/a' is in one.
    const kinds: string[] = [];
    for (let index = 0; index < 8; index += 1) {
      const { poll, asked, stop } = polling(held, { logGroupPrefix: '/', rediscover: '5m' }, { part: { index, of: 8 } });
      const batches = poll.batches();
      const { value } = await batches.next();
      kinds.push(asked.length > 0 ? 'reads' : `${(value as SourceBatch).watermark}`);
      stop.abort();
    }
    expect(kinds.toSorted()).to.deep.equal([...Array.from({ length: 7 }, () => 'Infinity'), 'reads']);
  });
});
