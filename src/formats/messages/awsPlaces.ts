import { fieldAt } from '../../../config/scalars.ts';
import { isObject } from '../../base/isObject.ts';
import { findSentence } from './namedEvent.ts';
import { readText } from './message.ts';
import type { MessagePlace } from './sender.ts';

const listAt = (json: object, path: string): readonly object[] => {
  const list = fieldAt(json, path);
  return Array.isArray(list) ? list.filter(isObject) : [];
};

/** The namespace of the first metric of an alarm that is one, and no calculation. */
export const namespaceIn =
  (list: string, path: string): MessagePlace =>
  (json) =>
    listAt(json, list)
      .map((metric) => fieldAt(metric, path))
      .find((name) => typeof name === 'string');

/** A task whose containers all ended well did what it was for. */
export const endedWell = (json: object): unknown => {
  const codes = listAt(json, 'detail.containers').map((container) => fieldAt(container, 'exitCode'));
  return fieldAt(json, 'detail.lastStatus') === 'STOPPED' && codes.length > 0 && codes.every((code) => code === 0) ? 'success' : null;
};

/** Why a task stopped, and which of its containers did: `Essential container in task exited: web exited with 137, OutOfMemoryError` */
export const whyStopped = (json: object): string | null => {
  const reason = readText(fieldAt(json, 'detail.stoppedReason'));
  const failed = listAt(json, 'detail.containers').find(
    (container) => ![0, undefined, null].includes(fieldAt(container, 'exitCode') as number) || fieldAt(container, 'reason') !== undefined,
  );
  if (failed === undefined) return reason;
  const code = readText(fieldAt(failed, 'exitCode'));
  const what = [code === null ? null : `exited with ${code}`, readText(fieldAt(failed, 'reason'))].filter(Boolean).join(', ');
  return [reason, `${readText(fieldAt(failed, 'name')) ?? 'container'} ${what}`].filter(Boolean).join(': ');
};

/** The last part of a name of AWS: `nightly` of `arn:aws:states:eu-west-1:1:stateMachine:nightly`. */
export const lastPart =
  (path: string): MessagePlace =>
  (json) =>
    readText(fieldAt(json, path))?.split(/[:/]/).at(-1);

/** `orders` of `arn:aws:lambda:eu-west-1:1:function:orders:$LATEST`. */
export const functionName =
  (path: string): MessagePlace =>
  (json) =>
    /:function:([^:]+)/.exec(readText(fieldAt(json, path)) ?? '')?.[1];

/** The sentence in an object that says what happened. */
export const sentenceIn =
  (path: string): MessagePlace =>
  (json) => {
    const inside = fieldAt(json, path);
    return isObject(inside) ? findSentence(inside) : null;
  };

/** What goes on until it has an end. */
export const openUnless =
  (end: string): MessagePlace =>
  (json) =>
    fieldAt(json, end) === undefined ? 'open' : 'closed';

export const archivedBy =
  (path: string): MessagePlace =>
  (json) =>
    fieldAt(json, path) === true ? 'archived' : null;
