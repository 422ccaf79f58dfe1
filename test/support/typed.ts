/** Of a value what a test names: some of its fields, and of those in them. */
export type Part<T> = T extends (...args: never) => unknown
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Part<Item>[]
    : T extends object
      ? { [Key in keyof T]?: Part<T[Key]> }
      : T;

/** Stands for a whole of which only these parts are looked at. Their names and types are checked. */
export const partly = <T>(part: NoInfer<Part<T>>): T => part as T;

/** What the types forbid and JavaScript lets through, to see that it is refused or borne. */
export const mistyped = (value: unknown): never => value as never;
