import type { Files } from '../../io.ts';

const tables = ['/proc/net/udp', '/proc/net/udp6'];

/**
 * Datagrams to a port that the kernel has dropped since it was bound, because nobody fetched them in time; null where the
 * system does not say (other than Linux). Linux counts them in the last column of its table of sockets (proc(5)).
 */
export async function countKernelDrops(files: Pick<Files, 'readText'>, port: number): Promise<number | null> {
  let drops: number | null = null;
  for (const table of tables) {
    const text = await files.readText(table).catch(() => null);
    if (text !== null) drops = (drops ?? 0) + sumDrops(text, port);
  }
  return drops;
}

/** `sl local_address ... drops`: the address ends in the port, in hexadecimal. */
export function sumDrops(table: string, port: number): number {
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table
    .split('\n')
    .slice(1)
    .map((row) => row.trim().split(/\s+/))
    .filter((cells) => cells[1]?.endsWith(end))
    .reduce((sum, cells) => sum + Number(cells.at(-1)), 0);
}
