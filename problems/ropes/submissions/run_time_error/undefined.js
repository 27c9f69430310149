// Reads a property of a post that is not there: TypeError.
const [header, ...lines] = require("fs").readFileSync(0, "utf8").trim().split("\n");
const [n, r] = header.split(" ").map(Number);
const posts = lines.map(line => ({ x: Number(line.split(" ")[0]), y: Number(line.split(" ")[1]) }));
console.log(2 * Math.PI * r + posts[n].x);
