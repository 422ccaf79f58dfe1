import type { Blip, Finding } from '../../signal.ts';
import { foresight, incidentEnd, isOfService, type Incident } from './incident.ts';

/** The strongest that a pattern of an incident's groups did meanwhile. */
export interface Strongest {
  group: string;
  label: string;
  state: Blip['state'];
  score: number;
  blip: Blip;
}

/** What happened in the groups of an incident while it lasted. */
export interface Evidence {
  incident: Incident;
  /** A window with lines of its groups was seen. */
  windows: number;
  learning: boolean;
  strongest: Strongest | null;
  /** Findings about it that were not sent, by id, with the last reason. */
  withheld: Map<string, { finding: Finding; why: string }>;
}

/** Findings that are kept of one incident. */
const most = 20;

/** Gathers what happened around each of some incidents, as it goes by. */
export class EvidenceLog {
  readonly all: readonly Evidence[];
  /** Each group once it was seen. */
  readonly groups = new Set<string>();
  readonly #services: ReadonlySet<string>;
  readonly #known = new Map<string, ReadonlySet<string>>();

  constructor(incidents: readonly Incident[]) {
    this.all = incidents.map((incident) => ({ incident, windows: 0, learning: false, strongest: null, withheld: new Map() }));
    this.#services = new Set(incidents.flatMap(({ service }) => service ?? []));
  }

  /** Takes a pattern in a closed window. */
  see(blip: Blip): void {
    this.groups.add(blip.group_id);
    const [start, end] = [Date.parse(blip.start), Date.parse(blip.end)];
    for (const one of this.all) {
      if (end <= one.incident.start || start > incidentEnd(one.incident) || !this.concerns(one.incident, [blip.group_id])) continue;
      if (blip.count > 0) one.windows += 1;
      one.learning ||= blip.why.learning !== undefined;
      if (one.strongest && one.strongest.score >= blip.score) continue;
      one.strongest = { group: blip.group_id, label: blip.label, state: blip.state, score: blip.score, blip };
    }
  }

  /** Takes a finding that was not sent, and why. */
  withheld(finding: Finding, groups: readonly string[], why: string, time: number): void {
    for (const { incident, withheld } of this.all) {
      if (!overlaps(incident, time, time) || !this.concerns(incident, groups)) continue;
      if (withheld.has(finding.id) || withheld.size < most) withheld.set(finding.id, { finding, why });
    }
  }

  /** Whether something about these groups can be about an incident: it names no service, or one of these. */
  concerns({ service }: Incident, groups: readonly string[]): boolean {
    return service === null || groups.some((group) => this.#listServices(group).has(service));
  }

  /** Whether any group that was seen is of the service of an incident. */
  hasGroup(service: string): boolean {
    return [...this.groups].some((group) => this.#listServices(group).has(service));
  }

  /** Whether any service of the list names a group that was seen, or none is named in the list. */
  get namesGroups(): boolean {
    return this.#services.size === 0 || [...this.#services].some((service) => this.hasGroup(service));
  }

  #listServices(group: string): ReadonlySet<string> {
    let known = this.#known.get(group);
    if (!known) this.#known.set(group, (known = new Set([...this.#services].filter((service) => isOfService(group, service)))));
    return known;
  }
}

/** Whether something from one time to another can be of an incident, milliseconds. */
export const overlaps = (incident: Incident, from: number, to: number): boolean =>
  to >= incident.start - foresight && from <= incidentEnd(incident);
