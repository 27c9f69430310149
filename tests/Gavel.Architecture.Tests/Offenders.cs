namespace Gavel.Architecture.Tests;

/// <summary>Fails with the whole list, which Assert.Empty would cut after five.</summary>
internal static class Offenders
{
    public static void None(IEnumerable<string?> offenders)
    {
        var list = offenders.ToArray();
        Assert.True(list.Length == 0, $"{list.Length} found:\n{string.Join('\n', list)}");
    }
}
