import { cloudEvents } from './cloudEvents.ts';
import { elasticsearch } from './elasticsearch.ts';
import { firehose } from './firehose.ts';
import { loki } from './loki.ts';
import { otlp } from './otlp.ts';
import type { Protocol } from './protocol.ts';
import { splunk } from './splunk.ts';

/** Every protocol that `format: shippers` understands; the first that a request is of counts. */
export const protocols: readonly Protocol[] = [firehose, cloudEvents, loki, splunk, otlp, elasticsearch];
