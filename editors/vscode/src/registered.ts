/** The names of the extension's own commands; package.json gives them titles. */

export const NAMES = [
  "mktlint.restart",
  "mktlint.showOutput",
  "mktlint.checkWorkspace",
  "mktlint.init",
  "mktlint.runTestAtCursor",
  "mktlint.showWitnessAtCursor",
  "mktlint.explainRule",
  "mktlint.menu",
] as const;

export type Name = (typeof NAMES)[number];
