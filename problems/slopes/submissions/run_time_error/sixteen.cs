using System;
using System.Linq;

var n = int.Parse(Console.ReadLine()!);
var heights = Console.ReadLine()!.Split(' ').Select(int.Parse).ToArray();
var longest = 0;
foreach (var set in Enumerable.Range(1, checked((int)Math.Pow(2, n < 17 ? n : throw new OverflowException("too many huts"))) - 1))
{
    var climb = heights.Where((_, i) => (set >> i & 1) == 1).ToArray();
    if (climb.Zip(climb.Skip(1)).All(pair => pair.First < pair.Second))
        longest = Math.Max(longest, climb.Length);
}
Console.WriteLine(longest);
