import { z } from 'zod';
import { byteSize } from '../../../config/scalars.ts';
import { matchNetworks } from '../../io/matchNetworks.ts';
import { listenAddress } from '../listenAddress.ts';
import { sourceOptions } from '../source.ts';

const network = z.string().refine((text) => {
  try {
    return Boolean(matchNetworks([text]));
  } catch {
    return false;
  }
}, 'expected an address or a network, such as 10.0.0.0/8');

export const syslogOptions = z.strictObject({
  ...sourceOptions,
  listen: listenAddress('127.0.0.1:5514')
    .default('127.0.0.1:5514')
    .describe('Address and port. Beyond this machine (0.0.0.0) allow, or tls with ca_file, is needed.'),
  protocols: z
    .array(z.enum(['udp', 'tcp']))
    .min(1)
    .default(['udp', 'tcp'])
    .describe('What is listened to, at the same port.'),
  tls: z
    .strictObject({
      certFile: z.string().min(1).describe('Certificate chain, PEM.'),
      keyFile: z.string().min(1).describe('Its key, PEM.'),
      caFile: z.string().min(1).optional().describe('Only senders with a certificate of this authority may send.'),
    })
    .optional()
    .describe('TCP is TLS (RFC 5425); nothing is taken over UDP then.'),
  allow: z.array(network).default([]).describe('Addresses and networks that may send; all when empty.'),
  maxMessage: byteSize.prefault('64KiB').describe('Largest message; a larger one is rejected with its beginning.'),
  maxConnections: z.number().int().min(1).max(10_000).default(500).describe('TCP connections at a time.'),
  receiveBuffer: byteSize.prefault('8MiB').describe('UDP: what the kernel may hold for us; it gives at most net.core.rmem_max.'),
  maxBacklog: byteSize
    .prefault('256MiB')
    .describe('Journalled records that wait for the pipeline; beyond it nothing more is read of TCP, and UDP is dropped and counted.'),
});

export type SyslogOptions = z.output<typeof syslogOptions>;
