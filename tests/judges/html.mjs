// The Nu HTML checker over every page and every SVG file: no error, no warning.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';
import { finding, pagesOf, report, siteFolder } from './site.mjs';

const folder = resolve(siteFolder());
const pages = pagesOf(folder);
const jar = fileURLToPath(new URL('node_modules/vnu-jar/build/dist/vnu.jar', import.meta.url));
const checker = spawnSync('java', ['-jar', jar, '--Werror', '--skip-non-html', '--also-check-svg', '--format', 'json', folder], {
  encoding: 'utf8',
  maxBuffer: 1 << 30,
});
if (checker.error) {
  console.error(`java did not run (${checker.error.message}); tests/tools/install brings it`);
  process.exit(2);
}

let messages;
try {
  ({ messages } = JSON.parse(checker.stderr));
} catch {
  console.error(`the checker said no JSON:\n${checker.stderr}`);
  process.exit(2);
}
for (const message of messages) {
  // What is neither an error nor a warning is a remark on style: `<br />`, say.
  if (message.type === 'info' && message.subType !== 'warning') continue;
  // A year beyond four digits, or long ago, is a year in HTML; the checker only wonders whether it is meant.
  if (/“(\d{5,}|0\d{3})[-\d]*”.* Year may be mistyped\.$/.test(message.message)) continue;
  // Its CSS is behind the times; csstree-validator judges every stylesheet, those inside of pages too.
  if (message.message.startsWith('CSS: ')) continue;
  const page = message.url ? decodeURI(message.url).replace(`file:${folder}/`, '') : '(whole site)';
  const kind = message.subType ?? message.type;
  const near = message.extract ? `\n${message.extract.trim()}` : '';
  finding(page, `${message.lastLine ?? 0}:${message.lastColumn ?? 0} ${kind}: ${message.message}${near}`);
}
if (checker.status !== 0 && messages.length === 0) finding('(whole site)', `the checker ended with ${checker.status}`);
report(`${pages.length} pages`);
