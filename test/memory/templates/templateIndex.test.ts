// One file, because each case is a few lines and the templates they give.
import { expect } from 'chai';
import fc from 'fast-check';
import { TemplateIndex, type TemplateLimits } from '../../../src/memory/templates/templateIndex.ts';
import { makePattern } from '../../../src/memory/topics/label.ts';
import { logLines, wordOf } from '../../support/logLines.ts';

const indexOf = (lines: readonly string[], limits: Partial<TemplateLimits> = {}): TemplateIndex => {
  const index = new TemplateIndex({ group: 'g', limits });
  lines.forEach((line, i) => index.learn(line, i * 1000, `e${i}`));
  return index;
};
const patterns = (lines: readonly string[]): string[] => Array.from(indexOf(lines).all(), makePattern);
const counted = (index: TemplateIndex): number => [...index.all()].reduce((sum, t) => sum + t.count, 0);

/** A few words and values in any order: lines that collide, merge and differ. */
const lineArb = fc
  .array(
    fc.oneof(
      fc.constantFrom('user', 'failed', 'for', 'host', 'a=', 'b', '"x"', 'com.acme.A', 'com.acme.B', 'on'),
      fc.nat(99).map(String),
      fc.nat(30).map(wordOf),
      fc.nat(9).map((n) => `dn${n}`),
      fc.constantFrom('k:v', '(1.2)', '[A]', '[B]', 'dn1:all'),
    ),
    { maxLength: 7 },
  )
  .map((words) => words.join(' '));

describe('TemplateIndex', () => {
  it('tells statements apart by their constants', () => {
    expect(patterns(['disk full on dn1', 'disk failed on dn2', 'disk full on dn3'])).to.deep.equal([
      'disk full on <host>',
      'disk failed on dn2',
    ]);
  });

  it('keeps a few words in one place apart', () => {
    expect(patterns(['job entered state RUNNING now', 'job entered state FAILED now', 'job entered state QUEUED now'])).to.have.length(3);
  });

  it('makes a value of a place that many words were seen in', () => {
    const lines = Array.from({ length: 8 }, (_, i) => `closing ${wordOf(i)} for good`);
    expect(patterns(lines)).to.deep.equal(['closing <*> for good']);
  });

  it('needs less where a word says that a name follows', () => {
    expect(patterns(['session closed for user root', 'session closed for user news', 'session closed for user cyrus'])).to.have.length(1);
  });

  it('does not take for a name what became of something', () => {
    expect(patterns(['node up now', 'node down now', 'node lost now', 'node failed now'])).to.have.length(4);
    const fates = ['started', 'stopped', 'failed', 'finished', 'cancelled', 'expired', 'resumed', 'aborted'];
    expect(patterns(fates.map((fate) => `the job was ${fate} again`))).to.have.length(8);
    expect(patterns(['node alpha left', 'node beta left', 'node gamma left'])).to.have.length(1);
  });

  it('needs least where values stood by their shape', () => {
    expect(patterns(['login for user 17 failed', 'login for user bob failed'])).to.have.length(1);
  });

  it('merges lines whose names all differ at once', () => {
    const lines = ['a.B for c.D', 'e.F for g.H', 'i.J for k.L'].map((names) => `Registering ${names} done`);
    expect(patterns(lines)).to.deep.equal(['Registering <*> for <*> done']);
  });

  it('takes a bare host with a port for a host where hosts stand', () => {
    expect(patterns(['wpad:80 error : no route', 'a.example.com:80 error : no route'])).to.have.length(1);
  });

  it('takes letters a to f for an id where ids stand', () => {
    expect(patterns(['window{9f4ef63} is hidden', 'window{ffbaaab} is hidden'])).to.have.length(1);
    expect(patterns(['the facade is hidden', 'the decade is hidden'])).to.have.length(2);
  });

  it('takes yes and no for answers in a field, and for words in a sentence', () => {
    expect(patterns(["sleep 'connected': Yes, took 3 s", "sleep 'connected': No, took 4 s"])).to.have.length(1);
    expect(patterns(['power is on again', 'power is off again'])).to.have.length(2);
  });

  it('takes a word for a name in a field that names stood in', () => {
    const named = (name: string): string => `surface (name=${name}) destroyed`;
    expect(patterns(['com.acme.Main', 'com.acme.Home', 'Toast'].map(named))).to.have.length(1);
    expect(patterns(['Bread', 'Ham', 'Toast'].map(named))).to.have.length(3);
  });

  it('takes a word for a value beside a value, where lines have one value in place of both', () => {
    const words = Array.from({ length: 6 }, (_, i) => `Setting up ${wordOf(i)} (1.${i}) now`);
    const values = ['Setting up libc-2.36 (2.36) now', 'Setting up z7b1 (9.1) now'];
    expect(patterns(words)).to.deep.equal(['Setting up <*> (<n>) now']);
    for (const lines of [
      [...words, ...values],
      [...values, ...words],
    ]) {
      const index = indexOf([...lines, `Setting up ${wordOf(99)} (3.3) now`]);
      expect(Array.from(index.all(), makePattern)).to.deep.equal(['Setting up <*> now']);
      expect(counted(index)).to.equal(9);
    }
  });

  it('takes what is glued to a value by a colon as part of it, where enough words stood', () => {
    const names = Array.from({ length: 6 }, (_, i) => wordOf(i));
    const lines = [...names.map((name) => `install ${name}:all 1.2 done`), ...names.map((name) => `install ${name} 1.2 done`)];
    expect(patterns(lines)).to.deep.equal(['install <*> done']);
    expect(patterns(['install 5:all done', 'install 5 done'])).to.have.length(2);
  });

  it('takes a name with a part behind a colon for a name', () => {
    const lines = ['com.acme.a', 'com.acme.b', 'com.acme.c', 'com.acme.d:push'].map((name) => `update of ${name} ended`);
    expect(patterns(lines)).to.deep.equal(['update of <*> ended']);
  });

  it('takes fields that differ in the last letter for numbered with letters', () => {
    expect(patterns(['interrupt link [LNKA] on', 'interrupt link [LNKB] on'])).to.have.length(1);
    expect(patterns(['we sent it', 'we send it'])).to.have.length(2);
  });

  it('never makes a line of values alone', () => {
    expect(patterns(Array.from({ length: 40 }, (_, i) => wordOf(i)))).to.have.length(40);
  });

  it('gives a template the same id for life, and follows the ids of those merged into it', () => {
    const index = new TemplateIndex({ group: 'g' });
    const ids = ['root', 'news', 'cyrus'].map((user, i) => index.learn(`session closed for user ${user}`, i, `e${i}`)!.id);
    expect(new Set(ids.map((id) => index.get(id)!.id))).to.deep.equal(new Set([ids[0]]));
    expect(index.takeLineage().map(({ into, at }) => [into, at])).to.deep.equal([
      [ids[0], 2],
      [ids[0], 2],
    ]);
    expect(index.takeLineage()).to.deep.equal([]);
    expect(ids[0]).to.match(/^[a-z2-9]{16}$/);
  });

  it('founds the same ids in the same group and others in another', () => {
    const idIn = (group: string): string => new TemplateIndex({ group }).learn('disk full', 0, 'e')!.id;
    expect(idIn('g')).to.equal(idIn('g')).and.not.to.equal(idIn('h'));
  });

  it('counts every line in exactly one template, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(lineArb, { maxLength: 60 }), (lines) => {
        const index = indexOf(lines);
        expect(counted(index)).to.equal(lines.length);
        for (const template of index.all()) for (const alias of template.aliases) expect(index.get(alias)).to.equal(template);
      }),
      { numRuns: 200 },
    );
  });

  it('counts every line under caps as well: live, evicted or overflowed', () => {
    const lines = Array.from({ length: 3000 }, (_, i) => Array.from({ length: 12 }, (_w, k) => wordOf(i * 12 + k)).join(' '));
    const index = indexOf(lines, { maxTemplates: 64 });
    const evicted = index.takeEvicted();
    expect(index.size).to.be.at.most(66);
    expect(index.evictions).to.equal(evicted.length).and.to.be.greaterThan(0);
    expect(index.overflowed).to.be.greaterThan(2000);
    expect(counted(index) + evicted.reduce((sum, t) => sum + t.count, 0)).to.equal(lines.length);
  });

  it('knows a template that was evicted when its lines come again, others merged into it included', () => {
    const index = new TemplateIndex({ group: 'g', limits: { maxTemplates: 32 } });
    const users = Array.from({ length: 3 }, (_, i) => index.learn(`session closed for user ${wordOf(i)}`, i, `e${i}`)!.id);
    const plain = index.learn('the one line', 3, 'e3')!.id;
    for (let i = 0; i < 32; i++) for (let k = 0; k < 33; k++) index.learn(`${wordOf(i + 50)} ${wordOf(i + 100)} gone`, 4 + i, `f${i}`);
    expect([users[0]!, plain].map((id) => index.get(id))).to.deep.equal([undefined, undefined]);
    const reloaded = new TemplateIndex({ group: 'g', limits: { maxTemplates: 32 } });
    reloaded.load(JSON.parse(JSON.stringify(index.save())));
    for (const one of [index, reloaded]) {
      expect(one.learn(`session closed for user ${wordOf(9)}`, 99, 'g1')!.id).to.equal(users[0]);
      expect(users.map((id) => one.get(id)!.id)).to.deep.equal(users.map(() => users[0]));
      expect(one.learn('the one line', 99, 'g2')!.id).to.equal(plain);
      expect(one.get(plain)!.count).to.equal(1);
    }
    expect(reloaded.save()).to.deep.equal(index.save());
  });

  it('keeps apart what it is told to keep apart, whatever comes', () => {
    const index = new TemplateIndex({ group: 'g', keep: (token) => /^\d{3}$/.test(token), mask: (token) => token.startsWith('job-') });
    const codes = Array.from(
      { length: 40 },
      (_, i) => index.learn(`job-${wordOf(i)} ended with ${200 + (i % 20)} "${wordOf(i)}"`, i, `e${i}`)!.id,
    );
    expect(new Set(codes.map((id) => index.get(id)!.id)).size).to.equal(20);
    for (let i = 0; i < 20; i++) index.learn(`code is ${wordOf(i)} now`, 50, `w${i}`);
    expect(makePattern(index.learn('code is 404 now', 60, 'x')!)).to.equal('code is 404 now');
  });

  it('keeps what is frequent when it must forget', () => {
    const index = new TemplateIndex({ group: 'g', limits: { maxTemplates: 16 } });
    const id = index.learn('the one that stays', 0, 'e')!.id;
    for (let i = 0; i < 2000; i++) index.learn(i % 2 ? 'the one that stays' : `${wordOf(i)} ${wordOf(i + 1)} gone`, i, `e${i}`);
    expect(index.get(id)!.count).to.equal(1001);
  });

  it('goes on after a restart as if nothing had been, bit for bit', () => {
    const lines = logLines(600);
    const whole = indexOf(lines);
    for (const cut of [1, 17, 100, 256, 431, 599]) {
      const first = indexOf(lines.slice(0, cut));
      const second = new TemplateIndex({ group: 'g' });
      second.load(JSON.parse(JSON.stringify(first.save())));
      lines.slice(cut).forEach((line, i) => second.learn(line, (cut + i) * 1000, `e${cut + i}`));
      expect(second.save()).to.deep.equal(whole.save());
    }
  });

  it('goes on after a restart with any lines and small caps', () => {
    fc.assert(
      fc.property(fc.array(lineArb, { minLength: 2, maxLength: 80 }), fc.nat(), (lines, n) => {
        const limits = { maxTemplates: 8, maxSlotValues: 2, maxSignatures: 4 };
        const cut = n % lines.length;
        const second = new TemplateIndex({ group: 'g', limits });
        second.load(indexOf(lines.slice(0, cut), limits).save());
        lines.slice(cut).forEach((line, i) => second.learn(line, (cut + i) * 1000, `e${cut + i}`));
        expect(second.save()).to.deep.equal(indexOf(lines, limits).save());
      }),
      { numRuns: 200 },
    );
  });

  it('groups lines the same in any order', () => {
    const lines = logLines(400);
    const groups = (order: number[]): string[] => {
      const index = new TemplateIndex({ group: 'g' });
      const ids = new Map(order.map((i) => [i, index.learn(lines[i]!, i, `e${i}`)!.id]));
      const members = new Map<string, number[]>();
      lines.forEach((_, i) => {
        const id = index.get(ids.get(i)!)!.id;
        members.set(id, [...(members.get(id) ?? []), i]);
      });
      return [...members.values()].map(String).sort();
    };
    const forward = lines.map((_, i) => i);
    expect(groups([...forward].reverse())).to.deep.equal(groups(forward));
    expect(groups(forward.map((i) => (i * 173) % lines.length))).to.deep.equal(groups(forward));
  });

  it('learns nothing when frozen, and counts what it does not know', () => {
    const learned = indexOf(logLines(200));
    const frozen = new TemplateIndex({ group: 'g', freeze: true });
    frozen.load(learned.save());
    expect(frozen.learn('check pass; user unknown', 0, 'e')!.id).to.equal(learned.learn('check pass; user unknown', 0, 'e')!.id);
    expect(frozen.learn('never heard of this', 0, 'e')).to.equal(null);
    expect(frozen.unknown).to.equal(1);
    expect(counted(frozen)).to.equal(200);
  });

  it('takes hostile words as words', () => {
    const index = indexOf(['__proto__ = constructor', 'toString __proto__ 5', '__proto__']);
    expect(counted(index)).to.equal(3);
    expect(Object.prototype).to.not.have.property('count');
  });

  it('survives any text', () => {
    const index = new TemplateIndex({ group: 'g' });
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const template = index.learn(text, 0, 'e')!;
        expect(makePattern(template)).to.be.a('string');
      }),
      { numRuns: 1000 },
    );
  });
});
