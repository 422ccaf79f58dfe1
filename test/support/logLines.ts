/** Words that look like nothing but words, different for each number. */
export function wordOf(n: number): string {
  let word = '';
  for (let x = (Math.imul(n + 1, 0x9e3779b1) >>> 0) + n; word.length < 7; x = Math.floor(x / 26) + (word.length + 1) * 7919)
    word += 'ghijklmnopqrstuvwxyzghijkl'[x % 26];
  return word;
}

/** Lines as services write them: a few statements, each with fresh values. */
export function logLines(count: number): string[] {
  const statements = [
    (i: number) => `Received block blk_${i * 7919} of size ${i * 31} from /10.0.${i % 7}.${i % 250}`,
    (i: number) => `session opened for user ${wordOf(i % 40)} by (uid=${i % 3})`,
    (i: number) => `PacketResponder ${i % 3} for block blk_${i * 104729} terminating`,
    (i: number) => `Registering class com.acme.${wordOf(i % 30)}.Event for class com.acme.${wordOf((i * 3) % 50)}.Handler`,
    (i: number) => `acquire lock=${i}, tag="${wordOf(i % 9)}", name=${i % 2 ? 'android' : 'com.acme.phone'}, ws=null`,
    () => 'check pass; user unknown',
    (i: number) => `disk ${['full', 'failed'][i % 2]} on dn${i % 5}`,
  ];
  return Array.from({ length: count }, (_, i) => statements[(i * 5 + (i >> 3)) % statements.length]!(i));
}
