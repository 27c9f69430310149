// A letter up to m is written as it is, later ones as the letter 13 places before it behind an n; z marks the beginning.
const [verb, word] = require("fs").readFileSync(0, "utf8").trim().split("\n");
const shift = (letter, by) => String.fromCharCode(letter.charCodeAt(0) + by);
if (verb === "write") {
    console.log("z" + [...word].map(letter => (letter <= "m" ? letter : "n" + shift(letter, -13))).join(""));
} else {
    const start = word.indexOf("z");
    const ring = word.slice(start + 1) + word.slice(0, start);
    console.log(ring.replace(/n(.)/g, (_, letter) => shift(letter, 13)));
}
