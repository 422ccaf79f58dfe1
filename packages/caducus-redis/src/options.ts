import { z } from 'zod';

const secret = (what: string) => z.string().min(1).optional().describe(what);

/** How the server is reached: options of source and sink. */
export const connectionOptions = {
  url: z
    .url({ protocol: /^rediss?$/ })
    .refine((text) => new URL(text).password === '', 'a password in an address ends up in logs; use password_file')
    .default('redis://127.0.0.1:6379')
    .describe('Address of the server, with the user where there is one: redis://host:6379/0, or rediss:// for TLS.'),
  password: secret('Password.'),
  passwordFile: secret('File with the password, in place of password.'),
  caFile: secret('rediss: file with the certificate of who vouches for the server, where it is none that Node knows.'),
};

export type ConnectionOptions = z.output<z.ZodObject<typeof connectionOptions>>;
