import { z } from 'zod';

/** Option for what a listener is bound to: `host:port`, `[::1]:port` or `:port`. Port 0 takes any that is free. */
export const listenAddress = (example: string) =>
  z.string().regex(/^(\[[0-9a-fA-F:]+\]|[^:\s]*):\d{1,5}$/, `expected host:port, such as ${example}`);

/** `:port` is all addresses of this machine. */
export function splitAddress(listen: string): { host: string; port: number } {
  const at = listen.lastIndexOf(':');
  return { host: listen.slice(0, at) || '0.0.0.0', port: Number(listen.slice(at + 1)) };
}

/** Whether only programs on this machine can reach that host. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
