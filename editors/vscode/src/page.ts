/** Pages as Markdown. */

/**
 * What `mktlint explain` printed, as Markdown: pages of codes are, those of rules are lines in columns, of which the
 * first one is a title.
 */
export function asMarkdown(printed: string): string {
  if (printed.startsWith("#")) {
    return printed;
  }
  const [title = "", ...rest] = printed.trimEnd().split("\n");
  return `# ${title}\n\n\`\`\`\`text\n${rest.join("\n").replace(/^\n+/, "")}\n\`\`\`\`\n`;
}
