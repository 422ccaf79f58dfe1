import { wire } from './protobufCursor.ts';

/** Writes a protobuf message, field by field; messages within it are begun and ended. Source: protobuf.dev, "Encoding". */
export class ProtobufWriter {
  #bytes = Buffer.allocUnsafe(1024);
  #at = 0;
  /** Where the messages begin that are open: behind the one byte that is kept for their length. */
  readonly #open: number[] = [];

  text(field: number, text: string): this {
    return this.bytes(field, Buffer.from(text));
  }

  bytes(field: number, bytes: Uint8Array): this {
    this.#varint(field * 8 + wire.bytes);
    this.#varint(bytes.length);
    this.#need(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
    return this;
  }

  /** A whole number of 64 bits, given as a number or in decimal text. Throws a SyntaxError for text that is none. */
  int(field: number, value: number | string): this {
    this.#varint(field * 8 + wire.varint);
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest > 127n; rest >>= 7n) this.#byte(Number(rest & 127n) | 128);
    this.#byte(Number(rest));
    return this;
  }

  /** The same in eight bytes. */
  fixed64(field: number, value: string): this {
    this.#varint(field * 8 + wire.bit64);
    this.#need(8);
    this.#at = this.#bytes.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)), this.#at);
    return this;
  }

  double(field: number, value: number): this {
    this.#varint(field * 8 + wire.bit64);
    this.#need(8);
    this.#at = this.#bytes.writeDoubleLE(value, this.#at);
    return this;
  }

  begin(field: number): this {
    this.#varint(field * 8 + wire.bytes);
    this.#byte(0);
    this.#open.push(this.#at);
    return this;
  }

  end(): this {
    const from = this.#open.pop()!;
    const length = this.#at - from;
    let more = 0;
    for (let rest = length; rest > 127; rest = Math.floor(rest / 128)) more += 1;
    // Most messages are short; a longer one moves on to make room for its length.
    if (more > 0) {
      this.#need(more);
      this.#bytes.copyWithin(from + more, from, this.#at);
    }
    this.#at = from - 1;
    this.#varint(length);
    this.#at += length;
    return this;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.subarray(0, this.#at));
  }

  #varint(value: number): void {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.#byte((rest % 128) + 128);
    this.#byte(rest);
  }

  #byte(value: number): void {
    this.#need(1);
    this.#bytes[this.#at++] = value;
  }

  #need(count: number): void {
    if (this.#at + count <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + count));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
