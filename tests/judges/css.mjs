// csstree-validator over every stylesheet, and over the style elements of every page.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from 'csstree-validator';
import { documentOf, elementsOf, filesOf, finding, pagesOf, report, siteFolder } from './site.mjs';

const folder = siteFolder();
const sheets = filesOf(folder)
  .filter(file => file.endsWith('.css'))
  .map(file => [file, readFileSync(join(folder, file), 'utf8')]);
for (const page of pagesOf(folder)) {
  for (const element of elementsOf(documentOf(folder, page))) {
    if (element.tagName === 'style') sheets.push([page, element.childNodes.map(node => node.value).join('')]);
  }
}
if (sheets.length === 0) finding('(whole site)', 'there is no stylesheet to judge');

for (const [file, css] of sheets) {
  for (const { line, column, name, message, details } of validate(css, file)) {
    finding(file, `${line}:${column} ${name}: ${message}${details ? `\n${details}` : ''}`);
  }
}
report(`${sheets.length} stylesheets`);
