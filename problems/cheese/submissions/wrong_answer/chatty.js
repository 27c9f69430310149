// Answers, and then goes on talking.
const lines = require("readline").createInterface({ input: process.stdin });
lines.once("line", n => {
    const wheels = Array.from({ length: Number(n) }, (_, i) => i + 1);
    console.log("! " + wheels.join(" "));
    console.log("? 1 1");
    lines.close();
});
