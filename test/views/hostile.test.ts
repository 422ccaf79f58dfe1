import { expect } from 'chai';
import fc from 'fast-check';
import { context } from '../../src/views/explain/context.ts';
import { eventLine } from '../../src/views/tables/eventLines.ts';
import { explain } from '../../src/views/explain/explain.ts';
import { finding } from '../../src/views/finding/finding.ts';
import { findingLine } from '../../src/views/finding/findingLine.ts';
import { groupsTable } from '../../src/views/tables/groupsTable.ts';
import { describeMessage } from '../../src/views/message/message.ts';
import { messageText } from '../../src/views/message/messageText.ts';
import { radarLines } from '../../src/views/radar/radarLines.ts';
import { summary } from '../../src/views/summary/summary.ts';
import { width } from '../../src/views/text/text.ts';
import { topicsTable } from '../../src/views/tables/topicsTable.ts';
import { event } from '../support/storeFixture.ts';
import { contextResult, episode, failure, quiet, radarOfAll, radarOfGroup, runSummary, spike } from '../support/views/viewSamples.ts';
import type { FindingType } from '../../src/signal.ts';
import { changedFinding } from '../support/findings.ts';

/** Fields whose text comes from outside. */
const outside = new Set([
  'label',
  'pattern',
  'title',
  'text',
  'group_id',
  'topic_id',
  'id',
  'note',
  'link',
  'value',
  'values',
  'query',
  'pipeline',
  'rule',
  'reason',
  'source',
  'late_to',
  'severity_word',
  'detector',
  'largest',
  'sent_to',
]);

/** The same data with that text in all of them. */
function poisoned<T>(data: T, text: string): T {
  if (Array.isArray(data)) return data.map((item) => poisoned(item as unknown, text)) as T;
  if (data === null || typeof data !== 'object') return data;
  const entries = Object.entries(data).map(([key, value]) => [
    key,
    typeof value === 'string' && outside.has(key) ? text : poisoned(value as unknown, text),
  ]);
  return Object.fromEntries(entries) as T;
}

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom('\u001b[2J', '\u001b]0;x\u0007', '\u202e', '日', '\ud800', '\n', '\u0301', 'a', '🚀', '\u200d', '\u009b'),
    maxLength: 40,
  }),
);

describe('pages over hostile text', () => {
  it('hold no character that a terminal obeys, and keep their width (property)', () => {
    fc.assert(
      fc.property(nasty, fc.constantFrom(40, 80, 96), fc.boolean(), (text, columns, ascii) => {
        const view = { columns, color: false, ascii, timeZone: 'UTC' };
        const bad = <T>(data: T) => poisoned(data, text);
        const lines = [
          radarLines(bad({ radar: radarOfGroup, status: { change: { text: '', at: 0 }, silenced: { [text]: 0 } } }), view),
          radarLines(bad({ radar: radarOfAll, findings: [episode, quiet, spike] }), view),
          explain(bad({ blip: failure, templates: [{ text: '', count: 1 }] }), view),
          context(bad(contextResult), view),
          ...[spike, episode, quiet, changedFinding(quiet, { result: { [text]: text } })].map((one) => finding(bad(one), view)),
          [findingLine(bad(spike), (id) => id, view), eventLine(bad(event('a', 1)), view)],
          summary(bad(runSummary), view),
          groupsTable([{ group_id: text, events: 1, first: failure.start, last: failure.end }], view),
          topicsTable([bad(failure)], view),
        ].flat();
        for (const line of lines) {
          expect(line).to.not.match(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
          expect(width(line)).to.be.at.most(columns);
        }
        for (const line of messageText(describeMessage(bad(episode)))) expect(line).to.not.match(/[\p{Cc}\p{Cs}\u202a-\u202e]/u);
      }),
      { numRuns: 60 },
    );
  });

  it('take results of any shape', () => {
    const view = { columns: 96, color: true, ascii: false, timeZone: 'UTC' };
    const json = fc
      .jsonValue({ maxDepth: 3 })
      .filter((value): value is { [key: string]: never } => value !== null && typeof value === 'object' && !Array.isArray(value));
    fc.assert(
      fc.property(json, fc.constantFrom<FindingType>('spike', 'budget', 'breaker', 'rule', 'episode'), (result, type) => {
        const one = changedFinding(spike, { type, result });
        expect(finding(one, view).length).to.be.greaterThan(2);
        expect(messageText(describeMessage(one)).length).to.be.within(2, 8);
        expect(radarLines({ radar: radarOfAll, findings: [one] }, view).length).to.be.greaterThan(3);
      }),
    );
  });
});
