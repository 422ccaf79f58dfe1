import type { BenchCase } from './benchCase.ts';
import { formatCases } from './formatCases.ts';
import { memoryCases, scannerCases } from './memoryCases.ts';
import { operatorCases } from './operatorCases.ts';
import { redactionCases } from './redactionCases.ts';
import { sinkCases } from './sinkCases.ts';
import { sourceCases } from './sourceCases.ts';

/** Everything that is measured by itself, under its headings; `records` a round. */
export const groups: Readonly<Record<string, { heading: string; cases(records: number): BenchCase[] }>> = {
  formats: { heading: 'Formats: bytes to records', cases: formatCases },
  redaction: { heading: 'Redaction: a text looked through for secrets', cases: redactionCases },
  scanner: { heading: 'Scanner: a text cut into tokens', cases: scannerCases },
  memory: { heading: 'Memory: an event learned, counted and judged', cases: memoryCases },
  operators: { heading: 'Operators, with those before them', cases: operatorCases },
  sources: { heading: 'Sources: a record read', cases: sourceCases },
  sinks: { heading: 'Sinks: an event written', cases: sinkCases },
};
