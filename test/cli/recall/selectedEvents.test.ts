import { expect } from 'chai';
import type { Event } from '../../../src/event.ts';
import { caducus, incidentRadar } from '../../support/runs/incidentRadar.ts';

describe('the events that are selected', () => {
  const { data, events, disk } = incidentRadar();

  it('by pattern are exactly those that it counts, of the files the radar read', async () => {
    const { out } = await caducus(['events', '--pattern', disk().topic_id.slice(0, 4), '--limit', '1000', '--json', ...data]);
    const found = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Event);
    expect(found.map(({ id }) => id)).to.deep.equal(events.filter(({ text }) => text.startsWith('Disk failure')).map(({ id }) => id));
  });

  it('by pattern and time begin there; a time of day is of the day of the newest event', async () => {
    const { out } = await caducus(['events', '--pattern', disk().topic_id, '--since', '03:19Z', '--json', ...data]);
    const texts = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Event);
    expect(texts.map(({ timestamp }) => timestamp >= '2026-03-14T03:19')).to.deep.equal(texts.map(() => true));
    expect(texts).to.have.lengthOf(
      events.filter(({ text, timestamp }) => text.startsWith('Disk failure') && timestamp >= '2026-03-14T03:19').length,
    );
  });

  it('by state are of the patterns in it', async () => {
    const { out } = await caducus(['events', '--state', 'new', '--limit', '10000', '--json', ...data]);
    const kinds = new Set(
      out
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as Event).text.split(' ')[0]),
    );
    expect([...kinds].toSorted()).to.deep.equal(['DataNodeVolumeFailed', 'Disk', 'Slow']);
    const { exit, err } = await caducus(['events', '--state', 'nwe', ...data]);
    expect(exit).to.equal(64);
    expect(err).to.include('did you mean "new"?');
  });

  it('are at most as many as the limit, the oldest', async () => {
    const some = async (limit: string) =>
      (await caducus(['events', '--pattern', disk().topic_id, '--limit', limit, '--json', ...data])).out.trim().split('\n');
    expect(await some('3')).to.deep.equal((await some('1000')).slice(0, 3));
  });

  it('by words are those of the pattern whose text has them', async () => {
    const { out } = await caducus(['events', '--state', 'new', '--grep', '^Slow .*disk', '--limit', '10000', '--json', ...data]);
    const texts = out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as Event).text);
    expect(texts).to.deep.equal(events.map(({ text }) => text).filter((text) => text.startsWith('Slow')));
  });
});
