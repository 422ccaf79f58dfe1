import { expect } from 'chai';
import { GroupMemory } from '../../../src/memory/groupMemory.ts';
import { LEXICAL_MODEL, embedLexical } from '../../../src/memory/text/lexical.ts';
import type { MemoryOptions } from '../../../src/memory/memoryOptions.ts';
import type { TextVector } from '../../../src/memory/topics/vectors.ts';
import { toIso } from '../../../src/event.ts';
import { foldRows } from '../../../src/memory/ranking/foldRows.ts';
import type { Blip } from '../../../src/signal.ts';

const minute = 60_000;
const day = 1440 * minute;
const options: MemoryOptions = {
  windowMs: minute,
  earlyMs: 0,
  warmupMs: 0,
  periodMs: 86_400_000,
  halfLifeMs: 86_400_000,
  similarityThreshold: 0.9,
  maxTemplates: 100,
  maxTopics: 100,
  lexical: false,
};
const inSpace = (space: string, vectors: Record<string, number[]>): TextVector[] =>
  Object.entries(vectors).map(([text, vector]) => ({ text, vector, space }));

/** A group that is told lines and vectors. */
class Told {
  memory = new GroupMemory('g', options);
  #n = 0;

  /** Lines in the window of that minute. */
  say(at: number, ...texts: string[]): this {
    for (const text of texts)
      this.memory.observe({ id: String(this.#n++), timestamp: toIso(0), source: 's', group_id: 'g', text, metadata: {} }, at * minute);
    return this;
  }

  /** Closes the window of that minute; rows, as a radar has them. */
  close(at: number): Blip[] {
    const blips: Blip[] = [];
    this.memory.tick((at + 1) * minute, (blip) => blips.push(blip));
    return foldRows(blips);
  }

  restart(): this {
    this.memory = GroupMemory.load(JSON.parse(JSON.stringify(this.memory.save())), options);
    return this;
  }
}

const same = [1, 0];
const other = [0, 1];
const byId = (blips: readonly Blip[]) => new Map(blips.map((blip) => [blip.topic_id, blip]));

describe('a group whose vectors come from outside', () => {
  it('calls a new wording of a topic known for a day no news', () => {
    const told = new Told().say(0, 'connection refused', 'disk full');
    told.memory.takeVectors(inSpace('m', { 'connection refused': same, 'disk full': other }));
    told.close(0);
    for (let due = told.memory.due(); due !== null && due <= day; due = told.memory.due()) told.close(due / minute - 1);
    told.say(day / minute, 'peer not listening', 'connection refused', 'peer not listening');
    told.memory.takeVectors(inSpace('m', { 'peer not listening': same }));
    const [blip, ...rest] = told.close(day / minute).filter(({ count }) => count > 0);
    expect(rest).to.deep.equal([]);
    expect(blip).to.include({ count: 3, templates: 2, total: 4, label: 'connection refused', weight: 0.5 });
    expect(blip!.state).to.not.equal('new');
    expect(blip!.merged ?? []).to.deep.equal([]);
  });

  it('compares texts that share no word, and never joins opposites', () => {
    const told = new Told().say(0, 'link up', 'carrier regained', 'link down');
    told.memory.takeVectors(inSpace('m', { 'link up': same, 'carrier regained': same, 'link down': same }));
    expect(told.close(0).map(({ label, count }) => [label, count])).to.deep.equal([
      ['link up', 2],
      ['link down', 1],
    ]);
  });

  it('keeps every id when a stand-in is replaced, and lets what is new join what was replaced', () => {
    const told = new Told().say(0, 'connection refused', 'peer not listening');
    expect(told.memory.known.wants(null)).to.deep.equal(['connection refused', 'peer not listening']);
    told.memory.takeVectors(
      ['connection refused', 'peer not listening'].map((text) => ({ text, vector: embedLexical(text), space: LEXICAL_MODEL })),
    );
    const before = told.close(0);
    expect(told.memory.known.wants(null)).to.deep.equal([]);
    expect(told.memory.known.wants('m')).to.deep.equal(['connection refused', 'peer not listening']);
    told.memory.takeVectors(inSpace('m', { 'connection refused': same, 'peer not listening': same }));
    expect(told.memory.known.wants('m')).to.deep.equal([]);
    told.say(1, 'connection refused', 'peer not listening', 'socket declined');
    told.memory.takeVectors(inSpace('m', { 'socket declined': same }));
    const after = byId(told.close(1));
    expect([...after.keys()]).to.have.members(before.map(({ topic_id: id }) => id));
    expect(after.get(before[0]!.topic_id)).to.include({ count: 2, templates: 2 });
  });

  it('takes no stand-in for a vector it has', () => {
    const told = new Told().say(0, 'connection refused');
    told.memory.takeVectors(inSpace('m', { 'connection refused': same }));
    told.memory.takeVectors([{ text: 'connection refused', vector: embedLexical('connection refused'), space: LEXICAL_MODEL }]);
    expect(told.memory.known.wants('m')).to.deep.equal([]);
  });

  it("asks for its vectors again after a restart, and takes another model's in their place", () => {
    const told = new Told().say(0, 'connection refused', 'disk full');
    told.memory.takeVectors(inSpace('m', { 'connection refused': same, 'disk full': other }));
    const ids = told.close(0).map(({ topic_id: id }) => id);
    expect(JSON.stringify(told.memory.save())).to.not.include('"vector"');
    told.restart();
    expect(told.memory.known.wants(null)).to.deep.equal(['connection refused', 'disk full']);
    told.memory.takeVectors(inSpace('m2', { 'connection refused': same, 'disk full': same }));
    told.say(1, 'connection refused', 'disk full');
    expect(told.close(1).map(({ topic_id: id }) => id)).to.deep.equal(ids);
  });
});
