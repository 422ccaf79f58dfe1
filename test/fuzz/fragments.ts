/** Pieces of real input for each target. */
export const ndjson = [
  '{"id":"a","timestamp":"2024-05-01T10:00:00Z","source":"s","group_id":"g","text":"t","metadata":{}}\n',
  '{"time":1714557600,"msg":"m","__proto__":{"x":1}}\n', '{"level":30,"time":1714557600000,"msg":"x","nested":{"constructor":{"prototype":{"y":1}}}}\n',
  '{"@timestamp":"2024-05-01T10:00:00.123+02:00","message":"m"}\n', '{"msg":"\\ud800"}\n', '[1,2]\n', '"x"\n', '{"a":', '[[[[[[', '{"a":{"a":{"a":{', '\n', 'x'.repeat(190),
];
export const csv = [
  'timestamp,message,level\n', '2024-05-01T10:00:00Z,"a, b",INFO\n', '2024-05-01T10:00:00Z,"open', '"a ""b"" c"', 'date,time,content\n', '081109,203615,hello\n',
  '__proto__,constructor,timestamp\n', '1,2,3\n', ',,,\n', ';', '|', '\t', '"', '""', '\r\n', '\n\n', 'x'.repeat(190),
];
export const lines = [
  '2024-05-01 10:00:00,123 INFO [main] a.b.C: hello\n', 'Jun 14 15:16:01 combo sshd(pam_unix)[19939]: x\n', '\tat a.b(C.java:1)\n', 'Caused by: x\n',
  'Traceback (most recent call last):\n', '  File "a.py", line 1\n', '2024-05-01T10:00:00.123456789Z stdout P part', '<34>1 2003-10-11T22:14:15.003Z h a - - - x\n',
  '<191>', 'I0614 15:16:01.123456 1 f.go:1] k\n', '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 1\n', '{"log":"x\\n","stream":"stdout","time":"2024-05-01T10:00:00Z"}\n',
  'level=info ts=2024-05-01T10:00:00Z msg="a b" k=\n', '1714557600 x\n', '- 1117838570 2005.06.03 R02 2005-06-03-15.42.50.675872 R02 RAS KERNEL INFO x\n', '99:99:99 31/31/9999 ', '[[[[(((', 'x'.repeat(190),
];
export const pipeline = [
  'name: p\n', 'sources: { a: { file: { path: x, format: ndjson } } }\n', 'sources:\n  a: { stdin: {} }\n', 'operators:\n', '  - normalize: { source: s, group_id: "{source}:{component}" }\n',
  '  - group_by: { key: group_id }\n', '  - memory: { window: 5m, warmup: 30m }\n', '  - { rank: { top: 8 }, id: r, from: [memory] }\n', '  - spike: { value: blip.count }\n',
  'sinks: { out: { ndjson: { path: "${LOG:-x}", select: [radar] } } }\n', 'sinks:\n  s: { console: { view: radar }, from: memory.late }\n', 'redact: [secrets]\n', 'max_rejected: 0.5\n',
  'tests: [{ name: t }]\n', 'x: &a [1]\n', 'y: *a\n', '<<: *a\n', '? [a, b]\n: c\n', 'a: !!js/function x\n', '%YAML 1.1\n---\n', '"${NOPE:?needed}"', '__proto__: { a: 1 }\n', '- - - ', '{{{{', 'a: |\n  b\n', '${config.data_dir}', '\t',
];
export const config = [
  'data_dir: /d\n', 'time_zone: UTC\n', 'log_level: info\n', 'ascii: true\n', 'drain_timeout: 30s\n', 'collectors:\n  a: { file: { path: x } }\n', 'biblicus: { reinforcement_memory: { data_dir: /e } }\n',
  '__proto__: { polluted: 1 }\n', 'constructor: { prototype: { polluted: 1 } }\n', 'data_dir=/x', 'a.b.c=1', '__proto__.polluted=1', 'biblicus.__proto__.polluted=1', 'collectors.constructor.prototype.polluted=1', '=', '..', 'x: &a {b: *a}\n', '[]\n', 'data_dir: [1]\n', 'data_dir: null\n', '{{ LOG|x }}\n',
];
export const interpolation = ['${LOG}', '${LOG:-x}', '${NOPE}', '${NOPE:-d}', '${NOPE:?m}', '${EMPTY:-e}', '${EVIL}', '$${LOG}', '${config.data_dir}', '${config.nope}', '{{ LOG|x }}', '{{LOG}}', '{{ NOPE|}}', '${', '}', '{{', '}}', '${__proto__}', '${constructor}', '{{ toString }}', 'plain', ':-', ':?'];
export const secrets = ['password=hunter2 ', '"token":"abcdef123"', 'Bearer abcdefghi123 ', 'postgres://u:p@h/d ', 'bob@example.org ', '10.0.0.1:80 ', '::1 ', 'api_key: ', '--secret ', '[redacted:secret]', 'cookie: a=b; '];
