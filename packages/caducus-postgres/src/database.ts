import { readNamed, readSecret, type Io } from 'caducus';
import client, { type Sql } from 'postgres';
import type { PostgresOptions } from './options.ts';

/** Longest wait for a connection, seconds. */
const connectWithin = 5;

/** One connection, made when it is needed, and made anew when it broke. */
export class Database {
  readonly #make: () => Sql;
  readonly #table: string;
  readonly #creates: boolean;
  #sql: Sql;
  #isThere = false;

  private constructor(make: () => Sql, { table, createTable }: PostgresOptions) {
    this.#make = make;
    this.#table = table;
    this.#creates = createTable;
    this.#sql = make();
  }

  /** Reads the secrets; connects to nothing. Throws CAD011 for a file that cannot be read. */
  static async open(options: PostgresOptions, files: Io['files'], path: string): Promise<Database> {
    const { url, password, passwordFile, tls } = options;
    const pass = await readSecret(files, password, passwordFile, `${path}.password_file`);
    const named = async (file: string | undefined, option: string) =>
      file === undefined ? undefined : readNamed(files, file, `${path}.${option}`);
    const ssl = tls && {
      ca: await named(tls.caFile, 'tls.ca_file'),
      cert: await named(tls.certFile, 'tls.cert_file'),
      key: await named(tls.keyFile, 'tls.key_file'),
      servername: new URL(url).hostname,
    };
    const make = () =>
      client(url, {
        max: 1,
        connect_timeout: connectWithin,
        idle_timeout: 60,
        // A pooler in front may give each statement to another server.
        prepare: false,
        fetch_types: false,
        onnotice: () => undefined,
        connection: { application_name: 'caducus' },
        ...(pass !== null && { password: pass }),
        ...(ssl && { ssl }),
      });
    return new Database(make, options);
  }

  /** Writes rows, each once, however often it is given. Rejects with the error of the client, or when the signal aborts. */
  async insert(rows: string, signal: AbortSignal): Promise<void> {
    await this.#within(signal, async (sql) => {
      if (!this.#isThere && this.#creates) await this.#create(sql);
      this.#isThere = true;
      await sql`
        insert into ${sql(this.#table)} (id, pipeline, kind, time, group_id, severity, state, title, record)
        select id, pipeline, kind, time, group_id, severity, state, title, record
        from jsonb_to_recordset(${rows}::text::jsonb) as row(
          id text, pipeline text, kind text, time timestamptz, group_id text, severity text, state text, title text, record jsonb)
        on conflict (id) do nothing`;
    });
  }

  /** The version of the server, and how many rows the table holds about; null where it is not there. */
  async look(signal: AbortSignal): Promise<{ version: string; rows: number | null }> {
    return this.#within(signal, async (sql) => {
      const [about] = await sql<{ version: string; rows: number | null }[]>`
        select current_setting('server_version') as version,
          (select reltuples::float8 from pg_class where oid = to_regclass(${this.#table})) as rows`;
      return about!;
    });
  }

  async close(): Promise<void> {
    await this.#sql.end({ timeout: 1 });
  }

  /** In two statements that do nothing where all is there: the right to make tables is needed only where it is not. */
  async #create(sql: Sql): Promise<void> {
    const [found] = await sql<{ there: boolean }[]>`select to_regclass(${this.#table}) is not null as there`;
    if (found?.there) return;
    await sql`
      create table if not exists ${sql(this.#table)} (
        id text primary key, pipeline text not null, kind text not null, time timestamptz not null,
        group_id text, severity text, state text, title text, record jsonb not null)`;
    const index = `${this.#table.split('.').at(-1)}_kind_time`.slice(0, 63);
    await sql`create index if not exists ${sql(index)} on ${sql(this.#table)} (kind, time)`;
  }

  /** What takes too long is let go of with its connection: nobody knows what comes of it there. */
  async #within<T>(signal: AbortSignal, work: (sql: Sql) => Promise<T>): Promise<T> {
    const sql = this.#sql;
    let abort = () => {};
    const aborted = new Promise<never>((_, reject) => {
      abort = () => {
        if (this.#sql === sql) this.#sql = this.#make();
        void sql.end({ timeout: 0 }).catch(() => undefined);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', abort, { once: true });
    });
    const working = work(sql);
    working.catch(() => undefined);
    try {
      return await Promise.race([working, aborted]);
    } catch (error) {
      this.#isThere = false;
      throw error;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }
}
