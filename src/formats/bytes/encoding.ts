/** How the bytes of a stream are meant; `refused` with the reason when they are no text. */
export type Encoding = { kind: 'utf-8' } | { kind: 'utf-16le' | 'utf-16be'; bom: number } | { kind: 'refused'; reason: string };

/** So many bytes are looked at; fewer where a first line of plain text ends before. */
export const lookBytes = 512;
/** Below this, control characters may be a slip. */
const leastForBinary = 64;

/** What compressed files begin with, and the command that unpacks them. */
const packers: readonly { magic: readonly (number | undefined)[]; name: string; command: string }[] = [
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], name: 'xz', command: 'xz -dc FILE | caducus radar -' },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], name: 'zstd', command: 'zstd -dc FILE | caducus radar -' },
  { magic: [0x42, 0x5a, 0x68, undefined, 0x31, 0x41, 0x59, 0x26], name: 'bzip2', command: 'bzip2 -dc FILE | caducus radar -' },
  { magic: [0x50, 0x4b, 0x03, 0x04], name: 'zip', command: 'unzip -p FILE | caducus radar -' },
  { magic: [0x04, 0x22, 0x4d, 0x18], name: 'lz4', command: 'lz4 -dc FILE | caducus radar -' },
  { magic: [0x37, 0x7a, 0xbc, 0xaf], name: '7-Zip', command: '7z e -so FILE | caducus radar -' },
  { magic: [0x1f, 0x8b], name: 'gzip', command: 'gzip -dc FILE | caducus radar -' },
  {
    magic: [0x4c, 0x50, 0x4b, 0x53, 0x48, 0x48, 0x52, 0x48],
    name: 'a journal of systemd',
    command: 'journalctl --file FILE -o json | caducus radar -',
  },
];

const begins = (bytes: Uint8Array, magic: readonly (number | undefined)[]) =>
  bytes.length >= magic.length && magic.every((byte, i) => byte === undefined || byte === bytes[i]);

/** Control characters that no text has: all but tab, line ends, form feed, backspace and escape. */
const isControl = (byte: number) => byte < 32 && (byte < 8 || byte > 13) && byte !== 27;

/** Whether the bytes up to the first line end are plain text, so that nothing more is needed to tell. */
export function isPlainStart(bytes: Uint8Array): boolean {
  if (bytes.length >= 2 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))) return false;
  const end = bytes.indexOf(10);
  if (end < 1) return false;
  for (let i = 0; i < end; i++) if (isControl(bytes[i]!) || bytes[i]! > 127) return false;
  return !begins(bytes, packers[2]!.magic);
}

/** How a stream is encoded, by its first bytes: a mark, the zeros of two-byte text, or what compressed and binary files begin with. */
export function detectEncoding(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { kind: 'utf-16le', bom: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { kind: 'utf-16be', bom: 2 };
  for (const { magic, name, command } of packers) {
    if (!begins(bytes, magic)) continue;
    const what = name.startsWith('a ') ? `it is ${name}` : `it is packed with ${name}`;
    return { kind: 'refused', reason: `no text: ${what}; unpack it: ${command}` };
  }
  const [even, odd] = zeros(bytes);
  const half = Math.floor(bytes.length / 2);
  // Most characters of most languages' logs are ASCII: their other byte is zero.
  if (half >= 4 && odd >= 0.6 * half && even <= 0.1 * half) return { kind: 'utf-16le', bom: 0 };
  if (half >= 4 && even >= 0.6 * half && odd <= 0.1 * half) return { kind: 'utf-16be', bom: 0 };
  // Zeros at the beginning are a hole that a rotation left.
  const text = bytes.subarray(
    Math.max(
      0,
      bytes.findIndex((byte) => byte !== 0),
    ),
  );
  const controls = text.reduce((sum, byte) => sum + (isControl(byte) ? 1 : 0), 0);
  if (text.length >= leastForBinary && controls > 0.1 * text.length) return { kind: 'refused', reason: 'no text: it is binary data' };
  return { kind: 'utf-8' };
}

/** Zero bytes at even and at odd places. */
function zeros(bytes: Uint8Array): [number, number] {
  let [even, odd] = [0, 0];
  for (const [i, byte] of bytes.entries()) {
    if (byte !== 0) continue;
    if (i % 2 === 0) even += 1;
    else odd += 1;
  }
  return [even, odd];
}
