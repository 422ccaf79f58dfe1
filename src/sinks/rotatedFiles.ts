import type { Stats } from 'node:fs';
import { dirname } from 'node:path';
import { digest } from '../base/digest.ts';
import type { Files } from '../io.ts';

/** Device and inode: what a file is, whatever it is called. */
export const nodeIn = ({ dev, ino }: Pick<Stats, 'dev' | 'ino'>): string => `${dev}:${ino}`;

/** The name of an older file: `.1` was put aside last. */
const numberedPath = (path: string, number: number): string => (number === 0 ? path : `${path}.${number}`);

/** Puts a file aside as `.1`; the older ones move up, and what is beyond `keep` goes. */
export async function putAside(files: Files, path: string, keep: number): Promise<void> {
  await files.remove(numberedPath(path, keep));
  for (let number = keep - 1; number >= 0; number -= 1)
    if (await files.stat(numberedPath(path, number))) await files.rename(numberedPath(path, number), numberedPath(path, number + 1));
  await files.syncFolder(dirname(path));
}

/** The first bytes of a file: what it is, where inodes of removed files are given away again. */
export type Head = { bytes: number; hash: string };

const headBytes = 1024;

/** @param most the file is known so far */
export async function readHead(files: Files, path: string, most = headBytes): Promise<Head | null> {
  if (!(await files.stat(path))) return null;
  const wanted = Math.min(most, headBytes);
  const parts: Uint8Array[] = [];
  if (wanted > 0) for await (const chunk of files.chunks(path, { end: wanted - 1 })) parts.push(chunk);
  const bytes = Buffer.concat(parts);
  return { bytes: bytes.length, hash: digest(bytes.toString('latin1')) };
}

/** What the files are that were put aside, the newest first. */
export async function listAside(files: Files, path: string, keep: number): Promise<Head[]> {
  const heads: Head[] = [];
  for (let number = 1; number <= keep; number += 1) {
    const head = await readHead(files, numberedPath(path, number));
    if (head) heads.push(head);
  }
  return heads;
}

const matchesHead = async (files: Files, path: string, head: Head): Promise<boolean> => {
  const now = await readHead(files, path, head.bytes);
  return now?.bytes === head.bytes && now.hash === head.hash;
};

/**
 * Takes back what was put aside since a file was the one being written and others were aside: they are it again, and what was
 * begun since goes, as it is written again.
 */
export async function takeBack(files: Files, path: string, then: { head: Head; aside: readonly Head[] }, keep: number): Promise<void> {
  let next = 1;
  for (let number = 0; number <= keep; number += 1) {
    const name = numberedPath(path, number);
    if (!(await files.stat(name))) continue;
    const isIt = then.head.bytes > 0 && (await matchesHead(files, name, then.head));
    const wasAside = !isIt && (await Promise.all(then.aside.map((head) => matchesHead(files, name, head)))).includes(true);
    const to = isIt ? 0 : wasAside ? next++ : null;
    if (to === null) await files.remove(name);
    else if (to !== number) await files.rename(name, numberedPath(path, to));
  }
  await files.syncFolder(dirname(path));
}
