import { expect } from 'chai';
import type { Event, JsonObject } from '../../../src/event.ts';
import { mappingOptions, mappingSteps } from '../../../src/kernel/template/mapping.ts';

const event: Event = {
  id: 'e1',
  timestamp: '2026-03-14T03:00:00.000Z',
  source: 's',
  group_id: 's:web',
  text: 't',
  metadata: { level: 'warn', app: 'pay', at: 1773457200, n: 5 },
};

function map(options: object, metadata: JsonObject = {}): Event | string {
  let at: Event = { ...event, metadata: { ...event.metadata, ...metadata } };
  for (const step of mappingSteps(mappingOptions.parse(options))) {
    const next = step(at);
    if ('reason' in next) return next.reason;
    at = next;
  }
  return at;
}

describe('fields that are mapped', () => {
  it('are id, text, source and group, by fields or templates', () => {
    expect(map({ id: 'metadata.n', text: 'metadata.app' })).to.deep.include({ id: '5', text: 'pay' });
    expect(map({ source: '{metadata.app}', groupId: '{source}:{metadata.n}' })).to.deep.include({ source: 'pay', group_id: 'pay:5' });
  });

  it('take the group along where it is named after its source', () => {
    expect(map({ source: 'pay' })).to.deep.include({ source: 'pay', group_id: 'pay:web' });
  });

  it('are a time in any usual form, and a level in its word', () => {
    expect(map({ timestamp: 'metadata.at' })).to.deep.include({ timestamp: '2026-03-14T03:00:00.000Z' });
    expect((map({}) as Event).metadata.level).to.equal('WARN');
    expect((map({ level: 'metadata.severity' }, { severity: 'err' }) as Event).metadata.level).to.equal('ERROR');
    expect((map({}, { level: 'loud' }) as Event).metadata.level).to.equal('loud');
  });

  it('that are missing or no date refuse the event', () => {
    expect(map({ text: 'metadata.gone' })).to.equal('text needs the field metadata.gone, which is missing');
    expect(map({ timestamp: 'metadata.gone' })).to.equal('timestamp needs the field metadata.gone, which is missing');
    expect(map({ timestamp: 'metadata.app' })).to.equal('metadata.app is no date: "pay"');
  });

  it('that change nothing leave the very event', () => {
    const steps = mappingSteps(mappingOptions.parse({ text: 'text' }));
    const levelled = { ...event, metadata: { level: 'WARN' } };
    expect(steps.map((step) => step(levelled))).to.deep.equal([levelled, levelled]);
    expect(steps[0]!(levelled)).to.equal(levelled);
  });
});
