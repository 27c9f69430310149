const [n, r, ...rest] = require("fs").readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
const posts = Array.from({ length: n }, (_, i) => [rest[2 * i], rest[2 * i + 1]]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);

// Cross products stay below 2^53: coordinates differ by at most 2 * 10^6.
const cross = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

function halfHull(points) {
    const hull = [];
    for (const p of points) {
        while (hull.length >= 2 && cross(hull[hull.length - 2], hull[hull.length - 1], p) <= 0) hull.pop();
        hull.push(p);
    }
    return hull;
}

const loop = [...halfHull(posts), ...halfHull(posts.reverse())];
let length = 2 * Math.PI * r;
for (let i = 1; i < loop.length; i++) length += Math.hypot(loop[i][0] - loop[i - 1][0], loop[i][1] - loop[i - 1][1]);
console.log(length);
