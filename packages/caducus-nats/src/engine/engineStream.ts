import { DiscardPolicy, JetStreamApiError, RetentionPolicy, StorageType, type StreamConfig, type StreamInfo } from '@nats-io/jetstream';
import { CaducusError } from 'caducus';
import type { Jet } from '../connect.ts';
import { isNoStream } from './delay.ts';

/** The stream of a pipeline, and the subjects that it takes. */
export const nameStream = (pipeline: string): string => `caducus-${pipeline}`;
export const nameSubject = (pipeline: string, subject: string): string => `caducus-engine.${pipeline}.${subject}`;

/**
 * Nothing goes by age or for want of room: a log that lost its beginning cannot be worked on, and a subject without any
 * message has no fence. What is needed no more is purged by name.
 */
const kept = {
  retention: RetentionPolicy.Limits,
  storage: StorageType.File,
  discard: DiscardPolicy.New,
  max_age: 0,
  max_msgs: -1,
  max_msgs_per_subject: -1,
  max_msg_size: -1,
  max_consumers: -1,
} satisfies Partial<StreamConfig>;

export interface StreamWish {
  pipeline: string;
  /** Copies of it; what is there where it is left out, 1 where there is none. */
  replicas: number | undefined;
  /** Bytes that it may hold, for accounts that ask for a bound. */
  maxBytes: number | undefined;
}

/**
 * Makes the stream of a pipeline, or takes the one that is there, with the replicas that are asked for. Throws CAD020 for
 * one that forgets what has not been worked on.
 */
export async function openStream(
  { jsm }: Pick<Jet, 'jsm'>,
  { pipeline, replicas, maxBytes }: StreamWish,
  path: string,
): Promise<StreamInfo> {
  const name = nameStream(pipeline);
  const there = await jsm.streams.info(name).catch((error: unknown) => {
    if (isNoStream(error)) return null;
    throw error;
  });
  const info = there ?? (await addStream({ jsm }, { pipeline, replicas, maxBytes }));
  const differences = Object.entries({ ...kept, subjects: [nameSubject(pipeline, '>')] }).flatMap(([key, value]) => {
    const given: unknown = info.config[key as keyof StreamConfig];
    return JSON.stringify(given) === JSON.stringify(value) ? [] : [`${key} ${JSON.stringify(given)} in place of ${JSON.stringify(value)}`];
  });
  if (differences.length > 0)
    throw new CaducusError('CAD020', { path }, `the stream ${name} would lose what the engine needs: ${differences.join(', ')}`, {
      hint: `Set it right with \`nats stream edit ${name}\`, or remove it: the state of the pipeline goes with it.`,
    });
  const changes = {
    ...(replicas !== undefined && replicas !== info.config.num_replicas && { num_replicas: replicas }),
    ...(maxBytes !== undefined && maxBytes !== info.config.max_bytes && { max_bytes: maxBytes }),
  };
  return Object.keys(changes).length === 0 ? info : jsm.streams.update(name, { ...info.config, ...changes });
}

/** The stream of a pipeline as it is. Throws CAD040 where there is none. */
export async function findStream({ jsm }: Pick<Jet, 'jsm'>, pipeline: string, servers: string): Promise<StreamInfo> {
  const name = nameStream(pipeline);
  try {
    return await jsm.streams.info(name);
  } catch (error) {
    if (!isNoStream(error)) throw error;
    throw new CaducusError('CAD040', {}, `nothing of a pipeline "${pipeline}" is on ${servers}: no stream ${name}`, {
      hint: `Start it there with caducus run FILE --engine ${servers}, or look at another server.`,
    });
  }
}

async function addStream({ jsm }: Pick<Jet, 'jsm'>, { pipeline, replicas = 1, maxBytes = -1 }: StreamWish): Promise<StreamInfo> {
  const name = nameStream(pipeline);
  try {
    const given = { ...kept, name, subjects: [nameSubject(pipeline, '>')], num_replicas: replicas, max_bytes: maxBytes };
    return await jsm.streams.add({ ...given, description: `State and logs of the caducus pipeline ${pipeline}` });
  } catch (error) {
    // Another process has made it a moment ago, with other replicas.
    if (error instanceof JetStreamApiError && error.code === nameInUse) return jsm.streams.info(name);
    throw error;
  }
}

const nameInUse = 10058;

/** What people have to know of where their state lies, a sentence each. */
export function describeStream({ config }: StreamInfo, { version, servers }: { version: string; servers: string }): string[] {
  const { name, num_replicas: replicas } = config;
  const copies = replicas === 1 ? 'one replica' : `${replicas} replicas`;
  const where = `The stream ${name} of ${servers} (nats-server ${version}) holds logs and state: ${copies}, no limit but its disk.`;
  const risk =
    'With one replica a power cut can lose what the server has acknowledged, which syncs its disk every two minutes by default: ask for three replicas, or set sync_interval.';
  return replicas === 1 ? [where, risk] : [where];
}
