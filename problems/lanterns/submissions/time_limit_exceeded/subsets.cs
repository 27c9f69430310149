// Tries all sets of houses whose light could begin there.
using System;
using System.Linq;
using System.Numerics;

var reach = long.Parse(Console.ReadLine()!.Split(' ')[1]);
var houses = Console.ReadLine()!.Split(' ').Select(long.Parse).Distinct().ToArray();
var best = houses.Length;
for (BigInteger set = 1; set < BigInteger.One << houses.Length; set++)
{
    var chosen = houses.Where((_, i) => !(set >> i).IsEven).ToArray();
    if (chosen.Length < best && houses.All(house => chosen.Any(start => start <= house && house <= start + 2 * reach)))
        best = chosen.Length;
}
Console.WriteLine(best);
