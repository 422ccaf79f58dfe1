import { fromSaved, toSaved } from '../../base/saved.ts';
import { setNewest } from '../../base/evictOldest.ts';
import type { Event, Json } from '../../event.ts';
import { readAlert } from '../../memory/judge/readAlert.ts';
import type { Blip } from '../../signal.ts';

/** Most alerts that are remembered; those that began longest ago are forgotten first. */
const most = 10_000;
/** An alert of which nothing came for so long counts as over: word of its end may be lost on the way. Milliseconds. */
const believed = 24 * 3_600_000;

interface Firing {
  /** Group and name. */
  alert: string;
  since: number;
}

interface Saved {
  on: [string, Firing][];
  named: [string, string][];
}

const remember = <V>(map: Map<string, V>, key: string, value: V): void => {
  setNewest(map, key, value, most);
};

/**
 * Which alerts are on. Unlike a log line, an alert lasts until its sender says that it is over: however silent it is
 * meanwhile, a finding about it stays open, and however lately it came, the finding ends with it.
 */
export class Alerts {
  /** Alerts that are on, by group, name and fingerprint. */
  readonly #on = new Map<string, Firing>();
  /** Which alert an event began, by the id of the event: patterns are known by their examples. */
  readonly #named = new Map<string, string>();

  /** Takes an event in. Returns true when it ends the last alert of its name in the group. */
  observe(event: Event, time: number): boolean {
    const word = readAlert(event);
    if (!word) return false;
    const alert = `${event.group_id}\0${word.name}`;
    const one = `${alert}\0${word.fingerprint}`;
    if (!word.resolved) {
      remember(this.#named, event.id, alert);
      remember(this.#on, one, { alert, since: time });
      return false;
    }
    return this.#on.delete(one) && !this.isOn([alert], time);
  }

  /** The alerts a pattern is about; empty when one of its examples is none. */
  of({ exemplars }: Blip): string[] {
    const alerts = exemplars.map(({ event_id: id }) => this.#named.get(id));
    return alerts.includes(undefined) ? [] : [...new Set(alerts as string[])];
  }

  /** Whether one of those alerts is on. */
  isOn(alerts: readonly string[], now: number): boolean {
    if (alerts.length === 0) return false;
    for (const { alert, since } of this.#on.values()) if (alerts.includes(alert) && now - since < believed) return true;
    return false;
  }

  save(): Json {
    return toSaved({ on: [...this.#on], named: [...this.#named] } satisfies Saved);
  }

  load(json: Json): void {
    const { on, named } = fromSaved<Saved>(json);
    for (const [key, firing] of on) this.#on.set(key, firing);
    for (const [id, alert] of named) this.#named.set(id, alert);
  }
}
