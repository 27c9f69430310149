using Gavel.Testing;

namespace Gavel.Server.Tests;

/// <summary>A server with its judge: the real sandbox runs what tests hand in.</summary>
public sealed class JudgeApp : GavelApp
{
    protected override void Configure(ServerOptions options)
    {
        Prerequisite.Require(Environment.IsPrivilegedProcess, "root, for the sandbox's cgroups");
        options.JudgeSlots = 2;
    }
}
