import { Command } from 'commander';
import { expect } from 'chai';
import { commandList } from '../../src/cli/commands/index.ts';
import { addCommands } from '../../src/cli/shared/addCommands.ts';
import { caducus } from '../support/caducus.ts';

interface Line {
  words: string[];
  /** What it insists on. */
  required: string[];
}

/** Every command that does something, as it is typed. */
function commandLines(command: Command, words: string[] = []): Line[] {
  if (command.commands.length > 0) return command.commands.flatMap((inner) => commandLines(inner as Command, [...words, inner.name()]));
  return [{ words, required: command.options.filter((o) => o.mandatory).flatMap((o) => [o.long!, 'x']) }];
}

const program = new Command('caducus');
await addCommands(program, commandList, { wanted: () => true, everywhere: (command) => command, run: async () => {} });
const all = commandLines(program);

/** Of a screen of 80 columns. */
const lines = 36;

describe('every command', () => {
  it('is one of many', () => expect(all.length).to.be.greaterThan(20));

  for (const { words, required } of all) {
    it(`${words.join(' ')} has help with examples of itself, --json and the options of every command`, async () => {
      const { exit, out, err } = await caducus([...words, '--help']);
      expect([exit, err]).to.deep.equal([0, '']);
      expect(out)
        .to.contain(`Usage: caducus ${words.join(' ')} `)
        .and.to.contain('--json')
        .and.to.contain('Options of every command:');
      const examples = out
        .slice(out.indexOf('Examples:\n'))
        .split('\n')
        .slice(1)
        .filter((line) => line.startsWith('  $ '));
      expect(examples.length).to.be.greaterThan(0);
      expect(
        examples.some((example) => new RegExp(`caducus ${words.join(' ')}\\b`).test(example)),
        'an example of this very command',
      ).to.equal(true);
    });

    it(`${words.join(' ')} has help that fits on one screen`, async () => {
      const { out } = await caducus([...words, '--help']);
      expect(out.trimEnd().split('\n').length).to.be.at.most(words[0] === 'options' ? 64 : lines);
    });

    it(`${words.join(' ')} refuses an unknown option with 64 and says what was meant`, async () => {
      const { exit, err } = await caducus([...words, ...required, '--jsno']);
      expect(exit).to.equal(64);
      expect(err).to.equal('error CAD002  unknown option \'--jsno\'\n  did you mean "--json"?\n');
    });
  }
});

describe('caducus', () => {
  it('alone prints its help on stderr and exits with 64, as a command that was not finished', async () => {
    const { exit, out, err } = await caducus([]);
    expect([exit, out]).to.deep.equal([64, '']);
    expect(err).to.contain('Usage: caducus').and.to.contain('the radar of files');
  });

  it('--help prints it on stdout and exits with 0', async () => {
    const { exit, out } = await caducus(['--help']);
    expect(exit).to.equal(0);
    expect(out).to.contain('Usage: caducus').and.to.contain('Examples:');
  });

  for (const group of ['config', 'demo']) {
    it(`${group} alone names what belongs to it and exits with 64`, async () => {
      const { exit, err } = await caducus([group]);
      expect(exit).to.equal(64);
      expect(err).to.contain(`Usage: caducus ${group}`).and.to.contain('Commands:');
    });
  }
});
