import type { Engine } from 'caducus';
import { jetStreamTransport } from './jetStreamTransport.ts';

export const nats: Engine = { name: 'nats', open: jetStreamTransport };
/** The same, encrypted. */
export const tls: Engine = { name: 'tls', open: jetStreamTransport };
