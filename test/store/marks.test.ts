import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'chai';
import { startBoard } from '../../src/board/board.ts';
import { reduceBoard } from '../../src/board/reduceBoard.ts';
import { keepShown } from '../../src/cli/recall/keepShown.ts';
import { nodeFiles } from '../../src/io.ts';
import type { Mark } from '../../src/signal.ts';
import { appendMark, marksFile, readMarks, withId } from '../../src/store/marks.ts';
import { readShown, shownFile, writeShown } from '../../src/store/shown.ts';
import { blipSignal, findingSignal, width } from '../support/blips.ts';
import { temporaryFolder, testIo } from '../support/testIo.ts';

const said = (text: string): Mark => withId({ type: 'note', target: 'k7f2', who: 'ana', at: '2026-03-14T03:00:00.000Z', text });

describe('marks on disk', () => {
  const folder = temporaryFolder();

  it('are read back in the order they were written, from where the reader stood', async () => {
    const dir = folder.file('order');
    await appendMark(nodeFiles, dir, said('one'));
    const first = await readMarks(nodeFiles, dir);
    await appendMark(nodeFiles, dir, said('two'));
    const second = await readMarks(nodeFiles, dir, first.position);
    expect([first.lines, second.lines]).to.deep.equal([[{ mark: said('one') }], [{ mark: said('two') }]]);
    expect((await readMarks(nodeFiles, dir, second.position)).lines).to.deep.equal([]);
  });

  it('are none where nobody has said anything', async () => {
    expect(await readMarks(nodeFiles, folder.file('none'))).to.deep.equal({ lines: [], position: 0 });
  });

  it('survive a hundred writers at once, each mark whole', async () => {
    const dir = folder.file('many');
    await Promise.all(Array.from({ length: 100 }, (_, i) => appendMark(nodeFiles, dir, said(`note ${i}`))));
    const { lines } = await readMarks(nodeFiles, dir);
    expect(lines.every((line) => 'mark' in line)).to.equal(true);
    expect(new Set(lines.map((line) => ('mark' in line ? line.mark.id : '')))).to.have.property('size', 100);
  });

  it('are left for later while their line is not complete, and a torn line swallows none', async () => {
    const dir = folder.file('torn');
    await appendMark(nodeFiles, dir, said('one'));
    const { position } = await readMarks(nodeFiles, dir);
    appendFileSync(marksFile(dir), '{"id":"x","ty');
    expect(await readMarks(nodeFiles, dir, position)).to.deep.equal({ lines: [], position });
    await appendMark(nodeFiles, dir, said('two'));
    expect((await readMarks(nodeFiles, dir, position)).lines).to.deep.equal([
      { reason: 'bad JSON', original: '{"id":"x","ty' },
      { mark: said('two') },
    ]);
  });

  it('are read from the beginning of a file that was emptied', async () => {
    const dir = folder.file('emptied');
    await appendMark(nodeFiles, dir, said('one'));
    writeFileSync(marksFile(dir), '');
    expect(await readMarks(nodeFiles, dir, 500)).to.deep.equal({ lines: [], position: 0 });
  });

  const wrong: [line: string, reason: RegExp][] = [
    ['[]', /no mark/],
    ['{"type":"ack"}', /id/],
    [JSON.stringify({ ...said('x'), type: 'shout' }), /type/],
    [JSON.stringify({ ...said('x'), at: 'yesterday' }), /at/],
    [JSON.stringify({ ...said('x'), until: 5 }), /until/],
    ['{"__proto__":1}', /id/],
  ];
  for (const [line, reason] of wrong) {
    it(`a line ${line.slice(0, 40)} is refused with the reason`, async () => {
      const dir = folder.file(`wrong-${wrong.findIndex(([l]) => l === line)}`);
      mkdirSync(dirname(marksFile(dir)), { recursive: true });
      writeFileSync(marksFile(dir), `${line}\n`);
      const [read] = (await readMarks(nodeFiles, dir)).lines;
      expect(read).to.have.property('reason').that.matches(reason);
    });
  }
});

describe('what was shown', () => {
  const folder = temporaryFolder();

  it('keeps patterns, groups, findings and episodes of all pipelines, latest last', () => {
    const dir = folder.file('shown');
    const one = reduceBoard(startBoard(), findingSignal('f1', 0, { topic_id: 'a' }));
    writeShown(nodeFiles, dir, one.shown.values());
    const two = startBoard();
    const { blip } = blipSignal('b', width);
    reduceBoard(two, {
      kind: 'radar',
      time: width,
      key: '',
      radar: {
        group_id: null,
        start: blip.start,
        end: blip.end,
        open: false,
        events: 1,
        groups: 1,
        patterns: 1,
        new_patterns: 0,
        blips: [blip],
        rest: { patterns: 0, events: 0, states: {} },
      },
    });
    reduceBoard(two, findingSignal('e1', 0, { type: 'episode' }));
    writeShown(nodeFiles, dir, two.shown.values());
    expect(readShown(nodeFiles, dir).map(({ id, kind }) => `${kind} ${id}`)).to.deep.equal([
      'finding f1',
      'pattern a',
      'pattern b',
      'group g',
      'episode e1',
    ]);
  });

  it('is written only when there is something new', () => {
    const dir = folder.file('quiet');
    const shown = keepShown({ io: testIo(), dataDir: dir });
    shown.see(findingSignal('f1', 0));
    shown.write();
    writeFileSync(shownFile(dir), 'touched');
    shown.see(findingSignal('f1', 0));
    shown.write();
    expect(readFileSync(shownFile(dir), 'utf8')).to.equal('touched');
  });

  it('is made anew where the file is damaged', () => {
    const dir = folder.file('damaged');
    mkdirSync(dirname(shownFile(dir)), { recursive: true });
    for (const text of ['{', '{"shown":[1,null,{"id":3}]}', '[]', '{"shown":{}}']) {
      writeFileSync(shownFile(dir), text);
      expect(readShown(nodeFiles, dir), text).to.deep.equal([]);
    }
  });
});
