/** Words that say nothing about what happened. */
const stopWords = new Set(
  (
    'a an and are as at be been being but by can could did do does for from had has have if in into is it its no not of off on ' +
    'or our out over so such than that the their them then there these they this those through to under up was we were when ' +
    'where which while who will with would you your via per after before during about between within'
  ).split(' '),
);

/**
 * Words that say how something ended or which way it went. Lines that differ in one of them are different events,
 * however alike they are otherwise: "session opened for user" and "session closed for user".
 */
const outcomes = new Map<string, string>();
for (const forms of [
  'start starts started starting',
  'stop stops stopped stopping',
  'open opens opened opening',
  'close closes closed closing',
  'connect connects connected connecting',
  'disconnect disconnects disconnected disconnecting',
  'success successful successfully succeeded succeeds',
  'fail fails failed failing failure failures',
  'error errors',
  'exception exceptions',
  'accept accepts accepted accepting',
  'reject rejects rejected rejecting',
  'refuse refused',
  'deny denied denies',
  'allow allowed allows',
  'create creates created creating',
  'delete deletes deleted deleting',
  'remove removes removed removing',
  'add adds added adding',
  'enable enabled enabling',
  'disable disabled disabling',
  'begin begins began beginning',
  'end ends ended ending',
  'finish finishes finished',
  'complete completes completed',
  'terminate terminates terminated terminating',
  'interrupt interrupted',
  'abort aborts aborted',
  'cancel cancelled canceled',
  'timeout timeouts timed',
  'expire expires expired',
  'retry retries retrying',
  'resume resumes resumed',
  'suspend suspended',
  'send sends sent sending',
  'receive receives received receiving',
  'read reads reading',
  'write writes wrote written writing',
  'lock locked locks',
  'unlock unlocked',
  'lost',
  'found',
  'up',
  'down',
  'valid',
  'invalid',
  'available',
  'unavailable',
  'reachable',
  'unreachable',
  'online',
  'offline',
  'enter enters entered entering',
  'leave leaves left leaving',
  'exit exits exited exiting',
  'true',
  'false',
  'yes',
  'not no',
  'load loads loaded',
  'unload unloaded',
  'served',
  'off',
  'reset resets',
  'severed',
  'blocked',
  'unblocked',
  'mount mounts mounted',
  'unmount unmounted umount',
  'attach attached',
  'detach detached',
  'login logon',
  'logout logoff',
  'insert inserted',
  'increase increased increasing',
  'decrease decreased decreasing',
  'healthy',
  'unhealthy',
  'primary',
  'secondary',
  'master leader',
  'slave follower',
  'input',
  'output',
  'minimum min',
  'maximum max',
  'before',
  'after',
  'request requests requested',
  'response responses reply',
  'first',
  'last',
  'small',
  'big large',
  'high',
  'low',
  'full',
  'empty',
  'active',
  'inactive',
  'known',
  'unknown',
]) {
  const [base, ...others] = forms.split(' ') as [string, ...string[]];
  for (const form of [base, ...others]) outcomes.set(form, base);
}

/** Words of letters (of any script), in the order they stand, in lower case. */
export function splitWords(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}

/** The distinct words of a text that carry its meaning. */
export function contentWords(text: string): string[] {
  const found = new Set<string>();
  for (const word of splitWords(text)) if (word.length > 1 && !stopWords.has(word)) found.add(word);
  return [...found];
}

/** Which outcomes a text tells of, as one key: equal keys may be the same event. */
export function outcomeKey(text: string): string {
  const found = new Set<string>();
  for (const word of splitWords(text)) {
    const base = outcomes.get(word);
    if (base !== undefined) found.add(base);
  }
  return [...found].toSorted().join(' ');
}

/** The base form of a word in lower case that says how something ended. */
export function readOutcome(word: string): string | undefined {
  return outcomes.get(word);
}

/** Whether a word, whatever its case, says how something ended. */
export function isOutcome(word: string): boolean {
  return outcomes.has(word.toLowerCase());
}

export function isStopWord(word: string): boolean {
  return stopWords.has(word);
}
