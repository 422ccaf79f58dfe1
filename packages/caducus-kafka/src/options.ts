import { z } from 'zod';

const file = (what: string) => z.string().min(1).optional().describe(what);
const broker = z.string().regex(/^(?:\[[\da-fA-F:]+\]|[^\s:/[\]]+):\d{1,5}$/, 'expected host:port');

/** How the brokers are reached: options of source and sink. */
export const connectionOptions = {
  brokers: z
    .union([broker, z.array(broker).min(1)])
    .default('127.0.0.1:9092')
    .describe('A broker as host:port, or a list of them; the others are learnt from it.'),
  user: z.string().min(1).optional().describe('User of SASL.'),
  password: z.string().min(1).optional().describe('Password of SASL.'),
  passwordFile: file('File with the password, in place of password.'),
  mechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).default('scram-sha-512').describe('How user and password are proven.'),
  tls: z
    .strictObject({
      caFile: file('File with the certificate of who vouches for the brokers, where it is none that Node knows.'),
      certFile: file('File with the certificate of this client.'),
      keyFile: file('File with its key.'),
    })
    .optional()
    .describe('Connections are encrypted; `tls: {}` where nothing is to be said.'),
};

export type ConnectionOptions = z.output<z.ZodObject<typeof connectionOptions>>;

/** What of the options cannot stand beside each other; null when all can. */
export function findClash({ user, password, passwordFile, tls }: ConnectionOptions): string | null {
  if (password !== undefined && passwordFile !== undefined) return 'give one of password and password_file';
  if ((user !== undefined) !== (password !== undefined || passwordFile !== undefined))
    return 'user needs a password, and a password a user';
  if ((tls?.certFile !== undefined) !== (tls?.keyFile !== undefined)) return 'tls.cert_file needs tls.key_file, and the other way round';
  return null;
}
