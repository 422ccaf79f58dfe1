import { awsCaller, CaducusError, clientConfig, type SourceContext, type Trouble } from 'caducus';
import { S3Client, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { S3Options } from './options.ts';

/** An object as S3 lists it. */
export interface Entry {
  key: string;
  etag: string;
  size: number;
  modified: number;
}

/** Why one object cannot be read, while others can. */
export type Unreadable = { unreadable: string };

/** What of S3 is used. Every method throws a CaducusError that says what to do. */
export interface S3Api {
  list(query: { bucket: string; prefix: string; after?: string | undefined; most: number }): AsyncGenerator<Entry[]>;
  /** All bytes of an object, asked for piece by piece, so that one may rest while others are read. */
  bytes(object: { bucket: string; key: string; etag: string; size: number }): AsyncGenerator<Uint8Array>;
  /** What there is of an object now. */
  look(bucket: string, key: string): Promise<Entry | Unreadable>;
  close(): void;
}

/** The object is not what was listed, or may never be: others are read. */
export class ObjectGone extends Error {
  override readonly name = 'ObjectGone';
}

/** Bytes of an answer. */
const pieceBytes = 4 << 20;

/** What S3 says of an object alone, and what it means. */
const gone: Readonly<Record<string, string>> = {
  NoSuchKey: 'was deleted before it was read',
  NoSuchVersion: 'was deleted before it was read',
  PreconditionFailed: 'was written anew while it was read: its new bytes are another object',
  InvalidRange: 'was written anew while it was read: its new bytes are another object',
  InvalidObjectState: 'lies in an archive (Glacier): restore it first',
};

/** Finds what is wrong with one object in an error of the client, behind the one that names the call. */
function findReason(error: unknown): string | null {
  const cause = error instanceof CaducusError ? error.cause : error;
  const { name } = (cause ?? {}) as { name?: string };
  return (name !== undefined && gone[name]) || null;
}

/** Opens the API over the real SDK. */
export function openS3Api(
  options: S3Options,
  { io, id, signal, failing }: Pick<SourceContext, 'io' | 'id' | 'signal'> & { failing?: (trouble: Trouble | null) => void },
): S3Api {
  // The SDK warns of the age of Node at every start; docs say it once.
  Object.assign(io.env, { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' });
  const open = () =>
    new S3Client({
      ...clientConfig(options),
      followRegionRedirects: true,
      forcePathStyle: options.pathStyle || options.endpoint !== undefined,
      // A piece has no checksum of its own, and a copy of a bucket elsewhere may know none.
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  let client = open();
  const renew = () => {
    client.destroy();
    client = open();
  };
  const call = awsCaller({ io, id, signal, patience: options.patience, renew, failing });
  const payer = options.requestPayer ? { RequestPayer: 'requester' as const } : {};

  async function get(bucket: string, key: string, range: { Range?: string; IfMatch?: string }) {
    try {
      return await call('s3:GetObject', async (how) => {
        const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...range, ...payer }), how);
        // Within the call: a connection that breaks here is made anew.
        return { ...answer, bytes: (await answer.Body?.transformToByteArray()) ?? new Uint8Array() };
      });
    } catch (error) {
      const reason = findReason(error);
      throw reason === null ? nameBucket(error, bucket, id) : new ObjectGone(reason, { cause: error });
    }
  }
  return {
    async *list({ bucket, prefix, after, most }) {
      let token: string | undefined;
      let count = 0;
      do {
        const page = await call('s3:ListBucket', (how) =>
          client.send(
            new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, StartAfter: after, ContinuationToken: token, ...payer }),
            how,
          ),
        ).catch((error: unknown) => {
          throw nameBucket(error, bucket, id);
        });
        const entries = (page.Contents ?? []).map(({ Key = '', ETag = '', Size = 0, LastModified }) => ({
          key: Key,
          etag: ETag,
          size: Size,
          modified: LastModified?.getTime() ?? 0,
        }));
        yield entries;
        count += entries.length;
        token = page.NextContinuationToken;
      } while (token !== undefined && count < most);
    },
    async *bytes({ bucket, key, etag, size }) {
      for (let start = 0; start < size; start += pieceBytes) {
        const end = Math.min(size, start + pieceBytes) - 1;
        const { bytes, ETag } = await get(bucket, key, { Range: `bytes=${start}-${end}`, IfMatch: etag });
        if (ETag !== undefined && ETag !== etag) throw new ObjectGone(gone['PreconditionFailed']!);
        yield bytes;
      }
    },
    async look(bucket, key) {
      try {
        const { ETag = '', ContentRange, ContentLength = 0, LastModified } = await get(bucket, key, { Range: 'bytes=0-0' });
        const size = Number(ContentRange?.split('/')[1] ?? ContentLength);
        return { key, etag: ETag, size, modified: LastModified?.getTime() ?? io.now() };
      } catch (error) {
        if (!(error instanceof ObjectGone)) throw error;
        // The first byte of what is empty cannot be had.
        const { name } = ((error.cause as CaducusError).cause ?? {}) as { name?: string };
        return name === 'InvalidRange' ? { key, etag: '', size: 0, modified: io.now() } : { unreadable: error.message };
      }
    },
    close: () => client.destroy(),
  };
}

/** A bucket that is not there is a wrong option, and not a wrong request. */
function nameBucket(error: unknown, bucket: string, id: string): unknown {
  const { name } = ((error as CaducusError).cause ?? {}) as { name?: string };
  if (name !== 'NoSuchBucket') return error;
  return new CaducusError('CAD020', { path: `sources.${id}.bucket` }, `there is no bucket "${bucket}"`, {
    cause: error,
    hint: 'Check name, account and endpoint: aws s3 ls.',
  });
}
