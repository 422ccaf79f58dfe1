import type { Event } from '../../event.ts';

/** What an event says of an alert that lasts. */
export interface AlertWord {
  /** Name of the alert, the same for all it watches. */
  name: string;
  /** Tells one alert of a name from another: of each host, say. */
  fingerprint: string;
  /** Whether it is over. */
  resolved: boolean;
}

/**
 * What an event says of an alert; null for events that are none. Sources of alerts write `metadata.alert` (its name),
 * `metadata.status` (`firing`, `resolved`) and, where there are several of a name, `metadata.fingerprint`.
 */
export function readAlert({ metadata: { alert, status, fingerprint } }: Event): AlertWord | null {
  if (typeof alert !== 'string' || (status !== 'firing' && status !== 'resolved')) return null;
  return { name: alert, fingerprint: typeof fingerprint === 'string' ? fingerprint : alert, resolved: status === 'resolved' };
}

/** Whether an event only says that an alert is over. That is no trouble: it is kept, and counts nowhere. */
export const isResolution = (event: Event): boolean => event.metadata.status === 'resolved' && readAlert(event) !== null;
