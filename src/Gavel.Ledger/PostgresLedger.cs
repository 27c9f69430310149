using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>
/// The source of truth: a PostgreSQL database with the stores over it, the queue that needs no broker, one listening connection and the sweeper.
/// One instance per process; all members are safe for concurrent use.
/// </summary>
public sealed partial class PostgresLedger : IAsyncDisposable
{
    private readonly NotificationListener _listener;
    private readonly Sweeper _sweeper;
    private readonly Announcer _announcer;
    private readonly OutcomeRecorder _recorder;

    private PostgresLedger(NpgsqlDataSource database, LedgerOptions options, TimeProvider time, ILoggerFactory logs)
    {
        Database = database;
        _listener = new NotificationListener(database, logs.CreateLogger<NotificationListener>());
        _sweeper = new Sweeper(database, options, time, logs.CreateLogger<Sweeper>());
        _announcer = new Announcer(database);
        _recorder = new OutcomeRecorder(database, _announcer);
        var blobs = new ArchiveBlobs(options.Blobs);
        var cold = new ColdRows(database, blobs);
        Archive = new MonthArchive(database, blobs, time);
        Submissions = new SubmissionStore(database, cold, options, time, _announcer);
        Runs = new RunStore(database, cold, options, time, _announcer);
        Problems = new ProblemStore(database, time);
        Events = new JudgingEvents(database, _listener);
        Queue = new PostgresJudgeQueue(database, _listener, options, _recorder, time, logs.CreateLogger<PostgresJudgeQueue>());
        DeadLetters = new DeadLetterStore(database);
        Overview = new QueueOverview(database, time);
        Fleet = new FleetStore(database);
        Broker = new BrokerLedger(database, _listener, options, Fleet, _recorder, _announcer);
        Webhooks = new WebhookOutbox(database, _listener);
        WebhookLog = new WebhookLog(database);
    }

    /// <summary>Connections for what the stores do not cover. Closed with the ledger.</summary>
    public NpgsqlDataSource Database { get; }

    /// <summary>Submissions and their judgings.</summary>
    public SubmissionStore Submissions { get; }

    /// <summary>Runs: executions without a problem.</summary>
    public RunStore Runs { get; }

    /// <summary>Old months in the blob store.</summary>
    public MonthArchive Archive { get; }

    /// <summary>Problems and their versions.</summary>
    public ProblemStore Problems { get; }

    /// <summary>Live progress of judgings.</summary>
    public JudgingEvents Events { get; }

    /// <summary>The judge queue in the database.</summary>
    public PostgresJudgeQueue Queue { get; }

    /// <summary>The source from which a broker is filled, where there is one.</summary>
    public BrokerLedger Broker { get; }

    /// <summary>The workers of the fleet.</summary>
    public FleetStore Fleet { get; }

    /// <summary>Jobs that failed too often.</summary>
    public DeadLetterStore DeadLetters { get; }

    /// <summary>How much waits, and who works on it.</summary>
    public QueueOverview Overview { get; }

    /// <summary>Webhooks and callbacks to be sent.</summary>
    public WebhookOutbox Webhooks { get; }

    /// <summary>What became of them.</summary>
    public WebhookLog WebhookLog { get; }

    /// <summary>Connects, brings the schema up to date, and starts listening and sweeping.</summary>
    /// <param name="connection">A <c>postgres://</c> URL or an Npgsql connection string.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="time">Null for the system clock.</param>
    /// <param name="logs">Null for no log.</param>
    /// <param name="cancellation">Ends the opening.</param>
    /// <exception cref="NpgsqlException">The database cannot be reached or refuses.</exception>
    /// <exception cref="LedgerSchemaException">The database was made by a newer Gavel.</exception>
    public static async Task<PostgresLedger> OpenAsync(
        string connection, LedgerOptions? options = null, TimeProvider? time = null, ILoggerFactory? logs = null, CancellationToken cancellation = default)
    {
        options ??= new LedgerOptions();
        time ??= TimeProvider.System;
        logs ??= NullLoggerFactory.Instance;

        var database = CreateDataSource(connection);
        try
        {
            await MigrateAsync(new Migrator(database, time), ConnectionText.Parse(connection).Host, options, logs.CreateLogger<PostgresLedger>(), time, cancellation);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }

        var ledger = new PostgresLedger(database, options, time, logs);
        ledger._listener.Start();
        ledger._sweeper.Start();
        return ledger;
    }

    /// <summary>True when the database answers.</summary>
    public async Task<bool> IsReachableAsync(CancellationToken cancellation)
    {
        try
        {
            await using var command = Database.CreateCommand("select 1");
            await command.ExecuteScalarAsync(cancellation);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>True for what a database throws that is away, starting, full or overloaded: trying again later may help. Anything else is a bug.</summary>
    public static bool IsAway(Exception failure) => PatientDatabase.IsPassing(failure);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Queue.DisposeAsync();
        await _sweeper.DisposeAsync();
        await Submissions.DisposeAsync();
        await Runs.DisposeAsync();
        await _recorder.DisposeAsync();
        await _announcer.DisposeAsync();
        await _listener.DisposeAsync();
        await Database.DisposeAsync();
    }

    private static async Task MigrateAsync(
        Migrator migrator, string? host, LedgerOptions options, ILogger log, TimeProvider time, CancellationToken cancellation)
    {
        if (!options.WaitForDatabase)
        {
            await migrator.MigrateAsync(cancellation);
            return;
        }

        long? told = null;
        await PatientDatabase.RunAsync(
            async () =>
            {
                await migrator.MigrateAsync(cancellation);
                return true;
            },
            cancellation,
            failure =>
            {
                if (told is { } last && time.GetElapsedTime(last) < TimeSpan.FromSeconds(30))
                    return;

                told = time.GetTimestamp();
                LogWaiting(log, host, failure.Message);
            });
        if (told is not null)
            LogAnswered(log, host);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waited for the database at {Host}, still trying: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string? host, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reached the database at {Host}.")]
    private static partial void LogAnswered(ILogger logger, string? host);

    private static NpgsqlDataSource CreateDataSource(string connection)
    {
        var text = ConnectionText.Parse(connection);
        // Statements are few and fixed: prepare them all. A small pool keeps PostgreSQL's own processes few on small machines.
        text.MaxAutoPrepare = 100;
        text.AutoPrepareMinUsages = 2;
        if (!connection.Contains("Maximum Pool Size", StringComparison.OrdinalIgnoreCase))
            text.MaxPoolSize = 20;
        text.ApplicationName ??= "gavel";
        return new NpgsqlDataSourceBuilder(text.ConnectionString).Build();
    }
}
