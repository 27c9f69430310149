// Looks up the rivals of a chef who has none: KeyNotFoundException.
using System;
using System.Collections.Generic;
using System.Linq;

var lines = Console.In.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
var n = int.Parse(lines[0].Split(' ')[0]);
var pairs = lines.Skip(1).Select(line => line.Split(' ').Select(int.Parse).ToArray()).ToList();
var rivals = pairs.Concat(pairs.Select(pair => new[] { pair[1], pair[0] })).ToLookup(pair => pair[0], pair => pair[1]).ToDictionary(group => group.Key, group => group.ToList());
var kitchen = new char[n + 1];
for (var start = 1; start <= n; start++)
{
    if (kitchen[start] != 0)
        continue;
    kitchen[start] = 'N';
    var open = new Queue<int>([start]);
    while (open.TryDequeue(out var chef))
    {
        foreach (var rival in rivals[chef])
        {
            if (kitchen[rival] == kitchen[chef])
            {
                Console.WriteLine("impossible");
                return;
            }
            if (kitchen[rival] != 0)
                continue;
            kitchen[rival] = kitchen[chef] == 'N' ? 'S' : 'N';
            open.Enqueue(rival);
        }
    }
}
Console.WriteLine(new string(kitchen, 1, n));
