import { parseLevel, type JsonObject } from '../../event.ts';
import { keptLevel } from '../header/levelWord.ts';
import type { Candidate } from './candidates.ts';
import { plainName } from './fieldNames.ts';
import { isSyslogRecord, isWindowsRecord, levelNumber, levelOfOtel, levelOnScale, settleScale, type LevelScale } from './levelScale.ts';

const plainLevels = /^(?:error|warn(?:ing)?|critical|fatal|info(?:rmation)?|debug|normal|notice|alert|emergency)$/i;

const loose = /(?:^|\.)(?:status|type)$/i;

/**
 * The level that a record gives: a word that is one, or a number with evidence.
 * @param candidates fields that may hold it, most telling first
 * @param scale what numbers mean in the stream; null when nothing is known of it
 */
export function pickLevel(record: JsonObject, candidates: readonly Candidate[], scale: LevelScale | null): Candidate | null {
  for (const { key, top, value } of candidates) {
    if (typeof value !== 'string' || parseLevel(value) === null || !Number.isNaN(levelNumber(value))) continue;
    // A status or a type may be anything: only words that are nothing but a level.
    if (!loose.test(key) || plainLevels.test(value)) return { rank: 0, key, top, value: keptLevel(value) };
  }
  for (const { key, top, value } of candidates) {
    const number = levelNumber(value);
    if (Number.isNaN(number)) continue;
    const name = plainName(key);
    if (name === 'status' || name === 'type') continue;
    const level =
      name === 'severitynumber'
        ? levelOfOtel(value)
        : name === 'severitylevel'
          ? levelOnScale(number, 'rising')
          : levelOnScale(
              number,
              isWindowsRecord(record) ? 'windows' : (scale ?? (isSyslogRecord(record) ? 'syslog' : (settleScale([number]) ?? 'syslog'))),
            );
    if (level !== null) return { rank: 0, key, top, value: level };
  }
  const tags = Array.isArray(record.tags) ? record.tags : [];
  const tag = tags.find((one) => typeof one === 'string' && plainLevels.test(one));
  return typeof tag === 'string' ? { rank: 0, key: 'tags', top: '', value: keptLevel(tag) } : null;
}
