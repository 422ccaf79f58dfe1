import { Command, type CommanderError } from 'commander';
import { expect } from 'chai';
import { usageError } from '../../../src/cli/shared/usageError.ts';

function refusal(...argv: string[]): { what: string; hint: string } | null {
  const program = new Command('caducus').exitOverride().configureOutput({ outputError: () => {}, writeErr: () => {}, writeOut: () => {} });
  program.showSuggestionAfterError(false);
  program
    .command('radar')
    .argument('[file]')
    .option('--top <n>', 'how many')
    .option('--time-zone <zone>', 'of stamps')
    .action(() => {});
  const state = program.command('state');
  state
    .command('show')
    .argument('<name>')
    .action(() => {});
  state.command('rm').action(() => {});
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    const refused = usageError(error as CommanderError, program, argv);
    return refused && { what: refused.what, hint: refused.hint };
  }
  return null;
}

describe('a command line that is refused', () => {
  const table: [argv: string[], what: string, hint: string][] = [
    [['radr'], "unknown command 'radr'", 'did you mean "radar"?'],
    [['frobnicate'], "unknown command 'frobnicate'", 'caducus --help lists the commands.'],
    [['state', 'shwo'], "unknown command 'shwo'", 'did you mean "show"?'],
    [['state', 'qqqq'], "unknown command 'qqqq'", 'caducus state --help lists the commands.'],
    [['radar', '--tpo', '3'], "unknown option '--tpo'", 'did you mean "--top"?'],
    [['radar', '--qqqqqq'], "unknown option '--qqqqqq'", 'caducus radar --help shows its options and examples.'],
    [['radar', '-t', '3'], "unknown option '-t'", 'options are written out: --top, --time-zone'],
    [['radar', '-q'], "unknown option '-q'", 'caducus radar --help shows its options and examples.'],
    [['--top', '3', 'radar', 'x'], '--top stands behind the command', 'caducus radar --top ...'],
    [['--tpo', '3', 'radar', 'x'], "unknown option '--tpo'", 'did you mean "--top"?'],
    [['radar', '--top'], "option '--top <n>' argument missing", 'caducus radar --help shows its options and examples.'],
    [['state', 'show'], "missing required argument 'name'", 'caducus state show --help shows its options and examples.'],
    [
      ['radar', 'a', 'b'],
      "too many arguments for 'radar'. Expected 1 argument but got 2.",
      'caducus radar --help shows its options and examples.',
    ],
  ];
  for (const [argv, what, hint] of table)
    it(`${argv.join(' ')}: ${hint}`, () => {
      expect(refusal(...argv)).to.deep.equal({ what, hint });
    });

  it('is no error where help was asked for', () => {
    expect(refusal('radar', '--help')).to.equal(null);
  });
});
