// A table for every triple of length, note and note before: the heap has no room for it.
using System;
using System.Linq;

var input = Console.ReadLine()!.Split(' ').Select(int.Parse).ToArray();
var ways = new long[1001][];
for (var length = 0; length < ways.Length; length++)
{
    ways[length] = new long[1001 * 1001];
    Array.Fill(ways[length], -1);
}
Console.WriteLine(ways[input[0]].Max());
