/** Commands of the server, which its code lenses run. */

/** Runs tests and proofs; answers with lines, the sum last. */
export const TEST = "mktlint.runTest";
/** Shows somebody who is in an audience; answers with Markdown. */
export const WITNESS = "mktlint.showWitness";
/** Commands that answer with places. */
export const PLACES = ["mktlint.showFindings", "mktlint.showReferences"];
