// A client's robots.txt: robots-parser may fetch every page, and finds the sitemaps that are there, each by its whole address.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import robotsParser from "robots-parser";

const site = process.argv[2];
const front = readFileSync(join(site, "index.html"), "utf8");
const base = front.match(/<link rel="canonical" href="([^"]+)"/)?.[1].replaceAll("&amp;", "&");
const robots = robotsParser(new URL("/robots.txt", base).href, readFileSync(join(site, "robots.txt"), "utf8"));
const findings = [];
for (const path of ["", "kim-putin/", "embed/?a=b"]) {
  if (!robots.isAllowed(base + path, "Googlebot")) findings.push(`robots.txt: ${base + path} may not be read`);
}
const expected = ["sitemap.xml", "news-sitemap.xml"].filter((name) => existsSync(join(site, name)));
const named = robots.getSitemaps();
for (const name of expected) {
  if (!named.includes(base + name)) findings.push(`robots.txt: ${base + name} is not named`);
}
for (const address of named) {
  if (!expected.some((name) => address === base + name)) findings.push(`robots.txt: ${address} is not there`);
}
for (const finding of findings) console.log(finding);
process.exit(findings.length > 0 ? 1 : 0);
