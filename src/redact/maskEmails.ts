import { marker, type Mask } from './kinds.ts';

const isLocal = (code: number) =>
  (code >= 48 && code <= 57) ||
  (code >= 65 && code <= 90) ||
  (code >= 97 && code <= 122) ||
  code === 46 ||
  code === 95 ||
  code === 37 ||
  code === 43 ||
  code === 45;
const isDomain = (code: number) =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 46 || code === 45;

/** RFC 5321, 4.5.3.1: longest local part and longest domain. */
const longestLocal = 64;
const longestDomain = 255;
const domain = /^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}$/;

/** Masks e-mail addresses. It looks around each `@`, so that a text without one costs a search for a character. */
export const maskEmails: Mask = (text, found) => {
  let out = '';
  let done = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > done && at - start < longestLocal && isLocal(text.charCodeAt(start - 1))) start -= 1;
    let end = at + 1;
    while (end < text.length && end - at <= longestDomain && isDomain(text.charCodeAt(end))) end += 1;
    while (end > at + 1 && (text[end - 1] === '.' || text[end - 1] === '-')) end -= 1;
    if (start === at || !domain.test(text.slice(at + 1, end))) continue;
    out += text.slice(done, start) + marker('email');
    done = end;
    found(1);
  }
  return done === 0 ? text : out + text.slice(done);
};
