import { createHash } from 'node:crypto';

/** Room for numbers up to 36^9 and 36^4 in names, so that their order is that of the numbers. */
const digits = { offset: 9, partition: 4 };

/** What a message is called, the same whenever it is read; those of a partition are in order. */
export function nameMessage(topic: string, partition: number, offset: number): string {
  const short = createHash('sha256').update(topic).digest('hex').slice(0, 6);
  return `${short}-${partition.toString(36).padStart(digits.partition, '0')}-${offset.toString(36).padStart(digits.offset, '0')}`;
}
