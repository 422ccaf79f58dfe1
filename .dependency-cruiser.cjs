/**
 * Who may import whom: left to right only. Each room may import the rooms before it in this list, and itself.
 * test/lint.test.ts proves with deliberately wrong files that every rule bites.
 */
const rooms = [
  ['words', '^src/(errors|event|signal|arrival)\\.ts$|^src/results/'],
  ['base', '^src/base/'],
  ['config', '^config/'],
  ['kernel', '^src/kernel/'],
  ['pure', '^src/(memory|safeguards|findings|formats|redact)/'],
  ['operators', '^operators/'],
  ['board', '^src/board/'],
  ['views', '^src/views/'],
  ['io', '^src/io(\\.ts$|/)'],
  ['outside', '^src/(embedders|guesses|store)/'],
  ['ends', '^src/(sources|sinks)/'],
  ['pipeline', '^src/pipeline/'],
  ['run', '^src/run/'],
  ['engine', '^src/engine/'],
  ['entry', '^src/(index|testing)(\\.ts$|/)'],
  ['web', '^src/web/'],
  ['cli', '^src/cli/'],
];

const leftToRight = rooms.slice(0, -1).map(([name, path], i) => ({
  name: `${name}-imports-left-only`,
  severity: 'error',
  from: { path },
  to: { path: rooms.slice(i + 1).map(([, later]) => later) },
}));

/** Neighbours at the same height that must not know of each other. */
const neighbours = [
  ['sources-know-no-sinks', '^src/sources/', '^src/sinks/'],
  ['sinks-know-no-sources', '^src/sinks/', '^src/sources/'],
  ['store-knows-no-sources-or-sinks', '^src/store/', '^src/(sources|sinks)/'],
  ['embedders-know-no-sources-or-sinks', '^src/embedders/', '^src/(sources|sinks)/'],
  ['guesses-know-no-sources-or-sinks', '^src/guesses/', '^src/(sources|sinks)/'],
  ['memory-knows-no-formats', '^src/memory/', '^src/(formats|safeguards)/'],
  ['safeguards-know-no-formats', '^src/safeguards/', '^src/(formats)/'],
].map(([name, from, to]) => ({ name, severity: 'error', from: { path: from }, to: { path: to } }));

module.exports = {
  forbidden: [
    ...leftToRight,
    ...neighbours,
    { name: 'every-file-has-a-room', severity: 'error', from: { path: '^(src|operators|config)/', pathNot: rooms.map(([, path]) => path) }, to: {} },
    { name: 'every-room-is-named', severity: 'error', from: {}, to: { path: '^(src|operators|config)/', pathNot: rooms.map(([, path]) => path) } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-node-left-of-io',
      severity: 'error',
      from: { path: rooms.slice(0, 8).map(([, path]) => path) },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'network-only-in-io',
      severity: 'error',
      from: { pathNot: '^src/io(\\.ts$|/)' },
      to: { path: '^(node:)?(http|https|http2|net|tls|dgram|dns)(/|$)', dependencyTypes: ['core'] },
    },
    {
      name: 'page-knows-only-the-client',
      severity: 'error',
      from: { path: '^src/web/page(/|\\.ts$)' },
      to: { path: '^(src|operators|config)/', pathNot: '^src/web/(page(/|\\.ts$)|client\\.ts$)' },
    },
    { name: 'nobody-imports-the-page', severity: 'error', from: { pathNot: '^src/web/page(/|\\.ts$)' }, to: { path: '^src/web/page(/|\\.ts$)' } },
    { name: 'patterns-only-in-base', severity: 'error', from: { pathNot: '^src/base/' }, to: { path: 're2js' } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.js', '.json'] },
  },
};
