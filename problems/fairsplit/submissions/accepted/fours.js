const n = Number(require("fs").readFileSync(0, "utf8"));
if (n % 4 === 1 || n % 4 === 2) {
    console.log("no");
} else {
    const bars = [];
    for (let bar = n; bar >= 3; bar -= 4) bars.push(bar, ...(bar >= 4 ? [bar - 3] : []));
    console.log(`yes\n${bars.length}\n${bars.join(" ")}`);
}
