import { headSubject, readHead } from '../checkpointLog.ts';
import { readTail } from '../readTail.ts';
import { readRevision, type Revision } from '../revision/revision.ts';
import { arrivalsSubject, deskSubject, inSubject, outSubject, partitionName } from '../roles/role.ts';
import { readPrefix } from '../readers/planReading.ts';
import { scopeTransport } from '../revision/scopeTransport.ts';
import type { Transport } from '../transport.ts';
import { memberPrefix } from '../workers/shareOut.ts';
import { listWaiting, type WaitingProcess } from '../workers/waiting.ts';
import { readOutputOwner, type OutputOwner } from '../writer/outputFolder.ts';
import { readPlace, readWritten } from '../writer/sinkWriter.ts';

/** A piece of work on an engine. */
export interface StandingWork {
  work: string;
  /** Who has it, and after how long that lapses unless it is kept, milliseconds; null where nobody has. */
  owner: string | null;
  left: number | null;
  /** Messages of its log that it has not worked on, at most; null for what reads none. */
  behind: number | null;
  /** Its newest checkpoint: behind which message, when (milliseconds since 1970), and its number, which is the fence. */
  checkpoint: { n: number; at: number; fence: number | null } | null;
}

/** How a pipeline stands on an engine. */
export interface Standing {
  revision: Revision | null;
  /** Processes that are there, with how long they count as such unless they are heard of, milliseconds. */
  processes: { id: string; left: number }[];
  /** Processes that have another file, release or number of parts. */
  waiting: (WaitingProcess & { left: number })[];
  /** Number of the newest arrival. */
  arrivals: number;
  output: OutputOwner | null;
  works: StandingWork[];
}

/** Reads how a pipeline stands on an engine. Nothing is changed there. `partitions` where no process has said how many. */
export async function readStanding(unscoped: Transport, partitions: number): Promise<Standing> {
  const revision = (await readRevision(unscoped))?.revision ?? null;
  const transport = scopeTransport(unscoped, revision?.number ?? 1);
  const parts = Array.from({ length: revision?.partitions ?? partitions }, (_, p) => p);
  const [leases, waiting, arrivals, desk, output] = await Promise.all([
    transport.leases(),
    unscoped.leases().then(listWaiting),
    readNumber(transport, arrivalsSubject),
    readNumber(transport, deskSubject),
    readOutputOwner(unscoped),
  ]);
  const [ins, outs] = await Promise.all([
    Promise.all(parts.map((p) => readNumber(transport, inSubject(p)))),
    Promise.all(parts.map((p) => readNumber(transport, outSubject(p)))),
  ]);
  const checkpoint = (name: string) => readCheckpoint(transport, name);
  const [sequencer, ofDesk, written] = await Promise.all([checkpoint('sequencer'), checkpoint('desk'), readWritten(transport)]);
  const place = await readPlace(transport);
  // The desk says how far it is by what it gave, by its checkpoint, and by what the parts have done for it.
  const merged = Math.max(desk, ofDesk?.n ?? 0, outs.length > 0 ? Math.min(...outs) : 0);
  const put = Math.max(place?.n ?? 0, written <= desk ? written : 0);
  const work = (name: string, behind: number | null, saved: StandingWork['checkpoint']): StandingWork => {
    const { holder = null, left = null } = leases.get(name) ?? {};
    return { work: name, owner: holder, left, behind: behind === null ? null : Math.max(0, behind), checkpoint: saved };
  };
  return {
    revision,
    processes: [...leases].flatMap(([name, { left }]) =>
      name.startsWith(memberPrefix) ? [{ id: name.slice(memberPrefix.length), left }] : [],
    ),
    waiting,
    arrivals,
    output,
    works: [
      work('sequencer', null, sequencer),
      ...[...leases.keys()].filter((name) => name.startsWith(readPrefix)).map((name) => work(name, null, null)),
      ...(await Promise.all(parts.map(async (p) => work(`partition.${p}`, ins[p]! - outs[p]!, await checkpoint(partitionName(p)))))),
      work('desk', arrivals - merged, ofDesk),
      work('writer', desk - put, place && { ...place, fence: null }),
    ],
  };
}

const readNumber = async (transport: Transport, subject: string): Promise<number> => (await readTail(transport, subject)).n;

async function readCheckpoint(transport: Transport, name: string): Promise<StandingWork['checkpoint']> {
  const last = await transport.last(headSubject(name));
  if (last === null) return null;
  const { n, at } = readHead(last);
  return { n, at, fence: last.seq };
}
