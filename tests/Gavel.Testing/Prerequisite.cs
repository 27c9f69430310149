using Xunit;

namespace Gavel.Testing;

/// <summary>A missing prerequisite skips a test on a laptop and fails it in CI; it never passes silently.</summary>
public static class Prerequisite
{
    /// <summary>True where the environment says that this is a continuous integration run (<c>CI=true</c>).</summary>
    public static bool InContinuousIntegration => Environment.GetEnvironmentVariable("CI") is "true" or "1";

    /// <summary>Skips, or in CI fails, unless <paramref name="present"/>.</summary>
    public static void Require(bool present, string whatIsMissing)
    {
        if (present)
            return;

        Assert.False(InContinuousIntegration, $"Missing in CI: {whatIsMissing}");
        Assert.Skip($"Missing: {whatIsMissing}");
    }
}
