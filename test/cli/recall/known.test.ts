import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Blip } from '../../../src/signal.ts';
import { caducus, incidentRadar } from '../../support/runs/incidentRadar.ts';

describe('what was learned, on the command line', () => {
  const { folder, log, data, disk } = incidentRadar();

  it('radar still names the disk failure, first of what was, ten minutes after it ended', () => {
    expect(disk().label).to.match(/^Disk failure on dn2/);
    expect(disk()).to.include({ count: 22, state: 'new', level: 'ERROR' });
    expect(disk().score).to.be.above(90);
  });

  describe('explain', () => {
    it('says why, of which window, with every term, slots, history, templates and lines', async () => {
      const { exit, out } = await caducus(['explain', disk().topic_id.slice(0, 3), ...data]);
      expect(exit).to.equal(0);
      expect(out).to.match(/^EXPLAIN {2}\w{4} {2}Disk failure on dn2, volume <path> not writable +ERROR {2}new {2}score 9\d\n/);
      expect(out).to.match(/03:05-03:10Z {2}window 5m, closed/);
      for (const term of ['surprise', 'burst', 'novelty', 'severity', 'together', 'total'])
        expect(out).to.match(new RegExp(`^  ${term} `, 'm'));
      expect(out).to.match(/^slots {6}host +dn2 96 +1 value, printed in the pattern$/m);
      expect(out).to.match(/^history {4}first 03:07:12Z, last 03:19:24Z, 96 in all in 1h 34m of memory$/m);
      expect(out).to.match(/^templates {7}96 {2}Disk failure on dn2/m);
      expect(out).to.match(/^first .*\nmiddle .*\nlast /m);
      expect(out).to.include(`caducus events --pattern ${disk().topic_id.slice(0, 4)} --since 03:05Z`);
    });

    it('takes the id of a template, which the JSON names, for its pattern', async () => {
      const [ofTopic, ofTemplate] = [
        await caducus(['explain', disk().topic_id, ...data]),
        await caducus(['explain', disk().template_id, ...data]),
      ];
      expect(ofTemplate).to.deep.equal(ofTopic);
    });

    it('prints the sum that its terms make', async () => {
      const { out } = await caducus(['explain', disk().topic_id, ...data]);
      const [, terms = '', sum] = /^ {2}total +([\d. +]+) = ([\d.]+) bits/m.exec(out) ?? [];
      expect(terms.split(' + ').reduce((total, term) => total + Number(term), 0)).to.be.closeTo(Number(sum), 0.001);
    });

    it('prints the same as JSON, with notes', async () => {
      await caducus(['note', disk().topic_id, 'swapping disk', '--link', 'https://t.example/1', ...data]);
      const { out } = await caducus(['explain', disk().topic_id, '--json', ...data]);
      const said = JSON.parse(out) as {
        kind: string;
        blip: Blip;
        templates: { count: number }[];
        history: { moves: unknown[] };
        notes: { text: string; who: string }[];
      };
      expect(said.blip.bits).to.deep.equal(disk().bits);
      expect(said.templates[0]!.count).to.equal(96);
      expect(said.history.moves).to.have.lengthOf(1);
      expect(said.notes.map(({ who, text }) => `${who}: ${text}`)).to.deep.equal(['ana: swapping disk']);
      expect((await caducus(['explain', disk().topic_id, ...data])).out).to.match(
        /^said +03:35:00Z {2}note by ana {2}"swapping disk" {2}https:\/\/t\.example\/1$/m,
      );
    });

    it('refuses an id that is none or several, with the candidates', async () => {
      const none = await caducus(['explain', 'zzzz', ...data]);
      expect([none.exit, none.err]).to.deep.equal([
        64,
        'error CAD002  no pattern or finding has an id that begins with "zzzz"\n  Ids are on the radar, and in caducus topics. Any unique beginning will do.\n',
      ]);
      const { out } = await caducus(['topics', '--json', ...data]);
      const ids = (JSON.parse(out) as Blip[]).map(({ topic_id }) => topic_id);
      const shared = ids.map((id) => id[0]!).find((letter, i, all) => all.indexOf(letter) !== i)!;
      const several = await caducus(['explain', shared, ...data]);
      expect(several.exit).to.equal(64);
      for (const id of ids.filter((one) => one.startsWith(shared)))
        expect(several.err).to.match(new RegExp(`^ {2}${id.slice(0, 4)} {2}pattern {2}`, 'm'));
    });

    it('says what to do where nothing is known yet', async () => {
      const { exit, err } = await caducus(['explain', 'k7f2', '--data-dir', folder.file('empty')]);
      expect(exit).to.equal(64);
      expect(err).to.include('nothing is known in').and.to.include('Run caducus radar FILE');
    });
  });

  it('a damaged record of what was known is as none, and made anew', async () => {
    const own = ['--data-dir', folder.file('damaged')];
    await caducus(['radar', log, '--window', '5m', ...own]);
    const path = folder.file('damaged/state/_files/recall/topics.ndjson');
    const whole = readFileSync(path, 'utf8');
    appendFileSync(path, '{"topic_id":"torn');
    expect((await caducus(['explain', disk().topic_id, ...own])).exit).to.equal(0);
    writeFileSync(folder.file('damaged/state/_files/recall/recall.json'), 'no JSON');
    expect((await caducus(['explain', disk().topic_id, ...own])).err).to.include('nothing is known');
    await caducus(['radar', log, '--window', '5m', ...own]);
    expect(readFileSync(path, 'utf8')).to.equal(whole);
    rmSync(folder.file('damaged'), { recursive: true });
  });
});
