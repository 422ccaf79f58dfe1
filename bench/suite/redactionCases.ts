import { Redactor } from '../../src/redact/redactor.ts';
import { made, type BenchCase } from './benchCase.ts';

const kinds: Readonly<Record<string, (i: number) => string>> = {
  'ordinary lines': (i) => `Receiving block blk_${i * 7919} src: /10.250.19.${i % 250}:54106 dest: /10.250.19.102:50010`,
  'words that stand near secrets': (i) => `cache miss for key session:${i}, user u${i % 500} signed in, token expired`,
  'a password in every line': (i) => `login of user u${i % 500} with password=hunter${i} from 10.250.19.${i % 250}`,
  'a token in every line': (i) => `connecting to postgres://app:hunter${i}@db.internal:5432/orders`,
};

/** Secrets looked for, by what the lines hold. */
export const redactionCases = (records: number): BenchCase[] =>
  Object.entries(kinds).map(([name, line]) => ({
    name,
    records,
    prepare() {
      const lines = made(records, line);
      const redactor = new Redactor(['secrets']);
      return () => {
        for (const text of lines) redactor.text(text);
      };
    },
  }));
