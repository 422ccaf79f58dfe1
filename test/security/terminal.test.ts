import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { temporaryFolder } from '../support/testIo.ts';
import { caducus, record } from './support.ts';

/** Sequences that clear the screen, set the title, write to the clipboard, hide and turn around text. */
const attacks = [
  '\u001b[2J\u001b[H',
  '\u001b]0;owned\u0007',
  '\u001b]52;c;ZXZpbA==\u0007',
  '\u009b31m',
  '\u202egnp.exe',
  '\r\u001b[Kall is well',
  '\u001bP+q\u001b\\',
  '\b\b\b',
];
// The progress line and colours are our own; without a terminal there are none.
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

describe('escape sequences in log text reach no terminal', () => {
  const folder = temporaryFolder();
  const data = () => ['--data-dir', folder.file('d')];
  const hostile = attacks.join(' ');

  before(async () => {
    const lines = Array.from({ length: 20 }, (_, i) =>
      record(`id${i}`, i, `disk ${hostile} failed ${i}`, `g${attacks[i % attacks.length]}`, { level: 'ERROR', [hostile]: hostile }),
    );
    writeFileSync(folder.file('in.ndjson'), `${lines.join('\n')}\n{"${hostile}\n`);
    writeFileSync(
      folder.file('p.yaml'),
      `name: p\nsources: { in: { file: { path: "${folder.file('in.ndjson')}", format: ndjson } } }\noperators:\n  - group_by: {}\n  - memory: { window: 5s }\n  - rank: {}\nsinks:\n  screen: { console: { view: radar } }\n  store: { segments: { select: [event] } }\n`,
    );
    const { err, out } = await caducus(['run', folder.file('p.yaml'), ...data()]);
    expect(out + err).to.not.match(obeyed);
    const second = await caducus(['run', folder.file('p.yaml'), '--fresh', ...data()]);
    expect(second.exit).to.equal(0);
  });

  const commands: string[][] = [
    ['radar', 'IN'],
    ['radar', 'IN', '--all', '--summary'],
    ['radar'],
    ['events'],
    ['groups'],
    ['topics'],
    ['rejected', 'ls'],
    ['status'],
  ];
  for (const args of commands) {
    it(`through caducus ${args.join(' ')}`, async () => {
      const { out, err } = await caducus([...args.map((arg) => (arg === 'IN' ? folder.file('in.ndjson') : arg)), ...data()]);
      expect(out).to.not.equal('');
      expect(out + err).to.not.match(obeyed);
    });
  }

  it('through rejected show, which hides nothing of it', async () => {
    const [{ records }] = JSON.parse((await caducus(['rejected', 'ls', '--json', ...data()])).out) as [{ records: { id: string }[] }];
    const { out } = await caducus(['rejected', 'show', records[0]!.id, ...data()]);
    expect(out).to.not.match(obeyed);
    expect(out).to.contain('\\x1b[2J');
  });

  const mistakes: [what: string, args: (evil: string) => string[], file?: (evil: string) => string][] = [
    ['an argument', (evil) => ['radar', `no${evil}file`]],
    ['an unknown command', (evil) => [`x${evil}`]],
    ['a flag', (evil) => ['events', '--since', evil]],
    ['a pattern', (evil) => ['events', '--grep', `(${evil}`]],
    [
      'a key of a pipeline file',
      () => ['validate', 'FILE'],
      (evil) => `name: p\nsources: { a: { stdin: {} } }\n${JSON.stringify(evil)}: 1\n`,
    ],
    [
      'a value of a pipeline file',
      () => ['validate', 'FILE'],
      (evil) => `name: ${JSON.stringify(evil)}\nsources: { a: { stdin: { format: ${JSON.stringify(evil)} } } }\n`,
    ],
    ['raw bytes of a pipeline file', () => ['validate', 'FILE'], (evil) => `name: p\nsources: {${evil}\n`],
    ['a setting', (evil) => ['groups', '--config', `time_zone=${evil}`]],
  ];
  for (const [what, args, file] of mistakes) {
    it(`through an error about ${what}`, async () => {
      for (const attack of attacks) {
        if (file) writeFileSync(folder.file('bad.yaml'), file(attack));
        const { out, err, exit } = await caducus([
          ...args(attack).map((arg) => (arg === 'FILE' ? folder.file('bad.yaml') : arg)),
          ...data(),
        ]);
        expect(exit).to.not.equal(0);
        expect(exit, err).to.not.equal(70);
        expect(out + err, JSON.stringify(attack)).to.not.match(obeyed);
      }
    });
  }
});
