using System;
using System.IO;

using var pile = new StreamReader(Console.OpenStandardInput(), bufferSize: 1 << 16);
pile.ReadLine();
var odd = 0;
while (pile.ReadLine() is { } line)
    odd ^= int.Parse(line);
Console.WriteLine(odd);
