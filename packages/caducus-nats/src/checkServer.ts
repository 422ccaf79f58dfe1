import { CaducusError } from 'caducus';

/** The first release whose JetStream does all that is asked of it here. */
const oldest = [2, 9];

/** Throws CAD020 for a server of an older release. */
export function checkServer(version: string, path: string): void {
  const parts = version.split('.').map((part) => Number.parseInt(part, 10));
  const at = oldest.findIndex((part, i) => parts[i] !== part);
  if (at < 0 || (parts[at] ?? 0) > oldest[at]!) return;
  throw new CaducusError('CAD020', { path }, `the server is nats-server ${version || 'of an unknown release'}`, {
    hint: `It has to be ${oldest.join('.')} or later.`,
  });
}
