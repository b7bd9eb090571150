// Bundles the extension, or its tests with `--tests`.
import { build } from "esbuild";
import { readdirSync } from "node:fs";

const production = process.argv.includes("--production");
const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  sourcemap: !production,
  logLevel: "warning",
};

if (process.argv.includes("--tests")) {
  for (const folder of ["unit", "server"]) {
    const files = readdirSync(`test/${folder}`).filter((file) => file.endsWith(".test.ts"));
    await build({
      ...common,
      entryPoints: files.map((file) => `test/${folder}/${file}`),
      outdir: `out/test/${folder}`,
      format: "cjs",
      // The file of oniguruma is found beside its module.
      external: ["vscode-oniguruma"],
    });
  }
} else {
  await build({
    ...common,
    entryPoints: ["src/extension.ts"],
    outfile: "out/extension.js",
    format: "cjs",
    minify: production,
    external: ["vscode"],
  });
}
