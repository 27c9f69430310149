// Keeps the message in a file, which is gone in the second run.
const fs = require("fs");
const [verb, word] = fs.readFileSync(0, "utf8").trim().split("\n");
if (verb === "write") {
    console.log(word);
} else {
    console.log(fs.readFileSync("/tmp/message-of-the-first-run", "utf8"));
}
