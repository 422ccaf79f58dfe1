import type { Json, JsonObject, Level } from '../../event.ts';

/** Whether what a message is about goes on. `no data`: its sender cannot tell. */
export type AlertStatus = 'firing' | 'resolved' | 'no data';

/** What a notification says, whatever carried it here: a webhook, SNS, EventBridge, a queue, a line of a file. */
export interface Message {
  /** Who sends such messages: `grafana`, `pagerduty`, `cloudwatch-alarm`. */
  sender: string;
  /** The sentence: subject, how it stands, what is wrong. */
  text: string;
  /** INFO once it is over, whatever it was before. */
  level: Level;
  /** null where nothing lasts: a build that failed, a payment. */
  status: AlertStatus | null;
  /** Name of what is on, the same for all that it watches. */
  alert: string;
  /** Tells one alert of a name from another; the same from its begin to its end. */
  fingerprint: string;
  /** When it began, milliseconds since 1970; null when it does not say. */
  began: number | null;
  /** When this was reported: the end of what is over, its begin otherwise; null when it does not say. */
  time: number | null;
  /** Service, host or team that it is about; null when it does not say. */
  group: string | null;
  link: string | null;
  labels: JsonObject;
}

/** A text that is not blank, a number or a boolean as text; null for anything else. */
export function readText(value: Json | undefined | unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return null;
  const text = value.replaceAll(/\s+/g, ' ').trim();
  return text === '' ? null : text;
}
