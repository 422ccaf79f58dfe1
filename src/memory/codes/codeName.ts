import { ERRNO, EXIT, GRPC, HTTP, SQLSTATE } from './codeClass.ts';

/** The word says nothing of what follows. */
export const NO_CODE = 0;
/** `code`, `with`, `value`: what stands before it says what kind of code follows. */
export const SOME_CODE = -1;
/** `status`: that of an answer, unless what stands before it says otherwise (`exit status 1`). */
export const SOME_STATUS = -2;

/** Names as people write them, in lower case and without what joins their parts; the first that fits the end counts. */
const endings: readonly [RegExp, number][] = [
  [/(?:exit|return|ret)(?:code|status|value)$|^rc$/, EXIT],
  [/grpc(?:status)?(?:code)?$/, GRPC],
  [/errno$/, ERRNO],
  [/sqlstate$/, SQLSTATE],
  [/^status$/, SOME_STATUS],
  [/(?:http|response|res|sc|server|upstream|downstream|origin|backend|elb|target)status$/, HTTP],
  [/(?:status|http|response|answer)code$|^https?$/, HTTP],
  [/^(?:code|with|value)$/, SOME_CODE],
];

/** Words before `code` or `with`, up to three of them back. */
const contexts: readonly [RegExp, number][] = [
  [/^exit(?:s|ed|ing|status)?$|^terminated$/, EXIT],
  [/^return$/, EXIT],
  [/^grpc$/, GRPC],
  [/^https?$|^response$|^status$/, HTTP],
];

/** Words come again and again; bounded, since they come from outside. */
const MOST_NAMES = 8192;

function remembering(rules: readonly [RegExp, number][], longest: number) {
  const known = new Map<number, number>();
  /** @param hash of the word; `text` gives the word itself and is asked for once */
  return (hash: number, text: () => string): number => {
    let kind = known.get(hash);
    if (kind === undefined) {
      const word = text();
      const plain = word.length > longest ? '' : word.toLowerCase().replaceAll(/[_.-]/g, '');
      kind = rules.find(([rule]) => rule.test(plain))?.[1] ?? NO_CODE;
      if (known.size >= MOST_NAMES) known.clear();
      known.set(hash, kind);
    }
    return kind;
  };
}

/** What kind of code the word with this hash announces: a kind, NO_CODE, SOME_CODE or SOME_STATUS. */
export const kindAfter = remembering(endings, 40);

/** What a word further back says of the code that `code` or `with` announces. */
export const kindInContext = remembering(contexts, 12);
