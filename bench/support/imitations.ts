import { seeded } from './seeded.ts';

/**
 * Logs in the style of systems of many kinds, made from statements with slots, so that the true group of every line is
 * known. A slot is `{kind}`; see `makeSlot`. Statements of one system are drawn by Zipf's law in the order below.
 */
export interface LabelledLine {
  statement: string;
  text: string;
}

type Draw = () => number;

const letters = 'abcdefghijklmnopqrstuvwxyz';
const pick = <T>(draw: Draw, items: readonly T[]): T => items[Math.floor(draw() * items.length)]!;
const upTo = (draw: Draw, n: number): number => Math.floor(draw() * n);
const hex = (draw: Draw, length: number): string => Array.from({ length }, () => upTo(draw, 16).toString(16)).join('');
const freeWord = (draw: Draw): string => Array.from({ length: 4 + upTo(draw, 6) }, () => letters[upTo(draw, 26)]).join('');
const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);
const people = Array.from({ length: 40 }, (_, i) => freeWord(seeded(1000 + i)));
const symbols = ['do_page_fault', 'schedule', 'sys_read', '_spin_lock_irqsave', 'ret_from_fork', 'vfs_write', 'do_IRQ', 'kmem_cache_alloc'];
const modules = ['ext3', 'nfsd', 'ib_core', 'jbd', 'e1000'];

const slots: Record<string, (draw: Draw) => string> = {
  n: (draw) => String(upTo(draw, 10 ** (1 + upTo(draw, 4)))),
  ms: (draw) => `${upTo(draw, 5000)}ms`,
  hex: (draw) => hex(draw, 8),
  hash: (draw) => hex(draw, 40),
  uuid: (draw) => [8, 4, 4, 4, 12].map((n) => hex(draw, n)).join('-'),
  ip: (draw) => `10.${upTo(draw, 4)}.${upTo(draw, 20)}.${upTo(draw, 250)}`,
  peer: (draw) => `10.0.${upTo(draw, 20)}.${upTo(draw, 250)}:${1024 + upTo(draw, 50000)}`,
  /** A clock is an address, or the local one. */
  clock: (draw) => (draw() < 0.3 ? `LOCAL(${upTo(draw, 2)})` : slots.ip!(draw)),
  /** An address in code, with its offset. */
  code: (draw) => `${pick(draw, symbols)}+0x${upTo(draw, 4096).toString(16)}`,
  span: (draw) => `${slots.code!(draw)}/0x${(4096 + upTo(draw, 999)).toString(16)}`,
  module: (draw) => pick(draw, modules),
  path: (draw) => `/var/${pick(draw, ['lib', 'spool', 'cache'])}/${freeWord(draw)}/${upTo(draw, 99)}`,
  /** Never the same twice. */
  word: freeWord,
  name: (draw) => capital(freeWord(draw)),
  words: (draw) => Array.from({ length: 2 + upTo(draw, 5) }, () => freeWord(draw)).join(' '),
  person: (draw) => pick(draw, people),
  /** A field that is empty, bare or quoted. */
  maybe: (draw) => pick(draw, ['', 'null', `"${freeWord(draw)}"`, freeWord(draw), `"${freeWord(draw)} ${freeWord(draw)}"`]),
  list: (draw) => `[${Array.from({ length: upTo(draw, 4) }, () => freeWord(draw)).join(', ')}]`,
  map: (draw) => `{${Array.from({ length: upTo(draw, 3) }, () => `${freeWord(draw)}=${upTo(draw, 99)}`).join(', ')}}`,
  host: (draw) => pick(draw, ['db', 'web', 'cache']) + upTo(draw, 30),
  class: (draw) => `com.acme.${pick(draw, ['cart', 'pay', 'stock'])}.${capital(freeWord(draw))}`,
  bool: (draw) => String(draw() < 0.5),
  job: (draw) => `job_${1600000000 + upTo(draw, 999)}_${upTo(draw, 9999)}`,
};

const statements: Record<string, readonly string[]> = {
  crm: [
    'user {word} opened file {word} for writing',
    'search for "{words}" returned {n} hits in {ms}',
    'user {person} logged in from {ip}',
    'user {person} logged out',
    'ticket {n} moved from queue {word} to queue {word}',
    'contact {name} {name} was created by {person}',
    'mail to {word} rejected: {words}',
    'tags {list} were removed by the sweeper',
    'sync {word} to {word} done',
    'sync {word} to {word} failed after {ms}',
    'cache warmed in {ms}',
    'user {word} closed file {word} after {ms}',
    'license check passed',
    'license check failed',
    'nightly export started',
    'nightly export finished, {n} rows',
  ],
  kernel: [
    'synchronized to {clock}, stratum {n}',
    '[<{hex}>] {span}',
    '[<{hex}>] {span} [{module}]',
    'EIP is at {code}',
    'time reset {n}.{n} s',
    'Out of memory: Killed process {n} ({person})',
    'eth0: link up, {n} Mbps, full-duplex',
    'eth0: link down',
    'sd 0:0:{n}:0: [sda] Write cache: enabled',
    'usb 1-{n}: new high-speed USB device number {n} using ehci',
    'usb 1-{n}: USB disconnect, device number {n}',
    'device {host} entered promiscuous mode',
    'device {host} left promiscuous mode',
    'Losing some ticks... checking if CPU frequency changed.',
    'audit({n}.{n}:{n}): initialized',
    'CPU{n}: Core temperature above threshold, cpu clock throttled (total events = {n})',
    'CPU{n}: Core temperature/speed normal',
    'nfs: server {host} not responding, still trying',
    'nfs: server {host} OK',
    'Memory: {n}k/{n}k available ({n}k kernel code, {n}k reserved)',
  ],
  phone: [
    'acquire lock={n}, flags=0x{n}, tag="{word}", name={class}, ws={maybe}, uid={n}',
    'release lock={n}, flg=0x{n}, tag="{word}", name={class}, ws={maybe}, uid={n}',
    'updateState vis={n} old={n} stack=Rect({n}, {n} - {n}, {n})',
    'visible is {bool}',
    'Skipping Token{{hex} u0 {class} t{n}} -- going to hide',
    'setVolume(pid: {n}, stream: {n}, level: {n})',
    'startService intent={maybe} caller={class}',
    'battery level {n} status Charging',
    'battery level {n} status Discharging',
    'battery level {n} status Full',
    'Wakelock state Active',
    'Wakelock state Inactive',
    'params={map} extras={list} in {ms}',
    'not found: {maybe} in {class}',
    'probe svc={word} state=Active took={ms}',
    'probe svc={word} state=Inactive took={ms}',
    'port {n} is now Active (vlan {n})',
    'port {n} is now Inactive (vlan {n})',
    'gps fix lost',
    'gps fix acquired after {ms}',
    'overlay shown for {class}, reason={word}',
    'overlay hidden for {class}, reason={word}',
  ],
  batch: [
    'Task {job} transitioned from NEW to SCHEDULED',
    'Task {job} transitioned from SCHEDULED to RUNNING',
    'Task {job} transitioned from RUNNING to SUCCEEDED',
    'Task {job} transitioned from RUNNING to FAILED',
    'Progress of {job} is : 0.{n}',
    'Assigned container {job} to {host}:{n}',
    'Finished spill {n}',
    'Kill reason: {words}',
    'Address change detected. Old: {host}/{peer} New: {host}:{n}',
    'Retrying connect to server: {host}:{n}. Already tried {n} time(s); maxRetries={n}',
    'DFSClient: slow ReadProcessor read fields took {ms} (threshold={ms}); ack: {map}',
    'Reduce slow start threshold not met. completedMaps {n}',
    'Reduce slow start threshold reached. Scheduling reduces.',
    'loaded properties from {word}.properties',
    'ERROR IN CONTACTING RM.',
    'Recalculating schedule, headroom={n}',
    'Received completed container {job}',
    'Queue {word} resized from {n} to {n} by {word}',
  ],
  database: [
    'checkpoint starting: time',
    'checkpoint starting: wal',
    'checkpoint complete: wrote {n} buffers ({n}%); write={n} s, sync={n} s',
    "duration: {n} ms  statement: SELECT {word}, {word} FROM {word} WHERE {word} = '{word}'",
    'duration: {n} ms  statement: UPDATE {word} SET {word} = {n} WHERE id = {n}',
    'connection received: host={ip} port={n}',
    'connection authorized: user={person} database={word}',
    'disconnection: session time: 0:{n}:{n} user={person} database={word} host={ip} port={n}',
    'relation "{word}" does not exist at character {n}',
    'column "{word}" does not exist at character {n}',
    'automatic vacuum of table "{word}.public.{word}": index scans: {n}',
    'deadlock detected',
    'canceling statement due to user request',
    'canceling statement due to statement timeout',
    'could not send data to client: Broken pipe',
    'could not receive data from client: Connection reset by peer',
    'terminating connection due to administrator command',
    'password authentication failed for user "{word}"',
  ],
  boot: [
    'Started Session {n} of user {person}.',
    'Starting {name} {name}...',
    'Started {name} {name}.',
    'Stopping {name} {name}...',
    'Stopped {name} {name}.',
    'Reached target {name} {name}.',
    'Failed to open socket',
    'Failed to parse header',
    'Failed to load module',
    'Failed to bind port {n}',
    'Failed to resolve peer',
    'Failed to rotate journal',
    'Mounted {path}.',
    'Unmounted {path}.',
    '{word} startup succeeded',
    '{word} shutdown succeeded',
    'hostname set to {host}',
    'Power key pressed.',
    'Lid opened.',
    'Lid closed.',
  ],
};

/** The systems that are imitated. */
export const imitated: readonly string[] = Object.keys(statements);

/** `lines` lines in the style of a system. */
export function imitate(system: string, lines: number, seed: number): LabelledLine[] {
  const draw = seeded(seed);
  const known = statements[system]!;
  const weights = known.map((_, i) => 1 / (i + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Array.from({ length: lines }, () => {
    let left = draw() * total;
    const at = weights.findIndex((weight) => (left -= weight) < 0);
    const statement = known[Math.max(0, at)]!;
    return { statement, text: fillSlots(statement, draw) };
  });
}

function fillSlots(statement: string, draw: Draw): string {
  return statement.replaceAll(/\{(\w+)\}/g, (whole, kind: string) => slots[kind]?.(draw) ?? whole);
}
