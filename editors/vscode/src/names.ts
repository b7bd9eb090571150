/** Names that the server and the extension share. */

/** Commands of the server's code lenses. */
export const LENS = {
  test: ["mktlint.runTest"],
  witness: ["mktlint.showWitness"],
} as const;
