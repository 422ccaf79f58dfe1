/**
 * The error catalogue. Every error a person can meet has a code here, with what it means and what to do next.
 * The table of docs/errors.md is generated from it; a test holds both together.
 */
export const catalogue = {
  CAD001: { title: 'unexpected failure', exit: 70, hint: 'This is a bug in caducus. Please report it with the command you ran.' },
  CAD002: { title: 'wrong usage', exit: 64, hint: 'Run the command with --help to see its arguments.' },
  CAD010: { title: 'file not found', exit: 74, hint: 'Check the path. A glob must match at least one file.' },
  CAD011: { title: 'cannot read or write', exit: 74, hint: 'Check permissions, free space and that the path is a file, not a folder.' },
  CAD012: { title: 'YAML cannot be parsed', exit: 78, hint: 'Fix the YAML at the place shown.' },
  CAD013: { title: 'wrong value', exit: 78, hint: 'Give a value of the kind that is named.' },
  CAD014: { title: 'unknown key', exit: 78, hint: 'Remove the key, or use one of the names listed by caducus list.' },
  CAD015: { title: 'missing key', exit: 78, hint: 'Add the key that is named.' },
  CAD016: { title: 'unknown operator, source or sink', exit: 78, hint: 'caducus list shows every name; --require adds your own.' },
  CAD017: { title: 'duplicate id', exit: 78, hint: 'Give the second use of a verb an id of its own.' },
  CAD018: { title: 'unknown reference', exit: 78, hint: '`from` names a source, an operator id above it, or one of its ports.' },
  CAD019: { title: 'too many rejected records', exit: 65, hint: 'caducus rejected ls shows each record with its reason.' },
  CAD020: { title: 'configuration cannot be used', exit: 78, hint: 'caducus config show prints each value and where it came from.' },
  CAD021: { title: 'variable is not set', exit: 78, hint: 'Set the variable, or give a default: ${NAME:-default}.' },
  CAD022: {
    title: 'operator cannot be used',
    exit: 78,
    hint: 'Give each option a class in `changes` of defineOperator: view, threshold, shape or identity (docs/state.md).',
  },
  CAD030: { title: 'a pipeline test failed', exit: 1, hint: 'The diagram shows what was expected and what came.' },
  CAD040: { title: 'no such pipeline', exit: 64, hint: 'Give a file, or one of the names of caducus list pipelines.' },
  CAD041: { title: 'in use by another process', exit: 74, hint: 'Stop that process, or give this run another --data-dir.' },
  CAD043: {
    title: 'the state was taken by another process',
    exit: 75,
    hint: 'This process stood still for so long that it was thought dead. The other one goes on from the last checkpoint.',
  },
  CAD042: {
    title: 'state does not fit the pipeline',
    exit: 78,
    hint: 'Undo the change, or start the operator anew: caducus state rm NAME --operator ID. caducus state rm NAME starts all of it anew.',
  },
  CAD044: {
    title: 'the output is written elsewhere',
    exit: 78,
    hint: 'Start this process there, or with --data-dir on that folder where it is shared.',
  },
  CAD050: { title: 'drain timed out', exit: 75, hint: 'Raise --drain-timeout, or look at the sink that is named.' },
  CAD080: {
    title: 'the embedding model is not there',
    exit: 78,
    hint: "Run caducus model fetch, or point the embedder's `model` at a folder that holds it.",
  },
  CAD081: {
    title: 'TensorFlow.js is not installed',
    exit: 78,
    hint: 'Install the optional packages that docs/embedders.md lists, or use the lexical embedder.',
  },
  CAD082: { title: 'a file of the model is damaged', exit: 74, hint: 'Run caducus model fetch again: it replaces what does not match.' },
  CAD083: {
    title: 'the model could not be downloaded',
    exit: 74,
    hint: 'Run caducus model fetch again: it goes on where it stopped. --from names a mirror.',
  },
  CAD084: { title: 'the embedder cannot start', exit: 74, hint: 'Choose another backend, or use the lexical embedder.' },
  CAD060: {
    title: 'no AWS credentials',
    exit: 78,
    hint: 'Set AWS_PROFILE or the profile option, run `aws sso login`, or give the machine a role. `aws sts get-caller-identity` shows what is found.',
  },
  CAD061: { title: 'no AWS region', exit: 78, hint: 'Set the region option, AWS_REGION, or a region in the profile.' },
  CAD062: {
    title: 'AWS denies access',
    exit: 78,
    hint: 'Allow the action that is named in the policy of the role in use; docs/sources/iam.md has the smallest policies.',
  },
  CAD063: {
    title: 'AWS token has expired',
    exit: 78,
    hint: 'Sign in again (`aws sso login`), or renew the temporary keys, and start again: reading goes on where it stood.',
  },
  CAD064: {
    title: 'no such log group',
    exit: 78,
    hint: 'Check name, region and account: `aws logs describe-log-groups --log-group-name-prefix ...`.',
  },
  CAD065: { title: 'no such queue', exit: 78, hint: 'Check queue URL or name, region and account: `aws sqs list-queues`.' },
  CAD066: {
    title: 'service cannot be reached',
    exit: 74,
    hint: 'Check network, proxy, VPC endpoint and the endpoint option. Reading goes on where it stood.',
  },
  CAD067: {
    title: 'service keeps failing',
    exit: 74,
    hint: 'The service throttles or is out of order. Lower calls_per_second or try again later: reading goes on where it stood.',
  },
  CAD068: {
    title: 'AWS rejects the credentials',
    exit: 78,
    hint: 'The keys are wrong, deleted, or of another partition; `aws sts get-caller-identity` tests them.',
  },
  CAD069: {
    title: 'AWS rejects the request',
    exit: 78,
    hint: 'Check the options that are named, such as filter pattern, queue URL and times.',
  },
  CAD070: {
    title: 'cannot listen',
    exit: 74,
    hint: 'Another program has the port, or the address is not of this machine. Choose another with the listen option.',
  },
  CAD071: {
    title: 'listener open to the network without a key',
    exit: 78,
    hint: 'Set token, token_file or hmac (syslog: allow, or tls.ca_file), or listen on 127.0.0.1.',
  },
  CAD072: {
    title: 'journal cannot be written',
    exit: 74,
    hint: 'Check free space and permissions of the data folder. Senders got no "received": they will send again.',
  },
  CAD073: {
    title: 'outbox is full',
    exit: 74,
    hint: 'Messages wait because the receiver fails. Mend it, raise max_outbox, or choose when_full: drop_oldest.',
  },
  CAD074: {
    title: 'data set cannot be downloaded',
    exit: 74,
    hint: 'Run again to go on where it stopped. Offline, use the shipped sample: fixtures/demo_hdfs_sample.csv.',
  },
  CAD075: {
    title: 'not a cost report',
    exit: 78,
    hint: 'Give a CSV export of the AWS Cost and Usage Report (legacy or 2.0), of FOCUS 1.x or of Azure, gzip allowed.',
  },
} as const satisfies Record<string, { title: string; exit: number; hint: string }>;

export type ErrorCode = keyof typeof catalogue;

/** Where a problem stands: a file with line and column (both from 1), a command, or a component of a pipeline. */
export interface Where {
  file?: string | undefined;
  line?: number | undefined;
  column?: number | undefined;
  /** Dotted path inside the file, such as `operators[2].memory`. */
  path?: string | undefined;
  /** The source line, and how many characters from `column` the caret underlines. */
  excerpt?: { text: string; length: number } | undefined;
}

/** Whether a value is an error of that name: the bundled program and a module it loads each have a copy of the class. */
export const isNamed = (value: unknown, name: string): boolean => value instanceof Error && value.name === name;

/** One error class for the whole program: a code of the catalogue, where, what, and what to do next. */
export class CaducusError extends Error {
  override readonly name = 'CaducusError';
  readonly code: ErrorCode;
  readonly where: Where;
  readonly what: string;
  readonly hint: string;

  constructor(code: ErrorCode, where: Where, what: string, options: { cause?: unknown; hint?: string } = {}) {
    super(`${formatPlace(where)}error ${code} ${where.path ? `${where.path}: ` : ''}${what}`, { cause: options.cause });
    this.code = code;
    this.where = where;
    this.what = what;
    this.hint = options.hint ?? catalogue[code].hint;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isNamed(value, 'CaducusError');
  }

  /** The exit code of a program that ends with this error. */
  get exit(): number {
    return catalogue[this.code].exit;
  }
}

/** Several problems of one file, reported together so that they can be mended together. */
export class CaducusErrors extends Error {
  override readonly name = 'CaducusErrors';
  readonly errors: readonly CaducusError[];
  constructor(errors: readonly CaducusError[]) {
    super(errors.map((e) => e.message).join('\n'));
    this.errors = errors;
  }
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isNamed(value, 'CaducusErrors');
  }

  get exit(): number {
    return this.errors[0]?.exit ?? catalogue.CAD001.exit;
  }
}

function formatPlace({ file, line, column }: Where): string {
  if (!file) return '';
  if (line === undefined) return `${file}  `;
  return `${file}:${line}${column === undefined ? '' : `:${column}`}  `;
}
