import type { CompletedCommand } from './completedCommand.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** A script that teaches a shell what can be typed behind `caducus`: commands, their flags, else files. */
export function completionScript(shell: Shell, commands: readonly CompletedCommand[]): string {
  if (shell === 'fish') return fishScript(commands);
  const zsh = shell === 'zsh' ? 'autoload -U +X compinit bashcompinit && compinit -u && bashcompinit\n' : '';
  return `${zsh}${bashScript(commands)}`;
}

/** First words, each with the words that may follow it. */
function listWords(commands: readonly CompletedCommand[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { words } of commands) {
    const [first = '', second] = words.split(' ');
    found.set(first, [...(found.get(first) ?? []), ...(second === undefined ? [] : [second])]);
  }
  return found;
}

/** The reference: Programmable Completion in the manual of bash. */
function bashScript(commands: readonly CompletedCommand[]): string {
  const words = listWords(commands);
  const holders = [...words].filter(([, inner]) => inner.length > 0);
  const lines = [
    '_caducus() {',
    '  local cur="${COMP_WORDS[COMP_CWORD]}" first="${COMP_WORDS[1]}" second="${COMP_WORDS[2]}" flags=""',
    '  COMPREPLY=()',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    COMPREPLY=($(compgen -W "${[...words.keys(), 'help'].join(' ')}" -- "$cur"))`,
    '    return',
    '  fi',
    '  if [ "$COMP_CWORD" -eq 2 ]; then',
    '    case "$first" in',
    `      help) COMPREPLY=($(compgen -W "${[...words.keys()].join(' ')}" -- "$cur")); return ;;`,
    ...holders.map(([first, inner]) => `      ${first}) COMPREPLY=($(compgen -W "${inner.join(' ')}" -- "$cur")); return ;;`),
    '    esac',
    '  fi',
    '  case "$first $second" in',
    ...commands.map(
      ({ words: text, flags }) => `    "${text}"${text.includes(' ') ? '' : '" "*'}) flags="${flags.map(({ name }) => name).join(' ')}" ;;`,
    ),
    '  esac',
    '  case "$cur" in',
    '    -*) COMPREPLY=($(compgen -W "$flags" -- "$cur")) ;;',
    '    *) COMPREPLY=($(compgen -f -- "$cur")) ;;',
    '  esac',
    '}',
    'complete -o filenames -F _caducus caducus',
  ];
  return `${lines.join('\n')}\n`;
}

const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** The reference: `complete` in the manual of fish. */
function fishScript(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ words, summary, flags }) => {
    const [first = '', second] = words.split(' ');
    const name =
      second === undefined
        ? `complete -c caducus -n __fish_use_subcommand -f -a ${first} -d ${quote(summary)}`
        : `complete -c caducus -n '__fish_seen_subcommand_from ${first}' -f -a ${second} -d ${quote(summary)}`;
    const inside =
      second === undefined
        ? `'__fish_seen_subcommand_from ${first}'`
        : `'__fish_seen_subcommand_from ${first}; and __fish_seen_subcommand_from ${second}'`;
    const own = flags.map(
      ({ name: flag, summary: text, takesValue }) =>
        `complete -c caducus -n ${inside} -l ${flag.slice(2)}${takesValue ? ' -r' : ''} -d ${quote(text)}`,
    );
    return [name, ...own];
  });
  const holders = [...listWords(commands)].filter(([, inner]) => inner.length > 0).map(([first]) => first);
  return `${[...holders.map((first) => `complete -c caducus -n __fish_use_subcommand -f -a ${first}`), ...lines].join('\n')}\n`;
}
