import type { Flow } from './machine.ts';

/** A machine threw: names the operator, the key and the signal, so that a run can set a poison record aside. */
export class MachineFailure extends Error {
  override readonly name = 'MachineFailure';
  /** By name: the bundled program and a module it loads each have a copy of the class. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'MachineFailure';
  }

  readonly operator: string;
  readonly signal: Flow | null;
  constructor(operator: string, signal: Flow | null, cause: unknown) {
    super(`operator ${operator} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.operator = operator;
    this.signal = signal;
  }
}
