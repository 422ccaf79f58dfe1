import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { commandList } from '../../../src/cli/commands/index.ts';
import type { CompletedCommand } from '../../../src/cli/completion/completedCommand.ts';
import { describeCommands } from '../../../src/cli/completion/describeCommands.ts';
import { completionScript } from '../../../src/cli/completion/scripts.ts';
import { temporaryFolder } from '../../support/testIo.ts';

describe('the completion of a shell', () => {
  const folder = temporaryFolder();
  let commands: CompletedCommand[] = [];
  before(async () => {
    commands = await describeCommands(commandList);
  });

  /** What bash offers where the last of these words is being typed. */
  function offered(...words: string[]): string[] {
    writeFileSync(folder.file('completion.bash'), completionScript('bash', commands));
    const typed = ['caducus', ...words].map((word) => `'${word}'`).join(' ');
    const script = `source ${folder.file('completion.bash')}; COMP_WORDS=(${typed}); COMP_CWORD=${words.length}; _caducus; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean);
  }

  it('offers commands, and the words behind those that hold others', () => {
    expect(offered('va')).to.deep.equal(['validate']);
    expect(offered('sta')).to.deep.equal(['status', 'state']);
    expect(offered('state', '')).to.deep.equal(['ls', 'show', 'mv', 'rm']);
    expect(offered('help', 'rada')).to.deep.equal(['radar']);
  });

  it('offers the flags of a command, its own first and then those of all', () => {
    expect(offered('radar', 'app.log', '--to')).to.deep.equal(['--top']);
    expect(offered('state', 'rm', 'orders', '--op')).to.deep.equal(['--operator']);
    const all = offered('radar', '--');
    expect(all.indexOf('--window')).to.be.lessThan(all.indexOf('--data-dir'));
    expect(all).to.include('--help').and.to.not.include('--set');
  });

  it('offers files elsewhere', () => expect(offered('radar', 'package.js')).to.deep.equal(['package.json']));

  it('is for zsh what it is for bash, which it can read', () => {
    const zsh = completionScript('zsh', commands);
    expect(zsh).to.contain('bashcompinit').and.to.contain(completionScript('bash', commands));
  });

  it('says for fish what each command and flag is for', () => {
    const fish = completionScript('fish', [
      { words: 'state rm', summary: "forget what it's about", flags: [{ name: '--operator', summary: 'one', takesValue: true }] },
    ]);
    expect(fish).to.equal(
      [
        'complete -c caducus -n __fish_use_subcommand -f -a state',
        "complete -c caducus -n '__fish_seen_subcommand_from state' -f -a rm -d 'forget what it\\'s about'",
        "complete -c caducus -n '__fish_seen_subcommand_from state; and __fish_seen_subcommand_from rm' -l operator -r -d 'one'",
        '',
      ].join('\n'),
    );
  });

  it('knows every command of the list', () => {
    expect(commands.map(({ words }) => words)).to.deep.equal(
      Object.values(commandList.commands)
        .flat()
        .map(({ words }) => words),
    );
    for (const { flags } of commands) expect(flags.map(({ name }) => name)).to.include.members(['--json', '--help']);
  });
});
