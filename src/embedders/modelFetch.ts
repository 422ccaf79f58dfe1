import { join } from 'node:path';
import { askAgain, Unanswered } from '../base/askAgain.ts';
import { CaducusError } from '../errors.ts';
import type { Io } from '../io.ts';
import { gitBlobId } from './gitBlobId.ts';
import { modelVerify, type ModelReport } from './modelVerify.ts';
import { download } from './use/downloadFile.ts';
import { parseManifest, listShards } from './use/modelManifest.ts';
import { modelUrls } from './use/modelUrls.ts';
import { sentenceEncoder, type Published } from './use/sentenceEncoder.ts';

/** How far a download is. */
export interface FetchProgress {
  file: string;
  /** Files done before this one, and in all; null until model.json has come. */
  done: number;
  files: number | null;
  /** Bytes of this file on disk, and in all where the server tells. */
  received: number;
  total: number | null;
  /** What is wrong, when an attempt failed and another follows. */
  retrying?: string;
}

export interface FetchOptions {
  io: Io;
  /** Where the model goes, see `modelFolder`. */
  folder: string;
  /** `hub`, or the http(s) address of a folder that holds the files. */
  from?: string;
  /** What it is checked by; null takes whatever comes, and then never resumes. Default: the sentence encoder as published. */
  published?: Published | null;
  onProgress?(progress: FetchProgress): void;
  signal?: AbortSignal;
  /** Attempts a file. */
  attempts?: number;
  /** Milliseconds without a byte after which an attempt is given up. */
  timeout?: number;
}

const mebibyte = 2 ** 20;
/** Nothing of the published model is past 5 MiB; a model of one's own may have larger shards. */
const largestFile = 512 * mebibyte;
/** Between attempts: growing from 1 s, and at least what the server asks for. */
const waits = { first: 1_000, most: 60_000 };

/**
 * Brings a model into a folder. Each file is written beside its name, checked, and only then given its name; model.json
 * comes last, so a folder with a model.json is whole. Files that are there and good are not fetched again, and one that
 * was cut off goes on where it stopped. Returns the final check.
 * Throws CAD083 when a file cannot be had, or what comes is not what was published.
 */
export async function modelFetch(options: FetchOptions): Promise<ModelReport> {
  const { io, folder, from = 'hub' } = options;
  const published = options.published === undefined ? sentenceEncoder : options.published;
  const urls = modelUrls(from);
  await io.files.makeFolder(folder);
  const fetched = { ...options, published, done: 0, files: null };
  const manifest = await fetchFile(fetched, 'model.json', urls.model, published?.model.blobId);
  const shards = listShards(manifestAt(manifest, await io.files.readText(manifest)));
  if (published && shards.length !== published.shards.length) throw failed(manifest, `it names ${shards.length} shards`);
  const rest: [name: string, url: string, blobId: string | undefined][] = [
    ['vocab.json', urls.vocabulary, published?.vocabulary.blobId],
    ...shards.map((name, at) => [name, urls.shard(name), published?.shards[at]] satisfies [string, string, string | undefined]),
  ];
  for (const [at, [name, url, blobId]] of rest.entries()) {
    const path = await fetchFile({ ...fetched, done: at + 1, files: rest.length + 1 }, name, url, blobId);
    await io.files.rename(path, join(folder, name));
  }
  await io.files.rename(manifest, join(folder, 'model.json'));
  await io.files.syncFolder(folder);
  return modelVerify(io.files, folder, published);
}

type Fetching = FetchOptions & { published: Published | null; done: number; files: number | null };

/** Path of a checked file: `<name>.part`, or the name itself where a good one is already there. */
async function fetchFile(options: Fetching, name: string, url: string, blobId: string | undefined): Promise<string> {
  const { io, folder, signal, attempts = 5, timeout = 30_000, onProgress, done, files } = options;
  const path = join(folder, name);
  const part = `${path}.part`;
  if (blobId !== undefined) for (const there of [path, part]) if ((await makeId(io, there)) === blobId) return there;
  const resume = blobId !== undefined;
  let last = { received: 0, total: null as number | null };
  const onBytes = (received: number, total: number | null) => {
    last = { received, total };
    onProgress?.({ file: name, done, files, ...last });
  };
  const attempt = async (): Promise<string> => {
    await download(io, { url, path: part, resume, maxBytes: largestFile, timeout, onBytes, ...(signal ? { signal } : {}) });
    const id = await makeId(io, part);
    if (blobId === undefined || id === blobId) return part;
    await io.files.remove(part); // wrong to its end: going on from it would never mend it
    throw new Unanswered(`its git blob id is ${id}, not ${blobId}`, { again: true });
  };
  const failing = ({ message: retrying }: Unanswered) => onProgress?.({ file: name, done, files, ...last, retrying });
  return askAgain(io, { name: url, attempts, waits, signal, failed: failing }, attempt).catch((cause: unknown) => {
    throw cause instanceof Unanswered ? failed(name, cause.message, cause) : cause;
  });
}

async function makeId({ files }: Io, path: string): Promise<string | null> {
  const size = (await files.stat(path))?.size;
  return size === undefined ? null : gitBlobId(size, files.chunks(path));
}

function manifestAt(path: string, text: string) {
  try {
    return parseManifest(text);
  } catch (cause) {
    throw failed(path, (cause as Error).message, cause);
  }
}

const failed = (file: string, reason: string, cause?: unknown) => new CaducusError('CAD083', { file }, reason, { cause });
