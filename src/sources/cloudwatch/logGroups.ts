import { join } from 'node:path';
import { CaducusError } from '../../errors.ts';
import { shortHash } from '../shortHash.ts';
import type { SourceContext } from '../source.ts';
import { claimedId, qualifiedId, type Home } from './groupIds.ts';
import { parseGroupArn, type LogGroup, type LogsApi } from './logsApi.ts';
import type { CloudWatchOptions } from './options.ts';
import type { NamedGroup } from './records.ts';

/** The log groups of a source: which there are, and what their events are called. */
export class LogGroups {
  readonly #options: CloudWatchOptions;
  readonly #context: SourceContext;
  readonly #api: LogsApi;
  readonly #named = new Map<string, NamedGroup>();
  #home: { account: string | null; region: string } | null = null;

  constructor(api: LogsApi, options: CloudWatchOptions, context: SourceContext) {
    this.#api = api;
    this.#options = options;
    this.#context = context;
  }

  /** Whether the list can change while the source runs. */
  get open(): boolean {
    return this.#options.logGroupPrefix !== undefined || this.#options.logGroupPattern !== undefined;
  }

  /** How many of all groups are read here, of 1; null before they were listed. Where it is none of them, as if it were one. */
  get share(): number | null {
    const all = this.#named.size;
    return all === 0 ? null : Math.max(1, this.#own([...this.#named.keys()]).length) / all;
  }

  /** Those of the part that is read here: each group is always in the same one. */
  #own(groups: readonly string[]): string[] {
    const { part } = this.#context;
    return groups.filter((name) => !part || Number.parseInt(shortHash([name]).slice(0, 8), 16) % part.of === part.index);
  }

  /** Names of all groups to read, by name. More than allowed: those known go on, `excess` lists the others. */
  async list(): Promise<{ groups: string[]; excess: string[] }> {
    const { logGroups, logGroupPrefix, logGroupPattern, maxLogGroups } = this.#options;
    const found = new Map<string, LogGroup>();
    for (const name of logGroups) found.set(name, parseGroupArn(name) ?? { name, account: null, region: null });
    if (this.open) {
      for (const group of await this.#api.groups({ prefix: logGroupPrefix, pattern: logGroupPattern })) {
        if (!found.has(group.name)) found.set(group.name, group);
      }
    }
    const first = this.#named.size === 0;
    if (first && found.size > maxLogGroups) {
      throw new CaducusError('CAD069', { path: `sources.${this.#context.id}` }, `more than ${maxLogGroups} log groups match`, {
        hint: 'Name fewer, or raise max_log_groups: every group costs a call a poll.',
      });
    }
    if (first && found.size === 0) {
      throw new CaducusError(
        'CAD064',
        { path: `sources.${this.#context.id}` },
        `no log group matches ${JSON.stringify(logGroupPrefix ?? logGroupPattern)}`,
      );
    }
    const fresh = [...found.values()].filter(({ name }) => !this.#named.has(name));
    const room = maxLogGroups - this.#named.size;
    for (const group of fresh.slice(0, room)) this.#named.set(group.name, await this.#name(group));
    const excess = fresh.slice(room).map(({ name }) => name);
    // One of those who share them out says so.
    return { groups: this.#own([...this.#named.keys()]), excess: (this.#context.part?.index ?? 0) === 0 ? excess : [] };
  }

  /** What the events of that group are called. */
  named(group: string): NamedGroup {
    return this.#named.get(group)!;
  }

  /** Account and region of this source's own groups, asked for once. */
  async #findHome(group: LogGroup): Promise<{ account: string | null; region: string }> {
    if (this.#home) return this.#home;
    const region = await this.#api.region();
    const account = this.#options.account ?? group.account ?? (await this.#api.account()) ?? (await this.#askAccount(group.name));
    this.#home = { account, region };
    return this.#home;
  }

  /** The list of groups tells the account in its ARNs. Being forbidden to read it is no reason to stop: the account stays unknown. */
  async #askAccount(name: string): Promise<string | null> {
    try {
      const groups = await this.#api.groups({ prefix: name });
      return groups.find((group) => group.account !== null)?.account ?? null;
    } catch (error) {
      if (error instanceof CaducusError && error.code === 'CAD062') return null;
      throw error;
    }
  }

  async #name(group: LogGroup): Promise<NamedGroup> {
    const { qualify, groupId } = this.#options;
    const { id, io, dataDir, stateDir } = this.#context;
    const arn = parseGroupArn(group.name);
    const { account, region } = arn ? { account: arn.account, region: arn.region! } : await this.#findHome(group);
    const home: Home = { logGroup: arn?.bare ?? group.name, account, region, sourceId: id };
    const named = (idOrTemplate: string): NamedGroup => ({ logGroup: home.logGroup, account, region, groupId: idOrTemplate });
    if (groupId !== undefined) return named(groupId);
    // Braces in a log group's name are no fields.
    const literal = (text: string) => named(text.replaceAll('{', '('));
    if (qualify === 'always') return literal(qualifiedId(home));
    const folder = dataDir ?? stateDir;
    if (qualify === 'never' || folder === undefined) return literal(`cloudwatch:${home.logGroup}`);
    return literal(await claimedId(io.files, join(folder, 'state', 'cloudwatch-groups'), home));
  }
}
