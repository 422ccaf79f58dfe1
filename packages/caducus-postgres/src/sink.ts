import { CaducusError, defineSink, openShipment } from 'caducus';
import { Database } from './database.ts';
import { postgresOptions } from './options.ts';
import { readFailure } from './readFailure.ts';
import { writeRows } from './writeRows.ts';

/** How long a check may take, milliseconds. */
const patience = 10_000;

const findHost = (url: string): string => {
  const { hostname, port } = new URL(url);
  return `${hostname}:${port || '5432'}`;
};

/**
 * Writes each record as a row of a table: id, pipeline, kind, time, group_id, severity, state, title, and all of it as jsonb.
 * Records go in their order, in batches; what waits is part of the checkpoint, so that a database that is away stops nobody.
 * What is sent again after a crash has the same id, and is in the table once.
 *
 * Throws CAD011 for a file that cannot be read.
 */
export const postgres = defineSink({
  name: 'postgres',
  summary: 'Writes findings, radars and events into a table of PostgreSQL, each once.',
  options: postgresOptions,
  async probe(given, { io, id }) {
    const path = `sinks.${id}`;
    const database = await Database.open(given, io.files, path);
    try {
      const { version, rows } = await database.look(AbortSignal.timeout(patience));
      return `PostgreSQL ${version}, ${rows === null ? `no table ${given.table} yet` : `table ${given.table} is there`}`;
    } catch (error) {
      const isRefused = (error as Error).name === 'PostgresError';
      const { why } = readFailure(error, findHost(given.url)) as { why: string };
      throw new CaducusError(isRefused ? 'CAD020' : 'CAD066', { path }, why, {
        cause: error,
        hint: 'Check address, database, user, password and TLS: psql with the same says more.',
      });
    } finally {
      await database.close();
    }
  },
  async open(given, context) {
    const database = await Database.open(given, context.io.files, `sinks.${context.id}`);
    const host = findHost(given.url);
    return openShipment(given, context, {
      async carry(batch, signal) {
        try {
          await database.insert(writeRows(batch, context.pipeline), signal);
          return { ok: true };
        } catch (error) {
          if (signal.aborted) throw error;
          return readFailure(error, host);
        }
      },
      close: () => database.close(),
    });
  },
});
