import { expect } from 'chai';
import { parseLevel } from '../../../src/event.ts';
import type { Draft } from '../../../src/formats/format.ts';
import { drafts, parseAll } from '../../formats/parse.ts';

/** Every file is one of 1 May 2024, noon. */
const reference = Date.UTC(2024, 4, 1, 12);
export const at = (time: string) => `2024-05-01T${time}.000Z`;

/** What a record must be, as far as it is named. */
export interface Wanted {
  time?: string;
  level?: string | null;
  group?: string | null;
  text?: string;
}

function read(input: string | Uint8Array): (Required<Wanted> & { draft: Draft })[] {
  return drafts(parseAll('auto', input, [], reference)).map((draft) => ({
    time: new Date(draft.time).toISOString(),
    level: parseLevel(draft.metadata.level ?? null),
    group: draft.logicalId ?? null,
    text: draft.text,
    draft,
  }));
}

/** Each record of an input, in order. */
export function check(input: string, wanted: readonly Wanted[]): void {
  const found = read(input);
  expect(found.map(({ text }) => text)).to.have.length(wanted.length);
  for (const [i, want] of wanted.entries()) {
    for (const key of Object.keys(want) as (keyof Wanted)[]) expect(found[i]![key], `${key} of record ${i + 1}`).to.equal(want[key]);
  }
}
