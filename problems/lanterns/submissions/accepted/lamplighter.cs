using System;
using System.Linq;

var reach = long.Parse(Console.ReadLine()!.Split(' ')[1]);
var lanterns = 0;
var lit = -1L;
foreach (var house in Console.ReadLine()!.Split(' ').Select(long.Parse).Order())
{
    if (house <= lit)
        continue;
    lanterns++;
    lit = house + 2 * reach;
}
Console.WriteLine(lanterns);
