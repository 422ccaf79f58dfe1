import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeIo } from '../../src/io.ts';
import { segments } from '../../src/sinks/segments.ts';
import { openHttp } from '../../src/sources/http.ts';
import { httpOptions } from '../../src/sources/http/options.ts';
import { sources } from '../../src/sources/index.ts';
import { openSyslog } from '../../src/sources/syslog.ts';
import { syslogOptions } from '../../src/sources/syslog/options.ts';
import type { OpenSource, SourceContext } from '../../src/sources/source.ts';
import { eventSignal } from '../../src/testing.ts';
import { made, type BenchCase } from './benchCase.ts';
import { lineKinds } from './lineKinds.ts';

type Opened = Pick<OpenSource, 'batches' | 'close'>;
/** Makes what is read, once, below a folder; gives what opens it. */
type Make = (home: string, records: number) => Open | Promise<Open>;
type Open = (context: SourceContext) => Opened;

const start = Date.UTC(2026, 2, 14);
const lines = (records: number) => `${made(records, lineKinds['canonical NDJSON']!.line).join('\n')}\n`;
const byName =
  (name: string, options: object): Open =>
  (context) => {
    const { spec } = sources.find((source) => source.spec.name === name)!;
    return spec.open(spec.options.parse(options), context);
  };

const costReport = (records: number): string =>
  [
    'lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/ProductCode,lineItem/CurrencyCode,lineItem/UnblendedCost',
    ...made(
      records,
      (i) => `111111111111,Usage,2026-03-${String(1 + (i % 28)).padStart(2, '0')}T00:00:00Z,Amazon${i % 20},USD,0.0${1 + (i % 9)}`,
    ),
    '',
  ].join('\n');

const makes: Readonly<Record<string, Make>> = {
  file(home, records) {
    writeFileSync(join(home, 'in.ndjson'), lines(records));
    return byName('file', { path: join(home, 'in.ndjson'), format: 'ndjson' });
  },
  stdin(_home, records) {
    const bytes = Buffer.from(lines(records));
    async function* stdin() {
      for (let at = 0; at < bytes.length; at += 1 << 16) yield bytes.subarray(at, at + (1 << 16));
    }
    const open = byName('stdin', { format: 'ndjson' });
    return (context) => open({ ...context, io: { ...context.io, stdin } });
  },
  async store(home, records) {
    const context = { io: nodeIo(), id: 'kept', dataDir: home, from: null, pipeline: 'bench' };
    const sink = await segments.spec.open(segments.spec.options.parse({}), context);
    await sink.write(made(records, (i) => eventSignal(`e${i}`, start + i * 25)));
    await sink.flush();
    await sink.close();
    return byName('store', { path: home });
  },
  cost(home, records) {
    writeFileSync(join(home, 'bill.csv'), costReport(records));
    return byName('cost', { path: join(home, 'bill.csv') });
  },
  http(_home, records) {
    const body = lines(records);
    const options = httpOptions.parse({ listen: '127.0.0.1:0', format: 'ndjson', maxBody: '64MiB', maxInFlight: '256MiB' });
    return (context) =>
      openHttp(options, context, { listening: (port) => void fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body }) });
  },
  syslog(_home, records) {
    const text = made(records, (i) => `<134>1 ${new Date(start + i * 25).toISOString()} web1 shop ${i % 97} - - order ${i} placed\n`).join(
      '',
    );
    const options = syslogOptions.parse({ listen: '127.0.0.1:0', protocols: ['tcp'] });
    return (context) => openSyslog(options, context, ({ tcp = 0 }) => void connect(tcp, '127.0.0.1').end(text));
  },
};

/** Folders of this process; gone with it. */
const folders: string[] = [];
process.once('exit', () => folders.forEach((path) => rmSync(path, { recursive: true, force: true })));
function makeFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'caducus-bench-'));
  folders.push(path);
  return path;
}

/** Records read, by source; the sender is the same process where it is a listener. */
export const sourceCases = (records: number): BenchCase[] =>
  Object.entries(makes).map(([name, make]) => ({
    name,
    records,
    prepare() {
      const opening = make(makeFolder(), records);
      return async () => {
        const open = await opening;
        const stateDir = makeFolder();
        const stop = new AbortController();
        const opened = open({ io: nodeIo(), id: name, from: null, signal: stop.signal, dataDir: stateDir, stateDir });
        let taken = 0;
        for await (const batch of opened.batches) {
          taken += batch.records.length;
          if (taken >= records) break;
        }
        stop.abort();
        await opened.close();
        // Records of a report are sums of its rows.
        if (taken !== records && name !== 'cost') throw new Error(`${name} gave ${taken} of ${records} records`);
      };
    },
  }));
