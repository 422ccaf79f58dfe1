import type { JsonObject } from '../../event.ts';
import { readSeverity, readStatus } from './alertWords.ts';
import { readLabels } from './labels.ts';
import type { AlertStatus } from './message.ts';

/** What the title of an alert says. */
export interface Heading {
  /** The title less its brackets: the same from begin to end. */
  text: string;
  /** Whom it is about. */
  subject: string | null;
  status: AlertStatus | null;
  labels: JsonObject;
}

const bracket = /^\[([^\]]{1,200})\]\s*(\S.*)$/;
const scope = /^(.*?)\s*(?:on\s*)?\{([^}]*)\}$/;

/** Reads a title with what some put in brackets before it, priority, state and whom it is about: `[P1] [Triggered on {host:web-3}] CPU high`. */
export function readHeading(title: string): Heading {
  const heading: Heading = { text: title, subject: null, status: null, labels: {} };
  for (let found = bracket.exec(title); found; found = bracket.exec(heading.text)) {
    const [, inside, rest] = found;
    const within = scope.exec(inside!);
    // `FIRING:1` counts what fires.
    const words = (within?.[1] ?? inside!).replace(/:\d+$/, '');
    const status = readStatus(words);
    if (status === null && readSeverity(words) === null) break;
    heading.text = rest!;
    heading.status ??= status;
    if (within?.[2]) {
      heading.labels = readLabels(within[2]) ?? {};
      heading.subject = Object.values(heading.labels).join(', ') || within[2];
    }
  }
  return heading;
}
