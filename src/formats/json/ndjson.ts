import { z } from 'zod';
import { fieldsOption } from './fieldNames.ts';
import { defineFormat } from '../format.ts';
import { JsonLinesParser, savedReader, type ObjectReader } from './jsonLines.ts';
import { maxLineBytes } from '../bytes/limits.ts';
import { canonicalDraft, objectDraft } from './objectDraft.ts';
import { StampClock, stampOptions, type SavedStampClock } from '../time/stampClock.ts';

const options = z.strictObject({ fields: fieldsOption, ...stampOptions, maxLineBytes });

/** One JSON object a line. Canonical events pass as they are; of other objects the fields are found by their usual names. */
export const ndjson = defineFormat({
  name: 'ndjson',
  summary: 'one JSON object a line: canonical events, or the JSON of any logger',
  options,
  create: ({ fields, maxLineBytes: max, ...stamps }, context, from) => {
    const clock = new StampClock(stamps, context.reference, savedReader(from) as SavedStampClock, context.previous);
    const reader: ObjectReader = {
      draft(record, raw, place, invalid) {
        const draft = canonicalDraft(record, raw, place) ?? objectDraft(record, { fields, clock }, raw, place);
        if (invalid && typeof draft !== 'string') draft.metadata.invalid_utf8 = true;
        return draft;
      },
      save: () => clock.save(),
    };
    return new JsonLinesParser(max, reader, context, from);
  },
});
