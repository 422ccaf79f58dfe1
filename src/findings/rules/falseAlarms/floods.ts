import type { Json } from '../../../event.ts';
import type { Blip } from '../../../signal.ts';
import type { OpenFinding } from '../openFinding.ts';

/** Errors of a group, and of all groups, that are reported one by one within that time; those beyond are reported together. */
const ONE_BY_ONE = 5;
const ONE_BY_ONE_IN_ALL = 30;
const WITHIN = 3_600_000;
/** Errors that are named of those that are reported together. */
const NAMED = 50;

/** Where many errors are new at once: none is kept back, and there is no finding for each. */
export class Floods {
  /** Errors that were reported one by one lately: group and time. */
  #reported: [group: string, at: number][] = [];

  /** Whether one more error of the group is reported by itself; then it is counted. */
  takeOne(group: string, now: number): boolean {
    this.#reported = this.#reported.filter(([, at]) => now - at < WITHIN);
    const ofGroup = this.#reported.filter(([name]) => name === group).length;
    if (ofGroup >= ONE_BY_ONE || this.#reported.length >= ONE_BY_ONE_IN_ALL) return false;
    this.#reported.push([group, now]);
    return true;
  }

  save(): Json {
    return this.#reported;
  }

  load(json: Json): void {
    this.#reported = (json as [string, number][]).map(([group, at]) => [group, at]);
  }
}

/** Whether the pattern is one of those that the finding is about. */
export const isInFlood = ({ result }: OpenFinding, { template_id: id }: Blip): boolean =>
  result.flood?.some(({ template_id: member }) => member === id) ?? false;

/** Takes a pattern into the finding about many, or its count of this window; the title says how many there are. */
export function addToFlood(one: OpenFinding, blip: Blip): void {
  const { template_id, label, count } = blip;
  const members = one.result.flood ?? [];
  const known = members.find((member) => member.template_id === template_id);
  if (known) known.count += count;
  else {
    one.result.flood_of = (one.result.flood_of ?? 0) + 1;
    if (members.length < NAMED) members.push({ template_id, title: label, count });
  }
  one.result.flood = members;
  one.title = `${one.result.flood_of ?? 1} more errors that are new or back`;
  if (!blip.open) one.held = Math.max(one.held, Date.parse(blip.end));
}
