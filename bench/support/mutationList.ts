/** A line that guards what must not be lost, what breaks it, and the tests that have to notice. */
export type Mutation = readonly [file: string, from: string, to: string, spec: string];

const specs = {
  radar: 'test/memory/ranking/makeRadar.test.ts',
  outbox: 'test/sinks/webhook/outbox.test.ts',
  underWay: 'test/sinks/webhook/underWay.test.ts',
  generation: 'test/sources/file/openGeneration.test.ts',
  /** Not a spec: `caducus test` of the shipped pipelines. */
  pipelines: 'pipelines',
  checkpointer: 'test/run/checkpoint/checkpointer.test.ts',
  checkpoints: 'test/store/checkpoint/checkpoints.test.ts',
  journal: 'test/store/journal.test.ts',
  lock: 'test/store/lock.test.ts',
  http: 'test/sources/http.test.ts',
  webhook: 'test/sinks/webhook.test.ts',
  heartbeat: 'test/sinks/heartbeat.test.ts',
  ndjson: 'test/sinks/ndjson.test.ts',
  segments: 'test/sinks/segments.test.ts',
  chains: 'test/sources/file/chains.test.ts',
  follow: 'test/sources/file/follow.test.ts',
  ingress: 'test/run/intake/ingress.test.ts',
  sqs: 'test/sources/sqs.test.ts',
  redact: 'test/redact/*.test.ts',
};

/** What finds: the tests in the shipped pipelines have to notice. */
const judging: readonly Mutation[] = [
  ['src/memory/judge/stateWord.ts', "if (above >= MOVED) return 'rising'", "if (above < MOVED) return 'rising'", specs.pipelines],
  ['src/memory/ranking/makeRadar.ts', 'standing(b) - standing(a)', 'standing(a) - standing(b)', specs.radar],
  ['src/safeguards/budget/judge.ts', 'if (!alarm && ratio >= threshold.at)', 'if (!alarm && ratio < threshold.at)', specs.pipelines],
  [
    'src/safeguards/budget/judge.ts',
    'rate.longMultiple >= below && rate.shortMultiple >= below',
    'rate.longMultiple < below && rate.shortMultiple >= below',
    specs.pipelines,
  ],
  ['src/findings/rules/checks.ts', 'rankLevel(level ?? undefined) >= least', 'rankLevel(level ?? undefined) < least', specs.pipelines],
];

const guarding: readonly Mutation[] = [
  // What is committed is on disk.
  [
    'src/run/checkpoint/checkpointer.ts',
    'await this.#checkpoints.finish(head);',
    'void this.#checkpoints.finish(head).catch(() => {});',
    specs.checkpointer,
  ],
  ['src/run/checkpoint/checkpointer.ts', 'if (this.#stopped) return', 'if (false) return', specs.checkpointer],
  ['src/store/checkpoint/checkpointWriter.ts', 'if (this.#fsync) await this.#file.sync();', '', specs.checkpoints],
  ['src/store/checkpoint/checkpoints.ts', 'if (text.slice(0, cut) !== sumUp(body)) return', 'if (false) return', specs.checkpoints],
  ['src/store/checkpoint/checkpoints.ts', "if (hash.digest('hex') !== sum) return", 'if (false) return', specs.checkpoints],
  ['src/store/checkpoint/checkpointWriter.ts', 'this.#kept.slice(0, -this.#keep)', 'this.#kept.slice(0, -1)', specs.checkpoints],
  ['src/io.ts', 'if (fsync !== false) await file.sync();', '', specs.checkpoints],
  ['src/io.ts', 'if (fsync === true) await files.syncFolder(dirname(path));', '', specs.checkpoints],
  ['src/store/journal.ts', 'if (group.some(({ sync }) => sync)) await this.#file.sync();', '', specs.journal],
  ['src/store/journal.ts', 'await this.#files.syncFolder(this.#folder);', '', specs.journal],
  ['src/sinks/ndjson.ts', 'if (from !== null) await file.truncate(from.offset);', '', specs.ndjson],
  ['src/sinks/outputFile.ts', 'await writeAll(this.#file, bytes, this.offset);', 'await writeAll(this.#file, bytes);', specs.ndjson],
  ['src/store/segments/segments.ts', 'if (size > length) {', 'if (false) {', specs.segments],
  // One writer.
  ['src/store/lock.ts', '(await findStart(io, holder.pid)) === holder.started', 'true', specs.lock],
  ['src/store/lock.ts', 'if (makeToken(await read(io, path)) === mine.token) return;', 'return;', specs.lock],
  [
    'src/store/lock.ts',
    'if (makeToken(await read(io, path)) === mine.token) await io.files.remove(path);',
    'await io.files.remove(path);',
    specs.lock,
  ],
  ['src/store/lock.ts', '|| now.counter !== holder.counter', '', specs.lock],
  ['src/store/lock.ts', 'if (now - last > stall) await confirm();', '', specs.lock],
  // Who may send, and what came twice.
  ['src/sources/http/auth.ts', 'token === null || proofs(', 'token !== null || proofs(', specs.http],
  ['src/sources/http/auth.ts', "typeof given === 'string' && given.split", "typeof given === 'string' || `${given}`.split", specs.http],
  ['src/sources/http/journalled.ts', 'if (known.has(id)) {', 'if (false) {', specs.http],
  ['src/run/intake/recentIds.ts', 'if (this.#ids.has(id)) return true;', '', specs.ingress],
  ['src/sources/sqs/ledger.ts', 'if (this.#known.has(hash)) {', 'if (false) {', specs.sqs],
  // What people are told.
  ['src/sinks/webhook/exchange.ts', "redirect: 'manual'", "redirect: 'follow'", specs.webhook],
  ['src/sinks/webhook/pump.ts', 'outbox.wake(io.monotonic());', '', specs.underWay],
  ['src/sinks/webhook/pump.ts', 'if ((begin || isPart) && !isReplaced) return;', 'if (isPart && !isReplaced) return;', specs.webhook],
  ['src/sinks/webhook/outbox.ts', '(isNew ? 10 : 0)', '0', specs.outbox],
  [
    'src/sinks/webhook/outbox.ts',
    'if (letter.finding === sent) this.#letters.delete(sent.id);',
    'if (letter.finding !== sent) this.#letters.delete(sent.id);',
    specs.webhook,
  ],
  ['src/base/readStart.ts', 'if (length >= maxBytes) break;', '', specs.webhook],
  ['src/sinks/webhook/fallback.ts', 'if (this.#io.now() - since < this.#after) return;', '', specs.webhook],
  ['src/sinks/heartbeat.ts', '!signal.radar.open && ', '', specs.heartbeat],
  // Files to their ends.
  ['src/sources/file/follow.ts', 'if (other.chain !== chain || !activity?.waits) continue;', 'continue;', specs.chains],
  ['src/sources/file/follow.ts', 'if (damage?.isCut)', 'if (false)', specs.chains],
  ['src/sources/file/fileFinder.ts', '(newest >= 0 && at > newest) || file.modified > last', 'false', specs.chains],
  ['src/sources/file/fileFinder.ts', '!(await isCompressedTwin(this.#files, file.path))', 'true', specs.chains],
  ['src/sources/file/openGeneration.ts', 'if (`${dev}:${ino}` !== this.node) {', 'if (false) {', specs.generation],
  ['src/sources/file/fileReader.ts', 'const isStart = this.#fed === this.#skipped;', 'const isStart = false as boolean;', specs.chains],
  ['src/sources/toSignals.ts', 'ids.nth = generationsBefore(ids.first);', '', specs.chains],
  // What is not written down.
  ['src/redact/maskSecrets.ts', 'if (suspicion === null) break;', 'break;', specs.redact],
  ['src/redact/secretName.ts', '|| camelPass.test(name)', '', specs.redact],
];

export const mutationList: readonly Mutation[] = [...judging, ...guarding];
