import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';

const start = Date.UTC(2026, 2, 13);
/** A day of lines of a service; what is rare comes three times as often in the last half hour. */
const day = Array.from({ length: 1440 }, (_, minute) => {
  const often = minute >= 1410 ? 6 : 2;
  return Array.from({ length: 4 + often }, (_line, i) => {
    const time = new Date(start + minute * 60_000 + i * 5000).toISOString();
    return `${time} ${i < 4 ? 'INFO api: request served' : 'WARN api: upstream retried'} ${(minute * 7 + i * 13) % 97}`;
  }).join('\n');
}).join('\n');

describe('caducus radar', () => {
  const folder = temporaryFolder();
  const log = () => {
    writeFileSync(folder.file('day.log'), `${day}\n`);
    return folder.file('day.log');
  };
  const radar = async (args: string[], stdin = '') => {
    const { exit, out, err } = await caducus(['radar', ...args, '--data-dir', folder.file('data')], { stdin });
    expect(exit, err).to.equal(0);
    return out;
  };
  interface Json {
    start: string;
    end: string;
    blips: { pattern: string; score: number; state: string }[];
  }

  it('of a day has windows of half an hour: a tripling in the last one leads it', async () => {
    const { start: from, end, blips } = JSON.parse(await radar([log(), '--json'])) as Json;
    expect(Date.parse(end) - Date.parse(from)).to.equal(30 * 60_000);
    expect(blips[0]).to.include({ state: 'rising' });
    expect(blips[0]!.pattern).to.contain('upstream retried');
    expect(blips[0]!.score).to.be.greaterThan(60);
  });

  it('of a pipe, a compressed file and a plain one is the same, number by number', async () => {
    /** Without what has the name of the file in it. */
    const numbers = async (args: string[], stdin = '') =>
      (await radar([...args, '--json'], stdin)).replaceAll(/"(?:template_id|topic_id|group_id|event_id|id)":"[^"]*"/g, '');
    const plain = await numbers([log()]);
    writeFileSync(folder.file('packed.gz'), gzipSync(day));
    expect(await numbers([folder.file('packed.gz')])).to.equal(plain);
    expect(await numbers(['-'], `${day}\n`)).to.equal(plain);
  });

  it('of what is written newest first is that of the same in order: a file, a compressed one, a pipe, one with a window', async () => {
    // Of equal times the order is the file's: without such, both ways hold the same order.
    const apart = day.split('\n').map((line, i) => line.replace('.000Z', `.${String(i % 10)}00Z`));
    const once = [...new Map(apart.map((line) => [line.slice(0, 24), line])).values()].toSorted();
    const numbers = async (args: string[], stdin = '') =>
      (await radar([...args, '--json', '--window', '30m'], stdin)).replaceAll(
        /"(?:template_id|topic_id|group_id|event_id|id)":"[^"]*"/g,
        '',
      );
    writeFileSync(folder.file('ordered.log'), `${once.join('\n')}\n`);
    const turned = `${once.toReversed().join('\n')}\n`;
    writeFileSync(folder.file('turned.log'), turned);
    writeFileSync(folder.file('turned.log.gz'), gzipSync(turned));
    const ordered = await numbers([folder.file('ordered.log')]);
    expect(await numbers([folder.file('turned.log')])).to.equal(ordered);
    expect(await numbers([folder.file('turned.log.gz')])).to.equal(ordered);
    expect(await numbers(['-'], turned)).to.equal(ordered);
    expect(readdirSync(join(folder.file('data'), 'state', 'radar')).filter((name) => name.startsWith('stdin'))).to.deep.equal([]);
  });

  it('of a compressed file is read where the file it was made of lies beside it', async () => {
    const plain = JSON.parse(await radar([log(), '--json'])) as Json;
    writeFileSync(`${log()}.gz`, gzipSync(`${day}\n`));
    const packed = JSON.parse(await radar([`${log()}.gz`, '--json'])) as Json;
    expect(packed.blips.map(({ pattern, score }) => [pattern, score])).to.deep.equal(
      plain.blips.map(({ pattern, score }) => [pattern, score]),
    );
  });

  it('says in its second line how the input was read', async () => {
    expect((await radar([log()])).split('\n')[1]).to.contain('Read as text lines: time, level, message.');
  });

  it('of input without any time says so', async () => {
    expect(await radar(['-'], 'one thing\nanother thing\n')).to.contain('no time: one window in order of arrival');
  });

  it('groups by a field of the records, and by a template', async () => {
    const records = [0, 1, 2, 3]
      .map((i) => JSON.stringify({ time: new Date(start + i * 1000).toISOString(), msg: 'served', host: `h${i % 2}` }))
      .join('\n');
    const groups = async (by: string) => {
      const { blips } = JSON.parse(await radar(['-', '--by', by, '--json'], records)) as { blips: { group_id: string }[] };
      return blips.map(({ group_id }) => group_id).toSorted();
    };
    expect(await groups('host')).to.deep.equal(['h0', 'h1']);
    expect(await groups('at-{metadata.host}')).to.deep.equal(['at-h0', 'at-h1']);
  });
});
