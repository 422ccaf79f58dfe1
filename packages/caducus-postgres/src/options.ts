import { selectOption, shipmentOptions } from 'caducus';
import { z } from 'zod';

const secret = (what: string) => z.string().min(1).optional().describe(what);

/** The address without a password, which would end up in logs. */
const address = z
  .url({ protocol: /^postgres(?:ql)?$/ })
  .refine((text) => new URL(text).password === '', 'a password in an address ends up in logs; use password_file');

/** Options of the sink. */
export const postgresOptions = z.strictObject({
  select: selectOption(['finding', 'radar']),
  url: address.describe('Address of the database with the user, such as postgres://radar@db:5432/ops.'),
  password: secret('Password of the user.'),
  passwordFile: secret('File with the password, in place of password.'),
  table: z
    .string()
    .regex(/^[A-Za-z_]\w{0,62}(?:\.[A-Za-z_]\w{0,62})?$/, 'expected the name of a table, or schema.table')
    .default('caducus_records')
    .describe('Table that is written to.'),
  createTable: z.boolean().default(true).describe('Make the table where there is none.'),
  tls: z
    .strictObject({
      caFile: secret('File with the certificate of who vouches for the server, where it is none that Node knows.'),
      certFile: secret('File with the own certificate, where the server asks for one.'),
      keyFile: secret('File with the key of the own certificate.'),
    })
    .refine(({ certFile, keyFile }) => (certFile === undefined) === (keyFile === undefined), 'give cert_file and key_file together')
    .optional()
    .describe('Encrypts, and sees who the server is; {} by the authorities that Node knows.'),
  ...shipmentOptions,
});

export type PostgresOptions = z.output<typeof postgresOptions>;
