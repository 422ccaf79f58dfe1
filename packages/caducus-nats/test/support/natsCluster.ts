import { nodeIo } from 'caducus';
import { freePort, NatsServer } from './natsServer.ts';

/** Three servers of one cluster, on ports and in folders of their own. */
export class NatsCluster {
  readonly servers: readonly NatsServer[];

  private constructor(servers: readonly NatsServer[]) {
    this.servers = servers;
  }

  static async start(): Promise<NatsCluster> {
    const ports = [await freePort(), await freePort(), await freePort()];
    const routes = ports.map((port) => `"nats-route://127.0.0.1:${port}"`).join(', ');
    const settings = (i: number) =>
      `server_name: n${i}\njetstream: { store_dir: "STORE" }\ncluster: { name: c, listen: "127.0.0.1:${ports[i]}", routes: [${routes}] }`;
    const servers = await Promise.all(ports.map((_, i) => NatsServer.start(settings(i))));
    const cluster = new NatsCluster(servers);
    await cluster.settle();
    return cluster;
  }

  get url(): string {
    return this.servers.map(({ url }) => url).join(',');
  }

  /** Resolves when JetStream of the cluster has a leader. */
  async settle(): Promise<void> {
    for (;;) {
      const is = await this.servers[0]!.client().then(
        () => true,
        () => false,
      );
      if (is) return;
      await nodeIo().sleep(100);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()));
  }
}
