import { Redactor } from '../../src/redact/redactor.ts';
import { cleanLines, secretLines, type SecretLine } from './secretCorpus.ts';

export interface RedactionFigures {
  secrets: number;
  found: number;
  /** Lines whose secret is still to be read. */
  missed: SecretLine[];
  tokens: number;
  /** Clean tokens that are gone, with their lines. */
  spoilt: { token: string; line: string }[];
}

/** How much of the corpus is masked that should be, and that should not. A secret counts as found when no four of its characters stand. */
export function judgeRedaction(seed?: number): RedactionFigures {
  const redactor = new Redactor(['secrets']);
  const secrets = secretLines(3, seed);
  const missed = secrets.filter(({ text, secret }) => {
    const masked = redactor.text(text);
    const rest = secret.length > 8 ? [secret.slice(0, 8), secret.slice(-8)] : [secret];
    return rest.some((part) => masked.includes(part));
  });
  let tokens = 0;
  const spoilt: RedactionFigures['spoilt'] = [];
  for (const line of cleanLines(3, seed)) {
    const masked = new Set(redactor.text(line).split(/\s+/));
    for (const token of line.split(/\s+/)) {
      tokens += 1;
      if (!masked.has(token)) spoilt.push({ token, line });
    }
  }
  return { secrets: secrets.length, found: secrets.length - missed.length, missed, tokens, spoilt };
}
