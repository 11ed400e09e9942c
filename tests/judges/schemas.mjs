// Judges documents by JSON Schemas, with Ajv: node tests/judges/schemas.mjs FOLDER
//
// FOLDER has NAME.schema.json for each schema, and documents.json: a list of { file, schema, valid, data }. Prints each
// document that Ajv takes for other than it is said to be, and ends with 0 when there is none.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';

const folder = process.argv[2];
const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
const validators = new Map();
const validator = (name) => {
  if (!validators.has(name)) validators.set(name, ajv.compile(read(`${name}.schema.json`)));
  return validators.get(name);
};

let wrong = 0;
const documents = read('documents.json');
for (const { file, schema, valid, data } of documents) {
  const judge = validator(schema);
  if (judge(data) === valid) continue;
  wrong += 1;
  console.log(`${file} (${schema}): ${valid ? ajv.errorsText(judge.errors) : 'is valid, and should not be'}`);
}
console.log(`${documents.length} documents, ${wrong} judged wrongly`);
process.exit(documents.length > 0 && wrong === 0 ? 0 : 1);
