import { expect } from 'chai';
import fc from 'fast-check';
import { drawScreen } from '../../../src/views/live/drawScreen.ts';
import { press } from '../../../src/views/live/press.ts';
import { startScreen, type ScreenState } from '../../../src/views/live/screenState.ts';
import { width } from '../../../src/views/text/text.ts';
import type { ViewOptions } from '../../../src/views/text/viewOptions.ts';
import { expectGolden } from '../../support/golden.ts';
import { sampleLook, typed } from '../../support/live/look.ts';
import { sampleBlip } from '../../support/views/viewSamples.ts';

const plain: ViewOptions = { columns: 80, color: false, ascii: false, timeZone: 'UTC' };
const look = sampleLook();
const sizes = { '80x24': { columns: 80, rows: 24 }, '200x50': { columns: 200, rows: 50 } };

const after = (keys: string, given = look): ScreenState =>
  typed(keys).reduce((state, key) => press(state, key, given, 10).state, startScreen());

const draw = (keys: string, given = look, size = sizes['80x24'], view = plain) => drawScreen(after(keys, given), given, size, view).lines;

describe('the live screen', () => {
  for (const [name, keys] of Object.entries({
    radar: 'j',
    explain: 'jj<return>',
    finding: '<return>',
    help: '?',
    parts: 'c',
    typing: 'ja2h',
  }))
    for (const [of, size] of Object.entries(sizes))
      it(`is drawn as agreed: ${name} at ${of}`, () => {
        expectGolden(new URL(`./screens/${name}.${of}.txt`, import.meta.url), draw(keys, look, size));
      });

  it('is exactly as large as the terminal, whatever keys were pressed and however small that is', () => {
    const keys = fc.array(fc.constantFrom(...'jkGasp/?cx'.split(''), '<return>', '<escape>', '<pagedown>', '<backspace>'), {
      maxLength: 20,
    });
    const size = fc.record({ rows: fc.integer({ min: 1, max: 70 }), columns: fc.integer({ min: 1, max: 220 }) });
    fc.assert(
      fc.property(keys, size, fc.boolean(), fc.boolean(), (line, given, color, empty) => {
        const at = empty ? sampleLook({ radar: null, findings: [] }) : look;
        const { lines } = drawScreen(after(line.join(''), at), at, given, { ...plain, color });
        expect(lines.length).to.equal(given.rows);
        for (const text of lines) expect(width(text)).to.be.at.most(given.columns);
      }),
    );
  });

  it('shows the row that is chosen, however long the list and small the screen', () => {
    const many = Array.from({ length: 60 }, (_, at) =>
      sampleBlip({ topic_id: `t${at}xyz`, label: `Pattern number ${at}`, score: 60 - at }),
    );
    const long = sampleLook({ findings: [], radar: { ...look.radar!, blips: many } });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 8, max: 40 }), (down, rows) => {
        const lines = draw('j'.repeat(down), long, { rows, columns: 100 });
        expect(lines.filter((text) => text.startsWith('>'))).to.have.length(1);
        expect(lines.find((text) => text.startsWith('>'))).to.contain(`Pattern number ${down}`);
      }),
    );
  });

  it('says what is acked and silenced on its row', () => {
    const mark = { id: 'm', type: 'ack', target: 'm3qd77', who: 'oncall', at: '2026-05-04T10:00:00Z' } as const;
    const answered = sampleLook({ findings: [], status: { answers: [mark], silenced: { k7f2d0: 0 } } });
    const lines = draw('', answered, sizes['200x50']);
    expect(lines.find((text) => text.includes('m3qd'))).to.contain('acked  ');
    expect(lines.find((text) => text.includes('k7f2'))).to.contain('silenced  ');
  });

  it('puts the news of the open window above the one that is closed, each under its own time', () => {
    const open = {
      ...look.radar!,
      start: look.radar!.end,
      end: '2026-05-04T10:25:00.000Z',
      open: true,
      blips: look.radar!.blips.slice(0, 1),
      earlier: [],
    };
    const lines = draw('', sampleLook({ open, findings: [] }), sizes['200x50']);
    expect(lines[0]).to.contain('window').and.to.contain(', open ');
    const closed = lines.findIndex((text) => text.startsWith('closed  '));
    expect(closed).to.be.greaterThan(lines.findIndex((text) => text.includes('k7f2')));
    expect(lines.slice(closed).join('\n')).to.contain('k7f2');
  });

  it('says how far behind a held screen is', () => {
    const state = after('p');
    const later = sampleLook({
      radar: { ...look.radar!, start: look.radar!.end, end: new Date(Date.parse(look.radar!.end) + 300_000).toISOString() },
    });
    expect(drawScreen(state, later, sizes['80x24'], plain).lines.join('\n')).to.contain('PAUSED at 10:21Z, 1 window newer');
  });

  it('lets no text of a log reach the terminal as anything but text', () => {
    const label = '\u001b[2J\u001b]0;title\u0007 boom \u202e gnp \n next';
    const hostile = sampleLook({
      subject: label,
      findings: [],
      radar: {
        ...look.radar!,
        blips: [
          sampleBlip({ label, group_id: label, pattern: label, exemplars: [{ event_id: 'e', timestamp: look.radar!.start, text: label }] }),
        ],
      },
      components: [{ type: 'sink', id: label, in: 0, in_rate: 0, out: 0, out_rate: 0, held: 0, lost: 0, trouble: label }],
    });
    for (const keys of ['', '<return>', 'c', 'a', `/${label}`])
      for (const text of draw(keys, hostile, sizes['200x50'])) expect(text).to.not.match(/[\p{Cc}\u202e]/u);
  });

  it('says the same without colour', () => {
    const colours = /\u001b\[[\d;]*m/g;
    for (const keys of ['j', 'j<return>', 'c', '?']) {
      const coloured = draw(keys, look, sizes['200x50'], { ...plain, color: true });
      expect(coloured.map((text) => text.replace(colours, ''))).to.deep.equal(draw(keys, look, sizes['200x50']));
    }
  });
});
