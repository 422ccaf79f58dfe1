import { seeded } from '../support/seeded.ts';

const start = Date.UTC(2026, 2, 14);
const stamp = (i: number) => new Date(start + i * 37).toISOString();
const stampWithBlank = (i: number) => stamp(i).replace('T', ' ').replace('Z', '');

/** `081109 203615`: date and time to the second. */
const hdfsStamp = (i: number) => stamp(i).slice(2, 19).replaceAll(/[-:]/g, '').replace('T', ' ');

/** Letters in a row that mean nothing. */
function makeWord(random: () => number): string {
  return Array.from({ length: 6 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
}

/** Words that come in no other line of that seed. */
export function strangeWords(i: number, count: number): string {
  const random = seeded(i + 1);
  return Array.from({ length: count }, () => makeWord(random)).join(' ');
}

/** A message of about so many characters: what a chatty service says, again and again, with other values. */
export function longMessage(i: number, characters: number): string {
  const parts: string[] = [];
  for (let length = 0, k = 0; length < characters; k += 1) {
    const part = `Received block blk_${i * 7919 + k} src: /10.250.19.${(i + k) % 250}:54106 of size ${i * 64}`;
    parts.push(part);
    length += part.length + 1;
  }
  return parts.join(' ').slice(0, characters);
}

/** Lines as loggers and servers write them, one kind each, by number. */
export const lineKinds: Readonly<Record<string, { format: 'lines' | 'ndjson' | 'csv' | 'journald'; line(i: number): string }>> = {
  'canonical NDJSON': {
    format: 'ndjson',
    line: (i) =>
      JSON.stringify({
        id: `bench-${i.toString().padStart(8, '0')}`,
        timestamp: stamp(i),
        source: 'bench',
        group_id: `bench:worker-${i % 7}`,
        text: `Receiving block blk_${i * 7919} src: /10.250.19.${i % 250}:54106 dest: /10.250.19.102:50010`,
        metadata: { level: i % 50 === 0 ? 'WARN' : 'INFO', pid: 100 + (i % 30) },
      }),
  },
  'JSON logger': {
    format: 'lines',
    line: (i) =>
      `{"level":"info","time":"${stamp(i)}","logger":"web.orders","msg":"order ${i} accepted in ${i % 90} ms","shop":"s${i % 9}"}`,
  },
  'JSON access records': {
    format: 'lines',
    line: (i) =>
      `{"level":30,"time":${start + i * 37},"pid":9,"req":{"method":"GET","url":"/orders/${i}"},"res":{"statusCode":200},"responseTime":${i % 90},"msg":"request completed"}`,
  },
  'HDFS lines': {
    format: 'lines',
    line: (i) => `${hdfsStamp(i)} ${i % 900} INFO dfs.DataNode$PacketResponder: PacketResponder 1 for block blk_${i} terminating`,
  },
  'syslog lines': {
    format: 'lines',
    line: (i) => `Jun 14 15:16:01 combo sshd(pam_unix)[${i % 9999}]: authentication failure; logname= uid=0 rhost=218.188.2.4`,
  },
  'lines with ISO stamp and thread': {
    format: 'lines',
    line: (i) => `${stampWithBlank(i).replace('.', ',')} INFO  [main] org.example.Server - request ${i} took 5 ms`,
  },
  'access lines': {
    format: 'lines',
    line: (i) =>
      `203.0.113.${i % 250} - - [14/Mar/2026:10:00:${String(i % 60).padStart(2, '0')} +0000] "GET /orders/${i} HTTP/1.1" ${i % 50 === 0 ? 502 : 200} ${i % 9000} "-" "Mozilla/5.0 (X11; Linux x86_64)"`,
  },
  logfmt: { format: 'lines', line: (i) => `time=${stamp(i)} level=info msg="order ${i} accepted" component=web took=${i % 90}ms` },
  'lines without a header': { format: 'lines', line: (i) => `request number ${i} took 5 ms and came from the other side of the world` },
  csv: {
    format: 'csv',
    line: (i) => (i === 0 ? 'timestamp,level,component,message' : `${stamp(i)},INFO,web,"request ${i}, took 5 ms"`),
  },
  journald: {
    format: 'journald',
    line: (i) =>
      `{"__REALTIME_TIMESTAMP":"${(start + i * 37) * 1000}","PRIORITY":"6","SYSLOG_IDENTIFIER":"web","_HOSTNAME":"h1","MESSAGE":"order ${i} accepted in ${i % 90} ms"}`,
  },
};
