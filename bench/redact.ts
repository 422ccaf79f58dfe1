/**
 * What redaction costs a line: ordinary lines, which must cost less than a microsecond, and lines that hold a secret.
 *
 *     node --import=tsx bench/redact.ts [lines]
 */
import { readFileSync } from 'node:fs';
import { Redactor } from '../src/redact/redactor.ts';

const wanted = Number(process.argv[2] ?? 200_000);
const rounds = 7;

const demo = readFileSync('fixtures/demo_hdfs_sample.csv', 'utf8').trim().split('\n').slice(1);
const ordinary = demo.filter((line) => new Redactor(['secrets']).text(line) === line);
const holding = ordinary.map((line, i) => `${line} password=hunter${i}`);

/** Nanoseconds a line: the best of several rounds, so that a busy machine does not count. */
function perLine(lines: readonly string[]): number {
  const redactor = new Redactor(['secrets']);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const from = performance.now();
    for (let i = 0; i < wanted; i += 1) redactor.text(lines[i % lines.length]!);
    best = Math.min(best, performance.now() - from);
  }
  return (best / wanted) * 1e6;
}

const characters = Math.round(ordinary.reduce((sum, line) => sum + line.length, 0) / ordinary.length);
console.log(`ordinary lines    ${perLine(ordinary).toFixed(0).padStart(6)} ns a line (${characters} characters)`);
console.log(`with a password   ${perLine(holding).toFixed(0).padStart(6)} ns a line`);
