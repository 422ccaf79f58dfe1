import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { connect, credsAuthenticator, type NatsConnection, type NodeConnectionOptions } from '@nats-io/transport-node';
import { readNamed, readSecret, type Io, type Trouble } from 'caducus';
import { nameFailure } from './failure.ts';
import type { ConnectionOptions } from './options.ts';
import { checkServer } from './checkServer.ts';
import { Link } from './link.ts';

/** A connection, and what of JetStream is behind it. */
export interface Jet {
  nc: NatsConnection;
  js: JetStreamClient;
  jsm: JetStreamManager;
  link: Link;
  /** What keeps it from its work; null while it is connected. */
  trouble(): Trouble | null;
  /** Sends what waits, and ends. */
  close(): Promise<void>;
}

/** How long an answer of a server may take, milliseconds. */
export const answerWithin = 5_000;

async function connectWith(options: ConnectionOptions, files: Io['files'], path: string): Promise<NodeConnectionOptions> {
  const { servers, credentialsFile, user, tls } = options;
  const token = await readSecret(files, options.token, options.tokenFile, `${path}.token_file`);
  const pass = await readSecret(files, options.password, options.passwordFile, `${path}.password_file`);
  const named = async (file: string | undefined, option: string) =>
    file === undefined ? undefined : readNamed(files, file, `${path}.${option}`);
  const creds = await named(credentialsFile, 'credentials_file');
  return {
    servers: typeof servers === 'string' ? [servers] : servers,
    // A server that is restarted is waited for, however long it takes; `trouble` says so meanwhile.
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    timeout: answerWithin,
    // A peer that is gone without a word is noticed after three of these, and not after minutes.
    pingInterval: 10_000,
    ...(creds !== undefined && { authenticator: credsAuthenticator(new TextEncoder().encode(creds)) }),
    ...(token !== null && { token }),
    ...(user !== undefined && { user, pass: pass ?? '' }),
    ...(tls && {
      tls: {
        ca: await named(tls.caFile, 'tls.ca_file'),
        cert: await named(tls.certFile, 'tls.cert_file'),
        key: await named(tls.keyFile, 'tls.key_file'),
      },
    }),
  };
}

/**
 * Connects. Throws CAD011 for a file that cannot be read, CAD066 when no server answers, CAD020 when one refuses, is too
 * old or has no JetStream.
 */
export async function openJet(options: ConnectionOptions, { files, now }: Pick<Io, 'files' | 'now'>, path: string): Promise<Jet> {
  const settings = await connectWith(options, files, path);
  const named = [settings.servers].flat().join(', ');
  const fail = (error: unknown): never => {
    throw nameFailure(error, { path, servers: named });
  };
  const nc = await connect({ ...settings, name: path }).catch(fail);
  try {
    checkServer(nc.info?.version ?? '', path);
    const domain = { timeout: answerWithin, ...(options.domain !== undefined && { domain: options.domain }) };
    const jsm = await jetstreamManager(nc, domain);
    const link = new Link();
    void (async () => {
      for await (const { type } of nc.status()) {
        if (type === 'disconnect') link.lose({ since: now(), why: `no connection to ${named}` });
        if (type === 'reconnect') link.restore();
      }
    })();
    void nc.closed().then(() => link.end());
    return {
      nc,
      jsm,
      js: jetstream(nc, { ...domain, checkAPI: false }),
      link,
      trouble: () => link.trouble,
      // Cut off from the server, nothing can be sent any more.
      close: () => (link.trouble === null && !nc.isClosed() ? nc.drain() : nc.close()),
    };
  } catch (error) {
    await nc.close();
    return fail(error);
  }
}
