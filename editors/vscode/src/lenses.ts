/** Which code lens is meant by a place in a file. */

/** A lens as far as the choice needs it. Lines count from 0. */
export interface Lens {
  line: number;
  command: string;
}

/** First and last line of a declaration. */
export interface Lines {
  first: number;
  last: number;
}

/**
 * The lens with one of `commands` that belongs to the cursor: one of the declaration around it, else none.
 *
 * Without a declaration (the server did not say, or the cursor stands between two) it is the nearest one above, since
 * lenses stand over what they speak of.
 */
export function lensFor<T extends Lens>(
  lenses: readonly T[],
  commands: readonly string[],
  cursor: number,
  declaration: Lines | undefined,
): T | undefined {
  const wanted = lenses.filter((lens) => commands.includes(lens.command));
  if (declaration !== undefined) {
    return wanted.find((lens) => lens.line >= declaration.first && lens.line <= declaration.last);
  }
  return wanted
    .filter((lens) => lens.line <= cursor)
    .reduce<T | undefined>((best, lens) => (best === undefined || lens.line >= best.line ? lens : best), undefined);
}
