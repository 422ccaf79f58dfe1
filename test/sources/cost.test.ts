// One file, because every report is built from the same rows.
import { mkdtemp, mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { Event, Json } from '../../src/event.ts';
import { cost } from '../../src/sources/cost.ts';
import type { SourceBatch } from '../../src/sources/source.ts';
import { openSource } from '../support/openSource.ts';
import { settle, virtualIo } from '../support/virtualIo.ts';

const cur = (...rows: string[]) =>
  [
    'identity/LineItemId,lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/ProductCode,lineItem/CurrencyCode,lineItem/UnblendedCost,resourceTags/user:x',
    ...rows,
    '',
  ].join('\n');
const row = (hour: number, service: string, amount: string, { account = '111111111111', type = 'Usage' } = {}) =>
  `li,${account},${type},2026-03-01T${String(hour).padStart(2, '0')}:00:00Z,${service},USD,${amount},"a, ""b"""`;

const events = (batches: readonly SourceBatch[]): Event[] =>
  batches.flatMap(({ records }) => records).flatMap((record) => (record.kind === 'event' ? [record.event] : []));
const spend = (event: Event) => event.metadata.spend as Record<string, Json>;

describe('cost', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'caducus-cost-'))));
  afterEach(() => rm(folder, { recursive: true }));
  const put = async (name: string, content: string | Buffer, changed = 1_772_500_000) => {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
    await utimes(join(folder, name), changed, changed);
  };
  const read = async (options: Record<string, unknown> = {}, from: Json | null = null) => {
    const source = openSource(cost, { path: folder, ...options }, { io: virtualIo(), from });
    const batches: SourceBatch[] = [];
    for await (const batch of source.batches) batches.push(batch);
    return batches;
  };

  it('reads what Google exports from BigQuery, billed by the month of the invoice', async () => {
    const header = 'billing_account_id,service.description,usage_start_time,project.id,cost,currency,cost_type,invoice.month';
    const rows = [
      '01A,Compute Engine,2026-03-14 09:00:00 UTC,shop,0.42,EUR,regular,202603',
      '01A,Compute Engine,2026-02-27 09:00:00.123456+00,shop,-0.1,EUR,adjustment,202603',
    ];
    await put('google.csv', [header, ...rows, ''].join('\n'));
    expect(events(await read()).map((event) => [event.timestamp, spend(event).name, spend(event).amount])).to.deep.equal([
      ['2026-02-27T09:00:00.000Z', 'Compute Engine', '-0.1'],
      ['2026-03-14T09:00:00.000Z', 'Compute Engine', '0.42'],
    ]);
  });

  it('reads a report that a spreadsheet wrote in UTF-16, with its own numbers and times', async () => {
    const text =
      'BilledCost\tBillingCurrency\tChargePeriodStart\tServiceName\n"1,234.50"\tUSD\t03/14/2026 09:30:00\tVM\n($2.00)\tUSD\t2026-03-14T09:00Z\tVM\n';
    await put('focus.csv', Buffer.from(`\ufeff${text}`, 'utf16le'));
    expect(events(await read()).map((event) => [event.timestamp, spend(event).amount])).to.deep.equal([
      ['2026-03-14T09:00:00.000Z', '1234.5'],
      ['2026-03-14T09:00:00.000Z', '-2'],
    ]);
  });

  it('sums a Cost and Usage Report by hour, account and service, exactly, over all its files', async () => {
    await put('cur-1.csv', cur(row(0, 'AmazonEC2', '0.1'), row(0, 'AmazonEC2', '0.2'), row(1, 'AmazonS3', '0.0000000001')));
    await put(
      '2026/cur-2.csv.gz',
      gzipSync(cur(row(0, 'AmazonEC2', '1E-8'), row(0, 'AmazonEC2', '-0.05', { type: 'Credit' }), row(1, 'AmazonS3', '0'))),
    );
    const found = events(await read());
    expect(found.map((event) => [event.timestamp, spend(event).name, spend(event).amount])).to.deep.equal([
      ['2026-03-01T00:00:00.000Z', 'AmazonEC2', '0.30000001'],
      ['2026-03-01T00:00:00.000Z', 'AmazonEC2', '-0.05'],
      ['2026-03-01T01:00:00.000Z', 'AmazonS3', '0.0000000001'],
    ]);
    expect(spend(found[0]!)).to.include({
      kind: 'snapshot',
      currency: 'USD',
      source: 'cost',
      event_time: '2026-03-01T00:00:00.000Z',
      version: 1_772_500_000_000,
    });
    expect(found[0]).to.include({ group_id: 'cost:total', source: 'cost' });
  });

  it('reads CUR 2.0 and FOCUS', async () => {
    await put(
      'a/cur2.csv',
      'line_item_usage_account_id,line_item_usage_start_date,line_item_product_code,line_item_currency_code,line_item_unblended_cost,line_item_line_item_type\n1,2026-03-01 00:00:00,AmazonEC2,USD,1.5,Usage\n',
    );
    await put(
      'b/focus.csv',
      'BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargeCategory,SubAccountId,ServiceName\n2.5,2.0,USD,2026-03-01T00:00:00Z,Usage,2,Amazon Simple Storage Service\n9,9,USD,2026-03-01T00:00:00Z,Tax,2,Tax\n',
    );
    const amounts = async (name: string, options = {}) =>
      events(await read({ path: join(folder, name), ...options })).map((event) => spend(event).amount);
    expect(await amounts('a/cur2.csv')).to.deep.equal(['1.5']);
    expect(await amounts('b', { exclude: ['tax'] })).to.deep.equal(['2.5']);
    expect(await amounts('b', { exclude: ['tax'], cost: 'EffectiveCost' })).to.deep.equal(['2']);
  });

  it('groups by account or service, and by day', async () => {
    await put('cur.csv', cur(row(0, 'A', '1'), row(5, 'A', '2'), row(6, 'B', '4', { account: '222222222222' })));
    const groups = async (options: Record<string, unknown>) =>
      events(await read(options)).map((event) => [event.group_id, spend(event).amount]);
    expect(await groups({ key: 'account', every: 'day' })).to.deep.equal([
      ['cost:111111111111', '3'],
      ['cost:222222222222', '4'],
    ]);
    expect((await groups({ key: 'service' })).map(([group]) => group)).to.deep.equal(['cost:A', 'cost:A', 'cost:B']);
  });

  it('shows rows it cannot add', async () => {
    await put(
      'cur.csv',
      cur(row(0, 'A', '1'), row(0, 'A', 'much'), 'li,1,Usage,yesterday,A,USD,1,', 'li,1,Usage,2026-03-01T00:00:00Z,A,,1,'),
    );
    const rejected = (await read())
      .flatMap(({ records }) => records)
      .flatMap((record) => (record.kind === 'rejected' ? [record.rejected] : []));
    expect(rejected.map(({ place, reason }) => [place.line, /number|time|currency/.exec(reason)?.[0]])).to.deep.equal([
      [3, 'number'],
      [4, 'time'],
      [5, 'currency'],
    ]);
  });

  it('goes on in the middle of a report, and gives a changed report anew', async () => {
    await put('cur.csv', cur(...Array.from({ length: 2400 }, (_, i) => row(i % 24, `S${Math.floor(i / 24)}`, '1'))));
    const all = await read();
    expect(all.length).to.be.greaterThan(1);
    expect(events(await read({}, all[0]!.position))).to.deep.equal(events(all.slice(1)));
    expect(await read({}, all.at(-1)!.position)).to.deep.equal([]);
    await put('cur.csv', cur(row(0, 'S0', '7')), 1_772_600_000);
    const [again] = events(await read({}, all.at(-1)!.position));
    expect([spend(again!).id, spend(again!).amount]).to.deep.equal([spend(events(all)[0]!).id, '7']);
    expect(Number(spend(again!).version)).to.be.greaterThan(Number(spend(events(all)[0]!).version));
  });

  describe('a month that is delivered anew', () => {
    const amounts = (batches: readonly SourceBatch[]) => events(batches).map((event) => [spend(event).name, spend(event).amount]);
    /** Reads to the end under a checkpoint, as a run does; gives what came, and where it ended. */
    const run = async (from: Json | null, options: Record<string, unknown> = {}) => {
      const source = openSource(
        cost,
        { path: join(folder, 'report'), ...options },
        {
          io: virtualIo(),
          from,
          stateDir: join(folder, 'state'),
        },
      );
      const batches: SourceBatch[] = [];
      for await (const batch of source.batches) batches.push(batch);
      const position = batches.at(-1)?.position ?? from;
      if (position !== null) await source.commit!(position);
      return { batches, position };
    };

    it('gives as zero what it no longer has, after a restart too, and once', async () => {
      await put('report/cur.csv', cur(row(0, 'A', '1'), row(1, 'B', '2')));
      const first = await run(null);
      await put('report/cur.csv', cur(row(0, 'A', '1'), row(1, 'C', '2')), 1_772_600_000);
      const second = await run(first.position);
      expect(amounts(second.batches)).to.have.deep.members([
        ['A', '1'],
        ['B', '0'],
        ['C', '2'],
      ]);
      const gone = events(second.batches).find((event) => spend(event).name === 'B')!;
      expect(spend(gone).id).to.equal(spend(events(first.batches).find((event) => spend(event).name === 'B')!).id);
      expect(amounts((await run(second.position)).batches)).to.deep.equal([]);
      await put('report/cur.csv', cur(row(0, 'A', '3')), 1_772_700_000);
      expect(amounts((await run(second.position)).batches)).to.have.deep.members([
        ['A', '3'],
        ['C', '0'],
      ]);
    });

    it('leaves alone the sums of months that are no longer there', async () => {
      await put('report/feb.csv', cur(row(0, 'A', '1').replace('2026-03', '2026-02')));
      await put('report/mar.csv', cur(row(0, 'B', '1')));
      const { position } = await run(null);
      await rm(join(folder, 'report/feb.csv'));
      await put('report/mar.csv', cur(row(0, 'B', '2')), 1_772_600_000);
      expect(amounts((await run(position)).batches)).to.deep.equal([['B', '2']]);
    });

    it('counts the newest version alone, where AWS keeps each in a folder of its own', async () => {
      await put('report/20260301-20260401/a1/cur-1.csv', cur(row(0, 'A', '1'), row(1, 'A', '5')), 1_772_500_000);
      await put('report/20260301-20260401/b2/cur-1.csv', cur(row(0, 'A', '2')), 1_772_600_000);
      await put('report/20260301-20260401/b2/cur-2.csv', cur(row(1, 'A', '4')), 1_772_600_000);
      await put('report/BILLING_PERIOD=2026-02/2026-02-20T00:00:00Z-x/e.csv', cur(row(0, 'F', '7').replace('2026-03', '2026-02')));
      expect(amounts((await run(null)).batches)).to.have.deep.members([
        ['F', '7'],
        ['A', '2'],
        ['A', '4'],
      ]);
    });
  });

  it('takes credits and refunds for credits; discounts and what a savings plan covers lower the charge', async () => {
    await put(
      'cur.csv',
      cur(
        row(0, 'A', '3', { type: 'SavingsPlanCoveredUsage' }),
        row(0, 'A', '-3', { type: 'SavingsPlanNegation' }),
        row(0, 'A', '1', { type: 'SavingsPlanRecurringFee' }),
        row(0, 'A', '-0.25', { type: 'EdpDiscount' }),
        row(0, 'A', '-0.5', { type: 'Credit' }),
        row(0, 'A', '-0.1', { type: 'Refund' }),
        row(0, 'Tax', '0.2', { type: 'Tax' }),
      ),
    );
    expect(
      events(await read()).map((event) => [spend(event).name, spend(event).amount, event.text.endsWith('credit')]),
    ).to.have.deep.members([
      ['A', '0.75', false],
      ['A', '-0.6', true],
      ['Tax', '0.2', false],
    ]);
  });

  it('follows a report, and gives the sums that an export has changed', async () => {
    await put('cur.csv', cur(row(0, 'A', '1'), row(1, 'A', '1')));
    const io = virtualIo({ auto: false });
    const source = openSource(cost, { path: folder, follow: true, poll: '15m' }, { io });
    expect(events([(await source.iterator.next()).value as SourceBatch])).to.have.lengthOf(2);
    const next = source.iterator.next();
    await put('cur.csv', cur(row(0, 'A', '1'), row(1, 'A', '3'), row(2, 'A', '1')), 1_772_600_000);
    for (let i = 0; i < 100 && io.sleeping === 0; i += 1) await settle();
    io.advance(15 * 60_000);
    expect(events([(await next).value as SourceBatch]).map((event) => spend(event).amount)).to.deep.equal(['3', '1']);
    source.stop();
    expect((await source.iterator.next()).done).to.equal(true);
  });

  const focus = 'BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodStart,ServiceName,SubAccountId';
  const rowsOf = async (csv: string) => {
    await put('report.csv', csv);
    return events(await read()).map((event) => [
      event.timestamp.slice(0, 16),
      event.metadata.account,
      spend(event).name,
      spend(event).amount,
    ]);
  };

  it('reads times to the minute, with UTC, and month first, as clouds other than AWS write them', async () => {
    for (const [time, right] of [
      ['2026-03-14T00:00Z', '2026-03-14T00:00'],
      ['2026-03-14 09:00:00 UTC', '2026-03-14T09:00'],
      ['2026-03-14T09:00:00.000Z', '2026-03-14T09:00'],
      ['2026-03-14T10:00:00+01:00', '2026-03-14T09:00'],
      ['2026-03-14', '2026-03-14T00:00'],
    ])
      expect(await rowsOf(`${focus}\n1,p,EUR,,Usage,${time},VM,a\n`), time).to.deep.equal([[right, 'a', 'VM', '1']]);
    const azure =
      'SubscriptionId,Date,MeterCategory,CostInBillingCurrency,BillingCurrencyCode,ChargeType\n0000,03/14/2026,Virtual Machines,1.5,EUR,Usage\n';
    expect(await rowsOf(azure)).to.deep.equal([['2026-03-14T00:00', '0000', 'Virtual Machines', '1.5']]);
  });

  it('reads semicolons with decimal commas, and takes the word null for nothing', async () => {
    const text = `${focus}\n"1.234,50",p,EUR,null,Usage,2026-03-14T09:00:00Z,VM,null\n0,p,EUR,,Usage,2026-03-14T09:00:00Z,VM,a\n`;
    expect(await rowsOf(text.replaceAll(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/g, ';').replaceAll('"', ''))).to.deep.equal([
      ['2026-03-14T09:00', 'p', 'VM', '1234.5'],
    ]);
  });

  it('ends where not one row could be taken, and says why', async () => {
    await put('report.csv', `${focus}\n1,p,EUR,,Usage,yesterday,VM,a\n2,p,EUR,,Usage,today,VM,a\n`);
    const error = await read().then(
      () => null,
      (failure: Error) => failure,
    );
    expect(error?.message).to.contain('none of its 2 rows could be taken: "yesterday" is not a time');
  });

  it('adds a late correction of a closed month beside the sums of that month, and takes none of them back', async () => {
    const row = (amount: string, period: string, time: string) => `${amount},p,USD,${period},Usage,${time},Lambda,a`;
    const february = [row('7', '2026-02-01T00:00:00Z', '2026-02-14T09:00:00Z'), row('2', '2026-02-01T00:00:00Z', '2026-02-15T09:00:00Z')];
    const march = [row('1', '2026-03-01T00:00:00Z', '2026-03-02T09:00:00Z'), row('-3.5', '2026-03-01T00:00:00Z', '2026-02-14T09:00:00Z')];
    const stateDir = join(folder, 'state');
    const given: [string, string][] = [];
    const deliver = async (name: string, rows: readonly string[], changed: number) => {
      await put(name, `${[focus, ...rows].join('\n')}\n`, changed);
      const source = openSource(cost, { path: join(folder, name) }, { io: virtualIo(), stateDir });
      for await (const batch of source.batches) {
        for (const event of events([batch])) given.push([String(spend(event).id).slice(0, 10), String(spend(event).amount)]);
        await source.commit!(batch.position);
      }
    };
    await deliver('feb.csv', february, 1_772_500_000);
    await deliver('mar.csv', march, 1_775_000_000);
    await deliver('mar.csv', march.slice(0, 1), 1_775_100_000);
    expect(given).to.deep.equal([
      ['2026-02-14', '7'],
      ['2026-02-15', '2'],
      ['2026-02-14', '-3.5'],
      ['2026-03-02', '1'],
      // The correction was withdrawn; what February itself billed stands.
      ['2026-02-14', '0'],
      ['2026-03-02', '1'],
    ]);
  });

  it('refuses what is no cost report, and says when there is none', async () => {
    await put('x.csv', 'a,b\n1,2\n');
    const failure = (options: Record<string, unknown>) =>
      read(options).then(
        () => null,
        (error: unknown) => error,
      );
    expect(await failure({})).to.include({ code: 'CAD075', exit: 78 });
    expect(await failure({ path: join(folder, 'none') })).to.include({ code: 'CAD010', exit: 74 });
  });
});
