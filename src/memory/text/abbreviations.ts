/** What operations people write short, and the word it stands for; plurals and the like that name the same thing too. */
const words = new Map<string, string>();
for (const line of [
  'address addr',
  'application app',
  'authentication auth authn',
  'certificate cert certs certificates',
  'command cmd',
  'configuration cfg config conf',
  'connection conn connections',
  'database db databases',
  'deployment deploy',
  'directory dir',
  'environment env',
  'error err',
  'filesystem fs',
  'garbage gc',
  'information info',
  'interface iface nic',
  'management mgmt',
  'memory mem',
  'message msg messages',
  'namespace ns',
  'package pkg',
  'parameter param params',
  'password passwd pwd passwords',
  'permission perm perms permissions',
  'processor cpu',
  'process proc',
  'production prod',
  'reference ref',
  'replication repl',
  'repository repo',
  'request req requests',
  'response resp',
  'server srv',
  'service svc',
  'statistics stats',
  'synchronization sync',
  'temporary tmp temp',
  'tls ssl',
  'transaction tx txn transactions',
  'volume vol volumes',
]) {
  const [word, ...short] = line.split(' ') as [string, ...string[]];
  for (const form of short) words.set(form, word);
}

/** The word an abbreviation in lower case stands for; undefined when it is none. */
export function expandAbbreviation(word: string): string | undefined {
  return words.get(word);
}
