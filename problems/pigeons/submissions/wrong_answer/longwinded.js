// Writes every letter four times over: more than fits.
const [verb, word] = require("fs").readFileSync(0, "utf8").trim().split("\n");
console.log(verb === "write" ? [...word].map(letter => letter.repeat(7)).join("") : word[0]);
