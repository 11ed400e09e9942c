// html-validate over every page: content model, headings, names of controls, what a document needs.
import { join } from 'node:path';
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';
import { finding, pagesOf, report, siteFolder } from './site.mjs';

const folder = siteFolder();
const pages = pagesOf(folder);
const judge = new HtmlValidate(
  new FileSystemConfigLoader({
    root: true,
    extends: ['html-validate:recommended', 'html-validate:a11y', 'html-validate:document'],
    rules: {
      // Everything comes from the site itself, where a digest would protect from nobody.
      'require-sri': 'off',
      // An event's id may begin with its year.
      'valid-id': ['error', { relaxed: true }],
      // The form of the filters sends nothing: it holds choices, and its button clears them.
      'wcag/h32': 'off',
      // How the source is written, which no reader and no program meets.
      'doctype-style': 'off',
      'void-style': 'off',
      'no-trailing-whitespace': 'off',
    },
  }),
);

for (const page of pages) {
  const { results } = await judge.validateFile(join(folder, page));
  for (const { line, column, ruleId, message } of results.flatMap(result => result.messages)) {
    finding(page, `${line}:${column} ${ruleId}: ${message}`);
  }
}
report(`${pages.length} pages`);
