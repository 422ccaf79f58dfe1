// A week in the log of a shop, the same on every machine: `node examples/week.mjs > app.log`. Three services that swing with
// the day, a backup every night, errors that are usual, a deploy on Thursday, an outage on Friday morning, and on Sunday an
// error that means nothing.
const start = Date.UTC(2026, 2, 2);
const minute = 60_000;
const day = 1440 * minute;

let seed = 20_260_302;
/** From 0 up to 1: a linear congruential generator (Numerical Recipes). */
function random() {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
}
const number = (most) => Math.floor(random() * most);

const lines = [];
const add = (time, level, service, text) => lines.push([time, `${new Date(time).toISOString()} ${level} ${service}: ${text}`]);
/** About so many at random moments of a minute. */
const some = (rate, line) => {
  for (let n = Math.floor(rate + random()); n > 0; n -= 1) line(number(minute));
};

for (let time = start; time < start + 7 * day; time += minute) {
  const hour = (time - start) / (60 * minute);
  const [today, ofDay] = [Math.floor(hour / 24), hour % 24];
  /** More by day than by night. */
  const load = 1 + 0.7 * Math.sin(((ofDay - 8) / 24) * 2 * Math.PI);
  const outage = today === 4 && ofDay >= 3.1 && ofDay < 3.6;
  some(1.5 * load, (at) => add(time + at, 'INFO', 'orders', `order ${10_000 + number(80_000)} placed, ${5 + number(200)} items in basket`));
  some(0.8 * load, (at) => add(time + at, 'INFO', 'billing', `charged ${1 + number(400)}.00 EUR for order ${10_000 + number(80_000)}`));
  some(1.2 * load, (at) => add(time + at, 'INFO', 'auth', `session for user ${number(5000)} opened`));
  some(0.03 * load, (at) => add(time + at, 'ERROR', 'billing', `card of order ${10_000 + number(80_000)} was declined`));
  if (ofDay >= 2 && ofDay < 2.25) add(time + number(minute), 'WARN', 'orders', `backup: table orders_${number(40)} is locked for reading`);
  if (today === 3 && ofDay >= 10 && ofDay < 10.1) {
    some(3, (at) => add(time + at, 'WARN', 'orders', `cache of catalogue ${number(60)} is cold`));
    some(1, (at) => add(time + at, 'INFO', 'orders', `worker ${number(8)} started with version v42`));
  }
  if (outage) {
    some(4, (at) => add(time + at, 'ERROR', 'orders', `no connection from pool after ${3000 + number(2000)} ms`));
    some(2, (at) => add(time + at, 'ERROR', 'billing', `order ${10_000 + number(80_000)} not charged: database is not there`));
  }
  if (today === 6 && ofDay === 12)
    add(time + 7000, 'ERROR', 'auth', 'certificate of partner shop-7 could not be read, kept the one before');
}
process.stdout.write(
  `${lines
    .toSorted(([a], [b]) => a - b)
    .map(([, line]) => line)
    .join('\n')}\n`,
);
