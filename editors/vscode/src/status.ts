/** What the status bar says. */

/** How the server is. */
export type Server =
  | { state: "off" }
  | { state: "starting" }
  | { state: "running"; version?: string }
  | { state: "stopped"; why: string };

/** How many findings are shown, by level. */
export interface Counts {
  errors: number;
  warnings: number;
  infos: number;
}

/** The words, and how loud they are. */
export interface Shown {
  text: string;
  tooltip: string;
  tone: "plain" | "warning" | "error";
}

/** Says what the status bar shows. */
export function show(server: Server, counts: Counts): Shown {
  switch (server.state) {
    case "off":
      return { text: "$(circle-slash) mktlint", tooltip: "mktlint is off (`mktlint.enable`)", tone: "plain" };
    case "starting":
      return { text: "$(loading~spin) mktlint", tooltip: "mktlint starts", tone: "plain" };
    case "stopped":
      return { text: "$(error) mktlint", tooltip: `mktlint does not run: ${server.why}`, tone: "error" };
    case "running":
      return running(server.version, counts);
  }
}

function running(version: string | undefined, counts: Counts): Shown {
  const name = version === undefined ? "mktlint" : `mktlint ${version}`;
  const found = summary(counts);
  const text = found === "" ? "$(pass) mktlint" : `$(megaphone) ${icons(counts)}`;
  const tone = counts.errors > 0 ? "warning" : "plain";
  return { text, tooltip: `${name}: ${found === "" ? "no findings" : found}`, tone };
}

/** `2 errors, 1 warning`; empty without findings. */
export function summary(counts: Counts): string {
  const parts = [
    counted(counts.errors, "error"),
    counted(counts.warnings, "warning"),
    counted(counts.infos, "remark"),
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function counted(number: number, noun: string): string {
  return number === 0 ? "" : `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function icons(counts: Counts): string {
  const parts = [
    counts.errors > 0 ? `$(error) ${counts.errors}` : "",
    counts.warnings > 0 ? `$(warning) ${counts.warnings}` : "",
    counts.infos > 0 ? `$(info) ${counts.infos}` : "",
  ];
  return parts.filter((part) => part !== "").join(" ");
}
