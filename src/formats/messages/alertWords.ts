import { parseLevel, type Level } from '../../event.ts';
import type { AlertStatus } from './message.ts';

/** Words by which senders of alerts say how something stands; compared in lower case, letters only. */
const statusWords: Readonly<Record<AlertStatus, string>> = {
  firing:
    'firing alerting alert alarm triggered trigger retriggered open opened reopened active activated fired create created down problem warn warning critical error ' +
    'failing degraded unhealthy acknowledged acknowledge unacknowledge unacknowledged escalated escalate renotify assigned delegated ongoing started investigating',
  resolved:
    'resolved resolve ok recovered recovery close closed clear cleared up inactive deactivated normal healthy success ended completed deleted delete cancelled canceled expired',
  'no data': 'nodata insufficientdata unknown pending paused maintenance',
};

/** Words for how bad an alert is that no logger writes; P1 and SEV1 as incident handling counts them. */
const severityWords: Readonly<Record<Level, string>> = {
  FATAL: 'p0 p1 sev0 sev1 s1 page disaster urgent blocker highest veryhigh outage',
  ERROR: 'p2 sev2 s2 high major',
  WARN: 'p3 sev3 s3 medium moderate average minor ticket',
  INFO: 'p4 p5 sev4 sev5 s4 low lowest none ok success notice normal notclassified',
  DEBUG: '',
  TRACE: '',
};

function index<Key extends string>(words: Readonly<Record<Key, string>>): ReadonlyMap<string, Key> {
  return new Map(
    Object.entries<string>(words).flatMap(([key, list]) =>
      list
        .split(' ')
        .filter(Boolean)
        .map((word): [string, Key] => [word, key as Key]),
    ),
  );
}

const statusByWord = index(statusWords);
const severityByWord = index(severityWords);

const plain = (word: string): string => word.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** `Re-No Data`, `Warn Recovered`, `Recovered from No Data`: what has recovered is over, whatever it was before. */
function readPhrase(phrase: string): AlertStatus | null {
  const words = phrase
    .toLowerCase()
    .replace(/^re[- ]/, '')
    .replace(/no[ _-]?data/, 'nodata')
    .split(/[^a-z0-9]+|\bfrom\b/)
    .filter(Boolean);
  const statuses = words.map((word) => statusByWord.get(word) ?? null);
  if (words.length === 0 || words.length > 3 || statuses.includes(null)) return null;
  return statuses.includes('resolved') ? 'resolved' : statuses.at(-1)!;
}

/** How something stands, by a sender's words for it (`Recovered`, `Re-Triggered`, `ALARM`); null for words that say nothing of it. */
export function readStatus(word: unknown): AlertStatus | null {
  if (typeof word !== 'string' || word.length > 40) return null;
  return statusByWord.get(plain(word)) ?? readPhrase(word);
}

/** The level that a severity or priority stands for (`P1`, `high`, `SEV2`, `page`, and what loggers write); null for other words. */
export function readSeverity(word: unknown): Level | null {
  if (typeof word !== 'string' || word.length > 40) return null;
  return severityByWord.get(plain(word)) ?? parseLevel(word);
}
