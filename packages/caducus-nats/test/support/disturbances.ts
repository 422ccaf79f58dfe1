import { nodeIo } from 'caducus';
import type { CuttingProxy } from './cuttingProxy.ts';
import type { EngineCluster, Worker } from './engineCluster.ts';
import type { NatsServer } from './natsServer.ts';

const { sleep } = nodeIo();

const kinds = ['kill', 'kill sequencer', 'kill desk', 'stop', 'server', 'network', 'join', 'leave', 'full disk'] as const;

export interface Disturbed {
  cluster: EngineCluster;
  server: NatsServer;
  /** The way that all processes take to the server. */
  network: CuttingProxy;
  /** After how long the work of a process that is not heard of goes to others, milliseconds. */
  lease: number;
  /** 0 to below `most`. */
  random(most: number): number;
  /** Name of who does a piece of work; empty where nobody does. */
  findHolder(work: string): Promise<string>;
}

/** Does one thing to processes, a server and the network between them, and gives its name. Those that are gone are replaced. */
export async function disturb(given: Disturbed): Promise<string> {
  const { cluster, server, network, lease, random } = given;
  const kind = kinds[random(kinds.length)]!;
  const { alive } = cluster;
  const any = alive[random(alive.length)]!;
  if (kind.startsWith('kill')) {
    const victim = kind === 'kill' ? any : ((await findWorker(given, kind.slice('kill '.length))) ?? any);
    victim.signal('SIGKILL');
    await victim.ended;
    cluster.start(network.url);
  } else if (kind === 'leave') {
    any.signal('SIGTERM');
    cluster.start(network.url);
  } else if (kind === 'join') {
    cluster.start(network.url);
  } else if (kind === 'stop') {
    any.signal('SIGSTOP');
    await sleep(lease + random(lease));
    any.signal('SIGCONT');
  } else if (kind === 'network') {
    network.isClosed = random(2) === 0;
    network.cut();
    await sleep(random(2 * lease));
    network.isClosed = false;
  } else {
    await server.kill();
    await sleep(random(1_500));
    if (kind === 'full disk') {
      // What is there already is more than there is room for.
      await server.begin('jetstream: { store_dir: "STORE", max_file_store: 1000000 }');
      await sleep(random(2 * lease));
      await server.kill();
    }
    await server.begin();
  }
  return kind;
}

async function findWorker({ cluster, findHolder }: Disturbed, work: string): Promise<Worker | undefined> {
  const holder = await findHolder(work);
  return cluster.alive.find(({ child }) => holder.includes(`-${child.pid}-`));
}
