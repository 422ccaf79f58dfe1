import { marker, type Mask } from './kinds.ts';

/** Words between a program and its flag. */
const words = String.raw`(?:\s+[^\s|;&]{1,128}){0,12}?\s+`;
const readFlag = (programs: string, flag: string, value = String.raw`[^\s"']{1,256}`) =>
  new RegExp(`(\\b(?:${programs})\\b${words}["']?${flag}["']?)(${value})`, 'g');

/** Where the programs that are started most with a secret on their line take it. */
const flags: readonly RegExp[] = [
  readFlag(String.raw`mysql\w*|mariadb(?:-\w+)?`, '-p'),
  readFlag('sshpass', String.raw`-p\s*`),
  readFlag('(?:docker|podman|oras|crane) login|helm registry login', String.raw`-p\s+`),
  readFlag('redis-cli', String.raw`-a\s+`),
  readFlag(String.raw`ldap[a-z]{3,8}`, String.raw`-w\s+`),
  readFlag('sqlcmd|bcp|isql', String.raw`-P\s*`),
  readFlag(String.raw`mongo[a-z]{0,7}`, String.raw`-p\s+`),
  readFlag('curl|wget|http', String.raw`(?:-u|--user|--proxy-user|-U|-a)[\s=]*["']?[^\s:"']{1,128}:`, String.raw`(?!\/\/)[^\s"']{1,256}`),
  readFlag('openssl', String.raw`-pass(?:in|out)?\s+pass:`),
];

/** Most texts start no program: one look spares nine. */
const programs = /mysql|mariadb|sshpass|login|redis-cli|ldap|sqlcmd|bcp|isql|mongo|curl|wget|http |openssl/;

/** Masks secrets on command lines, by the program and its flag: `mysql -p...`, `curl -u user:...`. */
export const maskCommands: Mask = (text, found) => {
  if (!programs.test(text)) return text;
  let out = text;
  for (const pattern of flags) {
    out = out.replace(pattern, (whole: string, before: string, secret: string) => {
      if (secret.startsWith('[redacted') || secret.startsWith('$')) return whole;
      found(1);
      return before + marker('password');
    });
  }
  return out;
};
