using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gavel.Server.Tests;

/// <summary>What a server logs as an error from now on.</summary>
internal sealed class ErrorLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _errors = new();
    private volatile bool _ended;

    public ErrorLog(IServiceProvider services) => services.GetRequiredService<ILoggerFactory>().AddProvider(this);

    public IReadOnlyCollection<string> Errors => _errors;

    public ILogger CreateLogger(string categoryName) => new Log(this, categoryName);

    public void Dispose() => _ended = true;

    private sealed class Log(ErrorLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error && !log._ended;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log._errors.Enqueue($"{category}: {formatter(state, exception)} {exception}");
        }
    }
}
