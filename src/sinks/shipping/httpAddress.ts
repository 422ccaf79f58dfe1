import { z } from 'zod';

/** An address of HTTP without a name and a password, which would end up in logs. */
export const httpAddress = z
  .url({ protocol: /^https?$/ })
  .refine((text) => !/^\w+:\/\/[^/]*@/.test(text), 'a name and password in an address end up in logs; use token_file or headers');
