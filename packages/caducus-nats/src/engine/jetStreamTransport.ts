import { nodeIo, type Io, type Transport, type TransportOptions } from 'caducus';
import { openJet, type Jet } from '../connect.ts';
import { checkReplicas } from '../checkServer.ts';
import { nameFailure } from '../failure.ts';
import { checkPayload } from './checkPayload.ts';
import { describeStream, findStream, openStream } from './engineStream.ts';
import { Holds } from './holds.ts';
import { JetStreamLog } from './jetStreamLog.ts';
import { Patience } from './patience.ts';
import { readSettings } from './settings.ts';

export interface JetStreamOptions extends TransportOptions {
  io?: Io;
  /** Replicas of a release that cannot be trusted with them, for tests. */
  trustReplicas?: boolean;
}

export type JetStreamTransport = Transport & Required<Pick<Transport, 'remarks' | 'trouble'>>;

const path = '--engine';

/**
 * The logs and holds of a pipeline on the JetStream of a NATS server. Who one is and what is trusted comes from the
 * environment. Throws CAD011 for a file that cannot be read, CAD066 when no server answers, CAD020 when one refuses, is too
 * old for what is asked, has no JetStream, no room, or takes messages that are too small.
 */
export async function jetStreamTransport(
  url: string,
  { pipeline, lease, replicas, existing = false, io = nodeIo(), trustReplicas = false }: JetStreamOptions,
): Promise<JetStreamTransport> {
  const { connection, maxBytes } = readSettings(url, io.env);
  const jet = await openJet(connection, io, path);
  try {
    return await openTransport(jet, io, { pipeline, lease, replicas, existing, maxBytes, url, trustReplicas });
  } catch (error) {
    await jet.close();
    throw nameFailure(error, { path, servers: url });
  }
}

async function openTransport(
  jet: Jet,
  io: Io,
  given: TransportOptions & { maxBytes: number | undefined; url: string; trustReplicas: boolean },
): Promise<JetStreamTransport> {
  const { pipeline, lease, replicas, existing = false, maxBytes, url, trustReplicas } = given;
  const version = jet.nc.info?.version ?? '';
  if (!existing) checkPayload(jet.nc.info?.max_payload ?? 0, path);
  if (!existing && !trustReplicas) checkReplicas(version, replicas, path);
  const info = existing ? await findStream(jet, pipeline, url) : await openStream(jet, { pipeline, replicas, maxBytes }, path);
  const patience = new Patience(jet, io, { path, servers: url });
  const log = new JetStreamLog(jet, patience, { pipeline, path });
  const holds = await Holds.open(jet, patience, { pipeline, lease, replicas, existing });
  return {
    remarks: describeStream(info, { version, servers: url }),
    trouble: () => patience.trouble(),
    append: (subject, body, expected) => log.append(subject, body, expected),
    last: (subject) => log.last(subject),
    get: (seq) => log.get(seq),
    read: (subject, signal, after) => log.read(subject, signal, after),
    purge: (subject, upTo) => log.purge(subject, upTo),
    hold: (work, holder) => holds.hold(work, holder),
    release: (work, holder) => holds.release(work, holder),
    holders: () => holds.holders(),
    leases: () => holds.leases(),
    close: async () => {
      patience.close();
      await jet.close();
    },
  };
}
