import type { Level } from '../../event.ts';
import type { AlertStatus } from './message.ts';

/** What is read from a message. Each has a list of places, of which the first that holds something counts. */
export type MessageField =
  'alert' | 'subject' | 'status' | 'level' | 'outcome' | 'text' | 'began' | 'ended' | 'fingerprint' | 'group' | 'link' | 'labels';

/** Where something stands: a path, or how it is found. */
export type MessagePlace = string | ((json: object) => unknown);

/** How the messages of one sender are recognised and read. */
export interface Sender {
  name: string;
  /** What stands where in such a message and in no other: `true` for anything, or one of those values; what logs have least first. */
  marks: Readonly<Record<string, true | readonly string[]>>;
  fields: Partial<Readonly<Record<MessageField, readonly MessagePlace[]>>>;
  /** Words of this sender that mean something else than with others, as it writes them; null where one means nothing. */
  values?: {
    status?: Readonly<Record<string, AlertStatus | null>>;
    level?: Readonly<Record<string, Level | null>>;
  };
  /** Lower bounds of a severity in numbers, worst first. */
  levelsFrom?: readonly (readonly [number, Level])[];
}
