import { expect } from 'chai';
import type { Json, JsonObject } from '../../../src/event.ts';
import type { Candidate } from '../../../src/formats/json/candidates.ts';
import type { LevelScale } from '../../../src/formats/json/levelScale.ts';
import { pickLevel } from '../../../src/formats/json/pickLevel.ts';

const field = (key: string, value: Json): Candidate => ({ rank: 0, key, top: key, value });
const pick = (fields: Candidate[], record: JsonObject = {}, scale: LevelScale | null = null) =>
  pickLevel(record, fields, scale)?.value ?? null;

describe('the level of a record', () => {
  it('is the first word that is one, before any number', () => {
    expect(pick([field('level', 'up'), field('severity', 'ERROR'), field('lvl', 'INFO')])).to.equal('ERROR');
    expect(pick([field('level', 3), field('severity', 'ERROR')])).to.equal('ERROR');
    expect(pick([field('level', 'up')])).to.equal(null);
  });

  it('is a word of a status or a type only where it is nothing but a level', () => {
    expect([pick([field('status', 'error')]), pick([field('type', 'system')]), pick([field('a.status', 'fail')])]).to.deep.equal([
      'error',
      null,
      null,
    ]);
    expect(pick([field('status', 3)])).to.equal(null);
  });

  it('is a number on the scale of the stream, or of who writes it', () => {
    expect(pick([field('level', 3)], {}, 'rising')).to.equal('ERROR');
    expect(pick([field('level', '3')], { PRIORITY: 3 })).to.equal('ERROR');
    expect(pick([field('level', 3)], { EventID: 7 })).to.equal('WARN');
    expect(pick([field('level', 50)])).to.equal('ERROR');
    expect(pick([field('severity_number', 17)])).to.equal('ERROR');
    expect(pick([field('SeverityLevel', 3)])).to.equal('ERROR');
    expect(pick([field('level', 9)])).to.equal(null);
  });

  it('is a tag that is a level where there is nothing else', () => {
    expect(pick([], { tags: ['slow', 'warning'] })).to.equal('warning');
    expect(pick([field('level', 'INFO')], { tags: ['error'] })).to.equal('INFO');
    expect(pick([], { tags: 'error' })).to.equal(null);
  });
});
