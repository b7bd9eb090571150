/** Which documents the server is asked about. */

/** Endings of files that can be assets or manifests. The server knows which of them really are. */
export const ASSET_ENDINGS = [
  "md", "markdown", "mdx", "html", "htm", "xhtml", "mjml", "txt", "csv", "tsv", "json", "jsonc", "yaml", "yml", "toml",
  "eml", "liquid", "j2", "jinja", "jinja2", "njk", "hbs", "handlebars", "mustache", "erb", "ejs", "twig", "tmpl",
] as const;

/** What every ending in a workspace looks like as one glob, below the root of that workspace. */
export const ASSET_GLOB = `**/*.{${ASSET_ENDINGS.join(",")}}`;

/**
 * The folders that hold all others: a workspace inside a workspace needs no selector of its own.
 *
 * Folders are absolute and use `/`; the result is sorted.
 */
export function outermost(folders: readonly string[]): string[] {
  const sorted = [...new Set(folders.map((it) => it.replace(/\/+$/, "")))].sort();
  return sorted.filter((it) => !sorted.some((other) => other !== it && it.startsWith(`${other}/`)));
}
