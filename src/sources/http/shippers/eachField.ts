import { BinaryReader } from '@bufbuild/protobuf/wire';

/** Calls `read` for each field of a protobuf message; those it does not take are passed over. Throws a SyntaxError for what is none. */
export function eachField(bytes: Uint8Array, read: (field: number, reader: BinaryReader, wire: number) => boolean): void {
  const reader = new BinaryReader(bytes);
  try {
    while (reader.pos < reader.len) {
      const [field, wire] = reader.tag();
      if (!read(field, reader, wire)) reader.skip(wire, field);
    }
  } catch (cause) {
    throw new SyntaxError('not protobuf', { cause });
  }
}
