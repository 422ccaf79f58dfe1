import type { JsonObject } from '../../src/event.ts';
import type { Finding, FindingType } from '../../src/signal.ts';

/** Changes to a finding; its type and result may come to be of different kinds, as in what comes out of a file. */
export type FindingChanges = Partial<Omit<Finding, 'type' | 'result'>> & { type?: FindingType; result?: object };

export const changedFinding = (finding: Finding, changes: FindingChanges): Finding => ({ ...finding, ...changes }) as Finding;

/** The result as the JSON that is written. */
export const resultJson = ({ result }: Finding): JsonObject => JSON.parse(JSON.stringify(result)) as JsonObject;
