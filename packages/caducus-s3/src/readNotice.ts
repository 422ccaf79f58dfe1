/** An object that a message names. */
export interface Named {
  bucket: string;
  key: string;
}

/** What a message of a queue says: objects, nothing of interest (a test, a removal), or what it is instead. */
export type Notice = { objects: Named[] } | { ignored: string } | { refused: string };

type Json = { [name: string]: unknown };
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** As S3 writes keys in its messages: a form's encoding, in which a plus is a space. EventBridge writes them as they are. */
function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}

/**
 * Reads a message: an S3 event notification, as it is or through SNS, or S3's event of EventBridge. Source: "Event message
 * structure" and "Using EventBridge" in the guide of Amazon S3.
 */
export function readNotice(body: string): Notice {
  const message = parse(body);
  if (!isObject(message)) return { refused: 'is no JSON object' };
  if (typeof message['Message'] === 'string') return readNotice(message['Message']);
  if (message['Event'] === 's3:TestEvent') return { ignored: 'a test of S3' };
  const { Records: records, detail, source } = message;
  if (Array.isArray(records)) {
    const objects = records.filter(isObject).flatMap(readRecord);
    return objects.length > 0 ? { objects } : { ignored: 'announces no new object' };
  }
  if (source === 'aws.s3' && isObject(detail)) {
    if (message['detail-type'] !== 'Object Created') return { ignored: String(message['detail-type']) };
    const { bucket, object } = detail;
    if (isObject(bucket) && isObject(object) && typeof bucket['name'] === 'string' && typeof object['key'] === 'string')
      return { objects: [{ bucket: bucket['name'], key: object['key'] }] };
  }
  return { refused: 'is no notice of S3' };
}

function readRecord({ eventName, s3 }: Json): Named[] {
  if (typeof eventName !== 'string' || !/^(?:s3:)?ObjectCreated:/.test(eventName) || !isObject(s3)) return [];
  const { bucket, object } = s3;
  if (!isObject(bucket) || !isObject(object) || typeof bucket['name'] !== 'string' || typeof object['key'] !== 'string') return [];
  return [{ bucket: bucket['name'], key: decodeKey(object['key']) }];
}
