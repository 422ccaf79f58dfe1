import { z } from 'zod';

const address = z
  .string()
  .regex(
    /^(?:(?:nats|tls):\/\/)?[^\s/@]+$/,
    'expected an address such as nats://host:4222; names and secrets go into options of their own',
  );

/** A name as JetStream has them. */
export const streamName = z.string().regex(/^[^\s.*>/\\]+$/, 'expected a name without spaces, dots, "*", ">" and slashes');

const secret = (what: string) => z.string().min(1).optional().describe(what);

/** How the servers are reached: options of source and sink. */
export const connectionOptions = {
  servers: z
    .union([address, z.array(address).min(1)])
    .default('nats://127.0.0.1:4222')
    .describe('Address of a server, or those of several of one cluster.'),
  credentialsFile: secret('File with the credentials of a user (`.creds`), as nsc writes it.'),
  token: secret('Token.'),
  tokenFile: secret('File with the token, in place of token.'),
  user: secret('Name of the user.'),
  password: secret('Password of the user.'),
  passwordFile: secret('File with the password, in place of password.'),
  tls: z
    .strictObject({
      caFile: secret('File with the certificate of who vouches for the server, where it is none that Node knows.'),
      certFile: secret('File with the own certificate, where the server asks for one.'),
      keyFile: secret('File with the key of the own certificate.'),
    })
    .refine(({ certFile, keyFile }) => (certFile === undefined) === (keyFile === undefined), 'give cert_file and key_file together')
    .optional()
    .describe('Encrypts; {} by the authorities that Node knows. A server that demands it is spoken to so by itself.'),
  domain: streamName.optional().describe('JetStream domain, where the stream is behind a leaf node.'),
};

export type ConnectionOptions = z.output<z.ZodObject<typeof connectionOptions>>;

/** Which ways to prove who one is exclude each other: a message, or null. */
export function findClash({ credentialsFile, token, tokenFile, user }: Partial<ConnectionOptions>): string | null {
  const ways = [credentialsFile && 'credentials_file', (token ?? tokenFile) && 'token', user && 'user'].filter(Boolean);
  return ways.length > 1 ? `${ways.join(' and ')} exclude each other` : null;
}
