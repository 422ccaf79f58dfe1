import { ProtobufCursor } from '../../../formats/bytes/protobufCursor.ts';

/** Calls `read` for each field of a protobuf message; those it does not take are passed over. Throws a SyntaxError for what is none. */
export function eachField(bytes: Uint8Array, read: (field: number, cursor: ProtobufCursor) => boolean): void {
  const cursor = new ProtobufCursor(bytes);
  while (cursor.at < cursor.length) {
    const tag = cursor.varint();
    if (!read(Math.floor(tag / 8), cursor)) cursor.skip(tag);
  }
}
