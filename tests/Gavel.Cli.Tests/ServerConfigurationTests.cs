using Gavel.Cli.Hosting;
using Gavel.Cli.Local;

namespace Gavel.Cli.Tests;

/// <summary>What operators and users keep in files.</summary>
public sealed class ServerConfigurationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gavel-config-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_file_in_the_data_folder_configures_what_the_command_line_does_not()
    {
        File.WriteAllText(Path.Combine(_folder, "gavel.json"), """
            {
              "Gavel": {
                "Server": {
                  "AllowAnonymous": false,
                  "Webhooks": { "AllowedNetworks": ["10.0.0.0/8"], "Timeout": "00:00:03" },
                  "LoginProvider": { "ClientId": "gavel", "Tenant": 2 },
                  "Limits": { "WritesPerSecond": 5 }
                }
              }
            }
            """);

        var options = ServerConfiguration.Read(_folder);

        Assert.False(options.AllowAnonymous);
        Assert.Equal(["10.0.0.0/8"], options.Webhooks.AllowedNetworks);
        Assert.Equal(TimeSpan.FromSeconds(3), options.Webhooks.Timeout);
        Assert.Equal(("gavel", 2), (options.LoginProvider.ClientId, options.LoginProvider.Tenant));
        Assert.Equal(5, options.Limits.WritesPerSecond);
    }

    [Theory]
    [InlineData("""{"Gavel":{"Server":{"AllowAnonymus":false}}}""", "AllowAnonymus")]
    [InlineData("""{"Gavel":{"Server":{"Limits":{"WritesPerSecond":"many"}}}}""", "WritesPerSecond")]
    [InlineData("""{"Gavel":""", "gavel.json")]
    public void A_mistake_in_the_file_is_told_with_its_name(string content, string named)
    {
        File.WriteAllText(Path.Combine(_folder, "gavel.json"), content);

        var error = Assert.Throws<UsageException>(() => ServerConfiguration.Read(_folder));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_kept_by_server_in_a_file_that_nobody_else_reads()
    {
        var before = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", _folder);
        try
        {
            Uri one = new("http://one.example/"), two = new("http://two.example:8080");
            Credentials.Read().With(one, "key one").Write();
            Credentials.Read().With(two, "key two").Write();

            var read = Credentials.Read();
            Assert.Equal(("key one", "key two", "http://two.example:8080"), (read.KeyOf(one), read.KeyOf(two), read.Current));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Credentials.File));
            Assert.Null(read.Without(two).Current);
            Assert.Null(read.KeyOf(new Uri("http://three.example")));

            File.SetUnixFileMode(Credentials.File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
            Assert.Contains("chmod 600", Assert.Throws<UsageException>(Credentials.Read).Message, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", before);
        }
    }
}
