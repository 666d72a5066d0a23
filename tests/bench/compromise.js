// Reads one text with compromise (npm), as extract_bench's rival:
//
//   node compromise.js NODE_MODULES FILE
//
// Takes the text apart, with parts of speech and names, and finds quotations
// and who says something. Prints the milliseconds of processor time that it
// takes once it is warm.
'use strict';

const fs = require('fs');
const path = require('path');

const [modules, file] = process.argv.slice(2);
const nlp = require(require.resolve('compromise', {
  paths: [path.resolve(modules)],
}));
const text = fs.readFileSync(file, 'utf8');

const SAYS = '(said|says|told|added|argued|warned|rejected|demanded|wants)';

function read(words) {
  const doc = nlp(words);
  const who = doc.match(`[#ProperNoun+] #Adverb? ${SAYS}`, 0).out('array');
  const behind = doc.match(`said [#ProperNoun+]`, 0).out('array');
  return who.length + behind.length + doc.quotations().out('array').length;
}

read(text.slice(0, 4000));
const start = process.cpuUsage();
const found = read(text);
const took = process.cpuUsage(start);
if (found === 0) {
  console.error('compromise found nothing');
  process.exit(1);
}
console.log((took.user + took.system) / 1000);
