/**
 * How fast records come in, beside a bare loop that reads the same file and calls JSON.parse, in one run. Best of several
 * rounds, taken in turn, so that a busy machine hurts both alike.
 *
 *     node --import tsx bench/formats.ts [records]
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createParser, type FormatOption } from '../src/formats/index.ts';
import { nodeIo } from '../src/io.ts';
import { file } from '../src/sources/file.ts';
import type { OpenSource, SourceContext } from '../src/sources/source.ts';

const records = Number(process.argv[2] ?? 200_000);
const rounds = 5;
const folder = mkdtempSync(join(tmpdir(), 'caducus-bench-'));
const path = join(folder, 'events.ndjson');

const stamp = (i: number) => new Date(1_714_557_600_000 + i * 37).toISOString();

function canonical(i: number): string {
  return JSON.stringify({
    id: `bench-${i.toString().padStart(8, '0')}`,
    timestamp: stamp(i),
    source: 'bench',
    group_id: `bench:worker-${i % 7}`,
    text: `Receiving block blk_${i * 7919} src: /10.250.19.${i % 250}:54106 dest: /10.250.19.102:50010`,
    metadata: { level: i % 50 === 0 ? 'WARN' : 'INFO', pid: 100 + (i % 30) },
  });
}

/** Reads in chunks, splits, parses: what any reader of such a file must do. */
async function bare(): Promise<number> {
  const handle = await open(path);
  let rest = '';
  let parsed = 0;
  for await (const chunk of handle.createReadStream({ encoding: 'utf8', highWaterMark: 1 << 18 })) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (JSON.parse(line)) parsed += 1;
  }
  return parsed;
}

async function throughFile(): Promise<number> {
  const open = file.spec.open as (options: unknown, context: SourceContext) => OpenSource;
  const source = open(file.spec.options.parse({ path, format: 'ndjson' }), {
    io: nodeIo(),
    id: 'bench',
    from: null,
    signal: new AbortController().signal,
  });
  let read = 0;
  for await (const batch of source.batches) read += batch.records.length;
  await source.close();
  return read;
}

async function timed(run: () => Promise<number>): Promise<number> {
  const from = performance.now();
  if ((await run()) !== records) throw new Error('records were lost');
  return performance.now() - from;
}

/** Nanoseconds a record of a format over bytes in memory. */
function measureNanos(format: FormatOption, bytes: Uint8Array): number {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const parser = createParser(format, { reference: 0 }, null);
    const from = performance.now();
    let items = 0;
    for (let at = 0; at < bytes.length; at += 1 << 16) items += parser.push(bytes.subarray(at, at + (1 << 16))).length;
    items += parser.end().length;
    best = Math.min(best, ((performance.now() - from) * 1e6) / items);
  }
  return best;
}

const samples: [string, FormatOption, (i: number) => string][] = [
  [
    'lines: HDFS',
    'lines',
    (i) => `081109 203615 ${i % 900} INFO dfs.DataNode$PacketResponder: PacketResponder 1 for block blk_${i} terminating`,
  ],
  [
    'lines: syslog',
    'lines',
    (i) => `Jun 14 15:16:01 combo sshd(pam_unix)[${i % 9999}]: authentication failure; logname= uid=0 rhost=218.188.2.4`,
  ],
  [
    'lines: ISO, thread',
    'lines',
    (i) => `${stamp(i).replace('T', ' ').replace('.', ',').replace('Z', '')} INFO  [main] org.example.Server - request ${i} took 5 ms`,
  ],
  ['lines: no header', 'lines', (i) => `request number ${i} took 5 ms and came from the other side of the world`],
  [
    'lines: access',
    'lines',
    (i) =>
      `192.0.2.${i % 250} - - [03/Jun/2024:10:00:00 +0000] "GET /orders/${i} HTTP/1.1" ${i % 50 ? 200 : 502} 512 "-" "Mozilla/5.0 (X11)"`,
  ],
  ['lines: logfmt', 'lines', (i) => `time=${stamp(i)} level=info msg="request done" order=${i} took=5ms`],
  ['lines: RFC 5424', 'lines', (i) => `<134>1 ${stamp(i)} web1 shop ${i % 99} ID47 [x@1 a="b"] order ${i} accepted`],
  ['lines: klog', 'lines', (i) => `I0603 10:00:00.${String(100000 + (i % 99999))}    4711 sync.go:114] "Synced" pod="orders-${i}"`],
  ['lines: CRI', 'lines', (i) => `${stamp(i)} stdout F INFO order ${i} accepted`],
  ['lines: docker', 'lines', (i) => JSON.stringify({ log: `ERROR order ${i} lost\n`, stream: 'stderr', time: stamp(i) })],
  [
    'lines: JSON',
    'lines',
    (i) => JSON.stringify({ level: 30, time: 1_717_408_800_000 + i, pid: 7, name: 'shop', msg: `order ${i} accepted` }),
  ],
  [
    'lines: traces',
    'lines',
    (i) => (i % 4 === 0 ? `${stamp(i)} ERROR shop.Pay - order ${i} lost` : `\tat shop.Pay.run(Pay.java:${i % 99})`),
  ],
  ['lines: no level', 'lines', (i) => `${stamp(i)} order ${i} accepted: all is well (in time) [really]`],
  [
    'ndjson: nested',
    'ndjson',
    (i) => JSON.stringify({ '@timestamp': stamp(i), log: { level: 'info' }, service: { name: 'shop' }, message: `order ${i} accepted` }),
  ],
  [
    'table: W3C',
    'table',
    (i) => (i === 0 ? '#Fields: date time cs-method cs-uri-stem sc-status' : `2024-06-03 10:00:00 GET /orders/${i} 200`),
  ],
  [
    'hdfs',
    'hdfs',
    (i) =>
      i === 0
        ? 'date,time,level,component,pid,content,block_id,anomaly'
        : `081109,203615,INFO,dfs.DataNode,${i % 99},Receiving block blk_${i},blk_${i},0`,
  ],
  [
    'journald',
    'journald',
    (i) =>
      JSON.stringify({
        __REALTIME_TIMESTAMP: `${1_717_408_800_000_000 + i}`,
        PRIORITY: '6',
        _SYSTEMD_UNIT: 'shop.service',
        MESSAGE: `order ${i}`,
      }),
  ],
  ['auto', 'auto', (i) => `${stamp(i)} INFO shop.Orders: order ${i} accepted`],
  ['csv', 'csv', (i) => (i === 0 ? 'timestamp,level,component,message' : `${stamp(i)},INFO,web,"request ${i}, took 5 ms"`)],
];

try {
  writeFileSync(path, `${Array.from({ length: records }, (_, i) => canonical(i)).join('\n')}\n`);
  let [parse, source] = [Infinity, Infinity];
  for (let round = 0; round < rounds; round++) {
    parse = Math.min(parse, await timed(bare));
    source = Math.min(source, await timed(throughFile));
  }
  const size = readFileSync(path).length / records;
  const perRecord = (ms: number) => `${((ms * 1000) / records).toFixed(2)} us a record, ${Math.round(records / ms)} k/s`;
  console.log(`${records} canonical events of ${size.toFixed(0)} bytes`);
  console.log(`bare read and JSON.parse   ${perRecord(parse)}`);
  console.log(`file source with ndjson    ${perRecord(source)}   ratio ${(parse / source).toFixed(2)}`);
  for (const [name, format, line] of samples) {
    const bytes = new TextEncoder().encode(`${Array.from({ length: 50_000 }, (_, i) => line(i)).join('\n')}\n`);
    console.log(`${name.padEnd(26)} ${(measureNanos(format, bytes) / 1000).toFixed(2)} us a record`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
