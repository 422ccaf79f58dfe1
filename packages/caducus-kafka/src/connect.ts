import { readNamed, readSecret, type Io } from 'caducus';
import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';
import { addCodecs } from './codecs.ts';
import type { ConnectionOptions } from './options.ts';

/** Milliseconds. */
export const answerWithin = 10_000;
const connectWithin = 5_000;

/** Of one call, by the client; what outlasts them is tried again by those who ask. */
const retry = { retries: 3, initialRetryTime: 300, maxRetryTime: 2_000 };

export const nameBrokers = ({ brokers }: Pick<ConnectionOptions, 'brokers'>): string => [brokers].flat().join(', ');

/** What the client is told. Throws CAD011 for a file that cannot be read. */
export async function makeConfig(options: ConnectionOptions, files: Io['files'], path: string): Promise<KafkaConfig> {
  const { brokers, user, mechanism, tls } = options;
  const password = await readSecret(files, options.password, options.passwordFile, `${path}.password_file`);
  const named = async (file: string | undefined, option: string) =>
    file === undefined ? undefined : readNamed(files, file, `${path}.tls.${option}`);
  return {
    clientId: 'caducus',
    brokers: [brokers].flat(),
    connectionTimeout: connectWithin,
    authenticationTimeout: answerWithin,
    requestTimeout: answerWithin,
    enforceRequestTimeout: true,
    retry,
    logLevel: logLevel.NOTHING,
    ...(tls && {
      ssl: {
        ca: await named(tls.caFile, 'ca_file'),
        cert: await named(tls.certFile, 'cert_file'),
        key: await named(tls.keyFile, 'key_file'),
      },
    }),
    ...(user !== undefined && { sasl: { mechanism, username: user, password: password ?? '' } as KafkaConfig['sasl'] }),
  };
}

/** A client; it connects when it is first asked. Throws CAD011 for a file that cannot be read. */
export async function openKafka(options: ConnectionOptions, files: Io['files'], path: string): Promise<Kafka> {
  addCodecs();
  return new Kafka(await makeConfig(options, files, path));
}
