import type { Row, Table } from '../first/order.ts';

/** Whether one of the texts has the words in it, in whatever letters; empty words are in all. */
export const fits = (words: string, ...texts: string[]): boolean =>
  words === '' || texts.some((text) => text.toLowerCase().includes(words.toLowerCase()));

/** What of a table has these words in its pattern, group, id or state. */
export function filterTable({ blocks, rows, earlier }: Table, words: string, short: (id: string) => string): Table {
  if (words === '') return { blocks, rows, earlier };
  const has = (row: Row): boolean =>
    row.kind === 'quiet'
      ? fits(words, row.group.group_id, 'no data')
      : fits(words, row.blip.pattern, row.blip.group_id, row.blip.topic_id, row.blip.state, short(row.blip.topic_id));
  const kept = blocks.map((one) => ({
    ...one,
    members: one.members.filter(({ label, group_id: group, topic_id: id }) => fits(words, label, group, id)),
  }));
  return {
    blocks: kept.filter(({ members, finding }) => members.length > 0 || fits(words, finding.id)),
    rows: rows.filter(has),
    earlier: earlier.filter(has),
  };
}
